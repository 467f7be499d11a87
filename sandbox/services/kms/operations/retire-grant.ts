import { RetireGrant$, type RetireGrantRequest } from '@aws-sdk/client-kms';
import type { KeyGrant } from '../../../../policy/kms.ts';
import { parsePolicy } from '../../../../policy/parse-policy.ts';
import type { Permission } from '../../../authorisation/permission.ts';
import { AwsError } from '../../../aws-error.ts';
import type { Call } from '../../../call.ts';
import type { Operation } from '../../../operation.ts';
import { grantConstraintConditions } from '../condition-keys.ts';
import { endDryRun } from '../dry-run.ts';
import { readGrantToken } from '../grant-tokens.ts';
import { findGrant, removeGrant } from '../grants.ts';
import { keyPermission, resolveKeyId } from '../keys.ts';
import type { KmsGrant, KmsKey } from '../kms-key.ts';

export const retireGrant: Operation<RetireGrantRequest, undefined> = {
  schema: RetireGrant$,
  permissions(call, input) {
    const { key, grant } = locate(call, input);
    return [retirePermission(key, grant)];
  },
  run(call, input) {
    const { key, grant } = locate(call, input);
    endDryRun(input.DryRun);
    removeGrant(key, grant.grantId, call.clock);
    return undefined;
  },
};

/** @throws AwsError ValidationException (inferred: text), NotFoundException, InvalidGrantTokenException */
function locate(call: Call, input: RetireGrantRequest): { key: KmsKey; grant: KmsGrant } {
  const { keyArn, grantId } =
    input.GrantToken === undefined
      ? { keyArn: input.KeyId, grantId: input.GrantId }
      : readGrantToken(input.GrantToken);
  if (keyArn === undefined || grantId === undefined) {
    throw new AwsError('ValidationException', 'Specify either a GrantToken, or both KeyId and GrantId.');
  }
  const key = resolveKeyId(call, keyArn, 'kms:RetireGrant');
  return { key, grant: findGrant(key, grantId) };
}

/**
 * The grant decides who may retire it, not the key policy: its retiring principal, its grantee if RetireGrant is
 * among the operations, and the account that made it, whose identity policies may hand that on. Denials in identity
 * policies count (page "Retiring and revoking grants" of the KMS developer guide).
 */
function retirePermission(key: KmsKey, grant: KmsGrant): Permission {
  const byIssuer = parsePolicy({
    Version: '2012-10-17',
    Statement: [
      { Effect: 'Allow', Principal: { AWS: grant.issuingAccount }, Action: 'kms:RetireGrant', Resource: '*' },
    ],
  });
  const byRetirer: readonly KeyGrant[] =
    grant.retiringPrincipal === undefined
      ? []
      : [
          {
            grantId: grant.grantId,
            granteePrincipal: grant.retiringPrincipal,
            operations: ['RetireGrant'],
          },
        ];
  return {
    ...keyPermission(key, 'kms:RetireGrant', grantConstraintConditions(grant.constraints)),
    key: {
      accountId: key.accountId,
      policy: { name: 'grant', document: byIssuer },
      grants: [grant, ...byRetirer],
    },
  };
}
