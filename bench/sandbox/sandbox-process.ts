/** Starts the process in filled-sandbox.ts, and asks it for things. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { bareEnvironment } from '../../test/support/labwright.ts';
import type { ProcessReply, ProcessRequest } from './process-messages.ts';
import { onServerCore } from './servers.ts';

export class SandboxProcess {
  readonly #child: ChildProcess;

  constructor(child: ChildProcess) {
    this.#child = child;
  }

  /** With what it says of itself at the start. */
  static async start(): Promise<{ process: SandboxProcess; reply: ProcessReply }> {
    const file = fileURLToPath(new URL('filled-sandbox.ts', import.meta.url));
    const { command, args } = onServerCore(['--expose-gc', '--import', 'tsx/esm', file]);
    const env = bareEnvironment({ AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' });
    const child = spawn(command, args, { env, stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
    const process = new SandboxProcess(child);
    return { process, reply: await process.#reply() };
  }

  async ask(request: ProcessRequest): Promise<ProcessReply> {
    this.#child.send(request);
    return this.#reply();
  }

  async stop(): Promise<void> {
    this.#child.kill();
    await once(this.#child, 'close');
  }

  async #reply(): Promise<ProcessReply> {
    const ended = once(this.#child, 'exit').then(([code]) =>
      Promise.reject(new Error(`The sandbox ended: ${code}`)),
    );
    ended.catch(() => undefined);
    const [reply] = (await Promise.race([once(this.#child, 'message'), ended])) as [ProcessReply];
    return reply;
  }
}
