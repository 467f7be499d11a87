import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { basename, join } from 'node:path';
import { expect } from 'chai';
import { openProvingAccount } from '../../../api/proving-account.ts';
import { registry } from '../../../checks/registry.ts';
import { type LintOptions, lintLab } from '../../../runner/lint/lint-lab.ts';
import { rules } from '../../../runner/lint/rules.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { sampleLab, sampleProof } from './sample-lab.ts';

/** What is changed in the sample, and what lint then says: `file:line:column rule message`. */
interface Case {
  readonly rule: string;
  readonly what: string;
  readonly file?: 'proof.yaml';
  readonly from: string;
  readonly to: string;
  readonly says: string;
}

const cases: readonly Case[] = [
  {
    rule: 'points-sum',
    what: 'points that are no percentages',
    from: 'points: 40',
    to: 'points: 30',
    says: 'lab.yaml:8:1 points-sum The checks of this lab are worth 90 points and not 100: key 60, table 30.',
  },
  {
    rule: 'repeated-title',
    what: 'a check that is there twice under its own title',
    from: '    questions:\n',
    to: `      - check: kms/key-exists
        with: { alias: "\${alias}" }
        points: 0
        hint: In KMS, look for \`\${alias}\` again.
    questions:
`,
    says: 'lab.yaml:26:16 repeated-title The stage "key" has another check with the title "A KMS key of the right kind answers to the alias".',
  },
  {
    rule: 'stage-without-points',
    what: 'a stage worth nothing',
    from: 'points: 60',
    to: 'points: 0',
    says: 'lab.yaml:9:9 stage-without-points All checks of the stage "key" are worth zero points.',
  },
  {
    rule: 'hint-gives-away',
    what: 'a command of the solution',
    from: 'In KMS, look for `${alias}` in your Region.',
    to: 'Type `aws kms create-alias --alias-name ${alias} --target-key-id 1`.',
    says: "lab.yaml:25:21 hint-gives-away The hint gives away the solution's command `aws kms create-alias`.",
  },
  {
    rule: 'hint-gives-away',
    what: 'a policy statement',
    from: 'In KMS, look for `${alias}` in your Region.',
    to: '\'Add { "Effect": "Allow", "Action": "kms:*" } to it.\'',
    says: 'lab.yaml:25:22 hint-gives-away The hint gives away a whole policy statement.',
  },
  {
    rule: 'hint-says-nothing',
    what: 'a hint of hardly a word',
    from: 'In KMS, look for `${alias}` in your Region.',
    to: 'Try again.',
    says: 'lab.yaml:25:15 hint-says-nothing The hint says next to nothing.',
  },
  {
    rule: 'hint-says-nothing',
    what: "a hint that repeats the check's title",
    from: 'In KMS, look for `${alias}` in your Region.',
    to: 'Make sure that a KMS key of the right kind answers to the alias.',
    says: 'lab.yaml:25:15 hint-says-nothing The hint only repeats the check: "A KMS key of the right kind answers to the alias".',
  },
  {
    rule: 'question-without-concepts',
    what: 'a question that any answer will do for',
    from: `        expects:
          concepts:
            - { id: safety, about: safety, patterns: [safe*], missing: Say what it is for. }
`,
    to: '',
    says: 'lab.yaml:27:13 question-without-concepts The question "why" expects nothing of its answer.',
  },
  {
    rule: 'guide-syntax',
    what: 'a placeholder that is a redirection',
    from: '--target-key-id "$key_id"',
    to: '--target-key-id <your-key>',
    says: 'lab.yaml:18:75 guide-syntax Bash cannot read this: expected redirect target.',
  },
  {
    rule: 'guide-syntax',
    what: 'a quote that is not closed',
    from: '"$key_id"',
    to: '"$key_id',
    says: 'lab.yaml:18:66 guide-syntax Bash cannot read this: unterminated double quote.',
  },
  {
    rule: 'guide-command',
    what: 'a command that is not there, within a substitution',
    from: 'aws kms create-key ',
    to: 'aws kms crate-key ',
    says: 'lab.yaml:17:24 guide-command The AWS CLI has no command `aws kms crate-key`.',
  },
  {
    rule: 'guide-command',
    what: 'an option that is not there, and so one that is missing',
    from: '--alias-name ${alias}',
    to: '--alias ${alias}',
    says: 'lab.yaml:18:28 guide-command `aws kms create-alias` has no option --alias.',
  },
  {
    rule: 'guide-command',
    what: 'a member of a structure that is not there, in an indented block',
    from: 'AttributeName=id,AttributeType=S',
    to: 'Name=id,AttributeType=S',
    says: 'lab.yaml:41:36 guide-command --attribute-definitions: The value has no member "Name"; there are: AttributeName, AttributeType.',
  },
  {
    rule: 'guide-names',
    what: 'a default written out',
    from: '--table-name ${table}',
    to: '--table-name sample-table',
    says: 'lab.yaml:40:49 guide-names This names "sample-table", the default of the parameter table.',
  },
  {
    rule: 'guide-names',
    what: 'a name that is nearly a default',
    from: '--alias-name ${alias}',
    to: '--alias-name alias/simple-key',
    says: 'lab.yaml:18:41 guide-names "alias/simple-key" is nearly "alias/sample-key", the default of the parameter alias.',
  },
  {
    rule: 'guide-names',
    what: 'another name where other commands name the parameter',
    from: 'KeyType=HASH\n',
    to: 'KeyType=HASH\n         aws dynamodb scan --table-name other\n',
    says: 'lab.yaml:42:41 guide-names --table-name names "other", where the lab\'s other commands name ${table}.',
  },
  {
    rule: 'unused-parameter',
    what: 'a parameter that nothing refers to',
    from: 'stages:\n',
    to: '  user: { default: sample-user }\nstages:\n',
    says: 'lab.yaml:8:3 unused-parameter Nothing refers to the parameter "user".',
  },
  {
    rule: 'dead-link',
    what: 'a heading that is not there',
    from: '#with-the-aws-cli',
    to: '#with-the-console',
    says: 'lab.yaml:12:33 dead-link No heading of this text is called "#with-the-console".',
  },
  {
    rule: 'dead-link',
    what: 'a file that is not there',
    from: '(https://aws.amazon.com/kms/)',
    to: '(images/kms.png)',
    says: 'lab.yaml:4:35 dead-link There is no "images/kms.png" beside the lab file.',
  },
  {
    rule: 'schema-comment',
    what: 'a first line that names no schema',
    from: '# yaml-language-server: $schema=../lab.schema.json\n',
    to: '',
    says: 'lab.yaml:1:1 schema-comment The first line does not name the schema of labs.',
  },
  {
    rule: 'stage-without-solution',
    what: 'a solution that does nothing',
    file: 'proof.yaml',
    from: sampleProof.slice(
      sampleProof.indexOf('table:\n  solution:'),
      sampleProof.indexOf('  mistakes:\n    - id: no-table'),
    ),
    to: 'table:\n  solution: []\n',
    says: 'proof.yaml:14:13 stage-without-solution The solution of the stage "table" does nothing, and dynamodb/table-exists only looks at what is there.',
  },
  {
    rule: 'mistake-out-of-reach',
    what: 'a mistake that only a later stage could catch',
    file: 'proof.yaml',
    from: 'caught-by: kms/key-exists',
    to: 'caught-by: dynamodb/table-exists',
    says: 'proof.yaml:11:18 mistake-out-of-reach The mistake "no-alias" of the stage "key" is to be caught by dynamodb/table-exists, which stands first in the later stage "table".',
  },
  {
    rule: 'check-without-mistake',
    what: 'a check that no mistake is caught by',
    file: 'proof.yaml',
    from: 'caught-by: dynamodb/table-exists',
    to: 'caught-by: kms/key-exists',
    says: 'lab.yaml:44:16 check-without-mistake No mistake in proof.yaml is caught by dynamodb/table-exists.',
  },
  {
    rule: 'proof-call',
    what: 'a call that its service does not have',
    file: 'proof.yaml',
    from: '- dynamodb.CreateTable:',
    to: '- dynamodb.MakeTable:',
    says: 'proof.yaml:15:7 proof-call There is no call dynamodb.MakeTable.',
  },
  {
    rule: 'proof-call',
    what: 'a member that the input does not have, within a list',
    file: 'proof.yaml',
    from: 'AttributeType: S }',
    to: 'Type: S }',
    says: 'proof.yaml:18:53 proof-call dynamodb.CreateTable: AttributeDefinitions[0] has no member "Type".',
  },
  {
    rule: 'proof-call',
    what: 'a policy that is data where the API wants a text',
    file: 'proof.yaml',
    from: '- kms.CreateKey: {}\n      keep',
    to: '- kms.CreateKey: { Policy: { Version: "2012-10-17" } }\n      keep',
    says: 'proof.yaml:3:32 proof-call kms.CreateKey: Policy must be a text.',
  },
  {
    rule: 'proof-call',
    what: 'a path that the answer does not have',
    file: 'proof.yaml',
    from: 'KeyMetadata.KeyId',
    to: 'KeyMetadata.keyId',
    says: 'proof.yaml:4:22 proof-call The answer of kms.CreateKey has no "KeyMetadata.keyId".',
  },
  {
    rule: 'proof-call',
    what: 'a member that a local step does not take',
    file: 'proof.yaml',
    from: '- kms.ListKeys: {}',
    to: '- local.RandomBytes: { Size: 3 }',
    says: 'proof.yaml:24:32 proof-call local.RandomBytes has no member "Size".',
  },
  {
    rule: 'lab-file',
    what: 'what is wrong with the lab file itself',
    from: 'with: { table: "${table}" }',
    to: 'with: { tabel: "${table}" }',
    says: 'lab.yaml:45:17 lab-file stages[1].checks[0].with has no member "tabel".',
  },
  {
    rule: 'lab-file',
    what: 'what is wrong with the proof itself',
    file: 'proof.yaml',
    from: '"${keyId}"',
    to: '"${keyID}"',
    says: 'proof.yaml:5:62 lab-file There is no "keyID" here.',
  },
];

