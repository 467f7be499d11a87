/** The lab by hand: the guide's commands, word for word, with the AWS CLI, graded stage by stage. */
import { spawn } from 'node:child_process';
import { expect } from 'chai';
import { guideOf } from '../../cli/labs/guide-of.ts';
import { firstLab, readLab } from '../support/labs.ts';
import { labwright } from '../support/labwright.ts';
import { awsCli } from '../support/requires.ts';
import { type RunningSandbox, runSandbox } from '../support/running-sandbox.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const { lab } = await readLab(firstLab);
const guide = guideOf({ lab, settings: {}, attempts: [], answers: {} });
const user = guide.names.find(({ name }) => name === 'user')?.value;

/** What `labwright guide` shows of a stage in blocks of a language. */
function blocks(stageId: string, language: string): string {
  const text = guide.stages.find((stage) => stage.id === stageId)?.guide ?? '';
  const fenced = new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``, 'g');
  return [...text.matchAll(fenced)].map(([, block = '']) => block).join('\n');
}

/** What the guide leaves to the learner's editor: its statement is added, with the ARN that its command prints. */
const editPolicy = `
user_arn=$(aws iam get-user --user-name ${user} --query User.Arn --output text)
node -e '
  const policy = JSON.parse(fs.readFileSync("policy.json", "utf8"));
  const [arn, statement] = process.argv.slice(1);
  policy.Statement.push({ ...JSON.parse(statement), Principal: { AWS: arn } });
  fs.writeFileSync("policy.json", JSON.stringify(policy));
' "$user_arn" '${blocks('grant', 'json')}'
`;

describe('the lab by hand, with the AWS CLI', () => {
  let sandbox: RunningSandbox;
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let shell: Shell;

  before(async function () {
    const command = awsCli.call(this);
    sandbox = await runSandbox();
    folder = await temporaryFolder();
    shell = new Shell(folder.path, sandbox, command);
  });
  after(async () => {
    shell?.end();
    await sandbox?.stop();
    await folder?.remove();
  });

  const check = (stage: string) =>
    labwright(['check', lab.id, stage, '--probe', 'key', '--endpoint-url', sandbox.url], {
      cwd: folder.path,
      env: sandbox.env,
    });

  for (const stage of ['key', 'table', 'data', 'user', 'deny', 'grant', 'cleanup']) {
    it(`the stage "${stage}" passes after the guide's commands, and not before`, async function () {
      this.timeout(60_000);
      // The deny stage has nothing to make: the user is denied as soon as it is there.
      if (stage !== 'deny') {
        expect((await check(stage)).code).to.equal(1);
        const [before = '', after = ''] = blocks(stage, 'sh').split(/^# add a statement.*$/m);
        await shell.run(after === '' ? before : `${before}${editPolicy}${after}`);
      }
      const { code, stdout } = await check(stage);
      expect(code, stdout).to.equal(0);
    });
  }
});

/** One bash for the whole lab, as a learner has it, so that variables live on. */
class Shell {
  readonly #child;
  #output = '';

  constructor(cwd: string, { env, url }: RunningSandbox, command: string) {
    this.#child = spawn('bash', [], { cwd, env: { PATH: process.env.PATH ?? '', HOME: cwd, ...env } });
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        this.#output += text;
      });
    }
    // Older versions of the AWS CLI do not read AWS_ENDPOINT_URL.
    this.#child.stdin.write(`aws() { ${command} --endpoint-url ${url} "$@"; }\n`);
  }

  /** Runs commands to their end and gives what they printed. @throws Error when the last one fails */
  async run(script: string): Promise<string> {
    this.#output = '';
    this.#child.stdin.write(`${script}\necho "ended with $?"\n`);
    const [, code] = await this.#until(/ended with (\d+)\n$/);
    if (code !== '0') throw new Error(this.#output);
    return this.#output;
  }

  end(): void {
    this.#child.kill();
  }

  async #until(pattern: RegExp): Promise<RegExpExecArray> {
    for (;;) {
      const match = pattern.exec(this.#output);
      if (match) return match;
      if (this.#child.exitCode !== null) throw new Error(this.#output);
      await new Promise((resolveLater) => setTimeout(resolveLater, 20));
    }
  }
}
