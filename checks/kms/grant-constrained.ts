import type { GrantListEntry } from '@aws-sdk/client-kms';
import { z } from 'zod';
import { defineCheck } from '../check.ts';
import { contextInWords, contextParam, type EncryptionContext } from '../envelope/read-envelope.ts';
import { Failed } from '../expect.ts';
import { allPages, kmsMarker } from '../pages.ts';

export const grantConstrained = defineCheck({
  id: 'kms/grant-constrained',
  title: 'A grant on the key lets the principal do what it needs, with one encryption context only',
  calls: ['kms:ListGrants'],
  basis: 'reasoned',
  params: z.strictObject({
    key: z.string().describe('Id or ARN of the key.'),
    grantee: z.string().describe('ARN of the principal that the grant is for.'),
    operations: z
      .array(z.string())
      .min(1)
      .default(['Decrypt'])
      .describe('What its grants must allow, as in GrantListEntry.Operations, and nothing else.'),
    context: contextParam,
  }),
  outputs: z.object({ grantId: z.string() }),
  async run({ params, account, found }) {
    const { key, grantee, operations, context } = params;
    const grants = await found(
      allPages(
        (Marker) => account.call('kms:ListGrants', { KeyId: key, Marker }),
        (page) => page.Grants,
        kmsMarker,
      ),
      `There is no key ${key} in ${account.region}.`,
    );
    const theirs = grants.filter(({ GranteePrincipal }) => GranteePrincipal === grantee);
    const [grant] = theirs;
    if (!grant) {
      const others = grants.flatMap(({ GranteePrincipal = '' }) =>
        GranteePrincipal.startsWith('arn:') ? [nameOf(GranteePrincipal)] : [],
      );
      throw new Failed(`No grant on the key is for ${nameOf(grantee)}.`, {
        expected: grantee,
        actual: others.length > 0 ? `grants for ${others.join(', ')}` : 'no grant for a principal of yours',
      });
    }
    for (const one of theirs) {
      const fault = faultOf(one, operations, context);
      if (fault) throw fault;
    }
    return {
      message: `The grant ${short(grant)} lets ${nameOf(grantee)} call ${operations.join(', ')} when the encryption context equals ${contextInWords(context)}.`,
      outputs: { grantId: grant.GrantId ?? '' },
    };
  },
});

/** What a grant lacks, or gives away. Both kinds of constraint: "GrantConstraints", KMS API reference. */
function faultOf(
  grant: GrantListEntry,
  operations: readonly string[],
  context: EncryptionContext,
): Failed | undefined {
  const allowed = grant.Operations ?? [];
  const more = allowed.filter((one) => !operations.includes(one));
  const missing = operations.filter((one) => !(allowed as readonly string[]).includes(one));
  if (more.length > 0 || missing.length > 0) {
    return new Failed(`The grant ${short(grant)} allows ${allowed.join(', ')}.`, {
      expected: operations,
      actual: allowed,
    });
  }
  const { EncryptionContextEquals: equals, EncryptionContextSubset: subset } = grant.Constraints ?? {};
  const constraint = equals ?? subset;
  const expected = contextInWords(context);
  if (!constraint || Object.keys(constraint).length === 0) {
    return new Failed(
      `The grant ${short(grant)} has no constraint: it counts for every encryption context there is.`,
      { expected, actual: 'no constraint' },
    );
  }
  const actual = contextInWords(constraint);
  const unlike = Object.entries(constraint).filter(([name, value]) => context[name] !== value);
  if (unlike.length > 0) {
    return new Failed(`The grant ${short(grant)} is for another encryption context: ${actual}.`, {
      expected,
      actual,
    });
  }
  const open = Object.keys(context).filter((name) => !Object.hasOwn(constraint, name));
  if (open.length === 0 && equals) return undefined;
  if (open.length === 0) {
    return new Failed(
      `The grant ${short(grant)} asks for ${actual} among others (EncryptionContextSubset): it counts for every context that has more pairs, too.`,
      { expected: `EncryptionContextEquals: ${expected}`, actual: `EncryptionContextSubset: ${actual}` },
    );
  }
  return new Failed(
    equals
      ? `The grant ${short(grant)} is for another encryption context: exactly ${actual}.`
      : `The grant ${short(grant)} asks for ${actual} only, whatever ${open.join(' and ')} may be.`,
    { expected, actual },
  );
}

function short({ GrantId = '' }: GrantListEntry): string {
  return `${GrantId.slice(0, 8)}…`;
}

/** `user/reader` instead of the whole ARN. */
function nameOf(arn: string): string {
  return arn.split(':').at(-1) ?? arn;
}
