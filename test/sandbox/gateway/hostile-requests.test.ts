import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { STS } from '@aws-sdk/client-sts';
import { expect } from 'chai';
import fc from 'fast-check';
import { type Sandbox, startSandbox } from '../../../sandbox/sandbox.ts';
import {
  errorOf,
  jsonRequest,
  queryRequest,
  type RawAnswer,
  type RawRequest,
  send,
  sign,
} from './signed-request.ts';

describe('hostile and broken requests', () => {
  let sandbox: Sandbox;
  let sts: STS;

  before(async () => {
    sandbox = await startSandbox();
    sts = new STS({ endpoint: sandbox.url, region: 'us-east-1', credentials: sandbox.administrator });
  });
  afterEach('others are still served', async () => {
    expect((await sts.getCallerIdentity({})).Account).to.equal(sandbox.account.id);
  });
  after(() => sandbox.close());

  const signedFor = (service: string, request: RawRequest): RawRequest =>
    sign(request, { url: sandbox.url, credentials: sandbox.administrator, service });
  const ask = (service: string, request: RawRequest): Promise<RawAnswer> =>
    send(sandbox.url, signedFor(service, request));
  const json = (target: string, body: string | Buffer): RawRequest => ({
    ...jsonRequest(target),
    body: Buffer.from(body),
  });

  it('names an operation that is not there', async () => {
    const kms = await ask('kms', jsonRequest('TrentService.CreateCustomKeyStore'));
    expect(kms.status).to.equal(400);
    expect(errorOf(kms)).to.deep.equal({
      code: 'UnknownOperationException',
      message: 'The sandbox does not have the operation kms:CreateCustomKeyStore.',
    });
    const assumeRole = await ask(
      'sts',
      queryRequest({ Action: 'AssumeRoleWithSAML', Version: '2011-06-15' }),
    );
    expect(assumeRole.status).to.equal(400);
    expect(errorOf(assumeRole)).to.deep.equal({
      code: 'InvalidAction',
      message: 'The sandbox does not have the operation sts:AssumeRoleWithSAML.',
    });
  });

  for (const name of ['constructor', '__proto__', 'toString', 'hasOwnProperty', '']) {
    it(`has no operation called "${name}"`, async () => {
      expect(errorOf(await ask('kms', jsonRequest(`TrentService.${name}`))).code).to.equal(
        'UnknownOperationException',
      );
      expect(errorOf(await ask('iam', queryRequest({ Action: name }))).code).to.equal('InvalidAction');
    });
  }

  it('names a service that is not there, in the protocol of the request', async () => {
    const lambda = await ask('lambda', jsonRequest('AWSLambda.Invoke'));
    expect(errorOf(lambda)).to.deep.equal({
      code: 'UnknownOperationException',
      message: 'The sandbox does not have the operation lambda:Invoke.',
    });
    const sqs = await ask('sqs', queryRequest({ Action: 'ListQueues' }));
    expect(errorOf(sqs)).to.deep.equal({
      code: 'InvalidAction',
      message: 'The sandbox does not have the operation sqs:ListQueues.',
    });
    // A service of REST, whose operations are paths.
    const s3 = await ask('s3', queryRequest({}));
    expect(errorOf(s3)).to.deep.equal({
      code: 'InvalidAction',
      message: 'The sandbox does not have the service s3.',
    });
  });

  it('does not do an unknown operation for somebody without a valid signature', async () => {
    const request = signedFor('kms', jsonRequest('TrentService.CreateCustomKeyStore'));
    request.body = Buffer.from('{"a":1}');
    expect(errorOf(await send(sandbox.url, request)).code).to.equal('InvalidSignatureException');
  });

  it('refuses what is not a JSON object', async () => {
    for (const body of ['{', 'null', '[]', '"text"', '42', '{"a":1}}', '\u0000', 'Action=ListKeys']) {
      const answer = await ask('kms', json('TrentService.ListKeys', body));
      expect(answer.status, body).to.equal(400);
      expect(errorOf(answer).code, body).to.equal('SerializationException');
    }
  });

  it('takes an empty body for an empty object', async () => {
    expect((await ask('kms', json('TrentService.ListKeys', ''))).status).to.equal(200);
  });

  it('refuses JSON values of the wrong type', async () => {
    const bodies = ['{"KeyId":{}}', '{"KeyId":[1]}', '{"KeyId":7}', '{"KeyId":true}'];
    for (const body of bodies) {
      const answer = await ask('kms', json('TrentService.DescribeKey', body));
      expect(errorOf(answer).code, body).to.equal('SerializationException');
    }
  });

  it('refuses deep JSON without recursing into it', async () => {
    const deep = `{"Tags":${'['.repeat(100_000)}${']'.repeat(100_000)}}`;
    const answer = await ask('kms', json('TrentService.CreateKey', deep));
    expect(errorOf(answer)).to.deep.equal({
      code: 'SerializationException',
      message: 'The request body is nested too deeply.',
    });
  });

  it('refuses deep, long and senseless forms', async () => {
    const create = { Action: 'CreateUser', Version: '2010-05-08', UserName: 'learner' };
    const deep = `Tags${'.member.1'.repeat(5_000)}`;
    expect(errorOf(await ask('iam', queryRequest({ ...create, [deep]: 'x' }))).code).to.equal(
      'MalformedInput',
    );
    const many = Object.fromEntries(
      Array.from({ length: 20_000 }, (_, index) => [`Tags.member.${index}`, 'x']),
    );
    expect(errorOf(await ask('iam', queryRequest({ ...create, ...many }))).code).to.equal('MalformedInput');
    const list = { Action: 'ListUsers', Version: '2010-05-08', MaxItems: 'many' };
    expect(errorOf(await ask('iam', queryRequest(list))).code).to.equal('MalformedInput');
    expect(sandbox.account.iam.users.find('learner')).to.equal(undefined);
  });

  it('is not confused by fields named after what every object has', async () => {
    const answer = await ask(
      'iam',
      queryRequest({
        Action: 'GetUser',
        Version: '2010-05-08',
        '__proto__.UserName': 'nobody',
        'constructor.prototype.UserName': 'nobody',
        'UserName.__proto__': 'nobody',
      }),
    );
    // `UserName.__proto__` makes UserName a field without a text of its own.
    expect(errorOf(answer).code).to.equal('ValidationError');
    expect(Object.hasOwn(Object.prototype, 'UserName')).to.equal(false);
  });

  it('refuses content types that are not JSON, in the services that speak JSON', async () => {
    const request = jsonRequest('TrentService.ListKeys');
    const withType = (type: string): Promise<RawAnswer> =>
      ask('kms', { ...request, headers: { ...request.headers, 'content-type': type } });
    for (const type of ['text/plain', 'application/cbor', 'application/x-www-form-urlencoded', '']) {
      const answer = await withType(type);
      expect(answer.status, type).to.equal(404);
      expect(errorOf(answer).message, type).to.equal(`The sandbox does not read the content type '${type}'.`);
    }
    const { 'content-type': _, ...others } = request.headers;
    expect((await ask('kms', { ...request, headers: others })).status).to.equal(200);
    for (const type of ['application/x-amz-json-1.0', 'application/json; charset=utf-8']) {
      expect((await withType(type)).status, type).to.equal(200);
    }
  });

  it('goes by the credential scope where the request does not say which service it is for', async () => {
    expect(errorOf(await ask('sts', json('Nothing.ListKeys', '{}'))).code).to.equal('InvalidAction');
    expect(errorOf(await ask('kms', json('Nothing.ListKeys', '{}'))).code).to.equal(
      'UnknownOperationException',
    );
  });

  it('answers random bytes under a good signature with an error of the service', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), async (bytes) => {
        const asJson = await ask('kms', json('TrentService.CreateKey', Buffer.from(bytes)));
        // An empty body stands for an empty object, which CreateKey accepts.
        if (bytes.length > 0) expect(errorOf(asJson).code).to.equal('SerializationException');
        const form = { ...queryRequest({}), body: Buffer.from(bytes) };
        expect(errorOf(await ask('iam', form)).code).to.equal('InvalidAction');
      }),
      { numRuns: 50 },
    );
  });

  it('answers or drops random bytes on the socket', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ minLength: 1, maxLength: 500 }), async (bytes) => {
        const socket = await open();
        socket.write(bytes);
        socket.end('\r\n\r\n');
        await closed(socket);
      }),
      { numRuns: 50 },
    );
  });

  it('refuses a body beyond its limit, announced or not', async () => {
    const big = Buffer.alloc(17 * 1024 * 1024, 'a');
    const announced = await send(sandbox.url, { ...jsonRequest('TrentService.ListKeys'), body: big });
    expect(announced.status).to.equal(413);

    const socket = await open();
    const answer = collect(socket);
    socket.write(
      `POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n${big.length.toString(16)}\r\n`,
    );
    socket.write(big);
    await closed(socket);
    expect(await answer).to.match(/^HTTP\/1\.1 413 /);
  });

  it('takes a body just within its limit', async () => {
    const body = `{"Limit":1${' '.repeat(16 * 1024 * 1024 - 11)}}`;
    const answer = await ask('dynamodb', json('DynamoDB_20120810.ListTables', body));
    expect(answer.status).to.equal(200);
    // The other services take far less.
    expect((await ask('kms', json('TrentService.ListKeys', body))).status).to.equal(413);
  });

  it('outlives senders that stop in the middle', async () => {
    const request = 'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n{"half"';
    for (const length of [1, 20, 40, request.length]) {
      const socket = await open();
      socket.write(request.slice(0, length));
      await delay(5);
      socket.destroy();
    }
    const reset = await open();
    reset.write(request);
    await delay(5);
    reset.resetAndDestroy();
  });

  it('serves others while a sender is slow, and the slow one once it is done', async () => {
    const signed = signedFor('sts', queryRequest({ Action: 'GetCallerIdentity', Version: '2011-06-15' }));
    const head = Object.entries(signed.headers).map(([name, value]) => `${name}: ${value}\r\n`);
    const socket = await open();
    const answer = collect(socket);
    socket.write(
      `POST / HTTP/1.1\r\n${head.join('')}content-length: ${signed.body.length}\r\nconnection: close\r\n\r\n`,
    );
    for (const byte of signed.body) {
      socket.write(Buffer.from([byte]));
      await delay(2);
      if (byte === 0x26) expect((await sts.getCallerIdentity({})).Account).to.equal(sandbox.account.id);
    }
    await closed(socket);
    expect(await answer).to.match(/^HTTP\/1\.1 200 [\s\S]*GetCallerIdentityResult/);
  });

  it('serves many at once', async () => {
    const answers = await Promise.all(Array.from({ length: 100 }, () => sts.getCallerIdentity({})));
    expect(new Set(answers.map(({ $metadata }) => $metadata.requestId)).size).to.equal(100);
  });

  async function open(): Promise<Socket> {
    const { hostname, port } = new URL(sandbox.url);
    const socket = connect(Number(port), hostname);
    socket.on('error', () => undefined);
    await once(socket, 'connect');
    return socket;
  }

  async function closed(socket: Socket): Promise<void> {
    socket.resume();
    if (!socket.closed) await once(socket, 'close');
  }

  async function collect(socket: Socket): Promise<string> {
    let text = '';
    socket.on('data', (chunk) => {
      text += String(chunk);
    });
    await once(socket, 'close');
    return text;
  }
});
