import type { Statement } from '../../policy/document.ts';

/** What a sentence calls a statement: `the statement "OwnNotes"`, `statement 2`. @param index from 0 */
export function statementName({ Sid }: Statement, index: number): string {
  return Sid ? `the statement "${Sid}"` : `statement ${index + 1}`;
}
