import { QuestionError } from './question-error.ts';

/** `kms:Decrypt`, its service in lower case and its name as AWS writes it. @throws QuestionError */
export function askedAction(text: string): string {
  const [, service = '', operation = ''] = /^([a-z0-9-]+):([a-z]\w*)$/i.exec(text) ?? [];
  if (!service) {
    throw new QuestionError(
      `"${text}" is not an action. Write it as service:Operation, such as kms:Decrypt or dynamodb:Scan.`,
    );
  }
  if (/^sts:AssumeRole/i.test(text)) {
    throw new QuestionError(
      "Who may assume a role is decided by the role's trust policy, which is not looked at here.",
    );
  }
  return `${service.toLowerCase()}:${operation.charAt(0).toUpperCase()}${operation.slice(1)}`;
}
