/**
 * What the sandbox tells the other processes of this machine, without a signature: how to use it, so that no
 * credentials have to be written to disk or pasted, what its tables look like at rest, and which calls it answered.
 *
 * Only a request that comes from loopback and was addressed to it is answered. A web page that has a browser ask
 * under another host name, or from its own origin, learns nothing.
 */
import type { WireRequest } from '../protocol/protocol.ts';
import type { Handler } from './outcome.ts';

export const localPaths = {
  administrator: '/labwright/administrator',
  tableAtRest: '/labwright/table-at-rest',
  calls: '/labwright/calls',
} as const;

export interface LocalAnswer {
  readonly status: 200 | 400 | 404;
  readonly body: object;
}

/** By path: what answers its GET requests. */
export type LocalEndpoints = Readonly<
  Record<
    (typeof localPaths)[keyof typeof localPaths],
    (query: URLSearchParams) => LocalAnswer | Promise<LocalAnswer>
  >
>;

const loopbackHost = /^(?:127(?:\.\d+){3}|localhost|\[::1\])(?::\d+)?$/;
const loopbackAddress = /^(?:::ffff:)?127\.|^::1$/;

/** The handler with the endpoints beside it, which no weather reaches. */
export function withLocalEndpoints(handler: Handler, endpoints: LocalEndpoints): Handler {
  const byPath = new Map(Object.entries(endpoints));
  return async (request, sourceIp) => {
    const [path = '', query = ''] = request.url.split('?', 2);
    const endpoint = byPath.get(path);
    if (!endpoint || !isLocal(request, sourceIp)) return handler(request, sourceIp);
    const { status, body } = await endpoint(new URLSearchParams(query));
    return {
      kind: 'answer',
      response: {
        status,
        headers: { 'content-type': 'application/json', 'cache-control': 'no-store' },
        body: Buffer.from(JSON.stringify(body)),
      },
    };
  };
}

function isLocal({ method, headers }: WireRequest, sourceIp: string): boolean {
  if (method !== 'GET') return false;
  if (!loopbackAddress.test(sourceIp) || !loopbackHost.test(headers.host ?? '')) return false;
  // Browsers say for whom they ask; `none` is the address bar.
  return headers.origin === undefined && (headers['sec-fetch-site'] ?? 'none') === 'none';
}
