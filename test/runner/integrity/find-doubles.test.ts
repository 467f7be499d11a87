/** What two learners cannot both have. */
import { generateKeyPairSync } from 'node:crypto';
import { expect } from 'chai';
import { type ClassResult, findDoubles } from '../../../runner/integrity/find-doubles.ts';
import { sealResult } from '../../../runner/integrity/sealed-result.ts';
import type { Result } from '../../../runner/result.ts';
import { sampleResult } from '../../reports/sample-result.ts';

const { privateKey: key } = generateKeyPairSync('ed25519');

/** The sample, as another account would have it: other ids throughout. */
function resultOf(account: string): Result {
  const sample = sampleResult();
  const text = JSON.stringify(sample).replaceAll(sample.account.id, account);
  let count = 0;
  return JSON.parse(text, (name, value: unknown) =>
    name === 'requestId' ? `${account}-request-${count++}` : value,
  ) as Result;
}

function learner(name: string, account: string, more: Partial<ClassResult> = {}): ClassResult {
  const result = resultOf(account);
  return {
    learner: name,
    declaredAccount: account,
    result,
    sealed: sealResult({ key, result, run: 'r', learner: name }),
    recording: `recording of ${account}`,
    ...more,
  };
}

const ada = learner('ada', '111111111111');
const bob = learner('bob', '222222222222');
const cai = learner('cai', '333333333333');
const kinds = (results: ClassResult[]) =>
  findDoubles(results).map(({ kind, learners }) => `${kind}: ${learners.join(', ')}`);

describe('a class side by side', () => {
  it('has nothing to tell of honest work, nor of two attempts of one learner', () => {
    expect(findDoubles([])).to.deep.equal([]);
    expect(findDoubles([ada, bob, cai, ada])).to.deep.equal([]);
  });

  it('shows two learners with one account, although each was graded by itself', () => {
    const again = resultOf('111111111111');
    const text = JSON.stringify(again).replaceAll('111111111111-request', 'later-request');
    const result = JSON.parse(text) as Result;
    const dan: ClassResult = { learner: 'dan', declaredAccount: '111111111111', result };
    expect(kinds([ada, bob, dan])).to.deep.equal(['one account: ada, dan']);
  });

  it('shows copied evidence, under another account as well, with the requests that show it', () => {
    const text = JSON.stringify(ada.result)
      .replaceAll('"111111111111"', '"222222222222"')
      .replaceAll('::111111111111:', '::222222222222:');
    const result = JSON.parse(text) as Result;
    const found = findDoubles([ada, { learner: 'bob', declaredAccount: '222222222222', result }]);
    expect(found.map(({ kind }) => kind)).to.deep.equal(['copied evidence']);
    expect(found[0]?.learners).to.deep.equal(['ada', 'bob']);
    expect(found[0]?.shown.length).to.be.greaterThan(3);
    expect(found[0]?.shown.every((id) => id.startsWith('111111111111-request'))).to.equal(true);
  });

  it('shows the same recording', () => {
    expect(kinds([ada, { ...bob, ...(ada.recording && { recording: ada.recording }) }, cai])).to.deep.equal([
      'copied recording: ada, bob',
    ]);
  });

  it('shows an account that is not the declared one, and calls of another account', () => {
    expect(kinds([{ ...ada, declaredAccount: '999999999999' }, bob])).to.deep.equal(['swapped account: ada']);
    const mixed = { ...bob.result, account: { ...bob.result.account, id: '444444444444' } };
    expect(kinds([{ learner: 'bob', declaredAccount: '444444444444', result: mixed }])).to.deep.equal([
      'mixed accounts: bob',
    ]);
  });

  it('shows an edited result, by its seal or by points that do not add up', () => {
    const message = JSON.parse(JSON.stringify(ada.result)) as Result;
    const [check] = message.stages[0]?.checks ?? [];
    if (!check) throw new Error('The sample has no check.');
    check.message = 'All is well.';
    expect(findDoubles([{ ...ada, result: message }])).to.deep.include({
      kind: 'edited result',
      learners: ['ada'],
      message: 'The result of ada was edited: result.',
      shown: ['result'],
    });
    const score = { ...ada.result, score: { ...ada.result.score, points: ada.result.score.max } };
    expect(findDoubles([{ learner: 'ada', result: score }])[0]?.shown).to.deep.equal(['score']);
  });
});
