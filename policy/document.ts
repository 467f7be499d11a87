/** Policy documents in their normalised form. */

import type { Conditions } from './conditions/condition.ts';

type PolicyVersion = '2008-10-17' | '2012-10-17';

/** Who a statement of a resource policy is about. */
export type PrincipalElement =
  | '*'
  | {
      /** ARNs (an account's root ARN or bare id means the account), unique ids, or `*`. */
      readonly AWS?: readonly string[];
      readonly Service?: readonly string[];
      readonly Federated?: readonly string[];
      readonly CanonicalUser?: readonly string[];
    };

/** A statement with one spelling for everything that has several: values are always arrays of text. */
export interface Statement {
  readonly Sid?: string;
  readonly Effect: 'Allow' | 'Deny';
  readonly Principal?: PrincipalElement;
  readonly NotPrincipal?: PrincipalElement;
  readonly Action?: readonly string[];
  readonly NotAction?: readonly string[];
  readonly Resource?: readonly string[];
  readonly NotResource?: readonly string[];
  readonly Condition?: Conditions;
}

export interface PolicyDocument {
  /** `2008-10-17` where the document names none. */
  readonly Version: PolicyVersion;
  readonly Id?: string;
  readonly Statement: readonly Statement[];
}

/** What a policy is attached to: an identity (also as boundary or session policy), a resource, or a role as its trust. */
export type PolicyKind = 'identity' | 'resource' | 'trust';
