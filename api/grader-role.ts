import type { Lab } from '../runner/lab/lab.ts';

export interface GraderRoleOptions {
  /** The instructor's account, twelve digits. */
  readonly instructor: string;
  /** ARN of a role or user in that account, which alone may assume the role; everybody whom it permits when left out. */
  readonly principal?: string;
  /** The learner's own; left out, one is made. */
  readonly externalId?: string;
  /** The learner's names, where they differ from the lab's defaults. */
  readonly params?: Readonly<Record<string, string>>;
  /** Default `labwright-grader-<lab>`. */
  readonly roleName?: string;
  /** The learner's account and Region, where they are known: the role is for these alone. */
  readonly account?: string;
  readonly region?: string;
  /** Whether temporary access keys of the lab's test user may be made. Default false. */
  readonly allowProbe?: boolean;
}

export interface GraderRole {
  readonly roleName: string;
  readonly externalId: string;
  /** Policy document: who may assume the role. */
  readonly trust: object;
  /** Policy document: what the lab's checks ask, and nothing else. */
  readonly permissions: object;
  /** The same as a CloudFormation template, YAML; its parameter is the external id, so that one does for a class. */
  readonly template: string;
}

/**
 * The least role that a learner makes for the instructor, as `labwright role` prints it. Makes no AWS call.
 *
 * @throws PlanError for names that do not do, and for policies longer than AWS allows
 */
export async function graderRole(
  lab: Lab,
  { externalId, params = {}, allowProbe = false, ...options }: GraderRoleOptions,
): Promise<GraderRole> {
  const [{ newExternalId }, { graderRole: roleFor }, { roleTemplate }] = await Promise.all([
    import('../runner/role/external-id.ts'),
    import('../runner/role/grader-role.ts'),
    import('../runner/role/template.ts'),
  ]);
  const role = roleFor({
    ...options,
    lab,
    settings: params,
    externalId: externalId ?? newExternalId(),
    allowProbe,
  });
  const { name: roleName, trust, permissions } = role;
  return { roleName, externalId: role.externalId, trust, permissions, template: roleTemplate(role) };
}
