import {
  SimulateCustomPolicy$,
  type SimulateCustomPolicyRequest,
  type SimulatePolicyResponse,
} from '@aws-sdk/client-iam';
import { permission } from '../../../authorisation/permission.ts';
import type { Operation } from '../../../operation.ts';
import type { Validated } from '../../../protocol/validated.ts';
import {
  givenPolicies,
  readScenario,
  refuseUnsupported,
  simulateAll,
} from '../simulation/simulation-request.ts';

export const simulateCustomPolicy: Operation<
  Validated<SimulateCustomPolicyRequest>,
  SimulatePolicyResponse
> = {
  schema: SimulateCustomPolicy$,
  permissions: () => [permission('iam:SimulateCustomPolicy')],
  run({ account }, input) {
    refuseUnsupported(input);
    return simulateAll(readScenario(account, input, givenPolicies(input.PolicyInputList)), input);
  },
};
