/** docs/json.md, held against what the commands print. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { labwright } from '../support/labwright.ts';
import { type RunningSandbox, runSandbox } from '../support/running-sandbox.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const lab = 'encrypt-data-with-kms';

interface Shape {
  readonly schema: string;
  readonly required: readonly string[];
  readonly optional: readonly string[];
}

describe('docs/json.md', function () {
  this.timeout(60_000);
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let sandbox: RunningSandbox;
  let shapes: Map<string, Shape>;

  before(async () => {
    folder = await temporaryFolder();
    sandbox = await runSandbox();
    shapes = shapesIn(await readFile(new URL('../../docs/json.md', import.meta.url), 'utf8'));
    await writeFile(join(folder.path, 'write-up.md'), '# My project\n\nSome words of mine.\n');
    await writeFile(join(folder.path, 'class.csv'), 'learner,profile\nfirst,one\n');
    await run(['solve', lab, 'key', 'table']);
  });
  after(async () => {
    await sandbox.stop();
    await folder.remove();
  });

  async function run(args: readonly string[]) {
    return labwright(args, { cwd: folder.path, env: sandbox.env });
  }

  const commands: Readonly<Record<string, readonly string[]>> = {
    labs: [],
    guide: [lab],
    check: [lab, '--probe', 'reason'],
    answer: [lab],
    import: ['write-up.md', '--lab', lab, '--dry-run'],
    doctor: [lab],
    explain: ['administrator', 'dynamodb:Scan', 'nextwork-kms-table'],
    clean: [lab, '--dry-run'],
    'sandbox peek': ['nextwork-kms-table'],
    role: [lab, '--instructor', '111122223333'],
    lint: [lab, '--no-run'],
    'roster check': ['class.csv', '--lab', lab],
    regrade: [lab, '--recordings', '.labwright'],
  };

  for (const [command, args] of Object.entries(commands)) {
    it(`tells what \`${command} --json\` prints`, async () => {
      const { stdout, stderr } = await run([...command.split(' '), ...args, '--json']);
      const shape = shapes.get(command);
      if (!shape) throw new Error(`There is no row for ${command}.`);
      const { schema, ...members } = JSON.parse(stdout) as Record<string, unknown>;
      expect(schema, stderr).to.equal(shape.schema);
      const names = Object.keys(members);
      expect(names).to.include.members([...shape.required]);
      expect([...shape.required, ...shape.optional]).to.include.members(names);
    });
  }

  it('has a row for each command that prints JSON', async () => {
    const { stdout } = await labwright(['--help']);
    const listed = [...stdout.matchAll(/^ {2}([a-z-]+)/gm)].map(([, name = '']) => name);
    const told = [...shapes.keys()].map((name) => name.split(' ')[0]);
    for (const name of listed) {
      const { stdout: help } = await labwright([name, '--help']);
      if (help.includes('--json')) expect(told, name).to.include(name);
    }
  });
});

/** The rows of the first table, by command. */
function shapesIn(markdown: string): Map<string, Shape> {
  const rows = markdown.matchAll(/^\| `([a-z- ]+)` \| `(labwright\/[^`]+)` \| (.*) \|$/gm);
  return new Map(
    [...rows].map(([, command = '', schema = '', members = '']) => {
      // Members of members follow a colon; remarks stand in brackets, links after a semicolon.
      const [own = ''] = members.replace(/\([^)]*\)/g, '').split(/[:;]/, 1);
      const names = [...own.matchAll(/`([\w?]+)`/g)].map(([, name = '']) => name);
      return [
        command,
        {
          schema,
          required: names.filter((name) => !name.endsWith('?')),
          optional: names.filter((name) => name.endsWith('?')).map((name) => name.slice(0, -1)),
        },
      ];
    }),
  );
}
