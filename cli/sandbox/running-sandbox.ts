/** How a command finds the sandbox that another process runs: it asks for it on loopback. Nothing is on disk. */
import { once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { z } from 'zod';
import { localPaths } from '../../sandbox/gateway/local-endpoints.ts';
import { UserError } from '../user-error.ts';
import { sandboxPort } from './port.ts';

const announcementSchema = z.object({
  url: z.string(),
  region: z.string(),
  accessKeyId: z.string(),
  secretAccessKey: z.string(),
});
export type Announcement = z.infer<typeof announcementSchema>;

/** @throws UserError when no sandbox answers */
export async function runningSandbox(url = `http://127.0.0.1:${sandboxPort}`): Promise<Announcement> {
  try {
    return announcementSchema.parse(JSON.parse(await textAt(new URL(localPaths.administrator, url))));
  } catch {
    throw new UserError(
      `No sandbox answers at ${url}. Start one with \`labwright sandbox\` in another terminal, and leave it running.`,
    );
  }
}

/** What a sandbox says at one of its local paths: text, as long as the sandbox makes it. */
export async function textAt(url: URL): Promise<string> {
  // A plain request: loading `fetch` alone would take as long as the rest of a command's start.
  const request = get(url, { timeout: 3000 });
  request.once('timeout', () => request.destroy(new Error('no answer')));
  const [response] = (await once(request, 'response')) as [IncomingMessage];
  return text(response);
}
