/** Server-sent events to every open tab. */
import type { ServerResponse } from 'node:http';
import type { ServerEvents } from './server-events.ts';

/** Milliseconds; proxies and browsers give silent streams up. */
const heartbeatMs = 15_000;

export class EventStream {
  readonly #tabs = new Set<ServerResponse>();
  readonly #heartbeat: NodeJS.Timeout;

  constructor() {
    this.#heartbeat = setInterval(() => {
      for (const tab of this.#tabs) tab.write(': still here\n\n');
    }, heartbeatMs);
    this.#heartbeat.unref();
  }

  /** Streams to a tab until it goes away. */
  open(response: ServerResponse, snapshot: ServerEvents['snapshot']): void {
    response.write(`retry: 1000\n\n${message('snapshot', snapshot)}`);
    this.#tabs.add(response);
    response.once('close', () => this.#tabs.delete(response));
  }

  send<Name extends keyof ServerEvents>(name: Name, data: ServerEvents[Name]): void {
    const text = message(name, data);
    for (const tab of this.#tabs) tab.write(text);
  }

  close(): void {
    clearInterval(this.#heartbeat);
    for (const tab of this.#tabs) tab.end();
  }
}

function message(name: string, data: object): string {
  return `event: ${name}\ndata: ${JSON.stringify(data)}\n\n`;
}
