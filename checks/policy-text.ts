import type { PolicyDocument, PolicyKind } from '../policy/document.ts';
import { parsePolicy } from '../policy/parse-policy.ts';

/** AWS's managed policies are the same in every account, and several checks read a key's policy. */
const read = new Map<string, PolicyDocument>();
const mostKept = 200;

/** The policy in a text that AWS answered; equal texts give the same document. @throws PolicySyntaxError */
export function readPolicyText(text: string, kind?: PolicyKind): PolicyDocument {
  const key = `${kind} ${text}`;
  let document = read.get(key);
  if (document === undefined) {
    document = parsePolicy(text, kind);
    const oldest = read.keys().next();
    if (read.size >= mostKept && !oldest.done) read.delete(oldest.value);
    read.set(key, document);
  }
  return document;
}
