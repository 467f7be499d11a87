/**
 * Who may ask the page's server: a browser that was given the printed address, and nobody else. The token of that address
 * is exchanged for a cookie that no script can read; every request needs one of the two.
 */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

export class Guard {
  /** Part of the printed address. */
  readonly token = randomBytes(24).toString('base64url');
  readonly #session = randomBytes(24).toString('base64url');
  readonly #cookie: string;
  readonly #hosts: readonly string[];

  /** @param port where the server listens; cookies do not tell ports apart, so that its name does */
  constructor(port: number) {
    this.#cookie = `labwright-${port}`;
    const names = ['127.0.0.1', 'localhost'];
    this.#hosts = names.flatMap((name) => (port === 80 ? [name, `${name}:80`] : [`${name}:${port}`]));
  }

  /** The header that gives a browser the cookie. */
  get setCookie(): string {
    return `${this.#cookie}=${this.#session}; Path=/; HttpOnly; SameSite=Strict`;
  }

  /** Whether the address of the request holds the token. */
  hasToken(url: URL): boolean {
    return same(url.searchParams.get('token') ?? '', this.token);
  }

  /** Why a request is refused; undefined when it is not. */
  refusal(request: IncomingMessage, url: URL): string | undefined {
    const { host = '', origin, 'sec-fetch-site': site } = request.headers;
    // A name that somebody else's DNS leads here is none of ours.
    if (!this.#hosts.includes(host)) return 'This server answers only to its own address.';
    const writes = request.method !== 'GET';
    if ((writes || origin !== undefined) && origin !== `http://${host}`)
      return 'This server takes nothing from other pages.';
    const opensPage = request.method === 'GET' && url.pathname === '/' && this.hasToken(url);
    if (opensPage) return undefined;
    // Pages of other ports of this machine count as the same site, and would bring the cookie along.
    if (site !== undefined && site !== 'same-origin' && site !== 'none')
      return 'This server answers nothing to other pages.';
    if (!this.#hasSession(request)) return 'The address lacks the token that belongs to it.';
    return undefined;
  }

  #hasSession({ headers }: IncomingMessage): boolean {
    const cookies = (headers.cookie ?? '').split(';').map((one) => one.trim());
    const mine = cookies.find((one) => one.startsWith(`${this.#cookie}=`));
    return mine !== undefined && same(mine.slice(this.#cookie.length + 1), this.#session);
  }
}

/** Takes as long whatever the difference is. */
function same(given: string, expected: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(expected));
}
