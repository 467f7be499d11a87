/** What the page's server answers, path by path. */
import { readFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { explainError } from '../explain-error.ts';
import { AnswerConflict } from './answers-file.ts';
import { BodyError, readBody } from './body.ts';
import type { Guard } from './guard.ts';
import { refusedPage } from './refused-page.ts';
import type { Workbench } from './workbench.ts';

const checkBody = z.strictObject({ stages: z.array(z.string()).max(100) });
const agreeBody = z.strictObject({ agree: z.boolean() });
const answerBody = z.strictObject({ id: z.string(), text: z.string(), base: z.string() });
const namesBody = z.strictObject({ names: z.record(z.string(), z.string().max(2000)) });
const emptyBody = z.strictObject({});

/** Of everything that is answered: nothing is kept, framed by others, or loaded from elsewhere. */
const headers = {
  'cache-control': 'no-store',
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; frame-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
} as const;

/** The write-up brings its own policy for styles; it is shown in a frame of the page, and runs nothing. */
const writeUpPolicy =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'self'; sandbox allow-same-origin";

/** The page's script, bundled when Labwright is built. */
const scriptFile = new URL('./dist/browser/lab-page.js', import.meta.resolve('labwright/package.json'));

export type Handler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/** Answers requests; whatever a request holds, it does not throw. */
export function createHandler(workbench: Workbench, guard: Guard): Handler {
  return async (request, response) => {
    const url = new URL(request.url ?? '/', 'http://localhost');
    const refusal = guard.refusal(request, url);
    if (refusal !== undefined) {
      send(response, 403, 'text/html; charset=utf-8', refusedPage(refusal));
      request.resume();
      return;
    }
    try {
      await answer(workbench, guard, url, request, response);
    } catch (error) {
      if (response.headersSent) {
        response.destroy();
        return;
      }
      if (error instanceof AnswerConflict) {
        sendJson(response, 409, { message: error.message, stored: error.stored });
        return;
      }
      const { message } = error instanceof BodyError ? error : await explainError(error);
      sendJson(response, error instanceof BodyError ? error.status : 422, { message });
    }
  };
}

async function answer(
  workbench: Workbench,
  guard: Guard,
  url: URL,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const done = () => response.writeHead(204, headers).end();
  switch (`${request.method} ${url.pathname}`) {
    case 'GET /':
      response.setHeader('set-cookie', guard.setCookie);
      return send(response, 200, 'text/html; charset=utf-8', workbench.html());
    case 'GET /style.css':
      return send(response, 200, 'text/css; charset=utf-8', workbench.style);
    case 'GET /page.js':
      return send(response, 200, 'text/javascript; charset=utf-8', await script());
    case 'GET /write-up.html':
      response.setHeader('content-security-policy', writeUpPolicy);
      return send(response, 200, 'text/html; charset=utf-8', await workbench.writeUp());
    case 'GET /events':
      response.writeHead(200, { ...headers, 'content-type': 'text/event-stream; charset=utf-8' });
      return workbench.events.open(response, workbench.snapshot());
    case 'POST /check':
      await workbench.check((await readBody(request, checkBody)).stages);
      done();
      return;
    case 'POST /stop':
      await readBody(request, emptyBody);
      await workbench.stop();
      done();
      return;
    case 'POST /agree':
      workbench.agree((await readBody(request, agreeBody)).agree);
      done();
      return;
    case 'POST /answers': {
      const { id, text, base } = await readBody(request, answerBody);
      await workbench.answer(id, text, base);
      done();
      return;
    }
    case 'POST /names':
      await workbench.rename((await readBody(request, namesBody)).names);
      done();
      return;
    default:
      request.resume();
      sendJson(response, 404, { message: 'There is nothing at this address. Load the page again.' });
  }
}

async function script(): Promise<string> {
  return readFile(fileURLToPath(scriptFile), 'utf8');
}

function sendJson(response: ServerResponse, status: number, body: object): void {
  send(response, status, 'application/json', JSON.stringify(body));
}

function send(response: ServerResponse, status: number, type: string, body: string): void {
  for (const [name, value] of Object.entries(headers)) {
    if (!response.hasHeader(name)) response.setHeader(name, value);
  }
  response.writeHead(status, { 'content-type': type, 'content-length': Buffer.byteLength(body) }).end(body);
}
