/** The instructor's key: ed25519 (RFC 8032). The private half is a PEM file that only its owner may read. */
import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { readFile, stat, writeFile } from 'node:fs/promises';
import { KeyFileProblem } from './key-file-problem.ts';

/**
 * Makes a key and writes it to a new file, mode 600.
 *
 * @returns the public half, as {@link publicKeyText}
 * @throws KeyFileProblem where there is a file already
 */
export async function makeKeyFile(file: string): Promise<string> {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const pem = privateKey.export({ type: 'pkcs8', format: 'pem' });
  try {
    await writeFile(file, pem, { mode: 0o600, flag: 'wx' });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    throw new KeyFileProblem(
      `${file} is there already, and is left as it is: what was signed with a key can be checked only against that key. Name another file.`,
    );
  }
  return publicKeyText(publicKey);
}

/** @throws KeyFileProblem, never with anything of the file's contents in its message */
export async function readSigningKey(file: string): Promise<KeyObject> {
  let text: string;
  try {
    // Windows has no such bits.
    const others = process.platform === 'win32' ? 0 : (await stat(file)).mode & 0o077;
    if (others !== 0) {
      throw new KeyFileProblem(
        `${file} may be read or written by others, so that anybody of this machine could sign with it. Run \`chmod 600 ${file}\`.`,
      );
    }
    text = await readFile(file, 'utf8');
  } catch (error) {
    if (error instanceof KeyFileProblem) throw error;
    const { code } = error as NodeJS.ErrnoException;
    const seen = code === 'ENOENT' ? 'is not there' : `cannot be read (${code})`;
    throw new KeyFileProblem(`The key file ${file} ${seen}. Make one with \`labwright keygen\`.`);
  }
  const key = privateKeyIn(text);
  if (key?.asymmetricKeyType !== 'ed25519')
    throw new KeyFileProblem(
      `${file} holds no ed25519 key of \`labwright keygen\`. Name the file that it made.`,
    );
  return key;
}

function privateKeyIn(text: string): KeyObject | undefined {
  try {
    return createPrivateKey(text);
  } catch {
    return undefined;
  }
}

const prefix = 'ed25519:';

/** `ed25519:` and the 32 bytes of the public key in base64url (as `x` in RFC 8037). */
export function publicKeyText(key: KeyObject): string {
  const { x } = (key.type === 'private' ? createPublicKey(key) : key).export({ format: 'jwk' });
  return `${prefix}${x}`;
}

/** The public key that a text holds; undefined where it is none. */
export function parsePublicKey(text: string): KeyObject | undefined {
  const [, x] = /^ed25519:([\w-]{43})$/.exec(text.trim()) ?? [];
  if (x === undefined) return undefined;
  try {
    const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
    // 43 characters hold two bits more than 32 bytes: only one spelling of a key is taken.
    return publicKeyText(key) === `${prefix}${x}` ? key : undefined;
  } catch {
    return undefined;
  }
}
