import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import { expect } from 'chai';
import { doLocally } from '../../../runner/proof/local-steps.ts';

describe('what a proof does on its own', () => {
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

  it('tells the time, so long from now', () => {
    const now = Math.floor(Date.now() / 1000);
    const { Time } = doLocally('Time', { After: 3600, As: 'seconds' });
    expect(Time).to.match(/^\d+$/);
    expect(Number(Time)).to.be.within(now + 3600, now + 3610);
    const { Time: before } = doLocally('Time', { After: -60, As: 'iso' });
    expect(before).to.match(/^\d{4}-\d{2}-\d{2}T[\d:]{8}\.000Z$/);
    expect(Date.parse(String(before)) / 1000).to.be.within(now - 60, now - 50);
    expect(() => doLocally('Time', { After: 1.5, As: 'seconds' })).to.throw();
  });

  it('repeats a text', () => {
    expect(Buffer.from(doLocally('Repeat', { Text: 'ab ', Times: 3 }).Bytes ?? []).toString()).to.equal(
      'ab ab ab ',
    );
  });
});
