/** Autograders that take results which the instructor signed, and nothing else: on Gradescope, and on Classroom 50. */
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { z } from 'zod';
import { GradescopeContainer } from '../../support/gradescope-container.ts';
import { firstLab, readLab } from '../../support/labs.ts';
import { bareEnvironment, labwright } from '../../support/labwright.ts';
import { bash, python } from '../../support/requires.ts';
import { type ClassMember, RoleClass } from '../../support/role-class.ts';
import { runProgram } from '../../support/run-program.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import '../../support/quiet-sdk.ts';

const lab = 'encrypt-data-with-kms';

describe('an autograder for signed results', function () {
  this.timeout(120_000);
  let people: RoleClass;
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let key: string;
  /** Lines of the chain by learner. */
  const signed = new Map<string, string>();
  /** Calls that had arrived when all was signed. */
  let calls: number;

  const path = (...parts: string[]) => join(folder.path, ...parts);
  const signedOf = (id: string) => signed.get(id) ?? '';
  const make = async (...args: string[]) => {
    const made = await labwright(['autograder', 'make', lab, '--key', key, ...args], { cwd: folder.path });
    expect(made.code, made.stderr).to.equal(0);
    return made.stdout;
  };
  /** The same result with more points, and the signature that it had. */
  const forged = (id: string) => {
    const whole = JSON.parse(signedOf(id)) as { result: { score: { points: number; max: number } } };
    whole.result.score.points = whole.result.score.max;
    return JSON.stringify(whole);
  };
  const unsigned = (id: string) => JSON.stringify(JSON.parse(signedOf(id)).result);

  before(async () => {
    people = await RoleClass.start(await readLab(firstLab));
    folder = await temporaryFolder();
    const members: ClassMember[] = [];
    for (const id of ['Ada', 'bob']) members.push(await people.join(id));
    for (const [at, member] of members.entries())
      await people.solve(member, ...['key', 'table', 'data'].slice(0, 3 - at));
    const rows = members.map(({ id, role, externalId }) => `${id},${id}@example.org,${role},${externalId}`);
    writeFileSync(path('class.csv'), `learner id,e-mail,role,external id\n${rows.join('\n')}\n`);
    key = (await labwright(['keygen', 'instructor.key'], { cwd: folder.path })).stdout.trim();
    const args = ['grade', lab, '--roster', 'class.csv', '--out', 'class', '--sign', 'instructor.key'];
    const graded = await labwright(args, { cwd: folder.path, env: people.env });
    expect(graded.code, graded.stderr).to.equal(0);
    const [chain = ''] = readdirSync(path('class', 'signed'));
    for (const line of readFileSync(path('class', 'signed', chain), 'utf8')
      .trim()
      .split('\n'))
      signed.set(JSON.parse(line).seal.learner, line);
    calls = people.records.length;
  });
  after(async () => {
    await people?.stop();
    await folder?.remove();
  });

  describe('on Gradescope', () => {
    let shell: string;
    let count = 0;
    before(async function () {
      shell = bash.call(this);
      const said = await make('--for', 'gradescope', '--roster', 'class.csv', '--out', 'gradescope');
      expect(said).to.include('--sign');
    });
    const handIn = (email: string, files: Record<string, string>) =>
      new GradescopeContainer(path(`container-${count++}`), path('gradescope'), { bash: shell, env: {} }).run(
        {
          email,
          files,
        },
      );

    it("gives the points of the learner's own signed result, without AWS", async () => {
      const { code, stderr, results } = await handIn('ada@example.org', { 'mine.json': signedOf('Ada') });
      expect(code, stderr).to.equal(0);
      expect(results?.score).to.equal(JSON.parse(signedOf('Ada')).result.score.points);
      expect(results?.score).to.be.above(0);
      expect(people.records.length).to.equal(calls);
    });

    it('finds the own one among many, also in a chain', async () => {
      const deep = `${'['.repeat(200_000)}${']'.repeat(200_000)}`;
      const files = {
        'chain.jsonl': `${signedOf('Ada')}\n${signedOf('bob')}\n`,
        'forged.json': forged('bob'),
        // As far as JSON.parse goes, and too deep for whatever walks it.
        'deep.json': signedOf('bob').replace('"result":{', `"result":{"x":${deep},`),
      };
      const { code, stderr, results } = await handIn('bob@example.org', files);
      expect(code, stderr).to.equal(0);
      expect(results?.score).to.equal(JSON.parse(signedOf('bob')).result.score.points);
    });

    it('gives no score to anything else, and says why', async () => {
      for (const [files, told] of [
        [{}, 'No file that was handed in is a result of Labwright'],
        [{ 'mine.json': signedOf('Ada') }, 'signed for somebody else'],
        [{ 'mine.json': unsigned('bob') }, 'Nobody signed this result'],
        [{ 'mine.json': forged('bob') }, 'Edited after it was sealed'],
      ] as const) {
        const { code, stderr, results } = await handIn('bob@example.org', files);
        expect([code, results]).to.deep.equal([3, undefined]);
        expect(stderr)
          .to.match(/^No score is given\./)
          .and.to.include(told);
      }
    });

    it('tells by the account whose result it is that names no learner', async () => {
      const [, bob] = people.members;
      if (!bob) throw new Error('There is no bob.');
      const checked = await labwright(
        ['check', lab, '--role', bob.role, '--external-id', bob.externalId, '--sign', 'instructor.key'],
        { cwd: folder.path, env: people.env },
      );
      expect(JSON.parse(checked.stdout).seal).to.not.have.property('learner');
      const own = await handIn('bob@example.org', { 'mine.json': checked.stdout });
      expect(own.results?.score, own.stderr).to.equal(JSON.parse(checked.stdout).result.score.points);
      const another = await handIn('ada@example.org', { 'mine.json': checked.stdout });
      expect([another.code, another.results]).to.deep.equal([3, undefined]);
      calls = people.records.length;
    });

    it("takes another instructor's signature for none", async () => {
      const other = (await labwright(['keygen', 'other.key'], { cwd: folder.path })).stdout.trim();
      const args = ['--for', 'gradescope', '--roster', 'class.csv', '--key', other, '--out', 'other'];
      expect((await labwright(['autograder', 'make', lab, ...args], { cwd: folder.path })).code).to.equal(0);
      const ran = await new GradescopeContainer(path('container-other'), path('other'), {
        bash: shell,
        env: {},
      }).run({ email: 'bob@example.org', files: { 'mine.json': signedOf('bob') } });
      expect([ran.code, ran.results]).to.deep.equal([3, undefined]);
      expect(ran.stderr).to.include(`Signed with another key than ${other}`);
    });
  });

  describe('on Classroom 50', () => {
    const schema = z.fromJSONSchema(
      JSON.parse(
        readFileSync(
          new URL('../../reports/gradebook/classroom50-result.schema.json', import.meta.url),
          'utf8',
        ),
      ),
    );
    let interpreter: string;
    let count = 0;
    before(async function () {
      interpreter = python.call(this);
      bash.call(this, 'git');
      await make('--for', 'classroom50', '--out', 'bundle');
    });
    const submit = async (owner: string, files: Record<string, string>, env: Record<string, string> = {}) => {
      const checkout = path(`checkout-${count++}`);
      mkdirSync(checkout);
      for (const [name, text] of Object.entries(files)) writeFileSync(join(checkout, name), text);
      const git = bareEnvironment({ GIT_COMMITTER_DATE: '2026-11-30T23:30:00+02:00' });
      for (const args of [
        ['init', '-q'],
        [
          '-c',
          'user.name=a',
          '-c',
          'user.email=a@example.org',
          'commit',
          '-q',
          '--allow-empty',
          '-m',
          'work',
        ],
      ])
        expect((await runProgram('git', args, { cwd: checkout, env: git })).code).to.equal(0);
      const ran = await runProgram(interpreter, [path('bundle', 'autograder.py')], {
        cwd: checkout,
        env: bareEnvironment({
          PATH: `${join(process.execPath, '..')}:${process.env.PATH}`,
          CLASSROOM: 'aws-2026',
          ASSIGNMENT: 'kms',
          ASSIGNMENT_TYPE: 'individual',
          OWNER: owner,
          SUBMISSION_TAG: 'submit/2026-11-30T21-30-00Z-a1b2c3d',
          COMMIT_URL: 'https://github.com/x/y/commit/1',
          RELEASE_URL: 'https://github.com/x/y/releases/1',
          REVIEW_URL: 'https://github.com/x/y/compare/1...2',
          ...env,
        }),
      });
      const file = join(checkout, 'result.json');
      const result = existsSync(file)
        ? (schema.parse(JSON.parse(readFileSync(file, 'utf8'))) as Record<string, unknown>)
        : undefined;
      return { ...ran, result };
    };

    it('leaves a result.json as Classroom 50 reads it, and exits with 0 whatever the points', async () => {
      const { code, stderr, result } = await submit('ada', { 'signed.json': signedOf('Ada') });
      expect(code, stderr).to.equal(0);
      expect(result).to.include({
        owner: 'ada',
        score: JSON.parse(signedOf('Ada')).result.score.points,
        'max-score': 100,
        datetime: '2026-11-30T21:30:00Z',
      });
      expect(result?.score).to.be.below(100);
    });

    it('fails, and leaves no result, where nothing of the learner is signed', async () => {
      const fake = JSON.stringify({ schema: 'classroom50/result/v1', score: 100, 'max-score': 100 });
      const submissions: Record<string, string>[] = [
        { 'result.json': fake },
        { 'result.json': fake, 'signed.json': forged('bob') },
        { 'signed.json': signedOf('Ada') },
        { 'a\n::set-output name=x::y.json': unsigned('bob') },
      ];
      for (const files of submissions) {
        const ran = await submit('bob', files);
        expect(ran.code).to.equal(3);
        expect(ran.result).to.equal(undefined);
        // A line of the learner's own would be a command to GitHub Actions.
        expect(ran.stderr).to.match(/^::error::No score is given\. [^\n]*\n$/);
      }
    });

    it('says so where there is no Node.js', async () => {
      const empty = path('empty');
      mkdirSync(empty, { recursive: true });
      const { code, stderr } = await submit('bob', {}, { PATH: empty });
      expect(code).to.equal(1);
      expect(stderr).to.include('Node.js is missing');
    });

    it('holds neither a roster nor a secret, and fits into what Classroom 50 fetches', async () => {
      const files = readdirSync(path('bundle'), { recursive: true, encoding: 'utf8' });
      expect(readFileSync(path('bundle', 'autograder.json'), 'utf8')).to.not.include('@example.org');
      expect(files.filter((file) => /proof|\.key$|assume-policy/.test(file))).to.deep.equal([]);
      // What runner.py fetches is packed, and at most 10 MB.
      const bytes = files.reduce((sum, file) => sum + statSync(path('bundle', file)).size, 0);
      expect(bytes).to.be.below(10_000_000);
      cpSync(path('class.csv'), path('again.csv'));
      for (const args of [
        ['--for', 'classroom50', '--out', 'x', '--key', key, '--roster', 'again.csv'],
        ['--for', 'classroom50', '--out', 'x'],
      ])
        expect((await labwright(['autograder', 'make', lab, ...args], { cwd: folder.path })).code).to.equal(
          2,
        );
      expect(existsSync(path('x'))).to.equal(false);
    });
  });
});
