/** HTTP around the gateway: bounded bodies, patience with slow senders up to a limit, a clean stop. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import type { WireRequest } from '../protocol/protocol.ts';
import { BodyBudget, type Holder } from './body-budget.ts';
import { longestBody } from './body-length.ts';
import type { Handler } from './outcome.ts';

/** All bodies under way together, in bytes. */
const maxBodiesBytes = 8 * longestBody;
/** Milliseconds between the halves of a slow answer. */
const slowMs = 250;

export interface ServerOptions {
  readonly host: string;
  /** 0 asks for a free one. */
  readonly port: number;
}

/** Listens and resolves to the server once it does. @throws the listening error (EADDRINUSE, EACCES) */
export async function listen(handler: Handler, options: ServerOptions): Promise<Server> {
  const budget = new BodyBudget(maxBodiesBytes);
  const server = createServer({ requestTimeout: 60_000, headersTimeout: 20_000 }, (request, response) => {
    const holder: Holder = { length: 0, giveUp: () => request.destroy() };
    budget.add(holder);
    answer(handler, request, response, (bytes) => budget.take(holder, bytes))
      .catch(() => response.destroy())
      .finally(() => budget.release(holder));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, options.host, () => {
      server.off('error', reject);
      // A connection that cannot be accepted (too many open files) is the client's loss only.
      server.on('error', () => undefined);
      resolve();
    });
  });
  return server;
}

/** Stops listening and drops idle connections. */
export async function close(server: Server): Promise<void> {
  await new Promise<void>((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

async function answer(
  handler: Handler,
  request: IncomingMessage,
  response: ServerResponse,
  take: (bytes: number) => void,
): Promise<void> {
  const sourceIp = request.socket.remoteAddress ?? '';
  const body = await readBody(request, take);
  if (body === 'too large') {
    response.writeHead(413, { connection: 'close' }).end();
    return;
  }
  const wire: WireRequest = {
    method: request.method ?? 'GET',
    url: request.url ?? '/',
    headers: joinHeaders(request),
    body,
  };
  const outcome = await handler(wire, sourceIp);
  if (outcome.kind === 'reset') {
    request.socket.destroy();
    return;
  }
  const { status, headers, body: answered } = outcome.response;
  response.writeHead(status, { ...headers, 'content-length': String(answered.length) });
  if (outcome.kind === 'slow') {
    const half = Math.floor(answered.length / 2);
    response.write(answered.subarray(0, half));
    await delay(slowMs);
    response.end(answered.subarray(half));
  } else {
    response.end(answered);
  }
}

/** By events, which cost less than iterating over the request. @throws Error when the client goes away before the end */
function readBody(request: IncomingMessage, take: (bytes: number) => void): Promise<Buffer | 'too large'> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let length = 0;
    request.on('data', (chunk: Buffer) => {
      length += chunk.length;
      if (length > longestBody) {
        request.pause();
        resolve('too large');
        return;
      }
      take(chunk.length);
      chunks.push(chunk);
    });
    request.once('end', () => resolve(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks)));
    request.once('error', reject);
    request.once('close', () => reject(new Error('The client went away.')));
  });
}

function joinHeaders(request: IncomingMessage): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(request.headers)) {
    if (value !== undefined) headers[name] = Array.isArray(value) ? value.join(',') : value;
  }
  return headers;
}
