/** A request as statements look at it, with what many statements need worked out once. */

import { splitArn } from './arn-pattern.ts';
import type { AccessRequest, Principal } from './request.ts';
import type { ContextLookup } from './template.ts';

export interface RequestView {
  readonly principal: Principal;
  /** In lower case. */
  readonly action: string;
  /** The resource's ARN in its six fields; undefined for `*`. */
  readonly resource: readonly string[] | undefined;
  /** Finds a condition key by its lower-case name. */
  readonly lookup: ContextLookup;
}

export function viewRequest(request: AccessRequest): RequestView {
  let values: Map<string, string | readonly string[]> | undefined;
  return {
    principal: request.principal,
    action: request.action.toLowerCase(),
    resource: splitArn(request.resource),
    lookup: (key) => {
      values ??= new Map(Object.entries(request.context).map(([name, value]) => [name.toLowerCase(), value]));
      return values.get(key);
    },
  };
}
