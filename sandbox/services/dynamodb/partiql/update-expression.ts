import type { DocumentPath, WireValue } from '../data-plane.ts';
import type { Assigned, Term, UpdateAction } from './statement.ts';

/** The members of UpdateItem that make the changes. */
export interface UpdateMembers {
  readonly UpdateExpression: string;
  readonly ExpressionAttributeNames: Readonly<Record<string, string>>;
  readonly ExpressionAttributeValues?: Readonly<Record<string, WireValue>>;
}

/** @param names placeholders that the request has beside these */
export function updateMembers(
  actions: readonly UpdateAction[],
  names: Readonly<Record<string, string>>,
): UpdateMembers {
  const placeholders = new Placeholders();
  const clauses = (['set', 'remove', 'add', 'delete'] as const).flatMap((kind) => {
    const parts = actions
      .filter((action) => action.kind === kind)
      .map((action) => placeholders.action(action));
    return parts.length === 0 ? [] : [`${kind.toUpperCase()} ${parts.join(', ')}`];
  });
  return {
    UpdateExpression: clauses.join(' '),
    ExpressionAttributeNames: { ...names, ...Object.fromEntries(placeholders.names) },
    // An empty map is refused.
    ...(placeholders.values.size > 0 && {
      ExpressionAttributeValues: Object.fromEntries(placeholders.values),
    }),
  };
}

/** Names and values that an expression refers to: what is in a statement never becomes part of an expression's text. */
class Placeholders {
  readonly names = new Map<string, string>();
  readonly values = new Map<string, WireValue>();
  readonly #byName = new Map<string, string>();

  action(action: UpdateAction): string {
    const path = this.#path(action.path);
    if (action.kind === 'remove') return path;
    if (action.kind === 'set') return `${path} = ${this.#assigned(action.value)}`;
    return `${path} ${this.#value(action.members)}`;
  }

  #assigned({ left, operator, right }: Assigned): string {
    const first = this.#term(left);
    return operator && right ? `${first} ${operator} ${this.#term(right)}` : first;
  }

  #term(term: Term): string {
    if ('path' in term) return this.#path(term.path);
    if ('value' in term) return this.#value(term.value);
    return `list_append(${term.appended.map((inner) => this.#term(inner)).join(', ')})`;
  }

  #path(path: DocumentPath): string {
    return path
      .map((piece, position) => {
        if (typeof piece === 'number') return `[${piece}]`;
        return position === 0 ? this.#name(piece) : `.${this.#name(piece)}`;
      })
      .join('');
  }

  #name(name: string): string {
    let placeholder = this.#byName.get(name);
    if (placeholder === undefined) {
      placeholder = `#n${this.#byName.size}`;
      this.#byName.set(name, placeholder);
      this.names.set(placeholder, name);
    }
    return placeholder;
  }

  #value(value: WireValue): string {
    const placeholder = `:v${this.values.size}`;
    this.values.set(placeholder, value);
    return placeholder;
  }
}