describe('the rules of lint', function () {
  this.timeout(60_000);
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  beforeEach(async () => {
    folder = await temporaryFolder();
  });
  afterEach(() => folder.remove());

  async function lint(
    lab: string,
    proof: string | undefined,
    options: Partial<LintOptions> = {},
  ): Promise<string[]> {
    await writeFile(join(folder.path, 'lab.yaml'), lab);
    if (proof !== undefined) await writeFile(join(folder.path, 'proof.yaml'), proof);
    const found = await lintLab(join(folder.path, 'lab.yaml'), {
      registry,
      nameOf: (path) => basename(path),
      ...options,
    });
    return found.map(
      ({ file, line, column, rule, message }) => `${file}:${line}:${column} ${rule} ${message}`,
    );
  }

  it('mind nothing in a lab that is in order, tried on the sandbox as well', async () => {
    expect(await lint(sampleLab, sampleProof, { openAccount: openProvingAccount })).to.deep.equal([]);
  });

  for (const { rule, what, file, from, to, says } of cases) {
    it(`${rule}: ${what}`, async () => {
      const changed = (text: string, isMeant: boolean) => {
        if (!isMeant) return text;
        expect(text).to.include(from);
        return text.replace(from, () => to);
      };
      const said = await lint(
        changed(sampleLab, file === undefined),
        changed(sampleProof, file !== undefined),
      );
      expect(said).to.include(says);
    });
  }

  it('proof-call: says what may have been meant, and takes what stands for a value', async () => {
    const fixes = async (from: string, to: string) => {
      expect(sampleProof).to.include(from);
      await writeFile(join(folder.path, 'lab.yaml'), sampleLab);
      await writeFile(
        join(folder.path, 'proof.yaml'),
        sampleProof.replace(from, () => to),
      );
      const found = await lintLab(join(folder.path, 'lab.yaml'), { registry });
      return found.map(({ fix }) => fix);
    };
    expect(await fixes('kms.ListKeys:', 'kms.ListKey:')).to.deep.equal(['Did you mean kms.ListKeys?']);
    const [roles] = await fixes('kms.ListKeys:', 'iam.MakeRole:');
    expect(roles).to.match(/^Did you mean .*iam\.CreateRole/);
    expect(
      await fixes('kms.ListKeys: {}', 'dynamodb.UpdateTimeToLive: { TableName: t, TimeToLiveSpec: {} }'),
    ).to.deep.equal(['Did you mean "TimeToLiveSpecification"?']);
    expect(await fixes('KeyMetadata.KeyId', 'KeyMetadata.keyId')).to.deep.equal([
      'Did you mean "KeyMetadata.KeyId"?',
    ]);
    expect(
      await fixes(
        'kms.ListKeys: {}',
        'dynamodb.PutItem: { TableName: t, Item: "${table}", ReturnValues: ALL_OLD }\n          keep: { old: Attributes.id.S }',
      ),
    ).to.deep.equal([]);
  });

  it('no-proof: a lab that nothing proves', async () => {
    expect(await lint(sampleLab, undefined)).to.deep.equal([
      'lab.yaml:2:1 no-proof There is no proof.yaml beside this lab.',
    ]);
  });

  it('untouched-stage: a stage that passes in an empty account', async () => {
    const lab = `${sampleLab.replace('points: 40', 'points: 30')}
  - id: last
    title: Nothing is left
    guide: Delete it.
    checks:
      - check: iam/user-exists
        as: user
        with: { user: "\${table}" }
        points: 10
        hint: Look for the user of that name.
`;
    const proof = `${sampleProof}last:\n  solution:\n    - iam.CreateUser: { UserName: "\${table}" }
  mistakes:
    - id: no-user
      about: Nothing was made
      instead:
        - iam.ListUsers: {}
      caught-by: iam/user-exists
      shows: There is no user
`;
    const whole = await lint(lab, proof, { openAccount: openProvingAccount });
    expect(whole, 'every stage fails until it is done').to.deep.equal([]);
    const idle = lab
      .replace('check: iam/user-exists', 'check: iam/user-deleted')
      .replace('        as: user\n', '');
    const said = await lint(idle, proof.replace('iam/user-exists', 'iam/user-deleted'), {
      openAccount: openProvingAccount,
    });
    expect(said.filter((one) => one.includes('untouched-stage'))).to.have.length(1);
    expect(said.join('\n')).to.include(
      'untouched-stage In an empty account the stage "last" passes (iam/user-deleted).',
    );
  });

  it('unsatisfied-check: a check that the solution does not satisfy, and a solution that cannot be carried out', async () => {
    const openAccount = openProvingAccount;
    const unsatisfied = await lint(
      sampleLab.replace('"${alias}" }', '"${alias}", keySpec: RSA_2048 }'),
      sampleProof,
      {
        openAccount,
      },
    );
    expect(unsatisfied).to.have.length(1);
    expect(unsatisfied[0]).to.match(
      /^lab\.yaml:21:16 unsatisfied-check With the stage "key" solved, kms\/key-exists does not pass \(fail\): .*SYMMETRIC_DEFAULT/,
    );
    const impossible = await lint(
      sampleLab,
      sampleProof.replace('AliasName: "${alias}"', 'AliasName: "no-alias"'),
      {
        openAccount,
      },
    );
    expect(impossible.join('\n')).to.match(
      /^proof\.yaml:\d+:\d+ unsatisfied-check The solution of the stage "key" cannot be carried out: /,
    );
  });

  it('unanswered-link: what is gone is an error, what could not be asked a note, and each is asked once', async () => {
    const asked: string[] = [];
    const server = createServer((request, response) => {
      asked.push(`${request.method} ${request.url}`);
      response.statusCode = request.url === '/gone' ? 404 : request.url === '/closed' ? 403 : 200;
      // Some servers answer HEAD otherwise than GET.
      if (request.url === '/no-head' && request.method === 'HEAD') response.statusCode = 405;
      response.end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const at = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const links = ['there', 'there#part', 'no-head', 'gone', 'closed']
      .map((path) => `[x](${at}/${path})`)
      .join(' ');
    const lab = sampleLab.replace('[KMS](https://aws.amazon.com/kms/)', `${links} [y](http://127.0.0.1:1/)`);
    try {
      await writeFile(join(folder.path, 'lab.yaml'), lab);
      await writeFile(join(folder.path, 'proof.yaml'), sampleProof);
      const path = join(folder.path, 'lab.yaml');
      expect(await lintLab(path, { registry }), 'nobody is asked unless wanted').to.deep.equal([]);
      const found = await lintLab(path, { registry, asksNetwork: true });
      const told = found.map(({ severity, message }) => `${severity}: ${message.replace(at, '')}`);
      expect(told).to.have.members([
        'error: /gone answers 404 Not Found.',
        'note: /closed could not be asked: 403 Forbidden.',
        'note: http://127.0.0.1:1/ could not be asked: bad port.',
      ]);
      expect(asked.filter((one) => one === 'HEAD /there')).to.have.length(1);
    } finally {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    }
  });

  it('are listed, each from a file of its name, and documented', async () => {
    const files = await readdir(new URL('../../../runner/lint/rules/', import.meta.url));
    expect(rules.map(({ id }) => `${id}.ts`)).to.have.members(files);
    const page = await readFile(new URL('../../../docs/lint.md', import.meta.url), 'utf8');
    const rows = [...page.matchAll(/^\| `([a-z-]+)` \| (error|warning) \| /gm)].map(
      ([, id, severity]) => `${id} ${severity}`,
    );
    expect(rows).to.deep.equal(rules.map(({ id, severity }) => `${id} ${severity}`));
    for (const { why } of rules) expect(why).to.match(/^[A-Z].*\.$/);
  });
});

describe('# lint-ignore', () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  beforeEach(async () => {
    folder = await temporaryFolder();
    await writeFile(join(folder.path, 'proof.yaml'), sampleProof);
  });
  afterEach(() => rm(folder.path, { recursive: true }));

  const unfair = sampleLab.replace('points: 40', 'points: 30');
  async function lint(lab: string): Promise<string[]> {
    await writeFile(join(folder.path, 'lab.yaml'), lab);
    const found = await lintLab(join(folder.path, 'lab.yaml'), { registry });
    return found.map(
      ({ line, column, rule, severity, message }) => `${line}:${column} ${rule} ${severity} ${message}`,
    );
  }

  it('keeps what it stands before, with a reason', async () => {
    expect(await lint(unfair)).to.have.length(1);
    expect(
      await lint(unfair.replace('stages:', '# lint-ignore points-sum: part of a series\nstages:')),
    ).to.deep.equal([]);
    expect(
      await lint(unfair.replace('stages:', 'stages: # lint-ignore points-sum: part of a series')),
    ).to.deep.equal([]);
  });

  it('keeps what is indented below it, and nothing after', async () => {
    const lab = sampleLab
      .replace('Make ${alias},', 'Make alias/sample-key,')
      .replace('Make ${table}.', 'Make sample-table.');
    expect(await lint(lab)).to.have.length(2);
    const kept = lab.replace(
      '    guide: |',
      '    # lint-ignore guide-names: to be seen literally\n    guide: |',
    );
    expect(await lint(kept)).to.deep.equal([
      '36:12 guide-names warning This names "sample-table", the default of the parameter table.',
    ]);
  });

  it('is minded without a reason, without a need, and for no rule', async () => {
    expect(await lint(unfair.replace('stages:', '# lint-ignore points-sum\nstages:'))).to.deep.equal([
      '8:1 lint-ignore error This says no reason.',
      '9:1 points-sum warning The checks of this lab are worth 90 points and not 100: key 60, table 30.',
    ]);
    expect(
      await lint(sampleLab.replace('stages:', '# lint-ignore points-sum: no need\nstages:')),
    ).to.deep.equal(['8:1 lint-ignore warning Nothing here offends against points-sum.']);
    expect(await lint(sampleLab.replace('stages:', '# lint-ignore nonsense: why\nstages:'))).to.deep.equal([
      '8:1 lint-ignore error There is no rule "nonsense".',
    ]);
  });

  it('is text within a text', async () => {
    const lab = sampleLab.replace(
      '      Make ${table}.\n',
      '      # lint-ignore nonsense: this is a heading\n      Make ${table}.\n',
    );
    expect(await lint(lab)).to.deep.equal([]);
  });
});
