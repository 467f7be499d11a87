import { expect } from 'chai';
import fc from 'fast-check';
import { type Sandbox, startSandbox } from '../../../sandbox/sandbox.ts';
import { errorOf, jsonRequest, queryRequest, send, sign } from './signed-request.ts';

describe('a signed body', () => {
  let sandbox: Sandbox;

  before(async () => {
    sandbox = await startSandbox();
  });
  after(() => sandbox.close());

  const requests = {
    kms: jsonRequest('TrentService.CreateAlias', { AliasName: 'alias/lab', TargetKeyId: 'a-key' }),
    iam: queryRequest({ Action: 'CreateUser', Version: '2010-05-08', UserName: 'learner' }),
  };

  for (const [service, request] of Object.entries(requests)) {
    it(`is refused by ${service} when any one of its bytes was changed`, async () => {
      const signed = sign(request, { url: sandbox.url, credentials: sandbox.administrator, service });
      const position = fc.integer({ min: 0, max: request.body.length - 1 });
      const change = fc.integer({ min: 1, max: 255 });
      await fc.assert(
        fc.asyncProperty(position, change, async (at, bits) => {
          const body = Buffer.from(request.body);
          body.writeUInt8(body.readUInt8(at) ^ bits, at);
          const answer = await send(sandbox.url, { ...signed, body });
          expect(errorOf(answer).code).to.be.oneOf(['InvalidSignatureException', 'SignatureDoesNotMatch']);
        }),
        { numRuns: 200 },
      );
      expect(sandbox.account.iam.users.find('learner')).to.equal(undefined);
    });

    it(`is refused by ${service} when it was cut or grew`, async () => {
      const signed = sign(request, { url: sandbox.url, credentials: sandbox.administrator, service });
      for (let length = 0; length < request.body.length; length++) {
        const answer = await send(sandbox.url, { ...signed, body: request.body.subarray(0, length) });
        expect(answer.status).to.be.oneOf([400, 403]);
        expect(errorOf(answer).code).to.be.oneOf(['InvalidSignatureException', 'SignatureDoesNotMatch']);
      }
      const grown = Buffer.concat([request.body, Buffer.from('&UserName=intruder')]);
      const answer = await send(sandbox.url, { ...signed, body: grown });
      expect(errorOf(answer).code).to.be.oneOf(['InvalidSignatureException', 'SignatureDoesNotMatch']);
    });
  }
});
