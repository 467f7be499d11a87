/** Credentials of a role: asked for once, renewed in time, used to their end where they cannot be renewed. */
import { expect } from 'chai';
import { assumedRole } from '../../../runner/accounts/assumed-role.ts';
import { AwsCaller } from '../../../runner/accounts/aws-caller.ts';
import type { Answer, Caller } from '../../../runner/accounts/caller.ts';
import { RoleNotAssumed } from '../../../runner/accounts/role-not-assumed.ts';
import {
  type InstructorAndLearner,
  instructorAndLearner,
  makeRole,
} from '../../support/instructor-and-learner.ts';

const policy = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: 'dynamodb:ListTables', Resource: '*' }],
});

describe('the credentials of a role', () => {
  let world: InstructorAndLearner;
  let roleArn: string;
  before(async () => {
    world = await instructorAndLearner();
    const trusted = { AWS: `arn:aws:iam::${world.instructor.accountId}:root` };
    roleArn = await makeRole(world, {
      name: 'grader',
      trust: {
        Version: '2012-10-17',
        Statement: [{ Effect: 'Allow', Principal: trusted, Action: 'sts:AssumeRole' }],
      },
      permissions: JSON.parse(policy),
    });
  });
  after(() => world.close());

  const assumed = () => world.records.filter(({ call }) => call === 'sts:AssumeRole').length;
  const role = (base: Pick<Caller, 'send'>, now?: () => number) =>
    assumedRole({ base, roleArn, sessionName: 'test', policy, ...(now && { now }) });

  it('are got once, however many ask, and again before the hour is over', async () => {
    const before = assumed();
    let later = 0;
    const source = role(world.instructor.caller, () => Date.now() + later);
    const keys = await Promise.all(Array.from({ length: 20 }, () => source()));
    expect(new Set(keys.map(({ accessKeyId }) => accessKeyId)).size).to.equal(1);
    expect(assumed() - before).to.equal(1);
    later = 54 * 60_000;
    expect(await source()).to.equal(keys[0]);
    later = 56 * 60_000;
    const renewed = await Promise.all([source(), source()]);
    expect(renewed[0]).to.equal(renewed[1]).and.not.equal(keys[0]);
    expect(assumed() - before).to.equal(2);
  });

  it('are used to their end where they cannot be renewed, and then say why', async () => {
    let later = 0;
    let broken = false;
    const base: Pick<Caller, 'send'> = {
      send: (call, input) =>
        world.instructor.caller.send(call, broken ? { ...input, RoleArn: `${roleArn}-gone` } : input),
    };
    const source = role(base, () => Date.now() + later);
    const key = await source();
    broken = true;
    later = 58 * 60_000;
    expect(await source()).to.equal(key);
    later = 61 * 60_000;
    const refused = await source().catch((error: unknown) => error);
    expect(refused).to.be.instanceOf(RoleNotAssumed);
    expect((refused as RoleNotAssumed).advice)
      .to.include('no external id was given')
      .and.include(roleArn.split(':')[4]);
  });

  it('keep a long run going: calls go on with new ones while the old ones run out', async () => {
    const before = assumed();
    // As if each session had but a minute left.
    const short = async (...call: Parameters<Caller['send']>): Promise<Answer> => {
      const answer = await world.instructor.caller.send(...call);
      const { Credentials } = answer.output as { Credentials: object };
      const Expiration = new Date(Date.now() + 60_000);
      return { ...answer, output: { ...answer.output, Credentials: { ...Credentials, Expiration } } };
    };
    const caller = new AwsCaller({
      region: world.sandbox.region,
      endpoint: world.sandbox.url,
      credentials: role({ send: short }),
    });
    for (let at = 0; at < 3; at++) {
      const { output } = await caller.send('dynamodb:ListTables', {});
      expect(output.TableNames).to.deep.equal([]);
    }
    caller.close();
    expect(assumed() - before).to.be.at.least(3);
  });
});
