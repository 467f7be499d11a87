/** Recorded responses of AWS, and what the sandbox answers to the same calls. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { recordedResponses } from '../../support/requires.ts';
import { differences } from './differences.ts';
import { dynamodbReplays } from './dynamodb.ts';
import { iamReplays } from './iam.ts';
import { kmsReplays } from './kms.ts';
import { type Replay, Replayer } from './replay.ts';
import { stsReplays } from './sts.ts';

const replays: Record<string, Replay> = Object.fromEntries(
  Object.entries({ kms: kmsReplays, dynamodb: dynamodbReplays, iam: iamReplays, sts: stsReplays }).flatMap(
    ([service, ofService]) =>
      Object.entries(ofService).map(([name, replay]) => [`${service}.${name}`, replay]),
  ),
);

/** Recordings of what the sandbox does not have. */
const notReplayed: Record<string, string> = {
  'iam.test_create_service_specific_credential_invalid_user':
    'the sandbox has no CreateServiceSpecificCredential',
};

const moreValues =
  'KMS has had more values since the recording, and no document has the order that it lists them in';
const organization = 'the recorded account belongs to an organization, which the sandbox has none of';
const sessionTags = 'the sandbox refuses session tags by name';

/** Differences that stay, by the beginning of their place, and why. */
const known: Record<string, Record<string, string>> = {
  'kms.test_generate_data_key': {
    'generate-data-key-result.KeyMaterialId': 'KMS has answered with it since the recording (SDK model)',
  },
  'kms.test_hmac_create_key_invalid_operations': {
    'create-hmac-key-invalid-spec.Error.Message': moreValues,
    'create-hmac-key-invalid-key-usage.Error.Message': moreValues,
  },
  ...Object.fromEntries(
    ['user', 'role', 'group'].map((kind) => [
      `iam.test_simulate_principle_policy-${kind}`,
      {
        'response.EvaluationResults[0].OrganizationsDecisionDetail': organization,
        'response.EvaluationResults[1].OrganizationsDecisionDetail': organization,
      },
    ]),
  ),
  'sts.test_assume_role_tag_validation': {
    'invalid-transitive-tag-keys.Error': sessionTags,
    'duplicate-tag-keys-different-casing.Error': sessionTags,
  },
};

describe('recorded responses of AWS', function () {
  this.timeout(30_000);
  let folder: string;

  before(function () {
    folder = join(recordedResponses.call(this), 'localstack-snapshots');
  });

  it('are all replayed, or have a reason why not', () => {
    const names = readdirSync(folder).map((file) => file.replace(/\.json$/, ''));
    expect([...Object.keys(replays), ...Object.keys(notReplayed)]).to.have.members(names);
  });

  for (const [name, replay] of Object.entries(replays)) {
    it(name, async () => {
      const replayer = await Replayer.start();
      try {
        const recorded = JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8')) as {
          'recorded-content': Record<string, unknown>;
        };
        const found = differences(withoutRepetition(recorded['recorded-content']), await replay(replayer));
        const places = Object.keys(known[name] ?? {});
        expect(found.filter((one) => !places.some((place) => one.startsWith(place)))).to.deep.equal([]);
        for (const place of places) expect(found.join('\n'), 'no longer different').to.include(place);
      } finally {
        await replayer.sandbox.close();
      }
    });
  }
});

/** The recordings' client repeats the text of a modelled error beside it. */
function withoutRepetition(content: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(content).map(([name, value]) => {
      if (typeof value !== 'object' || value === null || !('Error' in value)) return [name, value];
      const { message: _, ...others } = value as Record<string, unknown>;
      return [name, others];
    }),
  );
}
