/** Presigned requests, made by the SDK's own signer and then changed on the way. */
import { DynamoDB } from '@aws-sdk/client-dynamodb';
import { IAM } from '@aws-sdk/client-iam';
import { KMS } from '@aws-sdk/client-kms';
import { STS } from '@aws-sdk/client-sts';
import { HttpRequest } from '@smithy/core/protocols';
import type { HttpRequest as IHttpRequest, RequestPresigner } from '@smithy/types';
import { expect } from 'chai';
import { type Sandbox, startSandbox } from '../../../sandbox/sandbox.ts';
import { errorOf, type RawAnswer, send } from './signed-request.ts';

const clients = { sts: STS, iam: IAM, kms: KMS, dynamodb: DynamoDB };
type ServiceName = keyof typeof clients;

const json = (target: string, body: object) => ({
  method: 'POST',
  headers: { 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': target },
  body: JSON.stringify(body),
});

/** For each service a call that needs no more than the signature and permission. */
const calls: Record<ServiceName, Partial<IHttpRequest>> = {
  sts: { query: { Action: 'GetCallerIdentity', Version: '2011-06-15' } },
  iam: { query: { Action: 'GetUser', Version: '2010-05-08', UserName: 'administrator' } },
  kms: json('TrentService.ListKeys', { Limit: 5 }),
  dynamodb: json('DynamoDB_20120810.ListTables', { Limit: 5 }),
};

interface Presigning {
  readonly expiresIn?: number;
  readonly at?: Date;
  readonly credentials?: {
    readonly accessKeyId: string;
    readonly secretAccessKey: string;
    readonly sessionToken?: string;
  };
}

describe('presigned requests', () => {
  let sandbox: Sandbox;

  beforeEach(async () => {
    sandbox = await startSandbox();
  });
  afterEach(() => sandbox.close());

  /** Signs the call, lets the test change the URL, and sends it. */
  async function answerTo(
    name: ServiceName,
    { expiresIn = 60, at = new Date(), credentials = sandbox.administrator }: Presigning = {},
    change: (url: URL) => void = () => {},
  ): Promise<RawAnswer> {
    const { host, hostname, port } = new URL(sandbox.url);
    const client = new clients[name]({ endpoint: sandbox.url, region: 'us-east-1', credentials });
    const signer = (await client.config.signer({} as never)) as unknown as RequestPresigner;
    const request = new HttpRequest({
      method: 'GET',
      protocol: 'http:',
      hostname,
      port: Number(port),
      path: '/',
      ...calls[name],
      headers: { ...calls[name].headers, host },
    });
    const { method, headers, query, body } = await signer.presign(request, {
      expiresIn,
      signingDate: at,
      signingRegion: 'us-east-1',
      signingService: name,
      unhoistableHeaders: new Set(['x-amz-target']),
    });
    const url = new URL(sandbox.url);
    for (const [key, value] of Object.entries(query ?? {})) url.searchParams.set(key, String(value));
    change(url);
    const path = `/?${url.searchParams.toString().replaceAll('+', '%20')}`;
    return send(sandbox.url, {
      method,
      path,
      headers,
      body: Buffer.from((body as string | undefined) ?? ''),
    });
  }

  const minutesAgo = (minutes: number): Date => new Date(Date.now() - minutes * 60_000);

  for (const name of Object.keys(calls) as ServiceName[]) {
    describe(`for ${name}`, () => {
      const isQuery = name === 'sts' || name === 'iam';
      const refused = (answer: RawAnswer, kind: 'mismatch' | 'incomplete' | 'token' | 'expired'): string => {
        const expected = {
          mismatch: isQuery ? ['SignatureDoesNotMatch', 403] : ['InvalidSignatureException', 400],
          incomplete: isQuery ? ['IncompleteSignature', 400] : ['IncompleteSignatureException', 400],
          token: isQuery ? ['InvalidClientTokenId', 403] : ['UnrecognizedClientException', 400],
          expired: isQuery ? ['ExpiredToken', 403] : ['ExpiredTokenException', 400],
        }[kind];
        const { code, message } = errorOf(answer);
        expect([code, answer.status], message).to.deep.equal(expected);
        return message;
      };

      it('are accepted', async () => {
        const { status, text } = await answerTo(name);
        expect(status, text).to.equal(200);
      });

      it('are refused without one of their parameters', async () => {
        for (const part of ['Credential', 'Signature', 'SignedHeaders', 'Date']) {
          const answer = await answerTo(name, {}, (url) => url.searchParams.delete(`X-Amz-${part}`));
          expect(refused(answer, 'incomplete')).to.equal(
            `AWS query-string parameters must include 'X-Amz-${part}'. Re-examine the query-string parameters.`,
          );
        }
      });

      it('are refused after a change of the input, of the headers that are signed, or of the expiry', async () => {
        const changes: readonly [string, string][] = [
          ['X-Amz-Expires', '120'],
          ['X-Amz-SignedHeaders', isQuery ? 'host;x-more' : 'content-length;content-type;host;x-amz-target'],
          ['UserName', 'somebody-else'],
          ['X-Amz-Signature', '0'.repeat(64)],
        ];
        for (const [key, value] of changes) {
          const answer = await answerTo(name, {}, (url) => url.searchParams.set(key, value));
          expect(refused(answer, 'mismatch')).to.match(/^The request signature we calculated does not match/);
        }
      });

      it('are refused from the future', async () => {
        const message = refused(await answerTo(name, { at: minutesAgo(-16) }), 'mismatch');
        expect(message).to.match(
          /^Signature not yet current: \w+ is still later than \w+ \(\w+ \+ 15 min\.\)$/,
        );
      });

      it('carry the token of temporary credentials', async () => {
        const { account, clock } = sandbox;
        const { sessionToken = '', ...key } = account.sts.open({
          principal: { kind: 'root', arn: `arn:aws:iam::${account.id}:root`, accountId: account.id },
          durationSeconds: 900,
        });
        const credentials = { ...key, sessionToken };
        const { status, text } = await answerTo(name, { credentials });
        // As root, GetUser and every other call here is allowed.
        expect(status, text).to.equal(200);
        refused(await answerTo(name, { credentials: key }), 'token');
        clock.advance(901_000);
        refused(await answerTo(name, { credentials }), 'expired');
      });
    });
  }

  for (const name of ['iam', 'kms', 'dynamodb'] as const) {
    it(`hold as long as X-Amz-Expires says, for ${name}`, async () => {
      expect((await answerTo(name, { expiresIn: 604_800, at: minutesAgo(7 * 24 * 60 - 1) })).status).to.equal(
        200,
      );
      expect((await answerTo(name, { expiresIn: 90, at: minutesAgo(1) })).status).to.equal(200);
      const late = [
        await answerTo(name, { expiresIn: 60, at: minutesAgo(2) }),
        await answerTo(name, { expiresIn: 90, at: minutesAgo(2) }),
      ].map((answer) => errorOf(answer).message);
      expect(late[0]).to.match(/^Signature expired: \w+ is now earlier than \w+ \(\w+ - 1 min\.\)$/);
      expect(late[1]).to.match(/^Signature expired: \w+ is now earlier than \w+ \(\w+ - 90 sec\.\)$/);
      for (const [expires, why] of [
        ['0', 'at least 1 second'],
        ['604801', 'less than a week'],
        ['soon', 'should be a number'],
      ] as const) {
        const answer = await answerTo(name, {}, (url) => url.searchParams.set('X-Amz-Expires', expires));
        expect(errorOf(answer).code).to.match(/^IncompleteSignature/);
        expect(errorOf(answer).message).to.include(why);
      }
    });
  }

  it('hold 15 minutes for sts, whatever X-Amz-Expires says', async () => {
    expect((await answerTo('sts', { expiresIn: 60, at: minutesAgo(14) })).status).to.equal(200);
    const { message } = errorOf(await answerTo('sts', { expiresIn: 3600, at: minutesAgo(16) }));
    expect(message).to.match(/^Signature expired: \w+ is now earlier than \w+ \(\w+ - 15 min\.\)$/);
  });

  it('are refused beside an Authorization header', async () => {
    const answer = await send(sandbox.url, {
      method: 'GET',
      path: '/?Action=GetCallerIdentity&Version=2011-06-15&X-Amz-Algorithm=AWS4-HMAC-SHA256',
      headers: { authorization: 'AWS4-HMAC-SHA256 Credential=a' },
      body: Buffer.alloc(0),
    });
    expect(answer.status).to.equal(403);
    expect(errorOf(answer)).to.deep.equal({
      code: 'SignatureDoesNotMatch',
      message: "Found both 'X-Amz-Algorithm' as a query-string param and 'Authorization' as HTTP header.",
    });
  });
});
