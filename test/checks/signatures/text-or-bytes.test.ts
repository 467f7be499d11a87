import { expect } from 'chai';
import fc from 'fast-check';
import { base64, decodedIn } from '../../../checks/signatures/text-or-bytes.ts';

describe('a signature in an attribute', () => {
  it('is the same bytes in every form that AWS’s tools leave it in', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 64, maxLength: 512 }), (bytes) => {
        const text = Buffer.from(bytes).toString('base64');
        // DER of a signature begins so; bytes that happen to be base64 text are another matter.
        const binary = Buffer.from([0x30, ...bytes]);
        const forms = [
          { S: text },
          { S: ` ${text.replaceAll(/(.{64})/g, '$1\n')}\n` },
          { B: Buffer.from(text) },
        ];
        for (const form of forms) expect(decodedIn(form)).to.deep.equal(Buffer.from(bytes));
        expect(decodedIn({ B: binary })).to.deep.equal(binary);
      }),
    );
  });

  it('is not found in other text, nor in other types', () => {
    for (const text of ['', 'signed, R. Learner', 'abc', 'bm90!bm90'])
      expect(base64(text)).to.equal(undefined);
    expect(decodedIn({ S: 'signed, R. Learner' })).to.equal(undefined);
    expect(decodedIn({ N: '12345678' })).to.equal(undefined);
  });
});
