/** What SimulateCustomPolicy and SimulatePrincipalPolicy have in common. */
import { setImmediate } from 'node:timers/promises';
import type {
  ContextEntry,
  EvaluationResult,
  SimulateCustomPolicyRequest,
  SimulatePolicyResponse,
} from '@aws-sdk/client-iam';
import type { ConditionContext } from '../../../../policy/request.ts';
import type { SandboxAccount } from '../../../account.ts';
import type { Validated } from '../../../protocol/validated.ts';
import { invalidInput, validationError } from '../errors.ts';
import { pageOf } from '../paging.ts';
import { type EntityReference, parseEntityArn } from './entity-arn.ts';
import { type Scenario, simulate } from './simulate.ts';
import { givenPolicy, type SimulatedPolicy } from './simulated-policy.ts';

/** The members that both requests have. */
export type SimulationRequest = Omit<Validated<SimulateCustomPolicyRequest>, 'PolicyInputList'>;

/** What the request would have honoured, and the sandbox does not. */
const unsupported = ['OrderedOrganizationPolicyInputList', 'PolicyExclusionList', 'ResourceHandlingOption'];

/** @throws AwsError ValidationError that names the member */
export function refuseUnsupported(input: object): void {
  const member = Object.keys(input).find((name) => unsupported.includes(name));
  if (member !== undefined) throw validationError(`The sandbox does not support ${member} in simulations.`);
}

export function givenPolicies(texts: readonly string[] = []): SimulatedPolicy[] {
  return texts.map((text, index) => givenPolicy(text, `PolicyInputList.${index + 1}`, 'IAM Policy'));
}

/**
 * The scenario of a request.
 *
 * Inferred: the sentences of the refusals; their reasons are documented.
 *
 * @param source whose policies are simulated, which is the caller as well unless the request names one
 * @throws AwsError InvalidInput
 */
export function readScenario(
  account: SandboxAccount,
  input: SimulationRequest,
  identity: readonly SimulatedPolicy[],
  source?: { readonly entity: EntityReference; readonly boundary: SimulatedPolicy | undefined },
): Scenario {
  const named = input.CallerArn === undefined ? undefined : parseEntityArn(input.CallerArn);
  const caller = named ?? source?.entity;
  if (input.ResourcePolicy !== undefined) {
    if (!caller) throw invalidInput('CallerArn is required with a ResourcePolicy.');
    if (caller.kind !== 'user') {
      throw invalidInput('Simulation of resource-based policies is supported for IAM users only.');
    }
  }
  const [boundary, ...more] = input.PermissionsBoundaryPolicyInputList ?? [];
  if (more.length > 0) throw invalidInput('The list of Permissions Boundary policies cannot exceed 1 items.');
  return {
    caller: principalOf(account, caller),
    identity,
    boundary:
      boundary === undefined
        ? source?.boundary
        : givenPolicy(boundary, 'PermissionsBoundaryPolicyInputList.1', 'IAM Permissions Boundary Policy'),
    resourcePolicy:
      input.ResourcePolicy === undefined
        ? undefined
        : givenPolicy(input.ResourcePolicy, 'ResourcePolicy', 'Resource Policy'),
    resourceOwner: readOwner(input.ResourceOwner),
    context: contextOf(input.ContextEntries),
  };
}

/**
 * A page of the results, one for each action on each resource, as Terraform's aws_iam_principal_policy_simulation reads
 * AWS's answers. Others are served between two of them: policies can be made to be slow.
 */
export async function simulateAll(
  scenario: Scenario,
  input: SimulationRequest,
): Promise<SimulatePolicyResponse> {
  const resources = input.ResourceArns ?? ['*'];
  const strange = resources.find((arn) => arn !== '*' && !arn.startsWith('arn:'));
  if (strange !== undefined) throw invalidInput(`Resource ${strange} must be in ARN format or "*".`);
  const questions = input.ActionNames.flatMap((action) => {
    if (!/^[\w-]+:\w+$/.test(action)) throw invalidInput(`Invalid action name: ${action}.`);
    return resources.map((resource) => ({ action, resource }));
  });
  const numbered = questions.map((question, index) => ({ ...question, key: String(index).padStart(8, '0') }));
  const { items, more } = pageOf(numbered, input, ({ key }) => key);
  const EvaluationResults: EvaluationResult[] = [];
  for (const { action, resource } of items) {
    EvaluationResults.push(simulate(scenario, action, resource, resource !== '*'));
    await setImmediate();
  }
  return { EvaluationResults, ...more };
}

/** Who asks, for the resource policy; without one it makes no difference. */
function principalOf(account: SandboxAccount, caller: EntityReference | undefined): Scenario['caller'] {
  if (!caller) {
    return { kind: 'user', arn: `arn:aws:iam::${account.id}:user/caller`, accountId: account.id, userId: '' };
  }
  const { arn, accountId } = caller;
  const userId = account.accounts.find(accountId)?.iam.userIdOf(arn) ?? '';
  return { kind: 'user', arn, accountId, userId };
}

function readOwner(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  const id = /^(?:arn:aws[\w-]*:iam::)?(\d{12})(?::root)?$/.exec(text)?.[1];
  if (id === undefined) throw invalidInput(`Invalid ResourceOwner: ${text}.`);
  return id;
}

/** The condition keys that the request gives; nothing else has a value, not even the caller's name. */
function contextOf(entries: readonly ContextEntry[] = []): ConditionContext {
  return Object.fromEntries(
    entries.map(({ ContextKeyName = '', ContextKeyValues = [], ContextKeyType = '' }) => {
      if (ContextKeyName === '') throw invalidInput('A context entry needs a ContextKeyName.');
      const [only, ...others] = ContextKeyValues;
      const isList = ContextKeyType.endsWith('List') || others.length > 0 || only === undefined;
      return [ContextKeyName, isList ? ContextKeyValues : only];
    }),
  );
}
