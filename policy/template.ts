/**
 * Policy text with variables: `${aws:username}`, `${aws:PrincipalTag/team, 'none'}`, and the escapes `${*}`, `${?}`, `${$}`.
 * AWS: IAM User Guide, "IAM policy elements: Variables and tags".
 */

import { compileLiteral, compileWildcards, type Pattern } from './wildcard.ts';

/** Finds the value of a condition key by its lower-case name. An array means that the key is multivalued. */
export type ContextLookup = (key: string) => string | readonly string[] | undefined;

interface Variable {
  readonly key: string;
  readonly fallback?: string;
}

type Part =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'literal'; readonly text: string }
  | { readonly kind: 'variable'; readonly variable: Variable };

export interface Template {
  readonly source: string;
  readonly parts: readonly Part[];
  readonly variables: readonly Variable[];
  /** The pattern, when no variable has to be looked up. */
  readonly fixed?: Pattern;
}

/** Reads policy text. Only documents of version 2012-10-17 have variables; in older ones `${...}` is plain text. */
export function parseTemplate(source: string, version: string): Template {
  const parts = version === '2012-10-17' ? split(source) : [{ kind: 'text', text: source } as const];
  const variables = parts.flatMap((part) => (part.kind === 'variable' ? [part.variable] : []));
  return {
    source,
    parts,
    variables,
    ...(variables.length === 0 && { fixed: patternOf(parts, () => undefined) }),
  };
}

/** The keys of the variables in policy text, as they would be looked up. */
export function variableKeysIn(source: string, version: string): readonly string[] {
  if (version !== '2012-10-17' || !source.includes('${')) return [];
  return split(source).flatMap((part) => (part.kind === 'variable' ? [part.variable.key] : []));
}

/** The same text with a `*` in place of each variable that `isOpen`. */
export function withWildcards({ parts }: Template, isOpen: (key: string) => boolean): string {
  return parts
    .map((part) => {
      if (part.kind === 'text') return part.text;
      if (part.kind === 'literal') return `\${${part.text}}`;
      const { key, fallback } = part.variable;
      if (isOpen(key)) return '*';
      return fallback === undefined ? `\${${key}}` : `\${${key}, '${fallback}'}`;
    })
    .join('');
}

/**
 * Whether every variable has a value. If not, the statement does not apply at all, be it Allow or Deny.
 * A multivalued key cannot be a variable (same guide, "Single-valued vs. multivalued context keys").
 */
export function isResolvable(template: Template, lookup: ContextLookup): boolean {
  return template.variables.every((variable) => lookUp(variable, lookup) !== undefined);
}

/**
 * The text with values in place of variables, and wildcards as plain characters. Undefined if the values alone are longer than
 * `longest`, the length of what it is compared with: then it cannot agree, and many long values must not be put together.
 */
export function resolveText(template: Template, lookup: ContextLookup, longest: number): string | undefined {
  if (valuesOutgrow(template, lookup, longest)) return undefined;
  return template.parts
    .map((part) => (part.kind === 'variable' ? (lookUp(part.variable, lookup) ?? '') : part.text))
    .join('');
}

/**
 * The pattern with values in place of variables; undefined as for `resolveText`. Inferred: a `*` inside a value is a character,
 * not a wildcard.
 */
export function resolvePattern(
  template: Template,
  lookup: ContextLookup,
  longest: number,
): Pattern | undefined {
  if (template.fixed !== undefined) return template.fixed;
  return valuesOutgrow(template, lookup, longest) ? undefined : patternOf(template.parts, lookup);
}

function valuesOutgrow({ variables }: Template, lookup: ContextLookup, longest: number): boolean {
  let length = 0;
  for (const variable of variables) length += lookUp(variable, lookup)?.length ?? 0;
  return length > longest;
}

function lookUp(variable: Variable, lookup: ContextLookup): string | undefined {
  const value = lookup(variable.key);
  return typeof value === 'string' ? value : variable.fallback;
}

function patternOf(parts: readonly Part[], lookup: ContextLookup): Pattern {
  const [only] = parts;
  if (parts.length === 1 && only?.kind === 'text') return compileWildcards(only.text);
  return parts.flatMap((part) => {
    if (part.kind === 'text') return compileWildcards(part.text);
    return compileLiteral(part.kind === 'literal' ? part.text : (lookUp(part.variable, lookup) ?? ''));
  });
}

function split(source: string): Part[] {
  if (!source.includes('${')) return source === '' ? [] : [{ kind: 'text', text: source }];
  const parts: Part[] = [];
  let at = 0;
  while (at < source.length) {
    const start = source.indexOf('${', at);
    const end = start < 0 ? -1 : closingBrace(source, start + 2);
    if (end < 0) break;
    if (start > at) parts.push({ kind: 'text', text: source.slice(at, start) });
    parts.push(placeholder(source.slice(start + 2, end)));
    at = end + 1;
  }
  if (at < source.length) parts.push({ kind: 'text', text: source.slice(at) });
  return parts;
}

/** The brace that ends a placeholder; one inside a quoted default value does not. */
function closingBrace(source: string, from: number): number {
  const brace = source.indexOf('}', from);
  const quote = brace < 0 ? -1 : source.slice(from, brace).indexOf("'");
  if (quote < 0) return brace;
  const unquote = source.indexOf("'", from + quote + 1);
  return unquote < 0 ? brace : source.indexOf('}', unquote);
}

function placeholder(inside: string): Part {
  if (inside === '*' || inside === '?' || inside === '$') return { kind: 'literal', text: inside };
  const comma = inside.indexOf(',');
  if (comma < 0) return { kind: 'variable', variable: { key: inside.trim().toLowerCase() } };
  const key = inside.slice(0, comma).trim().toLowerCase();
  const quoted = inside.slice(comma + 1).trim();
  const isQuoted = quoted.length >= 2 && quoted.startsWith("'") && quoted.endsWith("'");
  return { kind: 'variable', variable: isQuoted ? { key, fallback: quoted.slice(1, -1) } : { key } };
}
