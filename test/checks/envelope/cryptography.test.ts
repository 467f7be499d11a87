/** The two algorithms against published vectors, and against what a solution does on the learner's machine. */
import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { expect } from 'chai';
import { decryptAesCtr, hmacSha256 } from '../../../checks/envelope/cryptography.ts';
import { doLocally } from '../../../runner/proof/local-steps.ts';
import { openssl } from '../../support/requires.ts';

const hex = (text: string) => Buffer.from(text.replaceAll(' ', ''), 'hex');
const text = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

describe('the cryptography of an envelope', () => {
  it('decrypts AES-256-CTR as NIST SP 800-38A, F.5.6, counts its blocks', async () => {
    const key = hex('603deb1015ca71be2b73aef0857d7781 1f352c073b6108d72d9810a30914dff4');
    const counter = hex('f0f1f2f3f4f5f6f7f8f9fafbfcfdfeff');
    const ciphertext = hex(
      '601ec313775789a5b7a7f504bbf3d228 f443e3ca4d62b59aca84e990cacaf5c5' +
        '2b0930daa23de94ce87017ba2d84988d dfc9c58db67aada613c2dd08457941a6',
    );
    const plaintext =
      '6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e51' +
      '30c81c46a35ce411e5fbc1191a0a52eff69f2445df4f9b17ad2b417be66c3710';
    expect(text(await decryptAesCtr(key, counter, ciphertext))).to.equal(plaintext);
    const again = doLocally('EncryptAesCtr', { Key: key, Iv: counter, Plaintext: hex(plaintext) });
    expect(text(Buffer.from(again.Ciphertext ?? []))).to.equal(text(ciphertext));
  });

  it('authenticates as RFC 4231, test cases 2 and 6, in however many parts', async () => {
    const key = Buffer.from('Jefe');
    const mac = '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843';
    const parts = [Buffer.from('what do ya want '), Buffer.from('for nothing?')];
    expect(text(await hmacSha256(key, parts))).to.equal(mac);
    const { Mac = [] } = doLocally('HmacSha256', { Key: key, Parts: parts });
    expect(text(Buffer.from(Mac))).to.equal(mac);
    const long = [Buffer.from('Test Using Larger Than Block-Size Key - Hash Key First')];
    expect(text(await hmacSha256(Buffer.alloc(131, 0xaa), long))).to.equal(
      '60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54',
    );
  });

  it('opens what OpenSSL encrypts, when the counter overflows its last bytes as well', async function () {
    const key = randomBytes(32);
    const iv = Buffer.concat([randomBytes(8), Buffer.alloc(8, 0xff)]);
    const plaintext = randomBytes(100);
    const command = ['enc', '-aes-256-ctr', '-K', key.toString('hex'), '-iv', iv.toString('hex')];
    const ciphertext = execFileSync(openssl.call(this), command, {
      input: plaintext,
      stdio: ['pipe', 'pipe', 'ignore'],
    });
    expect(text(await decryptAesCtr(key, iv, ciphertext))).to.equal(text(plaintext));
  });
});
