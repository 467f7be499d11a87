/** Talks to `labwright serve` as a browser does, and as one that means ill. */
import { type IncomingHttpHeaders, type OutgoingHttpHeaders, request } from 'node:http';
import type { ServerEvents } from '../../cli/serve/server-events.ts';
import type { RunningServe } from './running-serve.ts';

export interface Answered {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export type ServerEvent = {
  readonly [Name in keyof ServerEvents]: { readonly name: Name; readonly data: ServerEvents[Name] };
}[keyof ServerEvents];

export interface AskOptions {
  readonly method?: string;
  readonly headers?: OutgoingHttpHeaders;
  readonly body?: string;
}

/** A request with these headers and no others, Host included. */
export function ask(origin: string, path: string, options: AskOptions = {}): Promise<Answered> {
  return new Promise((resolve, reject) => {
    const { method = 'GET', headers = {}, body } = options;
    const asked = request(new URL(path, origin), { method, headers, agent: false }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (part: string) => {
        text += part;
      });
      response.once('end', () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text }),
      );
    });
    asked.once('error', reject);
    asked.end(body);
  });
}

/** A tab that has opened the printed address. */
export class ServeClient {
  readonly origin: string;
  readonly cookie: string;
  /** Everything that was streamed so far. */
  readonly events: ServerEvent[] = [];
  readonly #waiting = new Set<() => void>();
  #endStream = () => {};

  private constructor(origin: string, cookie: string) {
    this.origin = origin;
    this.cookie = cookie;
  }

  static async open({ url, origin }: RunningServe): Promise<ServeClient> {
    const { headers } = await ask(origin, url);
    return new ServeClient(origin, headers['set-cookie']?.[0]?.split(';')[0] ?? '');
  }

  get(path: string, headers: OutgoingHttpHeaders = {}): Promise<Answered> {
    return ask(this.origin, path, { headers: { cookie: this.cookie, ...headers } });
  }

  post(path: string, body: unknown, headers: OutgoingHttpHeaders = {}): Promise<Answered> {
    return ask(this.origin, path, {
      method: 'POST',
      headers: { cookie: this.cookie, origin: this.origin, 'content-type': 'application/json', ...headers },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
  }

  /** Begins to listen. */
  listen(): Promise<void> {
    return new Promise((resolve, reject) => {
      const headers = { cookie: this.cookie };
      const asked = request(new URL('/events', this.origin), { headers, agent: false }, (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (part: string) => {
          text += part;
          const messages = text.split('\n\n');
          text = messages.pop() ?? '';
          for (const message of messages) this.#take(message);
        });
        response.on('error', () => undefined);
        resolve();
      });
      this.#endStream = () => asked.destroy();
      asked.on('error', reject);
      asked.end();
    });
  }

  #take(message: string): void {
    const name = /^event: ([^\n]*)/m.exec(message)?.[1];
    const data = /^data: ([^\n]*)/m.exec(message)?.[1];
    if (name === undefined || data === undefined) return;
    this.events.push({ name, data: JSON.parse(data) } as ServerEvent);
    for (const look of this.#waiting) look();
  }

  /** The first event of its kind for which something holds, there already or yet to come. */
  until<Name extends keyof ServerEvents>(
    name: Name,
    holds: (data: ServerEvents[Name]) => boolean = () => true,
  ): Promise<ServerEvents[Name]> {
    return new Promise((resolve) => {
      const look = () => {
        for (const event of this.events) {
          if (event.name !== name || !holds(event.data as ServerEvents[Name])) continue;
          this.#waiting.delete(look);
          resolve(event.data as ServerEvents[Name]);
          return;
        }
      };
      this.#waiting.add(look);
      look();
    });
  }

  /** Forgets what was streamed so far. */
  forget(): void {
    this.events.length = 0;
  }

  /** Checks stages and waits for the end. @param agree the answer if a temporary key is asked for */
  async check(stages: readonly string[], agree?: boolean): Promise<void> {
    this.forget();
    const { status, body } = await this.post('/check', { stages });
    if (status !== 204) throw new Error(`${status} ${body}`);
    const ended = this.until('running', ({ running }) => !running);
    if (agree !== undefined) {
      const asked = this.until('fragment', ({ name, html }) => name === 'run' && html.includes('id="agree"'));
      if (await Promise.race([asked.then(() => true), ended.then(() => false)]))
        await this.post('/agree', { agree });
    }
    await ended;
  }

  close(): void {
    this.#endStream();
  }
}
