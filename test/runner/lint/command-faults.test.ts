import { execFileSync } from 'node:child_process';
import { expect } from 'chai';
import { asAwsCommand, commandFaults } from '../../../runner/lint/aws-cli/command-faults.ts';
import { kebabCase } from '../../../runner/lint/aws-cli/kebab-case.ts';
import { knownServices, serviceOf } from '../../../runner/lint/aws-cli/model.ts';
import { commandsIn } from '../../../runner/lint/shell/commands-in.ts';
import { pythonWithBoto3 } from '../../support/requires.ts';

/** What is minded of the AWS CLI's commands in a script. */
async function minded(script: string): Promise<string[]> {
  const { commands, faults } = commandsIn(script, { table: 'my-table', alias: 'alias/mine' });
  expect(faults).to.deep.equal([]);
  const faultsOf = commands.map(async (one) => {
    const command = asAwsCommand(one);
    return command ? commandFaults(command) : [];
  });
  return (await Promise.all(faultsOf)).flat().map(({ message, at }) => `${at} ${message}`);
}

describe('commands of the AWS CLI', () => {
  for (const script of [
    'aws kms create-key --tags TagKey=a,TagValue=b TagKey=c,TagValue=d --multi-region --no-bypass-policy-lockout-safety-check',
    `aws kms create-key --tags '[{"TagKey":"a","TagValue":"b"}]' --region eu-west-1 --output text --query 'KeyMetadata.KeyId'`,
    'aws --region eu-west-1 --profile me kms describe-key --key-id="$id" --no-cli-pager',
    'for id in $(aws kms list-keys --query "Keys[].KeyId" --output text --max-items 5); do aws kms disable-key --key-id "$id"; done',
    'aws dynamodb wait table-exists --table-name ${table} && aws iam wait user-exists --user-name me',
    `aws dynamodb put-item --table-name \${table} --item '{"id": {"S": "1"}, "n": {"N": "5"}, "l": {"L": [{"BOOL": true}]}}'`,
    `aws dynamodb put-item --table-name \${table} --item "{\\"id\\": {\\"S\\": \\"$id\\"}}"`,
    'aws dynamodb put-item --table-name ${table} --item file://item.json',
    'aws dynamodb update-table --table-name ${table} --sse-specification Enabled=true,SSEType=KMS,KMSMasterKeyId=${alias}',
    'aws dynamodb create-table --table-name t --attribute-definitions AttributeName=a,AttributeType=S --key-schema AttributeName=a,KeyType=HASH --global-secondary-indexes "IndexName=i,KeySchema=[{AttributeName=a,KeyType=HASH}],Projection={ProjectionType=INCLUDE,NonKeyAttributes=[b,c]}"',
    'aws kms encrypt --key-id ${alias} --plaintext fileb://secret --encryption-context table=orders,purpose=test',
    'aws kms create-grant --key-id k --grantee-principal p --operations Decrypt GenerateDataKey --constraints EncryptionContextSubset={a=b}',
    'aws iam create-policy --cli-input-json file://policy.json',
    'aws iam enable-mfa-device --user-name u --serial-number s --authentication-code-1 123456 --authentication-code-2 654321',
    `aws iam put-user-policy --user-name u --policy-name p --policy-document '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"kms:*","Resource":"*"}]}'`,
    'read -r key secret < <(aws iam create-access-key --user-name u --query "AccessKey.[AccessKeyId,SecretAccessKey]" --output text)',
    'AWS_PROFILE=me aws sts get-caller-identity | jq .Arn',
    'aws sts assume-role --role-arn "$role" --role-session-name me --external-id x --duration-seconds 900',
    'aws configure sso; aws s3 cp a s3://b/c; aws kms help; aws ec2 no-such-thing --known-to-nobody',
    'echo "aws kms nonsense"; laws kms nonsense',
  ]) {
    it(`minds nothing in ${script}`, async () => {
      expect(await minded(script)).to.deep.equal([]);
    });
  }

  for (const [script, ...messages] of [
    ['aws kms', '4 `aws kms` needs a command.'],
    ['aws kms describe-keys --key-id k', '8 The AWS CLI has no command `aws kms describe-keys`.'],
    ['aws dynamodb wait table-exist --table-name t', '18 There is nothing called `table-exist` to wait for.'],
    ['aws kms describe-key', '8 `aws kms describe-key` needs --key-id.'],
    ['aws kms describe-key --key-id', '21 --key-id needs a value.'],
    ['aws kms describe-key --key-id two words', '34 --key-id takes one value.'],
    ['aws kms create-key my-key', '19 "my-key" belongs to no option of `aws kms create-key`.'],
    ['aws kms create-key --multi-region true', '34 --multi-region is a switch and takes no value.'],
    [
      'aws kms create-key --tags a=b',
      '26 --tags: The value has no member "a"; there are: TagKey, TagValue.',
      '26 --tags: The value lacks "TagKey".',
      '26 --tags: The value lacks "TagValue".',
    ],
    [
      'aws kms create-key --tags team',
      '26 --tags: The value is neither JSON nor shorthand (Name=value,Name=value): "=" is expected at the end.',
    ],
    [
      'aws kms schedule-key-deletion --key-id k --pending-window-in-days seven',
      '66 --pending-window-in-days: The value must be a number.',
    ],
    ['aws dynamodb put-item --table-name t --item \'{"id": {"N": 1}}\'', '44 --item: "id.N" must be a text.'],
    ['aws dynamodb put-item --table-name t --item \'{"id": "1"}\'', '44 --item: "id" must be a structure.'],
    [
      "aws dynamodb put-item --table-name t --item '{id: 1}'",
      '44 --item: The value begins like JSON, but is none.',
    ],
    ['aws kms list-keys --page-sise 3', '18 `aws kms list-keys` has no option --page-sise.'],
    [
      'aws iam put-user-policy --user-name u --policy-name p --policy-document \'{"Statement":[{"Effect":"Permit","Action":"kms:*","Resource":"*"}]}\'',
      '72 --policy-document: Statement 1: Effect must be "Allow" or "Deny", found "Permit".',
    ],
    ['echo "$(aws kms list-key)"', '16 The AWS CLI has no command `aws kms list-key`.'],
  ] as const) {
    it(`minds ${script}`, async () => {
      expect(await minded(script)).to.deep.equal(messages);
    });
  }

  it('are spelled as botocore spells them, operations and options of every service', async function () {
    this.timeout(60_000);
    const python = pythonWithBoto3.call(this);
    const names = new Set<string>();
    for (const service of knownServices) {
      for (const { name, members } of (await serviceOf(service))?.operations.values() ?? []) {
        names.add(name);
        for (const member of members.values()) names.add(member.name);
      }
    }
    const code =
      'import json, sys; from botocore import xform_name; print(json.dumps({n: xform_name(n, "-") for n in json.load(sys.stdin)}))';
    const told = execFileSync(python, ['-c', code], { input: JSON.stringify([...names]), encoding: 'utf8' });
    expect(names.size).to.be.above(500);
    expect(Object.fromEntries([...names].map((name) => [name, kebabCase(name)]))).to.deep.equal(
      JSON.parse(told),
    );
  });
});
