/** Statements as they are understood; page "PartiQL - a SQL-compatible query language for Amazon DynamoDB". */
import type { Condition, DocumentPath, WireValue } from '../data-plane.ts';

export type Statement = SelectStatement | WriteStatement;

/** `"table"` or `"table"."index"`, as given: the table may be an ARN. */
interface Source {
  readonly table: string;
  readonly index?: string;
}

export interface SelectStatement extends Source {
  readonly kind: 'select';
  /** What is left of each item; undefined for `*`. */
  readonly projection?: readonly DocumentPath[];
  readonly where?: Condition;
  readonly orderBy: readonly { readonly attribute: string; readonly descending: boolean }[];
}

export type WriteStatement = InsertStatement | UpdateStatement | DeleteStatement | ExistsStatement;

export interface InsertStatement extends Source {
  readonly kind: 'insert';
  readonly item: Readonly<Record<string, WireValue>>;
}

export interface UpdateStatement extends Source {
  readonly kind: 'update';
  readonly actions: readonly UpdateAction[];
  readonly where?: Condition;
  readonly returning?: Returning;
}

export interface DeleteStatement extends Source {
  readonly kind: 'delete';
  readonly where?: Condition;
  readonly returning?: Returning;
}

/** In a transaction: the item must be there and fulfil the condition. */
export interface ExistsStatement extends Source {
  readonly kind: 'exists';
  readonly where?: Condition;
}

/** As UpdateItem calls them; `UPDATED_OLD` is PartiQL's `MODIFIED OLD *`. */
export type Returning = 'ALL_OLD' | 'ALL_NEW' | 'UPDATED_OLD' | 'UPDATED_NEW';

export type UpdateAction =
  | { readonly kind: 'set'; readonly path: DocumentPath; readonly value: Assigned }
  | { readonly kind: 'remove'; readonly path: DocumentPath }
  /** Members that are added to a set or deleted from it. */
  | { readonly kind: 'add' | 'delete'; readonly path: DocumentPath; readonly members: WireValue };

/** One term, or two with an operator between. */
export interface Assigned {
  readonly left: Term;
  readonly operator?: '+' | '-';
  readonly right?: Term;
}

export type Term =
  | { readonly path: DocumentPath }
  | { readonly value: WireValue }
  | { readonly appended: readonly [Term, Term] };
