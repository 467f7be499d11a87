/** What the page asks the server to do. */

/** The server refused, in words for the learner. */
export class Refused extends Error {
  readonly status: number;
  /** The answer that the file holds, where that is why. */
  readonly stored: string | undefined;

  constructor(status: number, message: string, stored?: string) {
    super(message);
    this.name = 'Refused';
    this.status = status;
    this.stored = stored;
  }
}

/** @throws Refused; TypeError when nobody answers */
export async function post(path: string, body: object): Promise<void> {
  const response = await fetch(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (response.ok) return;
  if (response.status === 403) throw new Refused(403, 'The server was started anew.');
  const said = (await response.json().catch(() => ({}))) as { message?: string; stored?: string };
  throw new Refused(response.status, said.message ?? 'The server refused this.', said.stored);
}

/** What to say of an error of `post`. */
export function inWords(error: unknown): string {
  return error instanceof Refused ? error.message : 'The server does not answer.';
}
