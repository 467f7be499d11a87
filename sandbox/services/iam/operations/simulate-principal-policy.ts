import {
  type SimulatePolicyResponse,
  SimulatePrincipalPolicy$,
  type SimulatePrincipalPolicyRequest,
} from '@aws-sdk/client-iam';
import { permission } from '../../../authorisation/permission.ts';
import type { Operation } from '../../../operation.ts';
import type { Validated } from '../../../protocol/validated.ts';
import { holderContext } from '../permissions.ts';
import { findEntity, parseEntityArn } from '../simulation/entity-arn.ts';
import { heldBoundary, heldPolicies } from '../simulation/simulated-policy.ts';
import {
  givenPolicies,
  readScenario,
  refuseUnsupported,
  simulateAll,
} from '../simulation/simulation-request.ts';

/** The policies of a user (with its groups), a group or a role, and those of the request beside them. */
export const simulatePrincipalPolicy: Operation<
  Validated<SimulatePrincipalPolicyRequest>,
  SimulatePolicyResponse
> = {
  schema: SimulatePrincipalPolicy$,
  permissions(call, { PolicySourceArn: arn }) {
    const { kind, name } = parseEntityArn(arn);
    const context = holderContext(call, kind, name);
    return [permission('iam:SimulatePrincipalPolicy', { type: kind, arn }, { context })];
  },
  run({ account }, input) {
    refuseUnsupported(input);
    const entity = parseEntityArn(input.PolicySourceArn);
    const holder = findEntity(account, entity);
    const policies = [...heldPolicies(account.iam, holder), ...givenPolicies(input.PolicyInputList)];
    const boundary = heldBoundary(account.iam, holder);
    return simulateAll(readScenario(account, input, policies, { entity, boundary }), input);
  },
};
