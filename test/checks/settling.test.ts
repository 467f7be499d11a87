/** Where the user's read and the policies disagree, AWS is still settling, and nothing is judged. */
import { expect } from 'chai';
import { CallError } from '../../checks/call.ts';
import type { Answer, Caller } from '../../runner/accounts/caller.ts';
import { identify } from '../../runner/accounts/identify.ts';
import { planRun } from '../../runner/plan.ts';
import type { Prober } from '../../runner/probe/prober.ts';
import { carryOut } from '../../runner/proof/carry-out.ts';
import type { CheckResult } from '../../runner/result.ts';
import { runPlan } from '../../runner/run.ts';
import { firstLab, readLab } from '../support/labs.ts';
import { type SandboxAccount, sandboxAccount } from '../support/sandbox-account.ts';

const { lab, proof } = await readLab(firstLab);
const { params } = planRun(lab, {});

describe('checks of access, while AWS settles', () => {
  let account: SandboxAccount;
  beforeEach(async () => {
    account = await sandboxAccount();
  });
  afterEach(() => account.close());

  const solve = async (...stages: string[]) => {
    for (const stage of stages) {
      await carryOut({ steps: proof[stage]?.solution ?? [], caller: account.owner, params });
    }
  };
  /** The stage's finding, the user's scan answered as given. */
  const check = async (stage: string, scan: () => Promise<Answer>): Promise<CheckResult | undefined> => {
    const identity = await identify(account.owner);
    const user: Caller = {
      region: account.owner.region,
      send: (call, input) => (call === 'dynamodb:Scan' ? scan() : account.owner.send(call, input)),
      inRegion: () => user,
      close: () => undefined,
    };
    const arn = `arn:aws:iam::${identity.accountId}:user/${params.user}`;
    const prober: Prober = {
      actAs: async () => ({ caller: user, identity: { ...identity, arn } }),
      renew: async () => {},
      close: async () => undefined,
    };
    const plan = planRun(lab, {}, [stage]);
    const attempt = await runPlan({
      plan,
      caller: account.owner,
      identity,
      kind: 'sandbox',
      prober,
      ways: new Set(['observed'] as const),
      patienceMs: 600,
    });
    const check = stage === 'deny' ? 'access/read-denied' : 'access/read-allowed';
    return Object.values(attempt.findings).find((one) => one.check === check);
  };
  const refused = async (): Promise<Answer> => {
    const { output } = await account.owner.send('kms:DescribeKey', { KeyId: params.alias });
    const { Arn } = output.KeyMetadata as { Arn: string };
    const identity = await identify(account.owner);
    const message = `KMS key access denied error: User: arn:aws:iam::${identity.accountId}:user/${params.user} is not authorized to perform: kms:Decrypt on resource: ${Arn} because no identity-based policy allows the kms:Decrypt action`;
    throw new CallError('dynamodb:Scan', { code: 'AccessDeniedException', message, status: 400 });
  };
  const answered = async (): Promise<Answer> => ({ output: { Count: 1, Items: [{}] } });

  it('a grant that does not work yet is tried again, and then not judged', async () => {
    await solve('key', 'table', 'data', 'user', 'grant');
    let asked = 0;
    const finding = await check('grant', () => {
      asked++;
      return refused();
    });
    expect(finding).to.include({ verdict: 'error', points: 0 });
    expect(finding?.message).to.include('is still refused kms:Decrypt, although the key policy');
    expect(asked).to.be.above(1);
  });

  it('a grant that works a moment later passes', async () => {
    await solve('key', 'table', 'data', 'user', 'grant');
    let asked = 0;
    const finding = await check('grant', () => (++asked < 3 ? refused() : answered()));
    expect(finding).to.include({ verdict: 'pass' });
  });

  it('a user who was not let in is not waited for', async () => {
    await solve('key', 'table', 'data', 'user');
    let asked = 0;
    const finding = await check('grant', () => {
      asked++;
      return refused();
    });
    expect(finding).to.include({ verdict: 'skip', points: 0 });
    expect(finding?.message).to.include('This follows from what the stage "grant" lacks');
    expect(asked).to.equal(1);
  });

  it('a read that no policy explains is not held against the learner', async () => {
    await solve('key', 'table', 'data', 'user');
    const finding = await check('deny', answered);
    expect(finding).to.include({ verdict: 'error' });
    expect(finding?.hint).to.include('five minutes');
  });

  it('a read that a policy explains is', async () => {
    await solve('key', 'table', 'data', 'user', 'grant');
    const finding = await check('deny', answered);
    expect(finding).to.include({ verdict: 'fail' });
    expect(finding?.message).to.include('through the key policy, statement "Allow use of the key"');
  });

  for (const [title, code, message] of [
    ['throttled', 'ThrottlingException', 'Rate exceeded'],
    ['expired', 'ExpiredTokenException', 'The security token included in the request is expired'],
    [
      'denied for DynamoDB',
      'AccessDeniedException',
      'User: arn:aws:iam::123456789012:user/nextwork-kms-user is not authorized to perform: dynamodb:Scan on resource: arn:aws:dynamodb:us-east-1:123456789012:table/nextwork-kms-table because no identity-based policy allows the dynamodb:Scan action',
    ],
    [
      'denied in words that name nothing',
      'AccessDeniedException',
      'The ciphertext refers to a customer master key that does not exist, does not exist in this region, or you are not allowed to access.',
    ],
  ] as const) {
    it(`a read that is ${title} proves neither denial nor grant`, async () => {
      await solve('key', 'table', 'data', 'user');
      const scan = () => Promise.reject(new CallError('dynamodb:Scan', { code, message, status: 400 }));
      expect(await check('deny', scan)).to.include({ verdict: 'error', points: 0 });
      expect(await check('grant', scan)).to.include({ verdict: 'error', points: 0 });
    });
  }
});
