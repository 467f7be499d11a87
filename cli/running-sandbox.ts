/** How a command finds the sandbox that another process runs: it asks for it on loopback. Nothing is on disk. */
import { once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { z } from 'zod';
import { announcementPath } from '../sandbox/gateway/announcement.ts';
import { sandboxPort } from './sandbox-port.ts';
import { UserError } from './user-error.ts';

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
    return announcementSchema.parse(JSON.parse(await textAt(new URL(announcementPath, url))));
  } catch {
    throw new UserError(
      `No sandbox answers at ${url}. Start one with \`labwright sandbox\` in another terminal, and leave it running.`,
    );
  }
}

/** A plain request: loading `fetch` alone would take as long as the rest of a command's start. */
async function textAt(url: URL): Promise<string> {
  const request = get(url, { timeout: 3000 });
  request.once('timeout', () => request.destroy(new Error('no answer')));
  const [response] = (await once(request, 'response')) as [IncomingMessage];
  return text(response);
}
