import { expect } from 'chai';
import fc from 'fast-check';
import { readClaim } from '../../../sandbox/gateway/signature-claim.ts';
import { SignatureFault } from '../../../sandbox/gateway/signature-fault.ts';

const piece = fc.oneof(
  fc.constantFrom(
    'AWS4-HMAC-SHA256 ',
    'Credential=',
    'SignedHeaders=',
    'Signature=',
    ',',
    '/',
    ';',
    '=',
    ' ',
  ),
  fc.constantFrom('aws4_request', '20261122', 'us-east-1', 'kms', '__proto__', 'constructor'),
  fc.string({ maxLength: 6 }),
);

describe('the signature that a request claims', () => {
  it('is read whole, or refused with a fault, whatever the header holds', () => {
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        const authorization = `AWS4-HMAC-SHA256 ${pieces.join('')}`;
        const request = { method: 'POST', url: '/', headers: { authorization }, body: Buffer.alloc(0) };
        try {
          const claim = readClaim(request);
          expect(Object.values(claim).every((value) => value.length > 0)).to.equal(true);
        } catch (fault) {
          expect(fault).to.be.instanceOf(SignatureFault);
        }
      }),
      { numRuns: 500 },
    );
  });
});
