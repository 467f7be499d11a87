import { DynamoDB } from '@aws-sdk/client-dynamodb';
import { IAM } from '@aws-sdk/client-iam';
import { KMS } from '@aws-sdk/client-kms';
import { STS } from '@aws-sdk/client-sts';
import { expect } from 'chai';
import type { Principal } from '../../../policy/request.ts';
import { type Sandbox, startSandbox } from '../../../sandbox/sandbox.ts';
import {
  errorOf,
  jsonRequest,
  queryRequest,
  type RawAnswer,
  type RawRequest,
  type SigningOptions,
  send,
  sign,
} from './signed-request.ts';

const mismatch =
  'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.';
const invalidToken = 'The security token included in the request is invalid.';

/** A session that has no permissions: where it is known, it is denied what it asks, or told who it is by STS. */
function visitor(accountId: string): Principal {
  return {
    kind: 'role-session',
    arn: `arn:aws:sts::${accountId}:assumed-role/visitor/session`,
    roleArn: `arn:aws:iam::${accountId}:role/visitor`,
    accountId,
    userId: 'AROAEXAMPLE:session',
  };
}

/** Each service and, for each fault, what it answers: code and HTTP status. */
const services = [
  {
    name: 'kms',
    request: () => jsonRequest('TrentService.ListKeys'),
    mismatch: ['InvalidSignatureException', 400],
    token: ['UnrecognizedClientException', 400],
    expired: ['ExpiredTokenException', 400],
    visitor: ['AccessDeniedException'],
    missing: ['MissingAuthenticationTokenException', 400],
    incomplete: ['IncompleteSignatureException', 400],
  },
  {
    name: 'dynamodb',
    request: () => jsonRequest('DynamoDB_20120810.ListTables'),
    mismatch: ['InvalidSignatureException', 400],
    token: ['UnrecognizedClientException', 400],
    expired: ['ExpiredTokenException', 400],
    visitor: ['AccessDeniedException'],
    missing: ['MissingAuthenticationTokenException', 400],
    incomplete: ['IncompleteSignatureException', 400],
  },
  {
    name: 'cloudtrail',
    request: () => jsonRequest('CloudTrail_20131101.LookupEvents'),
    mismatch: ['InvalidSignatureException', 400],
    token: ['UnrecognizedClientException', 400],
    expired: ['ExpiredTokenException', 400],
    visitor: ['AccessDeniedException'],
    missing: ['MissingAuthenticationTokenException', 400],
    incomplete: ['IncompleteSignatureException', 400],
  },
  {
    name: 'iam',
    request: () => queryRequest({ Action: 'ListUsers', Version: '2010-05-08' }),
    mismatch: ['SignatureDoesNotMatch', 403],
    token: ['InvalidClientTokenId', 403],
    expired: ['ExpiredToken', 403],
    visitor: ['AccessDenied', ''],
    missing: ['MissingAuthenticationToken', 403],
    incomplete: ['IncompleteSignature', 400],
  },
  {
    name: 'sts',
    request: () => queryRequest({ Action: 'GetCallerIdentity', Version: '2011-06-15' }),
    mismatch: ['SignatureDoesNotMatch', 403],
    token: ['InvalidClientTokenId', 403],
    expired: ['ExpiredToken', 403],
    visitor: ['AccessDenied', ''],
    missing: ['MissingAuthenticationToken', 403],
    incomplete: ['IncompleteSignature', 400],
  },
] as const;

