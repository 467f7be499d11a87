/** Requests as clients put them on the wire, to be changed before they are sent. Signs by itself, as a second opinion. */
import { createHash, createHmac } from 'node:crypto';
import { request as httpRequest } from 'node:http';
import type { AccessKey } from '../../../sandbox/sandbox.ts';

export interface RawRequest {
  method: string;
  path: string;
  headers: Record<string, string>;
  body: Buffer;
}

export interface RawAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
}

export interface SigningOptions {
  readonly url: string;
  readonly credentials: AccessKey & { readonly sessionToken?: string };
  readonly service: string;
  readonly region?: string;
  /** Default now. */
  readonly at?: Date;
  readonly unsignedHeaders?: readonly string[];
}

/** An awsJson request, unsigned. */
export function jsonRequest(target: string, body: unknown = {}): RawRequest {
  return {
    method: 'POST',
    path: '/',
    headers: { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': target },
    body: Buffer.from(JSON.stringify(body)),
  };
}

/** An awsQuery request, unsigned. */
export function queryRequest(fields: Record<string, string>): RawRequest {
  return {
    method: 'POST',
    path: '/',
    headers: { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' },
    body: Buffer.from(new URLSearchParams(fields).toString()),
  };
}

/** The request with `host`, `x-amz-date`, `x-amz-content-sha256` and `authorization`. */
export function sign(request: RawRequest, options: SigningOptions): RawRequest {
  const { credentials, service, region = 'us-east-1', at = new Date() } = options;
  const timestamp = at.toISOString().replace(/[-:]|\.\d{3}/g, '');
  const date = timestamp.slice(0, 8);
  const payload = sha256(request.body);
  const headers: Record<string, string> = {
    ...request.headers,
    host: new URL(options.url).host,
    'x-amz-date': timestamp,
    'x-amz-content-sha256': payload,
    ...(credentials.sessionToken !== undefined && { 'x-amz-security-token': credentials.sessionToken }),
  };
  const names = Object.keys(headers)
    .filter((name) => !options.unsignedHeaders?.includes(name))
    .sort();
  const [path, query = ''] = request.path.split('?');
  const canonical = [
    request.method,
    path,
    query.split('&').sort().join('&'),
    ...names.map((name) => `${name}:${headers[name]}`),
    '',
    names.join(';'),
    payload,
  ].join('\n');
  const scope = `${date}/${region}/${service}/aws4_request`;
  const toSign = ['AWS4-HMAC-SHA256', timestamp, scope, sha256(Buffer.from(canonical))].join('\n');
  const key = [date, region, service, 'aws4_request'].reduce<Buffer>(
    (secret, part) => hmac(secret, part),
    Buffer.from(`AWS4${credentials.secretAccessKey}`),
  );
  const signature = hmac(key, toSign).toString('hex');
  headers.authorization = `AWS4-HMAC-SHA256 Credential=${credentials.accessKeyId}/${scope}, SignedHeaders=${names.join(';')}, Signature=${signature}`;
  return { ...request, headers };
}

export function send(url: string, { method, path, headers, body }: RawRequest): Promise<RawAnswer> {
  return new Promise((resolve, reject) => {
    const outgoing = httpRequest(
      new URL(path, url),
      { method, headers: { ...headers, 'content-length': String(body.length) } },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () => {
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            text: Buffer.concat(chunks).toString('utf8'),
          });
        });
      },
    );
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

/** Code and message of an error answer, whichever of the two protocols it is in. */
export function errorOf({ text }: RawAnswer): { code: string; message: string } {
  if (text.startsWith('<')) {
    return { code: element(text, 'Code'), message: element(text, 'Message') };
  }
  const { __type = '', message = '' } = JSON.parse(text) as { __type?: string; message?: string };
  return { code: __type.slice(__type.indexOf('#') + 1), message };
}

function element(xml: string, name: string): string {
  const inner = new RegExp(`<${name}>([\\s\\S]*?)</${name}>`).exec(xml)?.[1] ?? '';
  return inner.replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)));
}

function sha256(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}

function hmac(key: Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}
