/** Whether a user may assume a role, as the role's trust policy and the user's own policies say. */
import { z } from 'zod';
import type { Decision } from '../../policy/decision.ts';
import { decideInDoubt, type Undecided } from '../../policy/doubt.ts';
import { denialReason } from '../../policy/explain.ts';
import type { NamedPolicy } from '../../policy/findings.ts';
import type { AccessRequest } from '../../policy/request.ts';
import { evaluateRoleTrust } from '../../policy/role-trust.ts';
import type { Account } from '../account.ts';
import { found } from '../expect.ts';
import { userPolicyCalls } from '../iam/user-policies.ts';
import { readPolicyText } from '../policy-text.ts';
import { type Actor, actorContext, userActor } from './actor.ts';
import { direct, together } from './request-context.ts';
import { trialSessionName } from './session.ts';
import { trustOpenings } from './trust-openings.ts';

/** The calls that {@link readRoleTrust} makes. */
export const roleTrustCalls = ['iam:GetRole', ...userPolicyCalls] as const;

export const roleTrustParams = z.strictObject({
  user: z.string().describe('Name of the IAM user that assumes the role.'),
  role: z.string().describe('Name of the role.'),
  externalId: z.string().min(2).describe('The external id without which nobody may assume it.'),
});

export interface RoleTrust {
  readonly actor: Actor;
  readonly roleArn: string;
  readonly roleName: string;
  /** What the policies say of a request with this external id, or without any. */
  readonly decide: (externalId?: string) => Decision | Undecided;
  /** Why the role is refused with this external id, one sentence each. */
  readonly whyRefused: (externalId: string) => string[];
  /** Whom the trust policy lets in besides the user, or its account, with this external id; clauses. */
  readonly openings: (externalId: string) => string[];
}

/** @throws Failed when there is no such user or role; NotJudged, CallError */
export async function readRoleTrust(
  account: Account<(typeof roleTrustCalls)[number]>,
  { user, role }: { user: string; role: string },
): Promise<RoleTrust> {
  const [actor, { Role }] = await Promise.all([
    userActor(account, user),
    found(
      account.call('iam:GetRole', { RoleName: role }),
      `There is no IAM role ${role} in the account ${account.id}.`,
    ),
  ]);
  const roleArn = Role?.Arn ?? '';
  const text = decodeURIComponent(Role?.AssumeRolePolicyDocument ?? '');
  const trust = { name: 'trust policy', document: readPolicyText(text, 'trust') };
  const decideWith = (externalId: string | undefined, identity: readonly NamedPolicy[]) =>
    decideInDoubt(
      requestFor(actor, roleArn, account, externalId),
      { ...actor.policies, identity, resource: trust },
      evaluateRoleTrust,
    );
  return {
    actor,
    roleArn,
    roleName: role,
    decide: (externalId) => decideWith(externalId, actor.policies.identity),
    whyRefused(externalId) {
      const decision = decideWith(externalId, actor.policies.identity);
      if (decision.effect === 'explicitDeny') return [`Denied ${denialReason(decision, action)}.`];
      if (decideWith(externalId, [...actor.policies.identity, mayAssume]).effect === 'allowed') {
        return [
          `The trust policy leaves it to the account's own policies, and none of ${user} allows ${action} on ${roleArn}.`,
        ];
      }
      const ids = externalIdsIn(trust.document.Statement);
      if (ids.length > 0 && !ids.includes(externalId)) {
        return [
          `The trust policy asks for the external id ${ids.join(' or ')}, and the lab's is ${externalId}.`,
        ];
      }
      return [`The trust policy does not let ${user} assume the role.`];
    },
    openings: (externalId) => {
      const { arn: userArn, userId } = actor.principal;
      return trustOpenings(trust.document, { userArn, userId, accountId: account.id, externalId });
    },
  };
}

const action = 'sts:AssumeRole';

const mayAssume: NamedPolicy = {
  name: 'assume',
  document: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: [action], Resource: ['*'] }] },
};

/** "Available keys for AWS STS", "IAM and AWS STS condition context keys", IAM user guide. */
function requestFor(
  actor: Actor,
  roleArn: string,
  account: Account<never>,
  externalId: string | undefined,
): AccessRequest {
  const named = { 'sts:RoleSessionName': trialSessionName };
  const absent = ['sts:SourceIdentity', 'sts:TransitiveTagKeys', 'aws:TagKeys', 'aws:RequestTag/*'];
  const asked =
    externalId === undefined
      ? { context: named, lacks: [...absent, 'sts:ExternalId'] }
      : { context: { ...named, 'sts:ExternalId': externalId }, lacks: absent };
  return {
    principal: actor.principal,
    action,
    resource: roleArn,
    resourceAccount: account.id,
    ...together(actorContext(actor, account), direct, asked),
  };
}

function externalIdsIn(statements: NamedPolicy['document']['Statement']): string[] {
  return statements
    .filter(({ Effect }) => Effect === 'Allow')
    .flatMap(({ Condition = {} }) => Object.values(Condition))
    .flatMap((keys) => Object.entries(keys))
    .flatMap(([key, values]) => (key.toLowerCase() === 'sts:externalid' ? values : []));
}
