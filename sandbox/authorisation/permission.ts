/** Every permission that an operation asks for is formed here, by AWS's service authorization reference. */
import type { NamedPolicy } from '../../policy/evaluate.ts';
import type { KeyGrant } from '../../policy/kms.ts';
import type { ConditionContext } from '../../policy/request.ts';
import type { Former } from '../timing/former.ts';
import { actionReference, resourceConditionKeys } from './service-reference.ts';

/** One thing the caller must be allowed to do. */
export interface Permission {
  /** `kms:DescribeKey` */
  readonly action: string;
  /** ARN, or `*` for actions without a resource. */
  readonly resource: string;
  /** How the denial names the resource where AWS does not print the ARN: IAM says `user NAME`. Empty: not at all. */
  readonly resourceLabel?: string;
  /** Condition keys of this request beyond the global ones. */
  readonly context?: ConditionContext;
  /** A policy attached to the resource. */
  readonly resourcePolicy?: NamedPolicy;
  /** Set for a KMS key: its policy and grants decide by KMS's own rule. */
  readonly key?: {
    readonly accountId: string;
    readonly policy: NamedPolicy;
    readonly grants: readonly KeyGrant[];
    /** What they were before their last changes, which may not count yet. */
    readonly formerPolicies?: readonly Former<NamedPolicy>[] | undefined;
    readonly formerGrants?: readonly Former<readonly KeyGrant[]>[] | undefined;
    /** Ids of the grants that count at once, as the request carries their tokens. */
    readonly namedGrants?: readonly string[];
  };
  /** Set for a role that is to be assumed: its trust policy decides by the rule of roles. */
  readonly role?: {
    readonly accountId: string;
    readonly trust: NamedPolicy;
  };
}

/** What an action is about. */
interface Resource {
  /** As the reference calls it, of the action's service: `key`, `table`, `user`. */
  readonly type: string;
  readonly arn: string;
}

/** What is known of the request, whether or not the action supports it. */
type Circumstances = Omit<Permission, 'action' | 'resource'>;

/**
 * The permission for an action: on its resource, or on `*` if the reference knows none for it, and with those
 * condition keys that the reference lists for the action or for the resource's type, beside the global ones.
 *
 * @param action `kms:Decrypt`
 * @throws Error for an action that is not in the reference, and for one that is not about such a resource
 */
export function permission(
  action: string,
  resource?: Resource,
  circumstances: Circumstances = {},
): Permission {
  const isSupported = supportedKeys(action, resource?.type);
  const context = limited(circumstances.context ?? {}, isSupported);
  return { ...circumstances, action, resource: resource?.arn ?? '*', context };
}

/** Mostly everything is supported, and then nothing is copied: this runs for every call. */
function limited(context: ConditionContext, isSupported: KeyTest): ConditionContext {
  if (Object.keys(context).every(isSupported)) return context;
  return Object.fromEntries(Object.entries(context).filter(([key]) => isSupported(key)));
}

type KeyTest = (key: string) => boolean;

/** By action and resource type: the reference does not change while the program runs. */
const tests = new Map<string, KeyTest>();

function supportedKeys(action: string, type: string | undefined): KeyTest {
  const kind = `${action} ${type}`;
  let test = tests.get(kind);
  if (!test) {
    test = keyTest([...ofForwardedCalls, ...listedKeys(action, type)]);
    tests.set(kind, test);
  }
  return test;
}

function listedKeys(action: string, type: string | undefined): readonly string[] {
  const reference = actionReference(action);
  if (!reference) throw new Error(`The service authorization reference has no action ${action}.`);
  const { service, resourceTypes, conditionKeys } = reference;
  if (type === undefined) {
    if (resourceTypes.length > 0)
      throw new Error(`${action} needs a resource: ${resourceTypes.join(' or ')}.`);
    return conditionKeys;
  }
  if (!resourceTypes.includes(type)) throw new Error(`${action} has no resource of type ${type}.`);
  return [...conditionKeys, ...resourceConditionKeys(service, type)];
}

/** Global keys of a call that a service makes for the caller ("AWS global condition context keys" in the IAM user guide). */
const ofForwardedCalls = ['aws:ViaAWSService', 'aws:CalledVia', 'aws:CalledViaFirst', 'aws:CalledViaLast'];

/** @param keys with variables at their end: `aws:ResourceTag/${TagKey}` stands for every key that begins like it */
function keyTest(keys: readonly string[]): KeyTest {
  const whole = new Set(keys.filter((key) => !key.includes('${')));
  const beginnings = keys.filter((key) => key.includes('${')).map((key) => key.slice(0, key.indexOf('${')));
  return (key) => whole.has(key) || beginnings.some((beginning) => key.startsWith(beginning));
}
