/** The constraints that the sandbox has, held against AWS's own models. */
import { expect } from 'chai';
import type { Constraint, Constraints } from '../../../sandbox/protocol/constraints.ts';
import { iamConstraints } from '../../../sandbox/services/iam/constraints.ts';
import { iam } from '../../../sandbox/services/iam/service.ts';
import { kmsConstraints } from '../../../sandbox/services/kms/constraints.ts';
import { kms } from '../../../sandbox/services/kms/service.ts';
import { stsConstraints } from '../../../sandbox/services/sts/constraints.ts';
import { sts } from '../../../sandbox/services/sts/service.ts';
import { botocoreModels } from '../../support/requires.ts';
import { constrainedMembers, readModel } from './service-model.ts';

const refused = 'the sandbox refuses the member by name';
const newer = 'later models say otherwise than that of some botocore';

/** Where the sandbox is not as the model, and why. */
const differences: Record<string, string> = {
  'CreateKeyRequest.XksKeyId': refused,
  'RecipientInfo.AttestationDocument': refused,
  'RecipientInfo.KeyEncryptionAlgorithm': refused,
  'AssumeRoleRequest.ProvidedContexts': refused,
  'ProvidedContext.ContextAssertion': refused,
  'ProvidedContext.ProviderArn': refused,
  'AssumeRoleRequest.Policy': 'the longest is in the description of the member only',
  'UpdateAccessKeyRequest.Status': 'no page says what it is to set a key to Expired',
  'CreateGroupRequest.Path': newer,
  'CreateRoleRequest.Description': newer,
  'CreateRoleRequest.Path': newer,
  'CreateUserRequest.Path': newer,
  'ListEntitiesForPolicyRequest.PathPrefix': newer,
  'UpdateRoleRequest.Description': newer,
  'UpdateUserRequest.NewPath': newer,
};

const services: readonly (readonly [typeof kms, Constraints])[] = [
  [kms, kmsConstraints],
  [iam, iamConstraints],
  [sts, stsConstraints],
];

describe('constraints', () => {
  for (const [{ name, operations }, constraints] of services) {
    it(`of ${name} are those of AWS's model, for every member of every operation`, function () {
      this.timeout(20_000);
      const model = readModel(botocoreModels.call(this), name);
      const members = constrainedMembers(model, Object.keys(operations));
      expect(members.length).to.be.greaterThan(10);
      const unlike = members
        .filter(({ structure, member }) => differences[`${structure}.${member}`] === undefined)
        .filter(({ structure, member, constraint }) => {
          return !fits(constraints[`${structure}.${member}`] ?? constraints[member], constraint);
        });
      expect(unlike).to.deep.equal([]);
    });
  }
});

/** The same limits and pattern; the SDK, where the values come from, may know more of them. */
function fits(ours: Constraint | undefined, aws: Constraint): boolean {
  if (!ours) return false;
  return (
    String(ours.length) === String(aws.length) &&
    String(ours.range) === String(aws.range) &&
    ours.pattern === aws.pattern &&
    (aws.values ?? []).every((value) => ours.values?.includes(value)) &&
    (aws.items === undefined || fits(ours.items, aws.items))
  );
}
