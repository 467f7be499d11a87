/** The answer of an evaluation, with what decided it. */

/** The policy types that AWS names in an access denied message, and KMS key grants. */
export type PolicyType =
  | 'identity-based'
  | 'resource-based'
  | 'permissions boundary'
  | 'session'
  | 'role trust'
  | 'grant';

/** Points at the statement that decided. */
export interface StatementReference {
  /** Name or ARN of the policy: `AmazonDynamoDBFullAccess`, `key policy`. */
  readonly policy: string;
  readonly policyArn?: string;
  readonly sid?: string;
  /** Position in the document, from 0. */
  readonly index: number;
}

export type Decision =
  | {
      readonly effect: 'allowed';
      readonly policyType: PolicyType;
      /** The statement that allowed; absent for a grant or for an account root, which needs none. */
      readonly statement?: StatementReference;
      readonly grantId?: string;
    }
  | {
      readonly effect: 'explicitDeny';
      readonly policyType: PolicyType;
      readonly statement: StatementReference;
    }
  | {
      /** No policy of this type allows the action, and one would have to. */
      readonly effect: 'implicitDeny';
      readonly policyType: PolicyType;
    };
