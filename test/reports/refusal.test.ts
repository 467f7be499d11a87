/** The opening figure of a lab whose refusals are DynamoDB's own, from a real run on the sandbox. */
import { expect } from 'chai';
import { figuresOf } from '../../reports/view/figures.ts';
import { callWithItem } from '../../reports/view/refusal.ts';
import { startSandbox } from '../../sandbox/sandbox.ts';
import { labFolders, readLab } from '../support/labs.ts';
import { SandboxLearner } from '../support/recorded-runs.ts';

const folder = labFolders.find((one) => one.endsWith('/least-privilege-with-iam/')) ?? '';
const { lab, proof } = await readLab(folder);

describe('refusals in the opening figure', () => {
  it('stand beside what the same principals were let do, with what withheld the call', async function () {
    this.timeout(30_000);
    const sandbox = await startSandbox();
    try {
      const learner = new SandboxLearner(lab, sandbox);
      for (const { id } of lab.stages.slice(0, -1)) await learner.do(proof[id]?.solution ?? []);
      const { result } = await learner.check();
      const shown = figuresOf(result).access?.attempts.map(
        ({ principalName, call, outcome }) => `${principalName}: ${call}: ${outcome}`,
      );
      expect(shown?.sort()).to.deep.equal(
        [
          'administrator: dynamodb:Query of least-privilege-ana: read 1 item in plain text',
          'least-privilege-ana: dynamodb:Query of least-privilege-ana: read 1 item in plain text',
          'least-privilege-ana: dynamodb:Query of ben: was refused: none of its policies allows it',
          'least-privilege-ana: dynamodb:Query of somebody-who-is-not-there: was refused: none of its policies allows it',
          'least-privilege-ana: dynamodb:Scan: was refused: none of its policies allows it',
          'least-privilege-operator: dynamodb:Query of ben: read 1 item in plain text',
          'least-privilege-operator: dynamodb:DeleteItem of ben: was refused: its permissions boundary does not allow it',
          'least-privilege-auditor/labwright: dynamodb:Scan: read 2 items in plain text',
          'least-privilege-auditor/labwright: dynamodb:DeleteItem of ben: was refused: none of its policies allows it',
        ].sort(),
      );
    } finally {
      await sandbox.close();
    }
  });

  it('name the item of a call only where it names one', () => {
    const input = { TableName: 'notes' };
    expect(callWithItem({ call: 'dynamodb:Scan', input })).to.equal('dynamodb:Scan');
    expect(callWithItem({ call: 'dynamodb:GetItem', input: { Key: { id: { N: '7' } } } })).to.equal(
      'dynamodb:GetItem of 7',
    );
    expect(callWithItem({ call: 'dynamodb:Query', input: 'nothing like an input' })).to.equal(
      'dynamodb:Query',
    );
  });
});
