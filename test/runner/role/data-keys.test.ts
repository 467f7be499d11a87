/** What a grader may decrypt with the generated permissions: the data keys of the lab, and no others of the account. */
import { expect } from 'chai';
import { openProvingAccount } from '../../../api/proving-account.ts';
import { accessKeyIn } from '../../../runner/accounts/access-key.ts';
import { identify } from '../../../runner/accounts/identify.ts';
import { allSteps, planRun } from '../../../runner/plan.ts';
import { checkPermissions } from '../../../runner/role/statements.ts';
import { Rehearsal } from '../../../runner/verify/rehearsal.ts';
import { labFolders, readLab } from '../../support/labs.ts';

const labs = (await Promise.all(labFolders.map(readLab))).filter(({ lab }) =>
  lab.stages.some(({ checks }) => checks.some(({ check }) => check.calls.includes('kms:Decrypt'))),
);

describe('the permissions to open data keys', function () {
  this.timeout(60_000);

  for (const { lab, proof } of labs) {
    it(`are enough to grade ${lab.id}, and open nothing else under its keys`, async () => {
      await Rehearsal.on({ lab, proof, openAccount: openProvingAccount }, async (rehearsal) => {
        const { owner, callerFor } = rehearsal.account;
        const { accountId } = await identify(owner);
        const { params } = planRun(lab, {});
        const policy = checkPermissions({
          steps: allSteps(lab, params),
          place: { partition: 'aws', account: accountId, region: '*' },
          probe: true,
        });
        const user = { UserName: 'grader' };
        await owner.send('iam:CreateUser', user);
        await owner.send('iam:PutUserPolicy', {
          ...user,
          PolicyName: 'grading',
          PolicyDocument: JSON.stringify(policy),
        });
        const grader = callerFor(accessKeyIn(await owner.send('iam:CreateAccessKey', user)));

        const contexts = new Set<string>();
        for (const { id } of lab.stages) {
          await rehearsal.solve(id);
          for (const { verdict, check, message, evidence } of await rehearsal.check([id], grader)) {
            expect(verdict, `${check}: ${message}`).to.equal('pass');
            for (const { call, input, error } of evidence)
              if (call === 'kms:Decrypt' && !error)
                contexts.add(JSON.stringify((input as { EncryptionContext?: object }).EncryptionContext));
          }
        }
        expect(contexts.size).to.be.greaterThan(0);

        const { output } = await owner.send('kms:CreateKey', {});
        const { KeyId } = output.KeyMetadata as { KeyId: string };
        const opens = async (EncryptionContext: Record<string, string>) => {
          const made = await owner.send('kms:GenerateDataKey', {
            KeyId,
            NumberOfBytes: 64,
            EncryptionContext,
          });
          const input = { CiphertextBlob: made.output.CiphertextBlob, EncryptionContext };
          return grader.send('kms:Decrypt', input).then(
            () => 'opened',
            (error: Error) => error.message,
          );
        };
        const [of] = [...contexts].map((one) => JSON.parse(one) as Record<string, string>);
        expect(await opens(of ?? {})).to.equal('opened');
        const refused = /not authorized to perform: kms:Decrypt/;
        expect(await opens({})).to.match(refused);
        for (const name of Object.keys(of ?? {}))
          expect(await opens({ ...of, [name]: 'of another table' })).to.match(refused);
      });
    });
  }
});
