/** URLs that boto3 presigned, used as anybody would who was handed one. */
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect } from 'chai';
import { type Sandbox, startSandbox } from '../../../sandbox/sandbox.ts';
import { pythonWithBoto3 } from '../../support/requires.ts';

const script = fileURLToPath(new URL('presign.py', import.meta.url));

describe('URLs presigned by boto3', () => {
  let sandbox: Sandbox;
  let urls: Record<string, string>;

  before(async function () {
    this.timeout(60_000);
    const python = pythonWithBoto3.call(this);
    sandbox = await startSandbox();
    const { accessKeyId, secretAccessKey } = sandbox.administrator;
    const ran = await promisify(execFile)(python, [script, sandbox.url, accessKeyId, secretAccessKey]);
    urls = JSON.parse(ran.stdout) as Record<string, string>;
  });
  after(() => sandbox?.close());

  const answerTo = async (name: string, init: RequestInit): Promise<string> => {
    const response = await fetch(urls[name] ?? '', init);
    const text = await response.text();
    expect(response.status, text).to.equal(200);
    return text;
  };
  const identity = '<Arn>arn:aws:iam::123456789012:user/administrator</Arn>';

  it('tell who signed them, by POST as boto3 has it and by GET', async () => {
    expect(await answerTo('sts_post', { method: 'POST' })).to.include(identity);
    expect(await answerTo('sts_get', { method: 'GET' })).to.include(identity);
  });

  it('carry the input of a Query service', async () => {
    await sandbox.account.iam.addAdministrator('somebody');
    const users = await answerTo('iam_get', {});
    expect(users).to.include('<ListUsersResult>').and.not.to.include('somebody');
  });

  it('are bound to their method', async () => {
    const response = await fetch(urls.sts_get ?? '', { method: 'POST' });
    expect(response.status).to.equal(403);
    expect(await response.text()).to.include('<Code>SignatureDoesNotMatch</Code>');
  });

  it('reach the JSON services with the headers that were signed', async () => {
    const headers = (type: string, target: string) => ({ 'content-type': type, 'x-amz-target': target });
    const kms = headers('application/x-amz-json-1.1', 'TrentService.ListKeys');
    expect(await answerTo('kms', { method: 'POST', headers: kms })).to.include('"Keys":[]');
    const dynamodb = headers('application/x-amz-json-1.0', 'DynamoDB_20120810.ListTables');
    expect(await answerTo('dynamodb', { method: 'POST', headers: dynamodb })).to.include('"TableNames":[]');
  });
});
