/** Successful reads of a table's items, and what they showed. */
import type { Evidence } from '../../runner/result.ts';
import { attributeText } from '../attribute-value.ts';
import { principalName, telling, type Witness } from '../evidence.ts';
import { asList, asObject, type JsonObject, textAt } from '../json.ts';
import { clip, count } from '../plain-text.ts';
import { type TimeView, timeView } from '../time.ts';

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
  /** `5 more items, 2 more attributes are not shown.` */
  readonly omitted: string | undefined;
  readonly witness: Witness;
}

const mostRows = 20;
const mostColumns = 8;
const longestCell = 300;
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
  return {
    call: call.call,
    table: textAt(call.input, 'TableName') ?? 'the table',
    principal: call.principal,
    principalName: principalName(call.principal),
    at: timeView(call.at),
    amount: count(items.length, 'item'),
    columns: shownColumns.map((name) => clip(name, longestCell)),
    rows: items
      .slice(0, mostRows)
      .map((item) =>
        shownColumns.map((name) =>
          Object.hasOwn(item, name) ? clip(attributeText(item[name]), longestCell) : '',
        ),
      ),
    omitted: omittedText(items.length - mostRows, columns.length - mostColumns),
    witness,
  };
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
