/** A generated class, graded with the command as it was built. */
import { type ChildProcess, spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import type { GeneratedClass, GeneratedLearner } from '../../test/support/class/generate.ts';
import { bareEnvironment, mainFile } from '../../test/support/labwright.ts';

export function rosterLine({
  id,
  role,
  externalId,
}: Pick<GeneratedLearner, 'id' | 'role' | 'externalId'>): string {
  return [id, `Learner ${id}`, 'A', role, externalId].join(',');
}

/** @param lines of {@link rosterLine} */
export function writeRoster(file: string, lines: readonly string[]): void {
  writeFileSync(file, `${['learner id,name,section,role,external id', ...lines].join('\n')}\n`);
}

export interface Started {
  readonly child: ChildProcess;
  readonly said: () => string;
  /** @throws where it ends otherwise than a command does that has done its work */
  readonly ended: Promise<void>;
}

/** `labwright ...`, with the instructor's credentials. */
export function startCommand(
  { instructor: { key, region, endpoint } }: GeneratedClass,
  args: readonly string[],
  more: Record<string, string> = {},
): Started {
  const child = spawn(process.execPath, [mainFile, ...args], {
    env: bareEnvironment({
      AWS_ACCESS_KEY_ID: key.accessKeyId,
      AWS_SECRET_ACCESS_KEY: key.secretAccessKey,
      AWS_REGION: region,
      AWS_ENDPOINT_URL: endpoint,
      ...more,
    }),
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  const ended = new Promise<void>((resolve, reject) => {
    child.once('close', (code) => {
      // 3: somebody has to be looked after, as in any class.
      if (code === 0 || code === 3) resolve();
      else reject(new Error(`labwright ${args[0]} ended with ${code}: ${said}`));
    });
  });
  return { child, said: () => said, ended };
}
