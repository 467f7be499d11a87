/**
 * Tells other processes of this machine how to use the sandbox, so that no credentials have to be written to disk
 * or pasted. Only a request that comes from loopback and was addressed to it is answered: a web page that has a
 * browser ask under another host name learns nothing.
 */
import type { Gateway } from './gateway.ts';

export const announcementPath = '/labwright/administrator';

const loopbackHost = /^(?:127(?:\.\d+){3}|localhost|\[::1\])(?::\d+)?$/;
const loopbackAddress = /^(?:::ffff:)?127\.|^::1$/;

/** The gateway with the announcement beside it. @param announce what a client needs to know */
export function withAnnouncement(gateway: Gateway, announce: () => object): Gateway {
  return async (request, sourceIp) => {
    const asked = request.method === 'GET' && request.url === announcementPath;
    if (!asked || !loopbackHost.test(request.headers.host ?? '') || !loopbackAddress.test(sourceIp)) {
      return gateway(request, sourceIp);
    }
    return {
      status: 200,
      headers: { 'content-type': 'application/json', 'cache-control': 'no-store' },
      body: Buffer.from(JSON.stringify(announce())),
    };
  };
}
