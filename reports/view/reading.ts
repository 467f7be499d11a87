/** Successful reads of a table's items, and what they showed. */
import type { Evidence } from '../../runner/result.ts';
import { attributeText } from '../attribute-value.ts';
import { principalName, telling, type Witness } from '../evidence.ts';
import { asList, asObject, type JsonObject, textAt } from '../json.ts';
import { clip, count } from '../plain-text.ts';
import { type TimeView, timeView } from '../time.ts';

interface NamedValue {
  readonly name: string;
  readonly value: string;
}

export interface ReadingView {
  readonly call: string;
  readonly table: string;
  readonly principal: string;
  readonly principalName: string;
  readonly at: TimeView;
  /** `1 item`, `30 items` */
  readonly amount: string;
  readonly columns: readonly string[];
  /** Values by row, in the order of the columns. */
  readonly rows: readonly (readonly string[])[];
  /** Where the columns are too wide to stand side by side: of each item, the attributes that it has, one below the other. */
  readonly stacked: readonly (readonly NamedValue[])[] | undefined;
  /** `5 more items, 2 more attributes are not shown.` */
  readonly omitted: string | undefined;
  readonly witness: Witness;
}

const mostRows = 20;
const mostColumns = 8;
const longestCell = 300;
/** Characters that the columns of a table have room for in the page, gaps included, and how wide a column grows at most. */
const roomForColumns = 88;
const widestColumn = 38;
const columnGap = 5;
const noItem: readonly JsonObject[] = [];

/** The first telling read with items among the witnesses whose call fulfils `of`. */
export function readingView(
  witnesses: readonly Witness[],
  keyAttributes: readonly string[],
  of: (call: Evidence) => boolean,
): ReadingView | undefined {
  const witness = telling(witnesses, (call) => of(call) && itemsOf(call).length > 0);
  if (!witness) return undefined;
  const { call } = witness;
  const items = itemsOf(call);
  const names = [...new Set([...keyAttributes, ...items.flatMap((item) => Object.keys(item))])];
  const columns = names.filter((name) => items.some((item) => Object.hasOwn(item, name)));
  const shownColumns = columns.slice(0, mostColumns);
  const shownNames = shownColumns.map((name) => clip(name, longestCell));
  const shownItems = items.slice(0, mostRows);
  const rows = shownItems.map((item) =>
    shownColumns.map((name) =>
      Object.hasOwn(item, name) ? clip(attributeText(item[name]), longestCell) : '',
    ),
  );
  return {
    call: call.call,
    table: textAt(call.input, 'TableName') ?? 'the table',
    principal: call.principal,
    principalName: principalName(call.principal),
    at: timeView(call.at),
    amount: count(items.length, 'item'),
    columns: shownNames,
    rows,
    stacked: fitSideBySide(shownNames, rows)
      ? undefined
      : rows.map((values, row) =>
          values.flatMap((value, column) =>
            Object.hasOwn(shownItems[row] ?? {}, shownColumns[column] ?? '')
              ? [{ name: shownNames[column] ?? '', value }]
              : [],
          ),
        ),
    omitted: omittedText(items.length - mostRows, columns.length - mostColumns),
    witness,
  };
}

function fitSideBySide(names: readonly string[], rows: readonly (readonly string[])[]): boolean {
  const widths = names.map((name, column) =>
    Math.min(widestColumn, Math.max(name.length, ...rows.map((row) => row[column]?.length ?? 0))),
  );
  return widths.reduce((sum, width) => sum + width + columnGap, 0) <= roomForColumns;
}

function itemsOf({ call, output, error }: Evidence): JsonObject[] {
  if (error) return [];
  const answer = asObject(output);
  switch (call) {
    case 'dynamodb:Scan':
    case 'dynamodb:Query':
      return asList(answer?.Items).flatMap((item) => asObject(item) ?? noItem);
    case 'dynamodb:GetItem':
      return [answer?.Item].flatMap((item) => asObject(item) ?? noItem);
    default:
      return [];
  }
}

function omittedText(items: number, attributes: number): string | undefined {
  const parts = [
    ...(items > 0 ? [count(items, 'more item')] : []),
    ...(attributes > 0 ? [count(attributes, 'more attribute')] : []),
  ];
  return parts.length > 0 ? `Not shown: ${parts.join(' and ')}.` : undefined;
}
