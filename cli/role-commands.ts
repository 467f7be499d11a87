/** The grader's role as commands of the AWS CLI. */
import type { GraderRole } from '../runner/role/grader-role.ts';
import { policyName, roleDescription } from '../runner/role/template.ts';
import { shellWord } from './shell-words.ts';

/** Make the role and print its ARN, to be pasted into a POSIX shell. */
export function roleCommands(role: GraderRole): string {
  const name = shellWord(role.name);
  const json = (document: object) => shellWord(JSON.stringify(document));
  return `aws iam create-role --role-name ${name} --max-session-duration 3600 \\
  --description ${shellWord(roleDescription(role))} \\
  --assume-role-policy-document ${json(role.trust)} --query Role.Arn --output text
aws iam put-role-policy --role-name ${name} --policy-name ${policyName} \\
  --policy-document ${json(role.permissions)}
`;
}

/** Take the role away again. */
export function removalCommands(role: GraderRole): string {
  const name = shellWord(role.name);
  return `aws iam delete-role-policy --role-name ${name} --policy-name ${policyName} && aws iam delete-role --role-name ${name}`;
}
