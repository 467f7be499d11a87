/** A class held against itself in little memory comes to the same as all its results side by side. */
import { expect } from 'chai';
import fc from 'fast-check';
import { Marks } from '../../../runner/grading/marks.ts';
import { Suspicions } from '../../../runner/grading/suspicions.ts';
import { findDoubles } from '../../../runner/integrity/find-doubles.ts';
import type { Evidence, Result } from '../../../runner/result.ts';
import { sampleResult } from '../../reports/sample-result.ts';

const sample = sampleResult();

/** Of the account, with these requests as all its evidence. */
function resultOf(account: string, requests: readonly string[]): Result {
  const evidence = requests.map(
    (requestId): Evidence => ({
      call: 'kms:DescribeKey',
      principal: `arn:aws:iam::${account}:user/admin`,
      input: {},
      requestId,
      at: sample.startedAt,
      durationMs: 1,
    }),
  );
  return {
    ...sample,
    account: { ...sample.account, id: account, arn: `arn:aws:iam::${account}:user/admin` },
    stages: sample.stages.map((stage, at) => ({
      ...stage,
      checks: stage.checks.map((check, index) => ({
        ...check,
        evidence: at === 0 && index === 0 ? evidence : [],
      })),
    })),
  };
}

describe('what is suspected of a class', () => {
  const learner = fc.record({
    account: fc.integer({ min: 100_000_000_000, max: 100_000_000_012 }).map(String),
    declared: fc.option(fc.integer({ min: 100_000_000_000, max: 100_000_000_012 }).map(String), {
      nil: undefined,
    }),
    requests: fc.array(
      fc.integer({ min: 0, max: 60 }).map((nth) => `request-${nth}`),
      { maxLength: 4 },
    ),
    recording: fc.option(fc.integer({ min: 0, max: 20 }).map(String), { nil: undefined }),
  });

  it('is the same, in the same order, as of all results together', () => {
    fc.assert(
      fc.property(fc.array(learner, { maxLength: 12 }), (drawn) => {
        const suspicions = new Suspicions();
        const results = drawn.map(({ account, declared, requests, recording }, nth) => {
          const result = resultOf(account, requests);
          const id = `learner-${nth}`;
          suspicions.add({ id, ...(declared && { account: declared }) }, result, recording);
          return {
            learner: id,
            result,
            ...(declared && { declaredAccount: declared }),
            ...(recording && { recording }),
          };
        });
        const order = ['one account', 'copied evidence', 'copied recording'];
        const all = findDoubles(results);
        // What concerns one learner alone is told by learner.
        const shared = all.filter(({ kind }) => order.includes(kind));
        const found = suspicions.found();
        expect(found.slice(0, shared.length)).to.deep.equal(shared);
        expect(found.slice(shared.length)).to.have.deep.members(all.slice(shared.length));
      }),
    );
  });

  it('is nothing of learners who have nothing at all in common', () => {
    const suspicions = new Suspicions();
    for (const nth of [1, 2, 3]) suspicions.add({ id: `${nth}` }, resultOf(`10000000000${nth}`, []));
    expect(suspicions.found()).to.deep.equal([]);
  });
});

describe('marks', () => {
  it('name everybody with a value that another has, and hardly anybody else', () => {
    const marks = new Marks();
    for (let holder = 0; holder < 20_000; holder++)
      for (let nth = 0; nth < 10; nth++) marks.add(`request ${holder} ${nth}`, holder);
    marks.add('request 17 3', 4711);
    marks.add('request 17 3', 17);
    const alike = marks.alike();
    expect(alike.has(17) && alike.has(4711)).to.equal(true);
    expect(alike.size).to.be.below(40);
  });
});
