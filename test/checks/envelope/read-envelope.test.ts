import { expect } from 'chai';
import type { Account } from '../../../checks/account.ts';
import { readEnvelope } from '../../../checks/envelope/read-envelope.ts';
import { Failed } from '../../../checks/expect.ts';
import { NotJudged } from '../../../checks/not-judged.ts';
import { decode, encode } from '../../../runner/recording/encode.ts';

const whole = {
  id: { S: '1' },
  ciphertext: { B: new Uint8Array(20) },
  iv: { B: new Uint8Array(16) },
  mac: { B: new Uint8Array(32) },
  data_key: { B: new Uint8Array(180) },
  context: { M: { table: { S: 'notes' } } },
};

/** Reads an envelope from an account whose only item is this. */
function read(item: object) {
  const account = { region: 'us-east-1', call: async () => ({ Item: item }) };
  const which = { table: 'notes', id: '1', partitionKey: 'id' };
  return readEnvelope(account as unknown as Account<'dynamodb:GetItem'>, which).then(
    ({ envelope }) => envelope,
    (error: Error) => error,
  );
}

describe('an envelope in an item', () => {
  it('is read, whatever else the item holds', async () => {
    const envelope = await read({ ...whole, note: { N: '7' } });
    expect(envelope).to.deep.include({ context: { table: 'notes' }, iv: whole.iv.B });
  });

  it('is not judged by a recording that left an attribute out, because a secret could stand there', async () => {
    const stored = { ...whole, Plaintext: { S: 'what nobody should read' } };
    expect(await read(stored)).to.have.property('dataKey');
    const recorded = decode(encode(stored)) as object;
    const error = await read(recorded);
    expect(error).to.be.instanceOf(NotJudged);
    expect((error as NotJudged).message).to.include('attribute Plaintext');
  });

  const wrong: readonly (readonly [string, object, string])[] = [
    ['without iv', { iv: undefined }, 'lacks the attribute iv (Binary)'],
    ['with a short iv', { iv: { B: new Uint8Array(12) } }, 'iv of item 1 has 12 bytes'],
    ['with an empty ciphertext', { ciphertext: { B: new Uint8Array() } }, 'ciphertext of item 1 has 0 bytes'],
    ['with text as mac', { mac: { S: 'abc' } }, 'is a String, and not a Binary'],
    ['with base64 as mac', { mac: { B: Buffer.from(Buffer.alloc(32).toString('base64')) } }, 'encoded twice'],
    ['with a number in its context', { context: { M: { id: { N: '1' } } } }, 'id is not a String'],
    ['with JSON as context', { context: { S: '{"id":"1"}' } }, 'is a String, and not a Map'],
  ];
  for (const [name, change, says] of wrong) {
    it(`fails ${name}, and says so`, async () => {
      const item = Object.fromEntries(
        Object.entries({ ...whole, ...change }).filter(([, value]) => value !== undefined),
      );
      const error = await read(item);
      expect(error).to.be.instanceOf(Failed);
      expect((error as Failed).message).to.include(says);
    });
  }
});
