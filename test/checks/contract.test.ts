/** What every check must keep to. A check that is added is held to it without touching this file. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { registry } from '../../checks/registry.ts';
import { identify } from '../../runner/accounts/identify.ts';
import { planRun } from '../../runner/plan.ts';
import { Journal } from '../../runner/probe/journal.ts';
import { temporaryKeyProber } from '../../runner/probe/temporary-key.ts';
import { carryOut } from '../../runner/proof/carry-out.ts';
import { runPlan } from '../../runner/run.ts';
import { firstLab, readLab } from '../support/labs.ts';
import { type SandboxAccount, sandboxAccount } from '../support/sandbox-account.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const folder = fileURLToPath(new URL('../../checks', import.meta.url));
const definitions = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .filter((file) => /= defineCheck\(/.test(readFileSync(join(folder, file), 'utf8')))
  .map((file) => relative('.', file).replace(/\.ts$/, ''));

describe('the checks', () => {
  it('are all registered, under the path of their file', () => {
    expect([...registry.keys()].sort()).to.deep.equal(definitions.sort());
    for (const [id, check] of registry) expect(check.id).to.equal(id);
  });

  it('reach AWS through the account alone: types of the SDK they may use, its clients not', () => {
    const importing = readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts'))
      .filter((file) =>
        /^import (?!type\b)[^;]*'(@aws-sdk|@smithy|node:)/m.test(readFileSync(join(folder, file), 'utf8')),
      );
    expect(importing).to.deep.equal([]);
  });

  for (const check of registry.values()) {
    describe(check.id, () => {
      it('says what holds when it passes', () => {
        expect(check.title).to.match(/^[A-Z].*[^.]$/);
      });

      it('declares only reads, and describes its parameters', () => {
        for (const call of [...check.calls, ...check.probes]) {
          expect(call).to.match(
            /^(cloudtrail|kms|dynamodb|iam|sts):(Get|List|Lookup|Describe|Scan|Query|BatchGet)/,
          );
        }
        for (const [name, param] of Object.entries(check.params.shape)) {
          const { description } = param as { description?: string };
          const inner = (param as { def?: { innerType?: { description?: string } } }).def?.innerType
            ?.description;
          expect(description ?? inner, name).to.be.a('string');
        }
      });
    });
  }
});

describe('the checks of the first lab, with exactly the permissions that they declare', () => {
  let account: SandboxAccount;
  before(async () => {
    account = await sandboxAccount();
  });
  after(() => account.close());

  it('work, and none of them needs more', async function () {
    this.timeout(60_000);
    const { lab, proof } = await readLab(firstLab);
    const { params } = planRun(lab, {});
    const { owner, callerFor } = account;
    const temporary = await temporaryFolder();
    const notPassed: string[] = [];
    for (const stage of lab.stages) {
      const { steps } = planRun(lab, {}, [stage.id]);
      await carryOut({ steps: proof[stage.id]?.solution ?? [], caller: owner, params });
      if (stage.id === 'cleanup') break;
      const calls = new Set(steps.flatMap((step) => step.check.calls));
      const UserName = `grader-of-${stage.id}`;
      await owner.send('iam:CreateUser', { UserName });
      const { output } = await owner.send('iam:CreateAccessKey', { UserName });
      const key = output.AccessKey as { AccessKeyId: string; SecretAccessKey: string };
      await owner.send('iam:PutUserPolicy', {
        UserName,
        PolicyName: 'declared',
        PolicyDocument: JSON.stringify({
          Version: '2012-10-17',
          Statement: [
            { Effect: 'Allow', Action: [...calls], Resource: '*' },
            // What DynamoDB asks for on the grader's behalf when it scans a table under the key.
            {
              Effect: 'Allow',
              Action: 'kms:Decrypt',
              Resource: '*',
              Condition: { StringLike: { 'kms:ViaService': 'dynamodb.*.amazonaws.com' } },
            },
          ],
        }),
      });
      const caller = callerFor({ accessKeyId: key.AccessKeyId, secretAccessKey: key.SecretAccessKey });
      const identity = await identify(owner);
      const journal = new Journal(join(temporary.path, 'keys.json'));
      const prober = temporaryKeyProber({ owner, identity, journal, callerFor });
      const { findings } = await runPlan({
        plan: planRun(lab, {}, [stage.id]),
        caller,
        identity: await identify(caller),
        kind: 'sandbox',
        prober,
      });
      await prober.close();
      for (const [id, finding] of Object.entries(findings)) {
        // What the grant stage undoes is expected to fail once it is done.
        const undone =
          steps.find((step) => step.id === id)?.entry.undoneBy.includes('grant') && stage.id === 'grant';
        const own = id.startsWith(`${stage.id}/`);
        if (own && finding.verdict !== 'pass' && !undone)
          notPassed.push(`${stage.id}: ${finding.check}: ${finding.message}`);
      }
    }
    await temporary.remove();
    expect(notPassed).to.deep.equal([]);
  });
});
