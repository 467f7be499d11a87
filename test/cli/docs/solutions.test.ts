/** The instructor's guide, carried out: its commands, word for word, with the AWS CLI, graded by the lab. */
import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { firstLab, readLab } from '../../support/labs.ts';
import { bareEnvironment, labwright } from '../../support/labwright.ts';
import { awsCli } from '../../support/requires.ts';
import { type RunningSandbox, runSandbox } from '../../support/running-sandbox.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const { lab } = await readLab(firstLab);

describe("the solution in the instructor's guide, with the AWS CLI", () => {
  let sandbox: RunningSandbox;
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let text: string;
  let prologue: string;

  before(async function () {
    this.timeout(60_000);
    const command = awsCli.call(this);
    sandbox = await runSandbox();
    folder = await temporaryFolder();
    // Older versions of the AWS CLI do not read AWS_ENDPOINT_URL.
    prologue = `aws() { ${command} --endpoint-url ${sandbox.url} "$@"; }\n`;
    await labwright(['docs', lab.id, '--for', 'instructor', '--format', 'md', '--out', '.'], {
      cwd: folder.path,
    });
    text = await readFile(join(folder.path, `${lab.id}-instructor.md`), 'utf8');
  });
  after(async () => {
    await sandbox?.stop();
    await folder?.remove();
  });

  /** The commands under a stage's heading "Solution". */
  function solution(index: number): string {
    const stage = text.split(/^## \d+\. .*$/m)[index + 1] ?? '';
    return /### Solution\n\n```sh\n([\s\S]*?)\n```/.exec(stage)?.[1] ?? '';
  }

  async function run(script: string): Promise<{ code: number | null; stderr: string }> {
    const child = spawn('sh', ['-e'], {
      cwd: folder.path,
      env: bareEnvironment({ ...sandbox.env, HOME: folder.path, AWS_PAGER: '' }),
      stdio: ['pipe', 'ignore', 'pipe'],
    });
    let stderr = '';
    child.stderr.setEncoding('utf8').on('data', (part: string) => {
      stderr += part;
    });
    child.stdin.end(prologue + script);
    const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
    return { code, stderr };
  }

  for (const [index, stage] of lab.stages.entries()) {
    it(`passes the stage "${stage.id}"`, async function () {
      this.timeout(120_000);
      const { code, stderr } = await run(solution(index));
      expect(code, stderr).to.equal(0);
      const checked = await labwright(
        ['check', lab.id, stage.id, '--probe', 'key', '--endpoint-url', sandbox.url],
        { cwd: folder.path, env: sandbox.env },
      );
      expect(checked.code, checked.stdout).to.equal(0);
    });
  }
});
