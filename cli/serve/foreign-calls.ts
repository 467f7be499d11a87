/** The calls of a sandbox that another process runs: asked for once a second, on loopback. */
import { z } from 'zod';
import type { CallRecord } from '../../sandbox/gateway/gateway.ts';
import { localPaths } from '../../sandbox/gateway/local-endpoints.ts';
import { textAt } from '../sandbox/running-sandbox.ts';

const intervalMs = 1000;

/** What this reads of a call; the rest is as the sandbox made it, which is this very program. */
const answerSchema = z.object({
  calls: z.array(
    z.object({ number: z.number(), record: z.looseObject({ at: z.coerce.date(), call: z.string() }) }),
  ),
});

/**
 * @param onCall told of every call, those before as well
 * @returns ends the asking
 */
export function followCalls(sandboxUrl: string, onCall: (record: CallRecord) => void): () => void {
  let last = 0;
  let isEnded = false;
  const ask = async (): Promise<void> => {
    try {
      const url = new URL(localPaths.calls, sandboxUrl);
      url.searchParams.set('after', String(last));
      const { calls } = answerSchema.parse(JSON.parse(await textAt(url)));
      for (const { number, record } of calls) {
        if (isEnded) return;
        last = number;
        onCall(record as unknown as CallRecord);
      }
    } catch {
      // A sandbox that was stopped, or an older one that does not tell: the checks say so, if it matters.
    }
    if (!isEnded) timer = setTimeout(ask, intervalMs).unref();
  };
  let timer = setTimeout(ask, 0).unref();
  return () => {
    isEnded = true;
    clearTimeout(timer);
  };
}
