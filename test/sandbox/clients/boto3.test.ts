/** A client that nobody here wrote: boto3, unmodified, through the lab and through AWS's errors. */
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect } from 'chai';
import { type Sandbox, startSandbox } from '../../../sandbox/sandbox.ts';
import { pythonWithBoto3 } from '../../support/requires.ts';

const script = fileURLToPath(new URL('lab.py', import.meta.url));

describe('boto3 on the sandbox', () => {
  let sandbox: Sandbox;
  let seen: Record<string, unknown>;

  before(async function () {
    this.timeout(60_000);
    const python = pythonWithBoto3.call(this);
    sandbox = await startSandbox();
    const { accessKeyId, secretAccessKey } = sandbox.administrator;
    const ran = await promisify(execFile)(python, [script, sandbox.url, accessKeyId, secretAccessKey]);
    seen = JSON.parse(ran.stdout) as Record<string, unknown>;
  });
  after(() => sandbox?.close());

  it('does the lab', () => {
    expect(seen.caller).to.equal('arn:aws:iam::123456789012:user/administrator');
    expect(seen.encryption).to.include({ Status: 'ENABLED', SSEType: 'KMS' });
    expect(seen.item).to.include("{'S': '1'}").and.to.include("b'\\x00\\xff'").and.to.include("{'N': '1.5'}");
    expect(seen.policies).to.deep.equal(['AmazonDynamoDBFullAccess_v2']);
    expect(seen.allowed).to.equal(1);
    expect(seen.decrypted).to.equal('hello');
  });

  it('is denied in the words of each service', () => {
    expect(seen.denied).to.include({ code: 'AccessDeniedException', status: 400 });
    expect(seen.denied)
      .to.have.property('message')
      .that.matches(
        /^KMS key access denied error: .*user\/boto3-user is not authorized to perform: kms:Decrypt on resource: arn:aws:kms:us-east-1:123456789012:key\/\S+ because no identity-based policy allows the kms:Decrypt action/,
      );
    expect(seen.denied_directly).to.include({ code: 'AccessDeniedException', status: 400 });
    expect(seen.denied_by_iam).to.deep.equal({
      code: 'AccessDenied',
      message:
        'User: arn:aws:iam::123456789012:user/boto3-user is not authorized to perform: iam:GetUser on resource: user boto3-user because no identity-based policy allows the iam:GetUser action',
      status: 403,
    });
  });

  const errors = {
    wrong_context: { code: 'InvalidCiphertextException', message: '', status: 400 },
    no_key: {
      code: 'NotFoundException',
      message: 'Alias arn:aws:kms:us-east-1:123456789012:alias/none is not found.',
      status: 400,
    },
    no_user: { code: 'NoSuchEntity', message: 'The user with name none cannot be found.', status: 404 },
    no_table: {
      code: 'ResourceNotFoundException',
      message: 'Requested resource not found: Table: none not found',
      status: 400,
    },
  };
  for (const [name, expected] of Object.entries(errors)) {
    it(`is told ${expected.code} as by AWS`, () => expect(seen[name]).to.deep.equal(expected));
  }

  it('is told what is wrong with its credentials', () => {
    expect(seen.wrong_secret).to.include({ code: 'SignatureDoesNotMatch', status: 403 });
    expect(seen.wrong_secret_json).to.include({ code: 'InvalidSignatureException', status: 400 });
    expect(seen.unknown_key).to.deep.equal({
      code: 'UnrecognizedClientException',
      message: 'The security token included in the request is invalid.',
      status: 400,
    });
  });

  it('is told by name what is not there', () => {
    expect(seen.not_there).to.include({ code: 'UnknownOperationException' });
    expect(seen.not_there).to.have.property('message').that.includes('kms:DescribeCustomKeyStores');
  });
});
