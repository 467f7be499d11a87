/** The drawing of what a lab builds. */
import { expect } from 'chai';
import fc from 'fast-check';
import { drawArchitecture } from '../../reports/drawing/architecture.ts';
import { lightPalette } from '../../reports/drawing/palette.ts';
import { storeysOf } from '../../reports/drawing/storeys.ts';
import { svgElement } from '../../reports/drawing/svg.ts';
import { type ArchitectureView, architectureView } from '../../reports/view/architecture.ts';
import { hostileTexts } from './hostile-text.ts';
import { tagsOf } from './markup.ts';
import { finding, sampleResult, stage } from './sample-result.ts';

const viewOf = (changes = {}) => architectureView(sampleResult(changes)) as ArchitectureView;
const states = (view: ArchitectureView) =>
  Object.fromEntries([
    ...view.parts.map(({ id, state }) => [id, state]),
    ...view.arrows.map(({ from, to, state }) => [`${from} to ${to}`, state]),
  ]);

describe('the architecture', () => {
  it('is proven as far as its checks passed, and by nothing else', () => {
    const only = (verdict: 'pass' | 'fail' | 'error' | 'skip') =>
      states(
        viewOf({ stages: [stage('key', 'Key', 'Key', [finding('kms/key-exists', 'Key', { verdict })])] }),
      );
    expect(only('pass')).to.include({
      key: 'proven',
      table: 'open',
      owner: 'given',
      'key to owner': 'given',
    });
    expect(only('fail').key).to.equal('failed');
    expect(only('error').key).to.equal('open');
    expect(only('skip').key).to.equal('open');
  });

  it('counts what is proven', () => {
    expect(viewOf({ stages: [] }).summary).to.equal('0 of 7 proven, 7 not judged yet');
  });

  it('takes a check by its name in the lab as well', () => {
    const named = finding('x/y', 'Key', { as: 'kms/key-exists' });
    expect(states(viewOf({ stages: [stage('s', 'S', 'S', [named])] })).key).to.equal('proven');
  });

  it('says everything in words', () => {
    for (const width of [720, 350]) {
      const { title, description } = drawArchitecture(viewOf(), width, lightPalette);
      expect(title).to.match(/^What this lab builds: \d of 7 proven/);
      expect(description).to.include('KMS key alias/nextwork-kms-key (proven).');
      expect(description).to.include('You to DynamoDB table: reads the items (');
      expect(description).to.include('KMS key to You: answers to.');
    }
  });

  it('puts below what is acted on, also where arrows go in a circle', () => {
    const link = (from: string, to: string) => ({ from, to });
    const storeys = storeysOf(
      ['a', 'b', 'c'],
      [link('a', 'b'), link('b', 'c'), link('a', 'c'), link('c', 'a')],
    );
    expect([...storeys].sort()).to.deep.equal([
      ['a', 0],
      ['b', 1],
      ['c', 2],
    ]);
  });

  it('is one well-formed drawing for any parts and arrows', () => {
    const id = fc.integer({ min: 0, max: 6 }).map(String);
    const state = fc.constantFrom('proven', 'failed', 'open', 'given');
    const text = fc.oneof(fc.constantFrom(...Object.values(hostileTexts)), fc.string({ maxLength: 80 }));
    const kind = fc.constantFrom('person', 'database', 'key', 'policy', 'function', 'storage', 'service');
    const views = fc.record({
      parts: fc.uniqueArray(fc.record({ id, kind, title: text, name: text, state }), {
        selector: (part) => part.id,
        minLength: 2,
        maxLength: 7,
      }),
      arrows: fc.array(fc.record({ from: id, to: id, says: text, state }), { maxLength: 9 }),
      summary: text,
    });
    fc.assert(
      fc.property(views, fc.constantFrom(350, 720, 760), ({ parts, arrows, summary }, width) => {
        const known = new Set(parts.map((part) => part.id));
        const joined = arrows.filter(({ from, to }) => from !== to && known.has(from) && known.has(to));
        const view = { parts, arrows: joined, summary } as ArchitectureView;
        const drawing = drawArchitecture(view, width, lightPalette);
        const tags = tagsOf(svgElement(drawing, 'x'));
        expect(tags[0]?.attributes.get('role')).to.equal('img');
        expect(Number.isFinite(drawing.height) && drawing.height > 0).to.equal(true);
        expect(tags.every(({ attributes }) => ![...attributes.values()].join().includes('NaN'))).to.equal(
          true,
        );
        expect(tags.some(({ name }) => /^(script|a|use|image|foreignObject|style)$/.test(name))).to.equal(
          false,
        );
      }),
      { numRuns: 200 },
    );
  });
});
