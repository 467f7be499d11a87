/** As many at a time as wanted; the first error ends it, once those under way are through. */
export async function eachOf<One>(
  items: readonly One[],
  atATime: number,
  signal: AbortSignal | undefined,
  work: (item: One) => Promise<void>,
): Promise<void> {
  const queue = items.values();
  let failed = false;
  const worker = async () => {
    for (const item of queue) {
      if (failed || signal?.aborted) return;
      try {
        await work(item);
      } catch (error) {
        failed = true;
        throw error;
      }
    }
  };
  const workers = await Promise.allSettled(
    Array.from({ length: Math.max(1, Math.min(atATime, items.length)) }, worker),
  );
  const rejected = workers.find((one) => one.status === 'rejected');
  if (rejected) throw rejected.reason;
}
