/** Bodies of requests: JSON of a known shape and of bounded size. */
import type { IncomingMessage } from 'node:http';
import type { z } from 'zod';

/** The longest answer fits many times. */
const mostBytes = 2_000_000;

/** What was sent cannot be taken. */
export class BodyError extends Error {
  readonly status: 400 | 413 | 415;

  constructor(status: 400 | 413 | 415, message: string) {
    super(message);
    this.name = 'BodyError';
    this.status = status;
  }
}

/** @throws BodyError */
export async function readBody<Body>(request: IncomingMessage, schema: z.ZodType<Body>): Promise<Body> {
  if (!/^application\/json\b/i.test(request.headers['content-type'] ?? '')) {
    request.resume();
    throw new BodyError(415, 'Only JSON is taken here.');
  }
  const parts: Buffer[] = [];
  let length = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    length += part.length;
    // The rest is read and dropped, so that the sender gets to see the answer.
    if (length <= mostBytes) parts.push(part);
  }
  if (length > mostBytes) throw new BodyError(413, 'That is too long: two million characters at most.');
  const parsed = schema.safeParse(parseJson(Buffer.concat(parts).toString('utf8')));
  if (parsed.success) return parsed.data;
  throw new BodyError(400, `This request is not understood: ${parsed.error.issues[0]?.message ?? ''}.`);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
