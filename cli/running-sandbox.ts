/** How a command finds the sandbox that another process runs: it asks for it on loopback. Nothing is on disk. */
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
    const response = await fetch(new URL(announcementPath, url), {
      signal: AbortSignal.timeout(3000),
    });
    return announcementSchema.parse(await response.json());
  } catch {
    throw new UserError(
      `No sandbox answers at ${url}. Start one with \`labwright sandbox\` in another terminal, and leave it running.`,
    );
  }
}
