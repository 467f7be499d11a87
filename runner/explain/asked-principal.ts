/** Who is asked about, as somebody writes it on a command line. */
import { QuestionError } from './question-error.ts';

export type AskedPrincipal =
  | { readonly kind: 'root' }
  | { readonly kind: 'user'; readonly name: string }
  | { readonly kind: 'role'; readonly name: string; readonly session?: string }
  /** A bare name: of a user or of a role. */
  | { readonly kind: 'user or role'; readonly name: string };

/** What names of users, roles and sessions may have ("IAM and AWS STS quotas"); the last part of an ARN's path. */
const name = /^[\w+=,.@-]{1,64}$/;
const arn = /^arn:aws[a-z-]*:(?:iam|sts)::(\d{12}):(root|user|role|assumed-role|[a-z-]+)(?:\/(.+))?$/;

/** @throws QuestionError for text that names no user, role, session or root of that account */
export function askedPrincipal(text: string, accountId: string): AskedPrincipal {
  const [, account, type, path] = arn.exec(text) ?? [];
  if (account && account !== accountId) {
    throw new QuestionError(
      `${text} belongs to the account ${account}, and these credentials to ${accountId}. Ask with credentials of that account.`,
    );
  }
  const read = account ? fromArn(type, path) : fromWords(text);
  if (read) return read;
  throw new QuestionError(
    `"${text}" is not a principal. Write the name of a user or role, "user/NAME", "role/NAME", "root", or the ARN of a user, a role or a role's session.`,
  );
}

function fromArn(type: string | undefined, path: string | undefined): AskedPrincipal | undefined {
  if (type === 'root') return { kind: 'root' };
  const parts = (path ?? '').split('/');
  if (type === 'assumed-role') {
    const [role = '', session = '', ...more] = parts;
    const fits = more.length === 0 && name.test(role) && name.test(session);
    return fits ? { kind: 'role', name: role, session } : undefined;
  }
  const last = parts.at(-1) ?? '';
  return (type === 'user' || type === 'role') && name.test(last) ? { kind: type, name: last } : undefined;
}

function fromWords(text: string): AskedPrincipal | undefined {
  if (text === 'root') return { kind: 'root' };
  const [, kind, last] = /^(user|role)\/([^/]+)$/.exec(text) ?? [];
  if ((kind === 'user' || kind === 'role') && last && name.test(last)) return { kind, name: last };
  return name.test(text) ? { kind: 'user or role', name: text } : undefined;
}
