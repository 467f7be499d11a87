/** Puts our evaluation of expressions in the place of dynalite's. */
import type { Condition, ItemOperation } from '../data-plane.ts';
import { holds, type Item } from './condition.ts';
import { db } from './library.ts';

type Body = Record<string, unknown>;

/** For dynalite always true: a value exists. */
const always: Condition = { type: 'function', name: 'attribute_exists', args: [{ BOOL: true }] };
const never: Condition = { type: 'not', args: [always] };

/**
 * The checked body with another condition beside its own. It names no paths that dynalite would check: a filter of a
 * Query may then be about key attributes.
 */
export function withFurtherCondition(operation: ItemOperation, body: Body, condition: Condition): Body {
  const member = operation === 'Query' || operation === 'Scan' ? '_filter' : '_condition';
  const own = body[member] as { expression: Condition } | undefined;
  const expression: Condition = own ? { type: 'and', args: [own.expression, condition] } : condition;
  return { ...body, [member]: { pathHeads: {}, nestedPaths: {}, ...own, expression } };
}

/**
 * The body with its condition replaced by whether it holds, so that dynalite still checks everything else in its order.
 *
 * @param item as it is before the request, empty if there is none
 */
export function withCondition(body: Body, item: Item): Body {
  const condition = body._condition as { expression: Condition } | undefined;
  if (!condition) return body;
  const expression = holds(condition.expression, item) ? always : never;
  return { ...body, _condition: { ...condition, expression } };
}

/** The body of a Query or Scan with a filter that lets everything pass; {@link filterAnswer} filters. */
export function withoutFilter(body: Body): Body {
  const filter = body._filter as object | undefined;
  if (!filter) return body;
  const { _projection, AttributesToGet: _attributes, Select, ...rest } = body;
  // The filter sees whole items; the projection comes after it. dynalite still checks the projection's paths.
  const checked = _projection ? { _projection: { ...(_projection as object), paths: undefined } } : {};
  return {
    ...rest,
    ...checked,
    ...(Select !== 'COUNT' && Select !== undefined && { Select }),
    _filter: { ...filter, expression: always },
  };
}

/** Filters and projects what the body of {@link withoutFilter} found. */
export function filterAnswer(body: Body, answer: Body): Body {
  const filter = body._filter as { expression: Condition } | undefined;
  if (!filter) return answer;
  const { Items, ...rest } = answer;
  const kept = (Items as Item[]).filter((item) => holds(filter.expression, item));
  const paths = (body._projection as { paths: unknown[] } | undefined)?.paths;
  const projected = paths ? kept.map((item) => db().mapPaths(paths, item)) : kept;
  return { ...rest, Count: kept.length, ...(body.Select !== 'COUNT' && { Items: projected }) };
}
