/** The role that a learner makes for the instructor: who may assume it, and what it may do. */
import type { Lab } from '../lab/lab.ts';
import { allSteps, PlanError, planRun, type Step } from '../plan.ts';
import { isExternalId } from './external-id.ts';
import { refuseTooLong } from './quotas.ts';
import { checkPermissions, type Place, type PolicyDocument } from './statements.ts';

export interface GraderRoleOptions {
  readonly lab: Lab;
  /** The learner's names, where they differ from the lab's defaults. */
  readonly settings: Readonly<Record<string, string>>;
  /** The instructor's account, twelve digits. */
  readonly instructor: string;
  /** ARN of a role or user in that account, which alone may assume the role; everybody whom it permits when absent. */
  readonly principal?: string;
  readonly externalId: string;
  /** Default `labwright-grader-<lab>`. */
  readonly roleName?: string;
  /** The learner's account, where it is known. */
  readonly account?: string;
  /** Where the learner works, where it is known. */
  readonly region?: string;
  readonly allowProbe: boolean;
}

interface TrustPolicy {
  readonly Version: '2012-10-17';
  readonly Statement: readonly [
    {
      readonly Sid: string;
      readonly Effect: 'Allow';
      readonly Principal: { readonly AWS: string };
      readonly Action: 'sts:AssumeRole';
      readonly Condition: { readonly StringEquals: { readonly 'sts:ExternalId': string } };
    },
  ];
}

export interface GraderRole {
  readonly lab: Lab;
  readonly name: string;
  readonly externalId: string;
  /** Of everything the lab checks. */
  readonly steps: readonly Step[];
  readonly place: Place;
  readonly allowProbe: boolean;
  readonly permissions: PolicyDocument;
  readonly trust: TrustPolicy;
}

/** @throws PlanError for names that do not do, and for policies longer than AWS allows */
export function graderRole(options: GraderRoleOptions): GraderRole {
  const { lab, externalId, region = '*', account = '*', allowProbe } = options;
  const steps = allSteps(lab, planRun(lab, options.settings).params);
  const place = { partition: partitionOf(options.region), account, region };
  const permissions = checkPermissions({ steps, place, probe: allowProbe });
  const trust = trustPolicy(options, place.partition);
  refuseTooLong('permissions policy', permissions, lab.id);
  refuseTooLong('trust policy', trust, lab.id);
  return { lab, name: roleName(options), externalId, steps, place, allowProbe, permissions, trust };
}

function trustPolicy(
  { instructor, principal, externalId }: GraderRoleOptions,
  partition: string,
): TrustPolicy {
  if (!isExternalId(externalId)) {
    throw new PlanError(
      `"${externalId}" is no external id: 2 to 1,224 letters, digits and any of _+=,.@:/- are. Leave it out to have one made.`,
    );
  }
  if (principal !== undefined && !isPrincipalOf(principal, instructor)) {
    throw new PlanError(
      `"${principal}" is not the ARN of a role or user in the instructor's account ${instructor}. It looks like arn:aws:iam::${instructor}:role/grading.`,
    );
  }
  return {
    Version: '2012-10-17',
    Statement: [
      {
        Sid: 'InstructorWithExternalId',
        Effect: 'Allow',
        Principal: { AWS: principal ?? `arn:${partition}:iam::${instructor}:root` },
        Action: 'sts:AssumeRole',
        Condition: { StringEquals: { 'sts:ExternalId': externalId } },
      },
    ],
  };
}

function isPrincipalOf(arn: string, account: string): boolean {
  const [, of] = /^arn:aws[\w-]*:iam::(\d{12}):(?:role|user)\/[\w+=,.@/-]+$/.exec(arn) ?? [];
  return of === account;
}

/** 64 characters at most: "CreateRole", IAM API reference. */
function roleName({ lab, roleName: given }: GraderRoleOptions): string {
  if (given === undefined) return `labwright-grader-${lab.id}`.slice(0, 64);
  if (/^[\w+=,.@-]{1,64}$/.test(given)) return given;
  throw new PlanError(`"${given}" is no name of a role: 1 to 64 letters, digits and any of _+=,.@- are.`);
}

/** "AWS partitions", AWS general reference. */
function partitionOf(region: string | undefined): string {
  if (region?.startsWith('cn-')) return 'aws-cn';
  return region?.startsWith('us-gov-') ? 'aws-us-gov' : 'aws';
}
