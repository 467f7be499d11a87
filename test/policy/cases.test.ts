/**
 * Runs the tables in cases/: each case is a request, the policies that apply, and the decision AWS takes. Strings stand for the
 * principals and documents in named.json. A case with `condition` asks only whether that condition block holds.
 */

import { readdirSync } from 'node:fs';
import { expect } from 'chai';
import { evaluate } from '../../policy/evaluate.ts';
import { denialReason } from '../../policy/explain.ts';
import { evaluateKms, type KeyGrant } from '../../policy/kms.ts';
import { parsePolicy } from '../../policy/parse-policy.ts';
import type { AccessRequest, ConditionContext } from '../../policy/request.ts';
import { evaluateRoleTrust } from '../../policy/role-trust.ts';
import { type PolicySources, policiesFrom, principalNamed, readJson } from './named.ts';

interface DecisionCase {
  readonly name: string;
  /** What in the expectation is not documented, but inferred. */
  readonly inferred?: string;
  readonly rule?: 'kms' | 'role trust';
  readonly request: Omit<AccessRequest, 'principal'> & { readonly principal: string };
  readonly policies: PolicySources & { readonly grants?: readonly KeyGrant[] };
  readonly expected: {
    readonly effect: string;
    readonly policyType: string;
    readonly sid?: string;
    readonly grantId?: string;
  };
  readonly reason?: string;
}

interface ConditionCase {
  readonly name: string;
  readonly condition: object;
  readonly context: ConditionContext;
  readonly holds: boolean;
}

interface CaseFile {
  readonly about: string;
  readonly cases: readonly (DecisionCase | ConditionCase)[];
}

const files = readdirSync(new URL('./cases/', import.meta.url)).map((file) =>
  readJson<CaseFile>(`./cases/${file}`),
);

function runDecision({ rule, request, policies, expected, reason }: DecisionCase): void {
  const full = { ...request, principal: principalNamed(request.principal) };
  const applied = policiesFrom(policies);
  const decision =
    rule === 'kms'
      ? evaluateKms(full, { ...applied, grants: policies.grants ?? [] })
      : rule === 'role trust'
        ? evaluateRoleTrust(full, applied)
        : evaluate(full, applied);
  const statement = 'statement' in decision ? decision.statement : undefined;
  expect({
    effect: decision.effect,
    policyType: decision.policyType,
    ...(statement?.sid !== undefined && { sid: statement.sid }),
    ...('grantId' in decision && { grantId: decision.grantId }),
  }).to.deep.equal(expected);
  if (reason === undefined) return;
  if (decision.effect === 'allowed') throw new Error('an allowed request has no denial reason');
  expect(denialReason(decision, request.action)).to.equal(reason);
}

function runCondition({ condition, context, holds }: ConditionCase): void {
  const document = parsePolicy({
    Version: '2012-10-17',
    Statement: { Effect: 'Allow', Action: '*', Resource: '*', Condition: condition },
  });
  const request: AccessRequest = {
    principal: principalNamed('student'),
    action: 'dynamodb:GetItem',
    resource: '*',
    resourceAccount: '111122223333',
    context,
  };
  const decision = evaluate(request, { identity: [{ name: 'conditional', document }] });
  expect(decision.effect).to.equal(holds ? 'allowed' : 'implicitDeny');
}

describe('policy cases', () => {
  for (const { about, cases } of files) {
    describe(about, () => {
      for (const each of cases) {
        it(each.name, () => ('condition' in each ? runCondition(each) : runDecision(each)));
      }
    });
  }

  it('gives every case of a table its own name', () => {
    for (const { about, cases } of files) {
      expect(new Set(cases.map(({ name }) => name)).size, about).to.equal(cases.length);
    }
  });
});
