/** The options that say which account is meant. */
import { type Command, Option } from 'commander';

export interface AccountFlags {
  readonly sandbox?: boolean;
  readonly profile?: string;
  readonly region?: string;
  readonly endpointUrl?: string;
}

export function withAccountOptions(command: Command): Command {
  return command
    .addOption(new Option('--sandbox', 'use the sandbox that `labwright sandbox` runs on this machine'))
    .addOption(new Option('--profile <name>', 'use a profile of your AWS configuration'))
    .addOption(new Option('--region <region>', 'use this AWS Region'))
    .addOption(new Option('--endpoint-url <url>', 'send every call there instead of to AWS'));
}
