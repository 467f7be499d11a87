/** The lab on asymmetric keys, where AWS takes its time or something else was refused: no verdict for a wrong reason. */
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import type { CallName } from '../../checks/call.ts';
import { planRun } from '../../runner/plan.ts';
import { carryOut } from '../../runner/proof/carry-out.ts';
import { mistakeSteps } from '../../runner/proof/mistake-steps.ts';
import type { CheckResult } from '../../runner/result.ts';
import { realistic } from '../../sandbox/timing/timing.ts';
import { Learner } from '../support/check-on-sandbox.ts';
import { readLab } from '../support/labs.ts';
import { type SandboxAccount, sandboxAccount } from '../support/sandbox-account.ts';

const folder = fileURLToPath(new URL('../../labs/sign-and-verify-with-asymmetric-keys/', import.meta.url));
const { lab, proof } = await readLab(folder);
const { params } = planRun(lab, {});
const minuteMs = 60_000;

describe('a key that signs', function () {
  this.timeout(60_000);
  let account: SandboxAccount;
  let learner: Learner;
  beforeEach(async () => {
    account = await sandboxAccount();
    learner = new Learner(lab, account);
  });
  afterEach(() => account.close());

  const carry = (steps: Parameters<typeof carryOut>[0]['steps']) =>
    carryOut({ steps, caller: account.owner, params });
  const solve = async (...stages: string[]) => {
    for (const stage of stages) await carry(proof[stage]?.solution ?? []);
  };
  const mistake = (stage: string, id: string) => {
    const made = proof[stage]?.mistakes.find((one) => one.id === id);
    if (!made) throw new Error(`The stage ${stage} has no mistake ${id}.`);
    return carry(mistakeSteps(proof, stage, made));
  };
  const finding = async (stage: string, check: string): Promise<CheckResult> => {
    const { stages } = await learner.check([stage]);
    const found = stages.find(({ id }) => id === stage)?.checks.find((one) => one.check === check);
    if (!found) throw new Error(`The stage ${stage} has no ${check}.`);
    return found;
  };
  const wait = (minutes: number) => account.sandbox.clock.advance(minutes * minuteMs);
  const refused = (call: CallName, input: object) =>
    account.owner.send(call, input).then(
      () => expect.fail(`${call} was answered.`),
      () => undefined,
    );
  const eventsOf = async (EventName: string): Promise<Record<string, unknown>[]> => {
    const LookupAttributes = [{ AttributeKey: 'EventName', AttributeValue: EventName }];
    const { output } = await account.owner.send('cloudtrail:LookupEvents', { LookupAttributes });
    return (output.Events as { CloudTrailEvent: string }[]).map((one) => JSON.parse(one.CloudTrailEvent));
  };

  const limits = () => finding('limits', 'kms/call-refused');

  it('a refusal that CloudTrail does not have yet fails nobody, and passes once it is there', async () => {
    account.sandbox.setTiming({ eventsMs: realistic.eventsMs });
    await solve('key', 'limits');
    const soon = await limits();
    expect(soon).to.include({ verdict: 'error', points: 0 });
    expect(soon.hint).to.include('a quarter of an hour');
    wait(6);
    expect(await limits()).to.include({ verdict: 'pass', basis: 'history', points: 5 });
  });

  it('a rotation that was refused shows a limit as well, also of a key that is named by its id', async () => {
    await solve('key');
    const { output } = await account.owner.send('kms:DescribeKey', { KeyId: params.alias });
    const { KeyId } = output.KeyMetadata as { KeyId: string };
    await refused('kms:EnableKeyRotation', { KeyId });
    const seen = await limits();
    expect(seen).to.include({ verdict: 'pass' });
    expect(seen.outputs).to.include({
      operation: 'EnableKeyRotation',
      code: 'UnsupportedOperationException',
    });
  });

  it('neither another key’s refusal shows it, nor one for want of permission', async () => {
    await solve('key', 'sign');
    const other = await account.owner.send('kms:CreateKey', { KeySpec: 'RSA_2048', KeyUsage: 'SIGN_VERIFY' });
    const { KeyId } = other.output.KeyMetadata as { KeyId: string };
    await refused('kms:Encrypt', { KeyId, Plaintext: Buffer.from('x') });
    const { output } = await account.owner.send('kms:DescribeKey', { KeyId: params.alias });
    const key = (output.KeyMetadata as { KeyId: string }).KeyId;
    const Deny = [{ Effect: 'Deny', Action: 'kms:Encrypt', Resource: '*' }];
    const UserName = 'stranger';
    await account.owner.send('iam:CreateUser', { UserName });
    await account.owner.send('iam:PutUserPolicy', {
      UserName,
      PolicyName: 'deny',
      PolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement: Deny }),
    });
    const { output: made } = await account.owner.send('iam:CreateAccessKey', { UserName });
    const { AccessKeyId, SecretAccessKey } = made.AccessKey as Record<string, string>;
    const stranger = account.callerFor({
      accessKeyId: AccessKeyId ?? '',
      secretAccessKey: SecretAccessKey ?? '',
    });
    await stranger.send('kms:Encrypt', { KeyId: key, Plaintext: Buffer.from('x') }).catch(() => undefined);
    expect(await eventsOf('Encrypt')).to.have.length(2);
    expect(await limits()).to.include({ verdict: 'error', points: 0 });
  });

  it('a user who may sign is found out without a signature being made', async () => {
    await solve('key', 'sign');
    await mistake('verifier', 'administrator-access');
    const seen = await finding('verifier', 'access/may-verify-not-sign');
    expect(seen).to.include({ verdict: 'fail', basis: 'observed', actual: 'allowed' });
    const bySomebodyElse = (await eventsOf('Sign')).filter(
      ({ userIdentity }) => (userIdentity as { userName?: string }).userName === params.user,
    );
    expect(bySomebodyElse).to.have.length.greaterThan(0);
    for (const event of bySomebodyElse) expect(event).to.include({ errorCode: 'DryRunOperationException' });
  });

  it('a permission to sign that was taken away a moment ago is not held against the learner', async () => {
    await solve('key', 'sign');
    await mistake('verifier', 'administrator-access');
    account.sandbox.setTiming({ policiesMs: 10 * minuteMs });
    const PolicyArn = 'arn:aws:iam::aws:policy/AdministratorAccess';
    await account.owner.send('iam:DetachUserPolicy', { UserName: params.user, PolicyArn });
    const soon = await finding('verifier', 'access/may-verify-not-sign');
    expect(soon, soon.message).to.include({ verdict: 'error', points: 0 });
    expect(soon.message).to.include('may still sign');
    wait(11);
    expect(await finding('verifier', 'access/may-verify-not-sign')).to.include({ verdict: 'pass' });
  });

  it('with a longer message the user is tried by its digest', async () => {
    await solve('key', 'sign', 'digest', 'verifier');
    const { output } = await account.owner.send('dynamodb:GetItem', {
      TableName: params.table,
      Key: { id: { S: 'notes' } },
    });
    const Item = { ...(output.Item as object), id: { S: 'release' } };
    await account.owner.send('dynamodb:PutItem', { TableName: params.table, Item });
    expect(await finding('verifier', 'access/may-verify-not-sign')).to.include({ verdict: 'pass' });
  });

  it('a signature that KMS and OpenSSL find valid passes in every form, and what is shared as PEM, DER or base64', async () => {
    await solve('key', 'sign', 'share');
    const { output } = await account.owner.send('kms:GetPublicKey', { KeyId: params.alias });
    const der = Buffer.from(output.PublicKey as Uint8Array);
    for (const key of [
      { B: der },
      { S: der.toString('base64') },
      { B: Buffer.from(der.toString('base64')) },
    ]) {
      await account.owner.send('dynamodb:UpdateItem', {
        TableName: params.table,
        Key: { id: { S: 'release' } },
        UpdateExpression: 'SET public_key = :key',
        ExpressionAttributeValues: { ':key': key },
      });
      const seen = await finding('share', 'kms/public-key-shared');
      expect(seen, JSON.stringify(key)).to.include({ verdict: 'pass' });
    }
  });

  it('what was checked in its turn stays earned to the end', async () => {
    for (const { id } of lab.stages) {
      await solve(id);
      await learner.check([id]);
    }
    expect((await learner.check()).score).to.deep.equal({ points: 100, max: 100 });
  });
});
