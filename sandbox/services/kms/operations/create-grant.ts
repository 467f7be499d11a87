import { CreateGrant$, type CreateGrantRequest, type CreateGrantResponse } from '@aws-sdk/client-kms';
import type { ConditionContext } from '../../../../policy/request.ts';
import type { Operation } from '../../../operation.ts';
import { encryptionContextConditions } from '../condition-keys.ts';
import { endDryRun } from '../dry-run.ts';
import { checkGrantRequest, grantSpec, sameGrant } from '../grant-request.ts';
import { createGrantToken } from '../grant-tokens.ts';
import { addGrant } from '../grants.ts';
import { usableKey } from '../key-state.ts';
import { keyPermission, resolveKeyId } from '../keys.ts';
import type { RequiredMembers } from '../required-members.ts';

type Input = RequiredMembers<CreateGrantRequest, 'KeyId' | 'Operations'>;

export const createGrant: Operation<Input, CreateGrantResponse> = {
  schema: CreateGrant$,
  permissions(call, input) {
    const key = resolveKeyId(call, input.KeyId, 'kms:CreateGrant');
    checkGrantRequest(call, key, input);
    return [keyPermission(key, 'kms:CreateGrant', grantConditions(input))];
  },
  run(call, input) {
    const key = resolveKeyId(call, input.KeyId);
    usableKey(key);
    endDryRun(input.DryRun);
    const spec = grantSpec(call, input);
    const retried = spec.name === undefined ? undefined : key.grants.find((grant) => sameGrant(grant, spec));
    const { grantId } = retried ?? addGrant(key, spec, call.clock);
    return { GrantToken: createGrantToken({ keyArn: key.arn, grantId }), GrantId: grantId };
  },
};

/** Condition keys of the grant that is asked for. Its constraints stand for the encryption context. */
function grantConditions(input: Input): ConditionContext {
  const { EncryptionContextEquals: equals, EncryptionContextSubset: subset } = input.Constraints ?? {};
  return {
    'kms:GrantIsForAWSResource': 'false',
    'kms:GrantOperations': input.Operations,
    ...(input.GranteePrincipal !== undefined && { 'kms:GranteePrincipal': input.GranteePrincipal }),
    ...(input.RetiringPrincipal !== undefined && { 'kms:RetiringPrincipal': input.RetiringPrincipal }),
    ...((equals ?? subset) && {
      'kms:GrantConstraintType': equals ? 'EncryptionContextEquals' : 'EncryptionContextSubset',
    }),
    ...encryptionContextConditions({ ...subset, ...equals }),
  };
}
