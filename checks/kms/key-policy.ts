import { z } from 'zod';
import { delegatedAccounts, namedPrincipals } from '../../policy/named-principals.ts';
import { defineCheck } from '../check.ts';
import { readPolicyText } from '../policy-text.ts';

/**
 * What makes somebody a user or an administrator of a key: actions, not Sids. The console shows its key users by
 * Sid, but a Sid may be changed freely; see "Default key policy" in the KMS developer guide.
 */
const use = 'kms:Decrypt';
const administer = 'kms:PutKeyPolicy';

export const keyPolicy = defineCheck({
  id: 'kms/key-policy',
  title: 'The key policy says who may use and who may administer the key',
  calls: ['kms:GetKeyPolicy'],
  basis: 'reasoned',
  params: z.strictObject({
    key: z.string().describe('Id or ARN of the key.'),
    users: z
      .array(z.string())
      .default([])
      .describe('ARNs of principals that the policy must let use the key.'),
    notUsers: z.array(z.string()).default([]).describe('ARNs of principals that it must not name as users.'),
    administrators: z.array(z.string()).default([]).describe('ARNs that it must let administer the key.'),
  }),
  outputs: z.object({ users: z.array(z.string()), administrators: z.array(z.string()) }),
  async run({ params, account, expect, found }) {
    const { Policy } = await found(
      account.call('kms:GetKeyPolicy', { KeyId: params.key, PolicyName: 'default' }),
      `There is no key ${params.key} in ${account.region}.`,
    );
    const document = readPolicyText(Policy ?? '', 'resource');
    const delegated = delegatedAccounts(document, use).includes(account.id);
    const users = namedPrincipals(document, use);
    const administrators = namedPrincipals(document, administer);

    expect(delegated || users.length > 0, 'The key policy lets nobody use the key.').to.equal(true);
    expect(
      delegatedAccounts(document, administer).includes(account.id) || administrators.length > 0,
      'The key policy lets nobody administer the key.',
    ).to.equal(true);
    expect(users, `The key policy names ${list(users)} as users of the key.`).to.include.members(
      params.users,
    );
    expect(
      administrators,
      `The key policy names ${list(administrators)} as administrators of the key.`,
    ).to.include.members(params.administrators);
    for (const arn of params.notUsers) {
      expect(users, `The key policy names ${arn} as a user of the key.`).not.to.include(arn);
    }
    const named = users.length > 0 || administrators.length > 0;
    return {
      message: named
        ? `The key policy names ${list(users)} as users and ${list(administrators)} as administrators${
            delegated ? ", and lets this account's IAM policies count" : ''
          }.`
        : `The key policy leaves it to this account's IAM policies who may use and who may administer the key.`,
      outputs: { users, administrators },
    };
  },
});

/** `user/lab-admin` instead of the whole ARN. */
function list(arns: readonly string[]): string {
  return arns.length === 0 ? 'nobody' : arns.map((arn) => arn.split(':').at(-1) ?? arn).join(', ');
}
