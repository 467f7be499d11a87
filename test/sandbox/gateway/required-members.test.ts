import { readFile } from 'node:fs/promises';
import * as cloudtrail from '@aws-sdk/client-cloudtrail';
import * as dynamodb from '@aws-sdk/client-dynamodb';
import * as iam from '@aws-sdk/client-iam';
import * as kms from '@aws-sdk/client-kms';
import * as sts from '@aws-sdk/client-sts';
import { NormalizedSchema } from '@smithy/core/schema';
import { expect } from 'chai';
import { AwsError } from '../../../sandbox/aws-error.ts';
import { validateInput } from '../../../sandbox/protocol/validate-input.ts';
import { operationsOf } from './sdk-protocol.ts';

const packages = { cloudtrail, dynamodb, iam, kms, sts };

/**
 * Which members are required stands in an element of the schemas that is not public. The SDK's type declarations
 * say it too: `Name: string | undefined` is required, `Name?: string | undefined` is not.
 */
async function declaredRequired(client: string): Promise<Map<string, string[]>> {
  const required = new Map<string, string[]>();
  const types = new URL('dist-types/models/', import.meta.resolve(`@aws-sdk/client-${client}/package.json`));
  for (const file of ['models_0.d.ts', 'models_1.d.ts']) {
    const source = await readFile(new URL(file, types), 'utf8').catch(() => '');
    for (const [, name = '', body = ''] of source.matchAll(/^export interface (\w+) \{\n([\s\S]*?)^\}/gm)) {
      required.set(
        name,
        [...body.matchAll(/^ {4}(\w+): /gm)].map(([, member = '']) => member),
      );
    }
  }
  return required;
}

for (const [client, exported] of Object.entries(packages)) {
  describe(`required members of ${client}`, () => {
    it('are those that the SDK declares, for every operation', async () => {
      const declared = await declaredRequired(client);
      let compared = 0;
      for (const schema of operationsOf(exported)) {
        const input = NormalizedSchema.of(schema[4]);
        const required = declared.get(input.getName() ?? '');
        if (!required) continue;
        compared++;
        const tokens = [...input.structIterator()].filter(([, member]) => member.isIdempotencyToken());
        const expected = required.filter((member) => !tokens.some(([name]) => name === member));
        expect(missingFromNothing(schema[4]), schema[2]).to.have.members(
          expected.map((member) => member.charAt(0).toLowerCase() + member.slice(1)),
        );
      }
      expect(compared).to.be.at.least(operationsOf(exported).length * 0.9);
    });
  });
}

/** The members that validation misses in an empty input. */
function missingFromNothing(schema: Parameters<typeof validateInput>[0]): string[] {
  try {
    validateInput(schema, {});
    return [];
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    return [...error.message.matchAll(/Value null at '([^']+)'/g)].map(([, name = '']) => name);
  }
}
