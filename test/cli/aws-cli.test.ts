/** The lab by hand: the guide's commands, word for word, with the AWS CLI, graded stage by stage. */
import { spawn } from 'node:child_process';
import { expect } from 'chai';
import { resolve } from '../../runner/lab/reference.ts';
import { planRun } from '../../runner/plan.ts';
import { firstLab, readLab } from '../support/labs.ts';
import { labwright } from '../support/labwright.ts';
import { awsCli } from '../support/requires.ts';
import { type RunningSandbox, runSandbox } from '../support/running-sandbox.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const { lab } = await readLab(firstLab);
const { params } = planRun(lab, {});

/** The commands that the guide gives for a stage, the learner's names filled in. */
function commands(stageId: string): string {
  const guide = lab.stages.find((stage) => stage.id === stageId)?.guide ?? '';
  const blocks = [...guide.matchAll(/```sh\n([\s\S]*?)```/g)].map(([, block = '']) => block);
  return String(resolve(blocks.join('\n'), ({ name }) => params[name]));
}

/** What the guide leaves to the learner's editor: the user becomes a key user. */
const editPolicy = `
user_arn=$(aws iam get-user --user-name ${params.user} --query User.Arn --output text)
node -e '
  const policy = JSON.parse(fs.readFileSync("policy.json", "utf8"));
  policy.Statement.push({ Sid: "Users", Effect: "Allow", Principal: { AWS: process.argv[1] },
    Action: ["kms:Decrypt", "kms:DescribeKey"], Resource: "*" });
  fs.writeFileSync("policy.json", JSON.stringify(policy));
' "$user_arn"
`;

describe('the lab by hand, with the AWS CLI', () => {
  let sandbox: RunningSandbox;
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let shell: Shell;

  before(async function () {
    awsCli.call(this);
    sandbox = await runSandbox();
    folder = await temporaryFolder();
    shell = new Shell(folder.path, sandbox);
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
        const [before = '', after = ''] = commands(stage).split(/^# add a statement.*$/m);
        await shell.run(after === '' ? before : `${before}${editPolicy}${after}`);
      }
      const { code, stdout } = await check(stage);
      expect(code, stdout).to.equal(0);
    });
  }

  it('shows the user the denial as AWS words it', async function () {
    this.timeout(60_000);
    const again = await runSandbox();
    const other = new Shell(folder.path, again);
    try {
      for (const stage of ['key', 'table', 'data', 'user']) await other.run(commands(stage));
      const seen = await other.run(
        `read -r id secret < <(aws iam create-access-key --user-name ${params.user} --query 'AccessKey.[AccessKeyId,SecretAccessKey]' --output text)
         AWS_ACCESS_KEY_ID=$id AWS_SECRET_ACCESS_KEY=$secret aws dynamodb scan --table-name ${params.table} 2>&1 || true`,
      );
      expect(seen).to.match(
        /An error occurred \(AccessDeniedException\) when calling the Scan operation: KMS key access denied error: .*user\/nextwork-kms-user is not authorized to perform: kms:Decrypt on resource: arn:aws:kms:us-east-1:\d+:key\/[0-9a-f-]+ because no identity-based policy allows the kms:Decrypt action/,
      );
    } finally {
      other.end();
      await again.stop();
    }
  });
});

/** One bash for the whole lab, as a learner has it, so that variables live on. */
class Shell {
  readonly #child;
  #output = '';

  constructor(cwd: string, { env, url }: RunningSandbox) {
    this.#child = spawn('bash', [], { cwd, env: { PATH: process.env.PATH ?? '', HOME: cwd, ...env } });
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        this.#output += text;
      });
    }
    // Older versions of the AWS CLI do not read AWS_ENDPOINT_URL.
    this.#child.stdin.write(`aws() { command aws --endpoint-url ${url} "$@"; }\n`);
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
