/** What policies decided, and what is missing, in plain words. */
import type { CallRecord } from '../sandbox/gateway/gateway.ts';

type Denial = NonNullable<CallRecord['denial']>['decision'];
type Statement = Extract<Denial, { effect: 'explicitDeny' }>['statement'];
/** The allowed form, of which only what is told here matters. */
type Decision =
  | Denial
  | { readonly effect: 'allowed'; readonly statement?: Statement; readonly grantId?: string };

/** `user/reader` of `arn:aws:iam::123456789012:user/reader`. */
export function shortName(arn: string): string {
  return arn.startsWith('arn:') ? arn.split(':').slice(5).join(':') : arn;
}

/** `no identity-based policy of user/reader allows kms:Decrypt`. @param who ARN @param resource ARN, or `*` */
export function decisionInWords(decision: Decision, who: string, action: string, resource: string): string {
  const caller = shortName(who);
  switch (decision.effect) {
    case 'allowed':
      return decision.statement
        ? `by ${named(decision.statement)}`
        : decision.grantId
          ? 'by a grant'
          : 'as root';
    case 'explicitDeny':
      return `${named(decision.statement)} denies ${action}, which no other policy can lift`;
    case 'implicitDeny':
      return lacking(decision.policyType, caller, action, isKmsKey(resource));
  }
}

function lacking(policyType: Denial['policyType'], caller: string, action: string, isKey: boolean): string {
  switch (policyType) {
    case 'identity-based':
      return isKey
        ? `the key policy leaves it to IAM policies, and no identity-based policy of ${caller} allows ${action}`
        : `no identity-based policy of ${caller} allows ${action}`;
    case 'resource-based':
      return isKey
        ? `the key policy allows ${action} neither to ${caller} nor to IAM policies`
        : `no resource-based policy allows ${action} to ${caller}`;
    case 'permissions boundary':
      return `the permissions boundary of ${caller} leaves ${action} out`;
    case 'session':
      return `the session policy of ${caller} leaves ${action} out`;
    case 'role trust':
      return `the role's trust policy does not let ${caller} in`;
    case 'grant':
      return `no grant allows ${action} to ${caller}`;
  }
}

function named({ policy, sid, index }: Statement): string {
  return sid === undefined ? `statement ${index + 1} of ${policy}` : `statement "${sid}" of ${policy}`;
}

function isKmsKey(resource: string): boolean {
  return /^arn:[^:]+:kms:[^:]*:\d*:key\//.test(resource);
}
