/** Policies as a simulation looks at them: with their text and the name that results call them. */

import type { NamedPolicy } from '../../../../policy/evaluate.ts';
import { parsePolicy } from '../../../../policy/parse-policy.ts';
import { PolicySyntaxError } from '../../../../policy/syntax-error.ts';
import type { PolicyHolder, PolicyText } from '../entities.ts';
import { invalidInput } from '../errors.ts';
import type { IamStore } from '../store.ts';

export interface SimulatedPolicy extends NamedPolicy {
  /** `SourcePolicyId` and `SourcePolicyType` of results. Inferred: the type of a boundary; the others were observed on AWS. */
  readonly id: string;
  readonly type: 'IAM Policy' | 'IAM Permissions Boundary Policy' | 'Resource Policy';
  readonly text: string;
}

/**
 * A policy of the request.
 *
 * @param id `PolicyInputList.1`, `ResourcePolicy` (observed on AWS, many public logs)
 * @throws AwsError InvalidInput. Inferred: the sentence.
 */
export function givenPolicy(text: string, id: string, type: SimulatedPolicy['type']): SimulatedPolicy {
  try {
    const document = parsePolicy(text, type === 'Resource Policy' ? 'resource' : 'identity');
    return { name: id, id, type, text, document };
  } catch (error) {
    if (!(error instanceof PolicySyntaxError)) throw error;
    throw invalidInput(`Invalid policy ${id}: ${error.message}`);
  }
}

/** The policies of a user and its groups, of a group, or of a role. */
export function heldPolicies(iam: IamStore, holder: PolicyHolder): SimulatedPolicy[] {
  const user = holder.kind === 'user' ? iam.users.findById(holder.id) : undefined;
  const holders = [holder, ...(user ? iam.groupsOf(user) : [])];
  return holders.flatMap((one) => policiesIn(iam, one));
}

/** The boundary that a user or role has. */
export function heldBoundary(iam: IamStore, holder: PolicyHolder): SimulatedPolicy | undefined {
  const entity = holder.kind === 'user' ? iam.users.findById(holder.id) : iam.roles.findById(holder.id);
  return entity?.boundary === undefined
    ? undefined
    : managedPolicy(iam, entity.boundary, 'IAM Permissions Boundary Policy');
}

function policiesIn(iam: IamStore, holder: PolicyHolder): SimulatedPolicy[] {
  // `role_<role>_<policy>` for inline policies was observed on AWS (public logs); inferred for users and groups, as
  // is the plain name of a managed policy.
  const inline = [...holder.inlinePolicies].map(([name, policy]) =>
    simulated(policy, `${holder.kind}_${holder.name}_${name}`, 'IAM Policy'),
  );
  const managed = [...holder.attachedPolicies].flatMap((arn) => managedPolicy(iam, arn, 'IAM Policy') ?? []);
  return [...inline, ...managed];
}

function managedPolicy(
  iam: IamStore,
  arn: string,
  type: SimulatedPolicy['type'],
): SimulatedPolicy | undefined {
  const policy = iam.managedPolicy(arn);
  const version = policy?.versions.get(policy.defaultVersionId);
  return policy && version && simulated(version, policy.name, type);
}

function simulated(
  { text, document }: PolicyText,
  id: string,
  type: SimulatedPolicy['type'],
): SimulatedPolicy {
  return { name: id, id, type, text, document };
}
