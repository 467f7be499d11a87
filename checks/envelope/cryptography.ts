/** AES-256-CTR and HMAC-SHA-256, by the Web Cryptography that Node has without an import. */

/** As `openssl enc -aes-256-ctr -K key -iv iv` does: the whole block counts. */
export async function decryptAesCtr(
  key: Uint8Array,
  iv: Uint8Array,
  ciphertext: Uint8Array,
): Promise<Uint8Array> {
  const aes = await crypto.subtle.importKey('raw', copy(key), 'AES-CTR', false, ['decrypt']);
  const algorithm = { name: 'AES-CTR', counter: copy(iv), length: 128 };
  return new Uint8Array(await crypto.subtle.decrypt(algorithm, aes, copy(ciphertext)));
}

/** Over the parts, one after the other. */
export async function hmacSha256(key: Uint8Array, parts: readonly Uint8Array[]): Promise<Uint8Array> {
  const algorithm = { name: 'HMAC', hash: 'SHA-256' };
  const hmac = await crypto.subtle.importKey('raw', copy(key), algorithm, false, ['sign']);
  return new Uint8Array(await crypto.subtle.sign('HMAC', hmac, copy(Buffer.concat(parts))));
}

export function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.from(a).equals(b);
}

/** Web Cryptography takes no bytes that may be shared between threads. */
function copy(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return new Uint8Array(bytes);
}
