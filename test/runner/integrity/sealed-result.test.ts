/** Whatever is changed in a sealed result, or in the chain of a run, is found. */
import { generateKeyPairSync } from 'node:crypto';
import { appendFile, mkdir, readFile, rename, rmdir, stat, writeFile } from 'node:fs/promises';
import { expect } from 'chai';
import { Chain } from '../../../runner/integrity/chain.ts';
import { readResults } from '../../../runner/integrity/read-results.ts';
import { type SealedResult, sealResult } from '../../../runner/integrity/sealed-result.ts';
import { publicKeyText } from '../../../runner/integrity/signing-key.ts';
import { verifyFile } from '../../../runner/integrity/verify-seals.ts';
import type { Result } from '../../../runner/result.ts';
import { sampleResult } from '../../reports/sample-result.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const { privateKey: key } = generateKeyPairSync('ed25519');
const result: Result = sampleResult();

function wrong(text: string): string[] {
  const file = readResults(text, 'results.jsonl');
  const items = verifyFile(file, { key: publicKeyText(key), labDigest: () => result.lab.digest });
  return items.filter(({ state }) => state !== 'good').map(({ id }) => id);
}

/** Paths to every value within, members and items. */
function paths(value: unknown, before: readonly string[] = []): string[][] {
  if (typeof value !== 'object' || value === null) return [[...before]];
  return Object.entries(value).flatMap(([name, member]) => paths(member, [...before, name]));
}

function changed(value: unknown): unknown {
  if (typeof value === 'number') return value + 1;
  if (typeof value === 'boolean') return !value;
  return value === null ? 'something' : `${String(value)} `;
}

function changeAt(document: unknown, path: readonly string[]): void {
  const holder = path
    .slice(0, -1)
    .reduce((at, name) => (at as Record<string, unknown>)[name], document) as Record<string, unknown>;
  const name = path.at(-1) ?? '';
  holder[name] = changed(holder[name]);
}

describe('a sealed result', () => {
  const sealed = sealResult({ key, result, run: 'run-1', learner: 'ada', recording: 'a'.repeat(64) });
  const text = JSON.stringify(sealed);

  it('is good as it was written, also with its members in another order', () => {
    expect(wrong(text)).to.deep.equal([]);
    const { schema, seal, signature, result: inside } = sealed;
    expect(wrong(JSON.stringify({ result: inside, signature, seal, schema }, null, 4))).to.deep.equal([]);
  });

  it('shows every single change of any value in it', function () {
    this.timeout(20_000);
    const all = paths(sealed).filter(([first]) => first !== 'schema');
    expect(all.length).to.be.greaterThan(300);
    for (const path of all) {
      const copy = JSON.parse(text) as SealedResult;
      changeAt(copy, path);
      let found: string[];
      try {
        found = wrong(JSON.stringify(copy));
      } catch (error) {
        // What is no result any more is refused altogether.
        found = [(error as Error).message];
      }
      expect(found, path.join('.')).to.not.deep.equal([]);
    }
  });

  it('shows what is added to it or taken from it', () => {
    const more = JSON.parse(text) as { result: Record<string, unknown> };
    more.result.bonus = 5;
    expect(wrong(JSON.stringify(more))).to.deep.equal(['contents']);
    const less = JSON.parse(text) as { result: { questions: unknown[] } };
    less.result.questions.pop();
    expect(wrong(JSON.stringify(less))).to.deep.equal(['contents']);
  });

  it('shows another key, and a seal that was made anew with another key', () => {
    const other = generateKeyPairSync('ed25519').privateKey;
    expect(wrong(JSON.stringify(sealResult({ key: other, result, run: 'run-1' })))).to.deep.equal(['key']);
    const mixed = sealResult({ key: other, result, run: 'run-1' });
    expect(
      wrong(JSON.stringify({ ...mixed, seal: { ...mixed.seal, key: publicKeyText(key) } })),
    ).to.deep.equal(['signature']);
  });

  it('holds no private key', () => {
    const secret = key.export({ format: 'jwk' }).d ?? '';
    expect(secret).to.have.length(43);
    expect(text).to.not.include(secret).and.not.include('PRIVATE');
  });
});

describe('the chain of a run', () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  beforeEach(async () => {
    folder = await temporaryFolder();
  });
  afterEach(() => folder.remove());

  async function written(count: number): Promise<{ file: string; lines: string[] }> {
    const file = `${folder.path}/results.jsonl`;
    const chain = await Chain.open(file, key);
    await Promise.all(
      Array.from({ length: count }, (_, at) => chain.add(result, { learner: `learner ${at}` })),
    );
    return { file, lines: (await readFile(file, 'utf8')).trimEnd().split('\n') };
  }

  it('is good as it was written, and shows a line that is taken out, moved, doubled or of another run', async () => {
    const { lines } = await written(6);
    expect(wrong(lines.join('\n'))).to.deep.equal([]);
    const other = JSON.stringify(sealResult({ key, result, run: 'another' }));
    const without = (at: number) => lines.filter((_, index) => index !== at);
    for (const at of [0, 1, 4])
      expect(wrong(without(at).join('\n')), `without ${at}`).to.deep.equal(['chain']);
    expect(wrong([...lines].reverse().join('\n'))).to.deep.equal(['chain']);
    expect(wrong([...lines, lines[5]].join('\n'))).to.deep.equal(['chain']);
    expect(wrong([...lines, other].join('\n'))).to.deep.equal(['chain']);
    expect(wrong([other, ...lines.slice(1)].join('\n'))).to.deep.equal(['chain']);
    // One alone says that it is one alone.
    expect(wrong(lines[3] ?? '')).to.deep.equal([]);
  });

  it('goes on after it was cut off in the middle of a line', async () => {
    const { file, lines } = await written(3);
    await appendFile(file, (lines[0] ?? '').slice(0, 200));
    await (await Chain.open(file, key)).add(result);
    const text = await readFile(file, 'utf8');
    expect(text.trimEnd().split('\n')).to.have.length(4);
    expect(wrong(text)).to.deep.equal([]);
    if (process.platform !== 'win32') expect((await stat(file)).mode & 0o777).to.equal(0o600);
  });

  it('goes on after a result that could not be written, without it', async () => {
    const { file, lines } = await written(2);
    const chain = await Chain.open(file, key);
    await rename(file, `${file}.away`);
    await mkdir(file);
    const failed = await Promise.allSettled([chain.add(result), chain.add(result)]);
    expect(failed.map(({ status }) => status)).to.deep.equal(['rejected', 'rejected']);
    await rmdir(file);
    await rename(`${file}.away`, file);
    await chain.add(result);
    const text = await readFile(file, 'utf8');
    expect(text.trimEnd().split('\n')).to.have.length(lines.length + 1);
    expect(wrong(text)).to.deep.equal([]);
  });

  it('is refused with the line that is none', async () => {
    const { file, lines } = await written(2);
    await writeFile(file, `${lines[0]}\nnonsense\n${lines[1]}`);
    const text = await readFile(file, 'utf8');
    expect(() => readResults(text, 'r.jsonl')).to.throw('r.jsonl, line 2 is no sealed result');
  });
});
