/** How far this machine's clock is from that of whoever answers. */
import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import type { Item } from './item.ts';

/** "a request must reach AWS within five minutes of the time stamp in the request": SigV4, IAM user guide. */
const mostMs = 5 * 60_000;
const worthKnowingMs = 60_000;
const patienceMs = 5000;

/**
 * Asks without credentials: every answer, a refusal as well, carries the time (header `Date`, RFC 9110 6.6.1).
 *
 * @param url where the account's calls go
 */
export async function clockItem(url: string): Promise<Item> {
  const id = 'clock';
  const asked = Date.now();
  let date: string | undefined;
  try {
    date = await dateAt(url);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return {
      id,
      state: 'unknown',
      message: `The clock could not be compared: ${url} was not reached (${why}).`,
      advice: 'Check the network, the Region and `--endpoint-url`.',
    };
  }
  const there = Date.parse(date ?? '');
  if (Number.isNaN(there))
    return { id, state: 'unknown', message: `The clock could not be compared: ${url} did not say the time.` };
  // Half of the way there and back, and half of the second that the header leaves out.
  const skewMs = (asked + Date.now()) / 2 - (there + 500);
  const off = Math.abs(skewMs);
  const shown = `${inWords(off)} ${skewMs > 0 ? 'ahead' : 'behind'}`;
  const advice = 'Let the operating system set the clock from the network.';
  if (off > mostMs)
    return {
      id,
      state: 'missing',
      message: `This machine's clock is ${shown}; AWS takes five minutes.`,
      advice,
    };
  if (off > worthKnowingMs)
    return { id, state: 'warning', message: `This machine's clock is ${shown}.`, advice };
  return { id, state: 'good', message: "This machine's clock agrees with the one that answers." };
}

async function dateAt(url: string): Promise<string | undefined> {
  const { get } = await (url.startsWith('https:') ? import('node:https') : import('node:http'));
  const request = get(url, { timeout: patienceMs });
  request.once('timeout', () => request.destroy(new Error('no answer in five seconds')));
  const [response] = (await once(request, 'response')) as [IncomingMessage];
  response.destroy();
  return response.headers.date;
}

function inWords(ms: number): string {
  const seconds = Math.round(ms / 1000);
  if (seconds < 120) return `${seconds} seconds`;
  const minutes = Math.round(seconds / 60);
  return minutes < 120 ? `${minutes} minutes` : `${Math.round(minutes / 60)} hours`;
}
