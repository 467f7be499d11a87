import { expect } from 'chai';
import { feedbackOn } from './first-lab.ts';

const stateOf = (answer: string | undefined, question = 'what-the-user-got') =>
  feedbackOn(question, answer).state;

describe('feedback on an answer', () => {
  it('is "unanswered" without one', () => {
    for (const answer of [undefined, '', ' \n\t ']) expect(stateOf(answer)).to.equal('unanswered');
  });

  for (const stub of [
    '...',
    'The permissions that I gave are ...',
    'The permissions I gave the user are.',
    'I chose this option because…',
    'TODO',
    '![](screenshot.png)',
    'What I held back includes',
    'Which permissions did you give the test user, and which did you hold back?\n\n',
  ]) {
    it(`sees that only a beginning is there: ${stub}`, () => {
      expect(stateOf(stub)).to.equal('stub');
      // Also where the author expects nothing in particular.
      if (!stub.startsWith('Which')) expect(stateOf(stub, 'goal')).to.equal('stub');
    });
  }

  for (const [answer, left] of [
    ['I gave it full access to DynamoDB. But not the', 'But not the'],
    ['I gave it full access.\n\nWhat it may do in DynamoDB and', 'What it may do in DynamoDB and'],
    ['It has DynamoDB. What I held back is.', 'What I held back is'],
    [
      'I attached the policy. The permissions that I held back are. So it was denied.',
      'The permissions that I held back are',
    ],
    ['I attached the policy AmazonDynamoDBFullAccess. T', 'T'],
    [
      'I attached the policy. The reason is that it may read, because ...',
      'The reason is that it may read, because …',
    ],
  ] as const) {
    it(`sees a sentence that was left: ${answer}`, () => {
      expect(feedbackOn('goal', answer)).to.deep.include({ state: 'cut-off', unfinished: [left] });
    });
  }

  for (const whole of [
    'About two hours',
    '1h',
    'The hardest part: key policies, grants, etc...',
    'I now know what encryption keys are.',
    'Three things were new:\n\n- keys\n- policies\n- grants',
    'It is the service that I worked with.',
  ]) {
    it(`takes for finished: ${whole}`, () => {
      expect(stateOf(whole, 'goal')).to.equal('answered');
    });
  }

  it('is "thin" for a few words, and "incomplete" for more', () => {
    expect(stateOf('DynamoDB full access.')).to.equal('thin');
    const more = feedbackOn(
      'what-the-user-got',
      'I attached the policy AmazonDynamoDBFullAccess to the test user, which is quite a lot.',
    );
    expect(more.state).to.equal('incomplete');
    expect(more).to.include({ points: 1, max: 2 });
    expect(more.present).to.deep.equal([
      { id: 'dynamodb', about: 'everything in DynamoDB', words: 'AmazonDynamoDBFullAccess' },
    ]);
    expect(more.missing.map(({ id }) => id)).to.deep.equal(['not-the-key']);
  });

  it('says what is true instead, and where to read of it', () => {
    const [found] = feedbackOn(
      'how-granted',
      'Fine. I added my *test user* as a **key administrator**!',
    ).misconceptions;
    expect(found?.said).to.equal('I added my *test user* as a **key administrator');
    expect(found?.correction).to.match(/key administrator manages the key/i);
    expect(found?.link).to.match(/^https:\/\/docs\.aws\.amazon\.com\//);
  });

  it('reads through Markdown, accents, apostrophes of another encoding, and slips of the pen', () => {
    for (const sentence of [
      'A **key administrator** can [not](https://example.com/key-user) `decrypt`.',
      'A key administrator canâ€™t decrypt.',
      'A key administrator can’t décrypt.',
    ])
      expect(feedbackOn('how-granted', sentence).misconceptions, sentence).to.deep.equal([]);
    expect(feedbackOn('how-granted', 'The kéy ADMINSTRATORS can decrypt.').state).to.equal('misconception');
  });
});
