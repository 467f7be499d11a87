/** The commands of a solution, read by a shell: what reaches the AWS CLI is what the proof says. */
import { spawnSync } from 'node:child_process';
import { expect } from 'chai';
import fc from 'fast-check';
import { shellScript } from '../../../cli/docs/shell-script.ts';
import type { ProofStep } from '../../../runner/proof/schema.ts';

/** In the place of the AWS CLI: prints its arguments, or answers `kept` to a question of a script. */
const prologue = `aws() {
  case "$*" in *--query*) printf '%s' "$ANSWER" ;; *) for one; do printf '%s\\0' "$one"; done; printf '\\036' ;; esac
}
`;

function argumentsOf(
  steps: readonly ProofStep[],
  params: Record<string, string> = {},
  answer = '',
): string[][] {
  const script = shellScript(steps, params);
  expect(script, 'can be said to the AWS CLI').to.be.a('string');
  const { stdout, stderr, status } = spawnSync('sh', ['-e'], {
    input: prologue + script,
    env: { PATH: process.env.PATH, ANSWER: answer },
    encoding: 'utf8',
  });
  expect(status, stderr).to.equal(0);
  return stdout
    .split('\0\u001e')
    .filter((call) => call !== '')
    .map((call) => call.split('\0'));
}

/** Texts that a shell could take for something else, without what no argument can carry. */
const shellText = fc
  .array(
    fc.constantFrom(
      'a',
      ' ',
      "'",
      '"',
      '$',
      '`',
      '\\',
      '(',
      ')',
      '{',
      '}',
      ';',
      '#',
      '*',
      '~',
      '!',
      '\n',
      'JSON',
      'é',
    ),
    { minLength: 1, maxLength: 12 },
  )
  .map((parts) => parts.join(''))
  .filter((text) => !text.includes('${'));

describe('the commands of a solution', function () {
  this.timeout(60_000);

  it('are named as the AWS CLI names them', () => {
    const steps = [
      { 'kms.CreateKey': { KeySpec: 'RSA_2048' } },
      { 'dynamodb.UpdateTable': { SSESpecification: { Enabled: true, KMSMasterKeyId: 'k' } } },
      { 'sts.GetCallerIdentity': {} },
      { 'iam.CreatePolicyVersion': { PolicyArn: 'a', SetAsDefault: true } },
      { 'kms.CreateGrant': { Operations: ['Decrypt', 'Encrypt'] }, region: 'eu-central-1' },
      { 'dynamodb.DescribeContinuousBackups': { TableName: 't' } },
    ] as ProofStep[];
    expect(argumentsOf(steps)).to.deep.equal([
      ['kms', 'create-key', '--key-spec', 'RSA_2048'],
      ['dynamodb', 'update-table', '--sse-specification', '{ "Enabled": true, "KMSMasterKeyId": "k" }'],
      ['sts', 'get-caller-identity'],
      ['iam', 'create-policy-version', '--policy-arn', 'a', '--set-as-default'],
      ['kms', 'create-grant', '--region', 'eu-central-1', '--operations', 'Decrypt', 'Encrypt'],
      ['dynamodb', 'describe-continuous-backups', '--table-name', 't'],
    ]);
  });

  it('give what an earlier answer held to later ones, alone, inside text and inside JSON', () => {
    const steps = [
      { 'kms.CreateKey': {}, keep: { keyId: 'KeyMetadata.KeyId' } },
      { 'kms.CreateAlias': { AliasName: '${alias}', TargetKeyId: '${keyId}' } },
      { 'iam.CreateUser': { UserName: '${keyId}s and "$more"' } },
      {
        'kms.PutKeyPolicy': { Policy: { $json: { Sid: '$`\\" ${aws:username}', Resource: 'key/${keyId}' } } },
      },
    ] as ProofStep[];
    const sent = argumentsOf(steps, { alias: "alias/it's" }, 'k-1');
    expect(sent.slice(0, 2)).to.deep.equal([
      ['kms', 'create-alias', '--alias-name', "alias/it's", '--target-key-id', 'k-1'],
      ['iam', 'create-user', '--user-name', 'k-1s and "$more"'],
    ]);
    expect(JSON.parse(sent[2]?.at(-1) ?? '')).to.deep.equal({
      Sid: '$`\\" ${aws:username}',
      Resource: 'key/k-1',
    });
  });

  it('take several parts of one answer, and wait for what has to settle', () => {
    const steps = [
      { 'sts.GetCallerIdentity': {}, keep: { me: 'Arn', account: 'Account' } },
      { 'dynamodb.DescribeTable': { TableName: 't' }, until: { 'Table.TableStatus': 'arn:x\t1' } },
      { 'iam.GetUser': { UserName: '${account}/${me}' } },
    ] as ProofStep[];
    expect(argumentsOf(steps, {}, 'arn:x\t1')).to.deep.equal([['iam', 'get-user', '--user-name', '1/arn:x']]);
  });

  it('carry every text unchanged, whatever a shell would make of it', () => {
    const property = fc.property(shellText, shellText, (name, value) => {
      const steps = [
        { 'kms.CreateKey': {}, keep: { keyId: 'KeyMetadata.KeyId' } },
        {
          'iam.CreateUser': {
            UserName: '${name}',
            Path: value,
            Tags: [{ Key: name, Value: value }],
            Policy: { $json: { Sid: value, Resource: '${keyId}' } },
          },
        },
      ] as ProofStep[];
      const [[, , , user, , path, , tags, , policy] = []] = argumentsOf(steps, { name }, 'k');
      expect([user, path]).to.deep.equal([name, value]);
      expect(JSON.parse(tags ?? '')).to.deep.equal([{ Key: name, Value: value }]);
      expect(JSON.parse(policy ?? '')).to.deep.equal({ Sid: value, Resource: 'k' });
    });
    fc.assert(property, { numRuns: 60 });
  });

  it('are left to the call as it is written where the AWS CLI has none, or would read bytes otherwise', () => {
    const given: ProofStep[] = [
      { 'local.RandomBytes': { Count: 16 } } as ProofStep,
      { 'kms.Encrypt': { KeyId: 'k', Plaintext: 'text' } } as ProofStep,
      { 'dynamodb.PutItem': { Item: { id: { B: 'text' } } } } as ProofStep,
      { 'iam.GetUser': { 'UserName; echo harm': 'x' } } as ProofStep,
      { 'iam.GetUser': { UserName: 'x' }, keep: { PATH: 'User.Arn' } } as ProofStep,
    ];
    for (const step of given) expect(shellScript([step], {}), JSON.stringify(step)).to.equal(undefined);
  });
});
