import { expect } from 'chai';
import type { PolicyType } from '../../policy/decision.ts';
import { denialReason } from '../../policy/explain.ts';

const arn = 'arn:aws:iam::111122223333:policy/Closed';

// Texts from the IAM User Guide, "Troubleshoot access denied error messages"
const TEXTS: readonly (readonly [PolicyType, string, string])[] = [
  [
    'identity-based',
    'because no identity-based policy allows the kms:Decrypt action',
    'with an explicit deny in an identity-based policy',
  ],
  [
    'resource-based',
    'because no resource-based policy allows the kms:Decrypt action',
    'with an explicit deny in a resource-based policy',
  ],
  [
    'permissions boundary',
    'because no permissions boundary allows the kms:Decrypt action',
    'with an explicit deny in a permissions boundary',
  ],
  [
    'session',
    'because no session policy allows the kms:Decrypt action',
    'with an explicit deny in a session policy',
  ],
  [
    'role trust',
    'because no role trust policy allows the kms:Decrypt action',
    'with an explicit deny in the role trust policy',
  ],
];

describe('denialReason', () => {
  for (const [policyType, implicit, explicit] of TEXTS) {
    it(`speaks of ${policyType} as AWS does`, () => {
      const statement = { policy: 'Closed', index: 0 };
      expect(denialReason({ effect: 'implicitDeny', policyType }, 'kms:Decrypt')).to.equal(implicit);
      expect(denialReason({ effect: 'explicitDeny', policyType, statement }, 'kms:Decrypt')).to.equal(
        explicit,
      );
      const managed = { ...statement, policyArn: arn };
      expect(
        denialReason({ effect: 'explicitDeny', policyType, statement: managed }, 'kms:Decrypt'),
      ).to.equal(`${explicit}: ${arn}`);
    });
  }
});
