import { randomInt } from 'node:crypto';
import { DataFolderProblem } from '../../sandbox/keeping/data-folder-problem.ts';
import { startSandbox } from '../../sandbox/sandbox.ts';
import type { Timing } from '../../sandbox/timing/timing.ts';
import { interruptSignal } from '../interrupt.ts';
import type { TimingFlags } from '../options/timing.ts';
import { createOutput } from '../output.ts';
import { callLine } from '../sandbox/call-log.ts';
import type { CallLog } from '../sandbox/call-logs.ts';
import { type ClientForm, clientSettings } from '../sandbox/client-settings.ts';
import { sandboxIdentities } from '../sandbox/identities.ts';
import { exitCodes, UserError } from '../user-error.ts';

export interface SandboxFlags extends TimingFlags {
  readonly host: string;
  readonly port: number;
  readonly data?: string;
  readonly accounts: number;
  readonly root: boolean;
  readonly latency: number;
  readonly throttled: number;
  readonly failing: number;
  readonly reset: number;
  readonly slow: number;
  readonly requestRates?: boolean;
  readonly seed: number;
  readonly for: ClientForm;
  readonly log: CallLog;
  readonly color: boolean;
}

/** Such a one does not read AWS_ENDPOINT_URL ("Service-specific endpoints", AWS SDKs and Tools Reference Guide). */
const olderCli = 'aws() { command aws --endpoint-url "$AWS_ENDPOINT_URL" "$@"; }';

/**
 * `labwright sandbox`: an AWS account on this machine, until Ctrl-C.
 *
 * @param timing what the timing flags come to
 */
export async function sandbox(flags: SandboxFlags, timing: Timing): Promise<void> {
  const { print, note, style } = createOutput(!flags.color);
  // A folder may hold more accounts than were asked for.
  let several = false;
  const started = await startSandbox({
    // Another account each time: what was earned in one that is gone must not count in the next.
    accountId: String(randomInt(1e11, 1e12)),
    host: flags.host,
    port: flags.port,
    weather: {
      latencyMs: flags.latency,
      throttled: flags.throttled,
      failing: flags.failing,
      reset: flags.reset,
      slow: flags.slow,
      requestRates: flags.requestRates ?? flags.realistic,
      seed: flags.seed,
    },
    timing,
    data: flags.data,
    onDataProblem: ({ message }) => note(`${message}\n`),
    announce: true,
    onCall: (record) => note(callLine(flags.log, record, style, several)),
  }).catch((error: NodeJS.ErrnoException) => {
    throw error instanceof DataFolderProblem ? error : new UserError(listenProblem(error, flags));
  });
  // A log that nobody reads any more: the terminal is gone.
  process.stderr.on('error', () => process.exit(exitCodes.brokenPipe));
  const { signal } = interruptSignal();
  const { url } = started;
  while (started.accounts.length < flags.accounts) started.addAccount();
  const { accounts } = started;
  several = accounts.length > 1;
  print(clientSettings(flags.for, started, sandboxIdentities(accounts, flags.root)));
  const ids = accounts.map(({ account }) => account.id).join(', ');
  note(style.dim(`\nListening on ${url}, account${several ? 's' : ''} ${ids}. Stop with Ctrl-C.\n`));
  // Not among what is to be pasted: an interactive zsh takes a comment for a command.
  if (flags.for === 'bash') note(style.dim(`For an AWS CLI before 2.13, paste this as well: ${olderCli}\n`));
  if (flags.data !== undefined) note(style.dim(`Everything is kept in ${flags.data}.\n`));
  if (!isLoopback(flags.host)) {
    note(
      `Whoever reaches ${flags.host} on the network reaches this sandbox. Requests must be signed, but are not encrypted.\n`,
    );
  }
  await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
  await started.close();
}

function listenProblem({ code, message }: NodeJS.ErrnoException, { host, port }: SandboxFlags): string {
  if (code === 'EADDRINUSE') {
    return `The port ${port} is taken, perhaps by another sandbox. Choose another with \`--port\`; 0 takes a free one.`;
  }
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') {
    return `This machine has no address ${host}. Leave \`--host\` out to listen on loopback.`;
  }
  return `The sandbox cannot listen on ${host}, port ${port}: ${message}.`;
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || host.startsWith('127.');
}
