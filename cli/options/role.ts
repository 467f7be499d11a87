/** The options that say through which role of a learner an account is entered. */
import { type Command, InvalidArgumentError, Option } from 'commander';
import { isExternalId } from '../../runner/role/external-id.ts';

export interface LearnerRoleFlags {
  /** ARN. */
  readonly role?: string;
  readonly externalId?: string;
}

export function withRoleOptions(command: Command): Command {
  return command
    .addOption(
      new Option('--role <arn>', "enter a learner's account through this role, made with `labwright role`"),
    )
    .addOption(new Option('--external-id <id>', 'what the role asks for').argParser(externalId));
}

export function externalId(text: string): string {
  if (isExternalId(text)) return text;
  throw new InvalidArgumentError('Write 2 to 1,224 letters, digits and any of _+=,.@:/-');
}
