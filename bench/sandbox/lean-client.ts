/**
 * A client that costs next to nothing: it sends requests that were signed beforehand over open connections, so that
 * what is measured is the server.
 */
import { connect, type Socket } from 'node:net';
import {
  jsonRequest,
  queryRequest,
  type RawRequest,
  sign,
} from '../../test/sandbox/gateway/signed-request.ts';
import type { Access } from './servers.ts';

/** A signed request as it goes over the wire. Its signature holds for 15 minutes. */
export function jsonBytes(access: Access, service: string, target: string, body: unknown): Buffer {
  const request = jsonRequest(target, body);
  if (service === 'dynamodb') request.headers['content-type'] = 'application/x-amz-json-1.0';
  return wireBytes(access, service, request);
}

export function queryBytes(access: Access, service: string, fields: Record<string, string>): Buffer {
  return wireBytes(access, service, queryRequest(fields));
}

function wireBytes({ url, credentials }: Access, service: string, unsigned: RawRequest): Buffer {
  const { method, path, headers, body } = sign(unsigned, { url, credentials, service });
  const all = { ...headers, 'content-length': String(body.length) };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  return Buffer.concat([Buffer.from(`${method} ${path} HTTP/1.1\r\n${lines.join('')}\r\n`), body]);
}

/** One connection with one request at a time. */
export class LeanConnection {
  readonly #socket: Socket;
  #received: Buffer = Buffer.alloc(0);
  #waiting: { resolve: (body: string) => void; reject: (error: Error) => void } | undefined;

  constructor(url: string) {
    const { hostname, port } = new URL(url);
    this.#socket = connect({ host: hostname, port: Number(port), noDelay: true });
    this.#socket.on('data', (chunk: Buffer) => this.#take(chunk));
    this.#socket.on('error', (error) => this.#waiting?.reject(error));
    this.#socket.on('close', () => this.#waiting?.reject(new Error('The server closed the connection.')));
  }

  /** Resolves to the body of the answer. @throws Error for any status but 200 */
  send(request: Buffer): Promise<string> {
    return new Promise((resolve, reject) => {
      this.#waiting = { resolve, reject };
      this.#socket.write(request);
    });
  }

  close(): void {
    this.#socket.destroy();
  }

  #take(chunk: Buffer): void {
    this.#received = this.#received.length === 0 ? chunk : Buffer.concat([this.#received, chunk]);
    const headEnd = this.#received.indexOf('\r\n\r\n');
    if (headEnd < 0) return;
    const head = this.#received.toString('latin1', 0, headEnd);
    const length = Number(/\r\ncontent-length: (\d+)/i.exec(head)?.[1] ?? 0);
    const end = headEnd + 4 + length;
    if (this.#received.length < end) return;
    const body = this.#received.toString('utf8', headEnd + 4, end);
    this.#received = Buffer.alloc(0);
    const waiting = this.#waiting;
    this.#waiting = undefined;
    if (head.startsWith('HTTP/1.1 200')) waiting?.resolve(body);
    else waiting?.reject(new Error(`${head.split('\r\n', 1)[0]}: ${body}`));
  }
}

export interface LeanLoad {
  /** Default 8. */
  readonly connections?: number;
  /** Default 1000, or without end where `times` is given. */
  readonly ms?: number;
  readonly times?: number;
}

/** Requests per second, the given ones in turn, over so many connections, for so long or until so many were answered. */
export async function leanRate(
  url: string,
  requests: readonly Buffer[],
  { connections = 8, times, ms = times === undefined ? 1000 : Number.POSITIVE_INFINITY }: LeanLoad = {},
): Promise<number> {
  const open = Array.from({ length: connections }, () => new LeanConnection(url));
  let sent = 0;
  const started = performance.now();
  const work = async (connection: LeanConnection): Promise<void> => {
    while (performance.now() - started < ms && (times === undefined || sent < times)) {
      const request = requests[sent++ % requests.length];
      if (request) await connection.send(request);
    }
  };
  await Promise.all(open.map(work));
  const seconds = (performance.now() - started) / 1000;
  for (const connection of open) connection.close();
  return sent / seconds;
}
