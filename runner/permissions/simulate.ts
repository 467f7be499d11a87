/** Asks IAM what a principal may do, without doing it. */
import { CallError, isAccessDenied } from '../../checks/call.ts';
import type { Caller, Identity } from '../accounts/caller.ts';

export interface Simulation {
  readonly actions: readonly string[];
  /** ARN; every resource when absent. */
  readonly resource?: string;
  /** Condition keys with the value that they have in the request. */
  readonly context?: Readonly<Record<string, string>>;
}

/**
 * The actions of these that IAM would allow. What IAM's simulation does not know: key policies, and policies of a
 * session ("Testing IAM policies with the IAM policy simulator", IAM user guide).
 *
 * @returns undefined when the principal may not ask, or is none that can be asked about
 * @throws CallError when AWS does not answer
 */
export async function simulate(
  caller: Caller,
  identity: Identity,
  { actions, resource, context = {} }: Simulation,
): Promise<ReadonlySet<string> | undefined> {
  const PolicySourceArn = await policySource(caller, identity);
  if (PolicySourceArn === undefined) return undefined;
  const allowed = new Set<string>();
  let Marker: string | undefined;
  try {
    do {
      const { output } = await caller.send('iam:SimulatePrincipalPolicy', {
        PolicySourceArn,
        ActionNames: [...actions],
        ...(resource !== undefined && { ResourceArns: [resource] }),
        ContextEntries: Object.entries(context).map(([ContextKeyName, value]) => ({
          ContextKeyName,
          ContextKeyValues: [value],
          ContextKeyType: 'string',
        })),
        ...(Marker !== undefined && { Marker }),
      });
      const page = output as SimulationPage;
      for (const { EvalActionName, EvalDecision } of page.EvaluationResults ?? []) {
        if (EvalActionName !== undefined && EvalDecision === 'allowed') allowed.add(EvalActionName);
      }
      Marker = page.IsTruncated ? page.Marker : undefined;
    } while (Marker !== undefined);
  } catch (error) {
    // A role with a path is not found under the ARN that its session shows.
    if (isAccessDenied(error) || (error instanceof CallError && error.code.startsWith('NoSuchEntity')))
      return undefined;
    throw error;
  }
  return allowed;
}

interface SimulationPage {
  readonly EvaluationResults?: readonly {
    readonly EvalActionName?: string;
    readonly EvalDecision?: string;
  }[];
  readonly IsTruncated?: boolean;
  readonly Marker?: string;
}

/** Users and roles hold policies; a session of a role is asked about as its role, the root user cannot be. */
async function policySource(caller: Caller, { accountId, arn }: Identity): Promise<string | undefined> {
  const [, partition, , , , resource = ''] = arn.split(':');
  if (resource.startsWith('user/')) return arn;
  const RoleName = /^assumed-role\/([^/]+)\//.exec(resource)?.[1];
  if (RoleName === undefined) return undefined;
  try {
    const { output } = await caller.send('iam:GetRole', { RoleName });
    const known = (output.Role as { Arn?: string } | undefined)?.Arn;
    if (known !== undefined) return known;
  } catch (error) {
    if (!(error instanceof CallError)) throw error;
  }
  // Without the role's path, which a session does not show; roles of IAM Identity Center have one.
  return `arn:${partition}:iam::${accountId}:role/${RoleName}`;
}
