import { expect } from 'chai';
import fc from 'fast-check';
import { readClaim } from '../../../sandbox/gateway/signature-claim.ts';
import { SignatureFault } from '../../../sandbox/gateway/signature-fault.ts';

/** Pieces of claims, so that random texts come near to good ones. */
const piece = fc.oneof(
  fc.constantFrom(
    ...[
      'AWS4-HMAC-SHA256',
      'Credential',
      'X-Amz-Credential',
      'Signature',
      'X-Amz-Signature',
      'SignedHeaders',
    ],
    ...[
      'X-Amz-SignedHeaders',
      'X-Amz-Algorithm',
      'X-Amz-Date',
      'X-Amz-Expires',
      '20260102T030405Z',
      'aws4_request',
    ],
    ...[' ', ',', '=', '&', '?', '/', ';', '%', '%2', '%ff', 'host'],
  ),
  fc.string({ maxLength: 8 }),
);
const text = fc.array(piece, { maxLength: 30 }).map((pieces) => pieces.join(''));

describe('signature claims, as properties', () => {
  it('that make no sense are refused, and nothing else is thrown', () => {
    fc.assert(
      fc.property(text, fc.option(text), fc.option(text), (url, authorization, date) => {
        const headers = {
          ...(authorization !== null && { authorization }),
          ...(date !== null && { 'x-amz-date': date }),
        };
        try {
          const claim = readClaim({ method: 'POST', url, headers, body: Buffer.alloc(0) });
          expect(claim.timestamp).to.match(/^\d{8}T\d{6}Z$/);
          expect(claim).to.include.keys('accessKeyId', 'region', 'service', 'signature');
        } catch (thrown) {
          expect(thrown).to.be.instanceOf(SignatureFault);
        }
      }),
      { numRuns: 2000 },
    );
  });

  it('are read as they were written', () => {
    const part = fc.stringMatching(/^[A-Za-z0-9_-]{1,20}$/);
    fc.assert(
      fc.property(fc.array(part, { minLength: 5, maxLength: 5 }), part, (scope, signature) => {
        const [accessKeyId, date, region, service, terminator] = scope;
        const written = {
          Credential: scope.join('/'),
          SignedHeaders: 'host;x-amz-date',
          Signature: signature,
        };
        const timestamp = '20260102T030405Z';
        const list = Object.entries(written).map(([name, value]) => `${name}=${value}`);
        const query = new URLSearchParams({ 'X-Amz-Algorithm': 'AWS4-HMAC-SHA256', 'X-Amz-Date': timestamp });
        for (const [name, value] of Object.entries(written)) query.set(`X-Amz-${name}`, value);
        const body = Buffer.alloc(0);
        const claims = [
          readClaim({
            method: 'POST',
            url: '/',
            headers: { authorization: `AWS4-HMAC-SHA256 ${list.join(', ')}`, 'x-amz-date': timestamp },
            body,
          }),
          readClaim({ method: 'GET', url: `/?${query}`, headers: {}, body }),
        ];
        for (const claim of claims) {
          expect(claim).to.include({ accessKeyId, date, region, service, terminator, signature, timestamp });
          expect(claim.signedHeaders).to.deep.equal(['host', 'x-amz-date']);
        }
        expect(claims.map(({ presigned }) => presigned !== undefined)).to.deep.equal([false, true]);
      }),
    );
  });
});
