import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import { expect } from 'chai';
import { doLocally } from '../../../runner/proof/local-steps.ts';

describe('what a proof does around signatures', () => {
  it('takes digests as FIPS 180-4 has them, of bytes and of text', () => {
    // "SHA-256 example", NIST: the message abc.
    const digest = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad';
    for (const Bytes of ['abc', Buffer.from('abc')])
      expect(Buffer.from(doLocally('Sha256', { Bytes }).Digest ?? []).toString('hex')).to.equal(digest);
  });

  it('writes a public key as PEM that OpenSSL reads', () => {
    const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const { Pem } = doLocally('PublicKeyAsPem', {
      PublicKey: publicKey.export({ format: 'der', type: 'spki' }),
    });
    expect(createPublicKey(Buffer.from(Pem ?? [])).equals(publicKey)).to.equal(true);
  });

  it('writes a text in capitals', () => {
    expect(Buffer.from(doLocally('UpperCase', { Text: 'ab ü.' }).Bytes ?? []).toString()).to.equal('AB Ü.');
  });

  it('repeats a text', () => {
    expect(Buffer.from(doLocally('Repeat', { Text: 'ab ', Times: 3 }).Bytes ?? []).toString()).to.equal(
      'ab ab ab ',
    );
  });
});
