/** How long policies may be, in characters ("IAM and AWS STS quotas", IAM user guide); white space counts for nothing. */
import { PlanError } from '../plan.ts';

const quotas = {
  /** Of a managed policy; those of a role's inline policies together may be longer (10,240). */
  'permissions policy': 6144,
  /** The default; an account may ask for more. */
  'trust policy': 2048,
  /** Of session policies as plain text ("AssumeRole", STS API reference). */
  'session policy': 2048,
} as const;

type PolicyUse = keyof typeof quotas;

/** As AWS counts it. */
export function fits(use: PolicyUse, policy: object): boolean {
  return JSON.stringify(policy).length <= quotas[use];
}

/** @throws PlanError where AWS would refuse the policy */
export function refuseTooLong(use: PolicyUse, policy: object, lab: string): void {
  if (fits(use, policy)) return;
  const length = JSON.stringify(policy).length.toLocaleString('en');
  throw new PlanError(
    `The ${use} for the lab ${lab} has ${length} characters, and AWS allows ${quotas[use].toLocaleString('en')}. Split the lab, or use shorter names.`,
  );
}
