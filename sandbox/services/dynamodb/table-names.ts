import { AwsError } from '../../aws-error.ts';
import type { Call } from '../../call.ts';
import { isTableArn, type TableReference, tableReference } from './table-reference.ts';

/** The members of a batch that are keyed by table. */
const keyedByTable = ['RequestItems', 'Responses', 'UnprocessedKeys', 'UnprocessedItems'];

/** The tables of one request on items. A request may give ARNs in the place of names; the data plane knows names only. */
export class TableNames {
  readonly #call: Call;
  /** By name: what the request gave for it. */
  readonly #given = new Map<string, string>();

  constructor(call: Call) {
    this.#call = call;
  }

  /** The body with every ARN of a table replaced by the table's name. */
  toNames(body: Record<string, unknown>): Record<string, unknown> {
    const named = this.#renameKeys(body, (given) => this.#name(given));
    const { TableName } = body;
    return typeof TableName === 'string' ? { ...named, TableName: this.#name(TableName) } : named;
  }

  /** An answer that is keyed by table as the request was. Inferred for ARNs. */
  toGiven(answer: Record<string, unknown>): Record<string, unknown> {
    return this.#renameKeys(answer, (name) => this.#given.get(name) ?? name);
  }

  /** The table that the request meant by this name. */
  reference(name: string): TableReference {
    return tableReference(this.#call, this.#given.get(name) ?? name);
  }

  #name(given: string): string {
    if (!isTableArn(given)) return given;
    const { name } = tableReference(this.#call, given);
    this.#given.set(name, given);
    return name;
  }

  #renameKeys(body: Record<string, unknown>, rename: (key: string) => string): Record<string, unknown> {
    const renamed = { ...body };
    for (const member of keyedByTable) {
      const map = body[member];
      if (typeof map !== 'object' || map === null || Array.isArray(map)) continue;
      const entries = Object.entries(map).map(([key, value]) => [rename(key), value] as const);
      if (new Set(entries.map(([key]) => key)).size < entries.length) {
        throw new AwsError('ValidationException', 'The sandbox takes a table by one name only in a batch.');
      }
      renamed[member] = Object.fromEntries(entries);
    }
    return renamed;
  }
}
