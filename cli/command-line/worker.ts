import type { WorkerFlags } from '../commands/worker.ts';
import { withAccountOptions } from '../options/account.ts';
import { checksOption } from '../options/checks.ts';
import { sideBySide } from '../options/values.ts';
import type { CommandLine } from './command-line.ts';

export const workerLine: CommandLine = {
  name: 'worker',
  about: 'Grade learners whom `grade --queue` put into a queue, on as many machines as wanted.',
  takes: [],
  define(command) {
    withAccountOptions(command)
      .requiredOption('--queue <url>', 'a Redis: redis://host:port, rediss:// for TLS')
      .option('--concurrency <number>', 'learners side by side, 1 to 500', sideBySide, 10)
      .option(
        '--out <folder>',
        'the folder of the class, where it is shared; default: results go through the queue',
      )
      .option('--lab <files...>', 'labs beside those that come with Labwright')
      .addOption(checksOption())
      .addHelpText('after', help)
      .action(async (flags: WorkerFlags) => (await import('../commands/worker.ts')).worker(flags));
  },
};

const help = `
Learners are entered with this machine's AWS credentials or profiles; none are in the queue. The password of Redis
may stand in LABWRIGHT_QUEUE_PASSWORD instead of the address. A worker that is killed costs a retry: after half a
minute or so another one takes its learners.

Exit code: 0 ended by Ctrl-C, 2 the queue cannot be used or asks for another lab file.

Example:
  $ labwright worker --queue redis://10.0.0.5:6379 --out /mnt/class`;
