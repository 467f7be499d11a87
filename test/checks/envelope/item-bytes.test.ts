import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { expect } from 'chai';
import fc from 'fast-check';
import { attributeWith, attributeWithText, bytesIn } from '../../../checks/envelope/item-bytes.ts';

/** How a text may stand in an attribute for everybody to read. */
const forms: Readonly<Record<string, (text: Buffer) => AttributeValue>> = {
  string: (text) => ({ S: text.toString('utf8') }),
  'in a longer string': (text) => ({ S: `note: ${text.toString('utf8')} (remember)` }),
  binary: (text) => ({ B: text }),
  base64: (text) => ({ S: text.toString('base64') }),
  base64url: (text) => ({ S: text.toString('base64url') }),
  'base64 in lines': (text) => ({ S: text.toString('base64').replaceAll(/(.{20})/g, '$1\n') }),
  'base64 as binary': (text) => ({ B: Buffer.from(text.toString('base64')) }),
  hexadecimal: (text) => ({ S: text.toString('hex').toUpperCase() }),
  'a set of strings': (text) => ({ SS: ['other', text.toString('utf8')] }),
  'a set of binaries': (text) => ({ BS: [Buffer.from('other'), text] }),
  'a list in a map': (text) => ({ M: { inner: { L: [{ N: '1' }, { S: text.toString('utf8') }] } } }),
};

describe('a text in an item', () => {
  for (const [name, form] of Object.entries(forms)) {
    it(`is found, whatever it says: ${name}`, () => {
      fc.assert(
        fc.property(fc.string({ minLength: 8, maxLength: 80, unit: 'grapheme' }), (said) => {
          const text = Buffer.from(said);
          const item = { id: { S: '1' }, note: form(text), other: { B: Buffer.from([1, 2, 3]) } };
          return attributeWith(text, bytesIn(item)) === 'note';
        }),
        { numRuns: 200 },
      );
    });
  }

  it('is found in capitals and in small letters, among other bytes too', () => {
    fc.assert(
      fc.property(
        fc.stringMatching(/^[A-Za-zÄÖÜäöü .,]{8,40}$/),
        fc.uint8Array({ maxLength: 20 }),
        fc.constantFrom(...Object.values(forms)),
        (text, before, form) => {
          const written = [text.toUpperCase(), text.toLowerCase(), text].map((one) => Buffer.from(one));
          const items = written.flatMap((one) => [
            { note: form(one) },
            { note: { B: Buffer.concat([before, one]) } },
          ]);
          return items.every((item) => attributeWithText(text, bytesIn(item)) === 'note');
        },
      ),
    );
    const item = { note: { S: 'THE KEY IS UNDER THE FIRST FLOWERPOT.' } };
    expect(attributeWithText('The key is under the third flowerpot.', bytesIn(item))).to.equal(undefined);
  });

  it('is not found where it is not', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 32, maxLength: 64 }), (bytes) => {
        const item = {
          id: { S: '1' },
          ciphertext: { B: bytes },
          flag: { BOOL: true },
          none: { NULL: true as const },
        };
        return attributeWith(Buffer.from('a text that is not there'), bytesIn(item)) === undefined;
      }),
    );
    expect(attributeWith(Buffer.from('text'), bytesIn({}))).to.equal(undefined);
  });
});
