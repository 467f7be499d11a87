import { hash } from 'node:crypto';
import type { WireRequest } from '../protocol/protocol.ts';
import type { SignatureClaim } from './signature-claim.ts';

/** The canonical request of Signature Version 4: what both sides hash and sign. A presigned one leaves out its signature. */
export function canonicalRequest(
  request: WireRequest,
  { signedHeaders, presigned }: Pick<SignatureClaim, 'signedHeaders' | 'presigned'>,
): string {
  const [path = '/', query = ''] = splitOnce(request.url, '?');
  const headers = signedHeaders.map(
    (name) => `${name}:${(request.headers[name] ?? '').trim().replace(/ +/g, ' ')}\n`,
  );
  return [
    request.method,
    canonicalPath(path),
    canonicalQuery(query, presigned ? 'X-Amz-Signature' : undefined),
    headers.join(''),
    signedHeaders.join(';'),
    hash('sha256', request.body),
  ].join('\n');
}

function canonicalPath(path: string): string {
  return path.split('/').map(encode).join('/') || '/';
}

function canonicalQuery(query: string, leftOut: string | undefined): string {
  if (query === '') return '';
  return query
    .split('&')
    .map((pair) => {
      const [name = '', value = ''] = splitOnce(pair, '=');
      return [encode(decode(name)), encode(decode(value))] as const;
    })
    .filter(([name]) => name !== leftOut)
    .sort(([nameA, valueA], [nameB, valueB]) => compare(nameA, nameB) || compare(valueA, valueB))
    .map(([name, value]) => `${name}=${value}`)
    .join('&');
}

/** RFC 3986: everything but unreserved characters is escaped. */
function encode(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function splitOnce(text: string, separator: string): [string, string] {
  const at = text.indexOf(separator);
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
}
