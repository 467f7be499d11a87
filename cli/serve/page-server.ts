/** The server of the page: loopback only. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { UserError } from '../user-error.ts';
import { Guard } from './guard.ts';
import { createHandler } from './routes.ts';
import type { Workbench } from './workbench.ts';

export interface PageServer {
  /** With the token, to be opened in a browser. */
  readonly url: string;
  close(): Promise<void>;
}

/** @param port 0 takes a free one. @throws UserError when it cannot listen there */
export async function startPageServer(workbench: Workbench, port: number): Promise<PageServer> {
  const server = createServer({ requestTimeout: 60_000, headersTimeout: 20_000 });
  await listen(server, port);
  const address = server.address() as AddressInfo;
  const guard = new Guard(address.port);
  const handle = createHandler(workbench, guard);
  server.on('request', (request, response) => {
    handle(request, response).catch(() => response.destroy());
  });
  return {
    url: `http://127.0.0.1:${address.port}/?token=${guard.token}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', ({ code, message }: NodeJS.ErrnoException) => {
      reject(
        new UserError(
          code === 'EADDRINUSE'
            ? `The port ${port} is taken. Choose another with \`--port\`, or leave it out for a free one.`
            : `The page cannot listen on port ${port}: ${message}. Leave \`--port\` out for a free one.`,
        ),
      );
    });
    server.listen(port, '127.0.0.1', () => {
      server.removeAllListeners('error');
      // A connection that cannot be accepted (too many open files) is the client's loss only.
      server.on('error', () => undefined);
      resolve();
    });
  });
}