describe('signatures', () => {
  let sandbox: Sandbox;

  before(async () => {
    sandbox = await startSandbox();
  });
  after(() => sandbox.close());

  const signing = (service: string, changes: Partial<SigningOptions> = {}): SigningOptions => ({
    url: sandbox.url,
    credentials: sandbox.administrator,
    service,
    ...changes,
  });
  const answerTo = (request: RawRequest): Promise<RawAnswer> => send(sandbox.url, request);

  it('accepts what the SDK signs, in every service', async () => {
    const config = { endpoint: sandbox.url, region: 'eu-west-1', credentials: sandbox.administrator };
    expect((await new KMS(config).listKeys({})).Keys).to.deep.equal([]);
    expect((await new DynamoDB(config).listTables({})).TableNames).to.deep.equal([]);
    expect((await new IAM(config).listGroups({})).Groups).to.deep.equal([]);
    expect((await new STS(config).getCallerIdentity({})).Account).to.equal(sandbox.account.id);
  });

  for (const service of services) {
    describe(service.name, () => {
      const refused = async (
        request: RawRequest,
        [code, status]: readonly [string, number],
        message: string | RegExp,
      ): Promise<void> => {
        const answer = await answerTo(request);
        const error = errorOf(answer);
        expect(error.code).to.equal(code);
        expect(answer.status).to.equal(status);
        if (typeof message === 'string') expect(error.message).to.equal(message);
        else expect(error.message).to.match(message);
      };

      it('accepts a good signature, also with headers that are not signed', async () => {
        expect((await answerTo(sign(service.request(), signing(service.name)))).status).to.equal(200);
        const unsigned = signing(service.name, { unsignedHeaders: ['content-type', 'x-amz-content-sha256'] });
        expect((await answerTo(sign(service.request(), unsigned))).status).to.equal(200);
      });

      it('refuses a wrong secret', async () => {
        const credentials = { ...sandbox.administrator, secretAccessKey: 'x'.repeat(40) };
        await refused(
          sign(service.request(), signing(service.name, { credentials })),
          service.mismatch,
          mismatch,
        );
      });

      it('refuses a changed body although x-amz-content-sha256 still fits what was signed', async () => {
        const request = sign(service.request(), signing(service.name));
        request.body = Buffer.concat([request.body, Buffer.from(' ')]);
        await refused(request, service.mismatch, mismatch);
      });

      it('refuses a changed header that was signed', async () => {
        const request = sign(service.request(), signing(service.name));
        request.headers['content-type'] += ' ';
        expect((await answerTo(request)).status, 'surrounding space does not count').to.equal(200);
        request.headers['content-type'] += ';x=y';
        await refused(request, service.mismatch, mismatch);
      });

      it('refuses a changed path and a changed query', async () => {
        const signed = sign(service.request(), signing(service.name));
        await refused({ ...signed, path: '/other' }, service.mismatch, mismatch);
        await refused({ ...signed, path: '/?Action=DeleteUser' }, service.mismatch, mismatch);
      });

      it('refuses another Region or day than the one that was signed', async () => {
        const request = sign(service.request(), signing(service.name));
        const authorization = request.headers.authorization ?? '';
        request.headers.authorization = authorization.replace('us-east-1', 'us-west-2');
        await refused(request, service.mismatch, mismatch);
        request.headers.authorization = authorization.replace(/\/\d{8}\//, '/20200101/');
        await refused(request, service.mismatch, /^Date in Credential scope does not match YYYYMMDD/);
      });

      it('names every part of the credential scope that is not right', async () => {
        const request = sign(service.request(), signing(service.name));
        request.headers.authorization = (request.headers.authorization ?? '').replace(
          `/us-east-1/${service.name}/aws4_request`,
          '/nowhere/s3/aws5_request',
        );
        await refused(
          request,
          service.mismatch,
          `Credential should be scoped to a valid region, not 'nowhere'. Credential should be scoped to correct service: '${service.name}'. Credential should be scoped with a valid terminator: 'aws4_request', not 'aws5_request'. `,
        );
      });

      it('refuses temporary credentials without their token, with another one, and once they expired', async () => {
        const { account, clock } = sandbox;
        const session = account.sts.open({ principal: visitor(account.id), durationSeconds: 900 });
        const { sessionToken = '', ...key } = session;
        const as = (credentials: SigningOptions['credentials']): RawRequest =>
          sign(service.request(), signing(service.name, { credentials }));
        await refused(as(key), service.token, invalidToken);
        await refused(as({ ...key, sessionToken: `${sessionToken}x` }), service.token, invalidToken);
        const good = as({ ...key, sessionToken });
        expect(errorOf(await answerTo(good)).code).to.be.oneOf(service.visitor);
        clock.advance(901_000);
        await refused(good, service.expired, 'The security token included in the request is expired');
      });

      it('takes the token of temporary credentials also where it was added after signing', async () => {
        const session = sandbox.account.sts.open({
          principal: visitor(sandbox.account.id),
          durationSeconds: 900,
        });
        const request = sign(
          service.request(),
          signing(service.name, { credentials: session, unsignedHeaders: ['x-amz-security-token'] }),
        );
        expect(errorOf(await answerTo(request)).code).to.be.oneOf(service.visitor);
      });

      it('refuses an access key that nobody has', async () => {
        const credentials = { ...sandbox.administrator, accessKeyId: 'AKIAIOSFODNN7EXAMPLE' };
        await refused(
          sign(service.request(), signing(service.name, { credentials })),
          service.token,
          invalidToken,
        );
      });

      it('refuses an inactive access key, and takes it again once it is active', async () => {
        const { iam } = sandbox.account;
        const credentials = iam.addAdministrator(`key-owner-${service.name}`);
        const key = iam.accessKeys.get(credentials.accessKeyId);
        if (!key) throw new Error('no key');
        const request = sign(service.request(), signing(service.name, { credentials }));
        key.active = false;
        await refused(request, service.token, invalidToken);
        key.active = true;
        expect((await answerTo(request)).status).to.equal(200);
      });

      it('refuses a session token on a long-term access key', async () => {
        const credentials = { ...sandbox.administrator, sessionToken: 'made-up' };
        await refused(
          sign(service.request(), signing(service.name, { credentials })),
          service.token,
          invalidToken,
        );
      });

      it('refuses a request without a signature', async () => {
        const expected = 'Request is missing Authentication Token';
        await refused(service.request(), service.missing, expected);
        const basic = service.request();
        basic.headers.authorization = 'Basic dXNlcjpwYXNz';
        await refused(basic, service.missing, expected);
      });

      it('refuses an Authorization header that it cannot read', async () => {
        const signed = sign(service.request(), signing(service.name));
        const authorization = signed.headers.authorization ?? '';
        const header = (text: string): RawRequest => ({
          ...signed,
          headers: { ...signed.headers, authorization: text },
        });
        await refused(
          header('AWS4-HMAC-SHA256 hello'),
          service.incomplete,
          "Authorization header requires 'Credential' parameter. Authorization header requires 'Signature' parameter. Authorization header requires 'SignedHeaders' parameter. Authorization=AWS4-HMAC-SHA256 hello",
        );
        for (const part of ['Credential', 'Signature', 'SignedHeaders']) {
          await refused(
            header(authorization.replace(`${part}=`, 'Something=')),
            service.incomplete,
            new RegExp(`^Authorization header requires '${part}' parameter\\. Authorization=`),
          );
        }
        await refused(
          header(authorization.replace('/aws4_request', '')),
          service.incomplete,
          /^Credential must have exactly 5 slash-delimited elements/,
        );
        await refused(
          header(authorization.replace('HMAC-SHA256', 'ECDSA-P256-SHA256')),
          service.incomplete,
          /^Unsupported AWS 'algorithm': 'AWS4-ECDSA-P256-SHA256'/,
        );
      });

      it('refuses a request without a readable date', async () => {
        const request = sign(service.request(), signing(service.name));
        await refused(
          { ...request, headers: { ...request.headers, 'x-amz-date': 'yesterday' } },
          service.incomplete,
          "Date must be in ISO-8601 'basic format'. Got 'yesterday'. See http://en.wikipedia.org/wiki/ISO_8601",
        );
        delete request.headers['x-amz-date'];
        await refused(
          request,
          service.incomplete,
          `Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header. Authorization=${request.headers.authorization}`,
        );
      });

      it('refuses a signature that is too old or from the future', async () => {
        const minutes = (count: number): Date => new Date(Date.now() + count * 60_000);
        const at = (date: Date): RawRequest => sign(service.request(), signing(service.name, { at: date }));
        await refused(
          at(minutes(-16)),
          service.mismatch,
          /^Signature expired: \d{8}T\d{6}Z is now earlier than \d{8}T\d{6}Z \(\d{8}T\d{6}Z - 15 min\.\)$/,
        );
        await refused(
          at(minutes(16)),
          service.mismatch,
          /^Signature not yet current: \d{8}T\d{6}Z is still later than \d{8}T\d{6}Z \(\d{8}T\d{6}Z \+ 15 min\.\)$/,
        );
        expect((await answerTo(at(minutes(-14)))).status).to.equal(200);
        expect((await answerTo(at(minutes(14)))).status).to.equal(200);
      });

      it('refuses a signature that leaves out the host', async () => {
        const options = signing(service.name, { unsignedHeaders: ['host'] });
        await refused(
          sign(service.request(), options),
          service.mismatch,
          "'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.",
        );
      });
    });
  }

  it('refuses a target that is not signed: anyone could change it', async () => {
    const options = signing('kms', { unsignedHeaders: ['x-amz-target'] });
    const answer = await answerTo(sign(jsonRequest('TrentService.ListKeys'), options));
    expect(errorOf(answer).code).to.equal('InvalidSignatureException');
  });

  it('refuses a request for one service that was signed for another', async () => {
    const answer = await answerTo(sign(jsonRequest('TrentService.ListKeys'), signing('sts')));
    expect(answer.status).to.equal(400);
    expect(errorOf(answer)).to.deep.equal({
      code: 'InvalidSignatureException',
      message: "Credential should be scoped to correct service: 'kms'. ",
    });
  });

  it('takes the input of a Query service also from the query string', async () => {
    const path = '/?Version=2010-05-08&UserName=administrator&Action=GetUser';
    const request = { method: 'GET', path, headers: {}, body: Buffer.alloc(0) };
    const { status, text } = await answerTo(sign(request, signing('iam')));
    expect(status, text).to.equal(200);
    expect(text).to.include('<UserName>administrator</UserName>');
  });

  it('names the operation and the version that a Query request lacks', async () => {
    const answer = await answerTo(sign(queryRequest({ Action: 'GetCallerIdentity' }), signing('sts')));
    expect(answer.status).to.equal(400);
    expect(errorOf(answer)).to.deep.equal({
      code: 'InvalidAction',
      message: 'Could not find operation GetCallerIdentity for version NO_VERSION_SPECIFIED',
    });
  });

  it('holds signatures against the time of the machine, not that of the account', async () => {
    const ahead = await startSandbox();
    try {
      ahead.clock.advance(30 * 24 * 3600 * 1000);
      const sts = new STS({ endpoint: ahead.url, region: 'us-east-1', credentials: ahead.administrator });
      expect((await sts.getCallerIdentity({})).Account).to.equal(ahead.account.id);
    } finally {
      await ahead.close();
    }
  });
});
