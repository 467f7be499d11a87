/** A table at rest as text: the keys above the items, then each item beside its bytes. */
import { wrapAnsi } from 'fast-wrap-ansi';
import { decisionInWords, shortName } from '../decision-words.ts';
import type { TableAtRest } from '../sandbox/table-at-rest.ts';
import { attributeLines } from './attribute-text.ts';
import { hexRows, hexRowWidth } from './hex-dump.ts';
import { plain, type Style } from './style.ts';

/** Rows of one item, and of a key. */
const itemRows = 12;
const keyRows = 2;
const gap = '   ';
/** Columns that the plaintext needs to be read. */
const readable = 28;

/** @param width of the terminal, in columns */
export function tableAtRestText(table: TableAtRest, style: Style, width: number): string {
  const { items, itemCount } = table;
  const shown = items.map((item) => itemText(item, style, width));
  const rest = itemCount - items.length;
  return [
    `${style.bold(`Table ${plain(table.table)}`)}  account ${table.account}, ${table.region}`,
    '',
    chainText(table, style, width),
    '',
    ...shown.flatMap((text) => [text, '']),
    ...(rest > 0 ? [style.dim(`... and ${rest} more; --items shows more of them, --json all.`), ''] : []),
    style.dim(wrapAnsi(footer(table), width)),
    '',
  ].join('\n');
}

/** KMS key, table key, data key, items: what wraps what. */
function chainText(table: TableAtRest, style: Style, width: number): string {
  const bytesPerRow = fitting(width - indent.length - hexRowWidth(0) + 4);
  const wrapped = (text: string) =>
    under(wrapAnsi(text, Math.max(width - indent.length, 20), { hard: true }));
  const key = (name: string, base64: string, above: string) => {
    const bytes = Buffer.from(base64, 'base64');
    const lead = `${style.bold(name.padEnd(indent.length))}${bytes.length} bytes, no use without the ${above}`;
    return [lead, under(style.dim(cut(hexRows(bytes, bytesPerRow), keyRows).join('\n')))];
  };
  const link = (verb: string) => style.dim(`  | ${verb}`);
  const { kmsKey, itemCount } = table;
  return [
    `${style.bold('KMS key'.padEnd(indent.length))}${keyLine(table)}`,
    ...(kmsKey ? [under(style.dim(plain(kmsKey.arn)))] : []),
    wrapped(useText(table)),
    ...usersText(table, style, width),
    link('wraps'),
    ...key('Table key', table.tableKey, 'KMS key'),
    link('wraps'),
    ...key('Data key', table.dataKey, 'table key'),
    link('seals'),
    `${style.bold('Items'.padEnd(indent.length))}${itemCount === 1 ? '1 item' : `${itemCount} items`}`,
  ].join('\n');
}

const indent = ' '.repeat(11);

function under(text: string): string {
  return text.replace(/^/gm, indent);
}

function keyLine({ kmsKey }: TableAtRest): string {
  if (!kmsKey) return 'owned by AWS';
  const manager = { AWS: 'managed by AWS', CUSTOMER: 'customer managed' }[kmsKey.manager ?? ''];
  const state = kmsKey.state.replace(/(?<=[a-z])(?=[A-Z])/g, ' ').toLowerCase();
  return plain([kmsKey.aliases.join(' '), manager, state].filter(Boolean).join(', '));
}

/** Whether the key can be used now, and who decides that. */
function useText({ kmsKey, usable }: TableAtRest): string {
  if (!kmsKey)
    return 'No account sees this key, and no policy governs it: whoever may read the table, reads.';
  const until = kmsKey.deletionDate?.slice(0, 10);
  switch (kmsKey.state) {
    case 'Deleted':
      return 'The key is gone. Nobody will ever read these items again, DynamoDB neither.';
    case 'PendingDeletion':
      return `Nobody can read the items now, DynamoDB neither; and after ${until} nobody ever will, unless the deletion is cancelled.`;
    case 'Enabled':
      return usable
        ? 'DynamoDB asks KMS to decrypt the table key, in the name of whoever reads or writes an item.'
        : 'The table key does not open. Nobody can read the items now, DynamoDB neither.';
    default:
      return 'Nobody can read the items now, DynamoDB neither; enable the key, and all is there again.';
  }
}

/** Whom the key's policies let decrypt. */
function usersText({ kmsKey, usable }: TableAtRest, style: Style, width: number): string[] {
  if (!kmsKey || !usable) return [];
  return kmsKey.users.flatMap(({ arn, decision }) => {
    const may = decision.effect === 'allowed';
    const why = decisionInWords(decision, arn, 'kms:Decrypt', kmsKey.arn);
    const text = `${may ? 'may' : 'may not'}  ${style.bold(plain(shortName(arn)))}: ${plain(why)}`;
    return under(wrapAnsi(text, Math.max(width - indent.length, 20), { hard: true }));
  });
}

/** The bytes on the left, where every row is equally wide; on the right what they say. */
function itemText({ key, item, bytes: base64 }: TableAtRest['items'][number], style: Style, width: number) {
  const bytes = Buffer.from(base64, 'base64');
  const bytesPerRow = fitting(width - readable - gap.length);
  const left = cut(hexRows(bytes, bytesPerRow), itemRows);
  const leftWidth = hexRowWidth(bytesPerRow);
  const rightWidth = Math.max(width - leftWidth - gap.length, 12);
  const said = item ? attributeLines(item) : ['(nobody can read this now)'];
  const right = cut(
    said.flatMap((line) => wrapAnsi(line, rightWidth, { hard: true, trim: false }).split('\n')),
    itemRows,
  );
  const heads = ['at rest'.padEnd(leftWidth), item ? 'in the clear' : ''];
  const rows = Array.from({ length: Math.max(left.length, right.length) }, (_, at) =>
    `${(left[at] ?? '').padEnd(leftWidth)}${gap}${right[at] ?? ''}`.trimEnd(),
  );
  return [style.bold(attributeLines(key).join(', ')), style.dim(heads.join(gap).trimEnd()), ...rows].join(
    '\n',
  );
}

/** The most bytes in a row that leave it within the columns. */
function fitting(columns: number): number {
  return [16, 8].find((bytesPerRow) => hexRowWidth(bytesPerRow) <= columns) ?? 4;
}

function cut(rows: string[], most: number): string[] {
  return rows.length > most ? [...rows.slice(0, most - 1), `... ${rows.length - most + 1} more rows`] : rows;
}

function footer({ itemCount }: TableAtRest): string {
  if (itemCount === 0) return 'There are no items to be sealed yet.';
  return (
    'The bytes of an item are AES-256-GCM: 12 of initialisation vector, 16 of authentication tag, the ciphertext. ' +
    'The primary key lies in the clear beside them, to find the item by. Whoever takes the disk has the left side only; ' +
    "AWS never shows it. This look asks for nobody's permission."
  );
}
