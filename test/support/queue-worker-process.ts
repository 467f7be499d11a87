/** A worker on a class whose accounts are on a sandbox of another process: `node queue-worker-process.ts CLASS.json QUEUE [OUT]`, to be killed. */
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { parseRedisAddress } from '../../runner/grading/queue/redis-address.ts';
import { serveQueue } from '../../runner/grading/queue/serve-queue.ts';
import { firstLab, readLab } from './labs.ts';
import { openSandboxLearner, type SandboxClass } from './sandbox-class.ts';
import './quiet-sdk.ts';

const [classFile = '', queue = '', out] = process.argv.slice(2);
const { place, learners } = JSON.parse(await readFile(classFile, 'utf8')) as SandboxClass;
const { lab } = await readLab(firstLab);
const ending = new AbortController();
process.once('SIGTERM', () => ending.abort());
await serveQueue({
  address: parseRedisAddress(queue),
  concurrency: 4,
  ...(out && { out }),
  lockMs: 2000,
  labOf: async (id) => (id === lab.id ? lab : undefined),
  async openAccount(_lab, { learner: { id } }, signal) {
    const learner = learners.find((one) => one.id === id);
    if (!learner) throw new Error(`${id} is not in the class.`);
    return openSandboxLearner(place, learner, join(dirname(classFile), 'probe-keys', id), signal);
  },
  documents: async (result) => ({ 'report.md': `${result.score.points}\n` }),
  signal: ending.signal,
  onReady: () => process.stdout.write('ready\n'),
  onSettled: ({ learner }) => process.stdout.write(`settled ${learner.id}\n`),
  onNote: (message) => process.stdout.write(`note ${message}\n`),
});
