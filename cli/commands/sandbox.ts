import type { CallRecord } from '../../sandbox/gateway/gateway.ts';
import { startSandbox } from '../../sandbox/sandbox.ts';
import { interruptSignal } from '../interrupt.ts';
import { createOutput } from '../output.ts';
import { plain, type Style } from '../terminal/style.ts';
import { UserError } from '../user-error.ts';

export interface SandboxFlags {
  readonly port: number;
  readonly latency: number;
  readonly color: boolean;
}

/** `labwright sandbox`: an AWS account on this machine, until Ctrl-C. */
export async function sandbox(flags: SandboxFlags): Promise<void> {
  const { print, note, style } = createOutput(!flags.color);
  const started = await startSandbox({
    port: flags.port,
    latencyMs: flags.latency,
    announce: true,
    onCall: (record) => note(`${callLine(record, style)}\n`),
  }).catch((error: NodeJS.ErrnoException) => {
    const { code, message } = error;
    if (code === 'EADDRINUSE') {
      throw new UserError(
        `The port ${flags.port} is taken, perhaps by another sandbox. Choose another with \`--port 0\`.`,
      );
    }
    throw new UserError(`The sandbox cannot listen on port ${flags.port}: ${message}.`);
  });
  const { url, region, administrator } = started;
  print(
    [
      `export AWS_ENDPOINT_URL=${url}`,
      `export AWS_ACCESS_KEY_ID=${administrator.accessKeyId}`,
      `export AWS_SECRET_ACCESS_KEY=${administrator.secretAccessKey}`,
      `export AWS_REGION=${region}`,
      `export AWS_DEFAULT_REGION=${region}`,
      '',
    ].join('\n'),
  );
  note(style.dim(`\nListening on ${url}, account ${started.account.id}. Stop with Ctrl-C.\n`));
  const { signal } = interruptSignal();
  await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
  await started.close();
}

/** `10:04:11 kms:DescribeKey user/administrator 200` */
function callLine({ at, call, principal, status, error }: CallRecord, style: Style): string {
  const who = principal ? principal.slice(principal.lastIndexOf(':') + 1) : 'nobody';
  const outcome = error ? `${status} ${error.code}: ${error.message}` : String(status);
  return `${style.dim(at.toISOString().slice(11, 19))} ${plain(`${call}  ${who}  ${outcome}`)}`;
}
