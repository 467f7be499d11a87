/** `write-up.yaml` as a text that its owner has a hand in: comments and what is not changed stay. */
import { isMap, parseDocument, Scalar, stringify, visit } from 'yaml';
import type { Additions } from './additions.ts';

/** @param text the file as it is, readable; empty when there is none */
export function withAdditions(text: string, additions: Partial<Additions>): string {
  const document = parseDocument(text);
  const members = Object.entries(additions).filter(([, value]) => value !== undefined);
  if (!isMap(document.contents)) {
    const comments = text.trim() === '' ? '' : `${text.trimEnd()}\n`;
    return members.length === 0 ? text : comments + stringify(Object.fromEntries(members), options);
  }
  for (const [name, value] of members) document.set(name, document.createNode(value));
  visit(document, {
    Scalar: (_, node) => {
      if (typeof node.value === 'string' && node.value.includes('\n')) node.type = Scalar.BLOCK_LITERAL;
    },
  });
  return document.toString(options);
}

const options = { lineWidth: 0 } as const;
