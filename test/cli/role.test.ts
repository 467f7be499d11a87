/**
 * The role that a learner makes for the instructor, in each of its forms, made in the learner's account and used by the
 * instructor from another: it lets the lab be graded, needs each of its permissions, and gives no more.
 */
import { execFile, spawnSync } from 'node:child_process';
import { promisify } from 'node:util';
import { expect } from 'chai';
import { parse } from 'yaml';
import { registry } from '../../checks/registry.ts';
import { checkLab } from '../../runner/check-lab.ts';
import { neededPermissions } from '../../runner/permissions/needed.ts';
import { allSteps, planRun } from '../../runner/plan.ts';
import { carryOut } from '../../runner/proof/carry-out.ts';
import type { ProofStep } from '../../runner/proof/schema.ts';
import type { Result } from '../../runner/result.ts';
import { labSession, openAssumedRole } from '../../runner/role/open-assumed-role.ts';
import type { PolicyDocument } from '../../runner/role/statements.ts';
import { actionReference } from '../../sandbox/authorisation/service-reference.ts';
import {
  actAs,
  type InstructorAndLearner,
  instructorAndLearner,
  makeRole,
  permit,
} from '../support/instructor-and-learner.ts';
import { firstLab, readLab } from '../support/labs.ts';
import { labwright } from '../support/labwright.ts';
import { awsCli } from '../support/requires.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const { lab, proof } = await readLab(firstLab);
const { params } = planRun(lab, {});
const steps = allSteps(lab, params);
const externalId = 'learner-17';

const harmless = {
  $json: {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action: 'iam:ListAccountAliases', Resource: '*' }],
  },
};

interface Described {
  readonly roleName: string;
  readonly externalId: string;
  readonly permissions: PolicyDocument;
  readonly trust: { Statement: [{ Principal: { AWS: string }; Condition: object }] };
  readonly template: string;
  readonly commands: string;
  readonly link?: string;
}

/** What the command says of a role, all its forms. */
async function described(...args: string[]): Promise<Described> {
  const { code, stdout, stderr } = await labwright(['role', lab.id, '--json', ...args]);
  expect(code, stderr).to.equal(0);
  return JSON.parse(stdout) as Described;
}

/** What CloudFormation makes of a template's values. */
function resolved(value: unknown, known: Record<string, string>): unknown {
  if (Array.isArray(value)) return value.map((one) => resolved(one, known));
  if (typeof value !== 'object' || value === null) return value;
  const { Ref, 'Fn::Sub': text } = value as { Ref?: string; 'Fn::Sub'?: string };
  if (Ref !== undefined) return known[Ref];
  if (text !== undefined) {
    return text.replace(/\$\{([\w:]+)\}/g, (_, name: string) => {
      const told = known[name];
      if (told === undefined) throw new Error(`CloudFormation knows no ${name}.`);
      return told;
    });
  }
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, resolved(member, known)]));
}

/** Each form of the role, and how a learner makes it; gives the role's ARN. */
const forms: Record<
  string,
  (this: Mocha.Context, world: InstructorAndLearner, ...args: string[]) => Promise<string>
> = {
  async policy(world, ...args) {
    const { stdout } = await labwright(['role', lab.id, '--format', 'policy', ...args]);
    return makeRole(world, {
      name: 'by-policy',
      ...(JSON.parse(stdout) as { trust: object; permissions: object }),
    });
  },
  async cloudformation(world, ...args) {
    const { stdout } = await labwright(['role', lab.id, '--format', 'cloudformation', ...args]);
    const template = parse(stdout) as {
      Parameters: Record<string, object>;
      Resources: Record<string, { Type: string; Properties: Record<string, unknown> }>;
    };
    expect(Object.keys(template.Parameters)).to.deep.equal(['ExternalId']);
    const [resource, ...others] = Object.values(template.Resources);
    expect(others).to.deep.equal([]);
    expect(resource?.Type).to.equal('AWS::IAM::Role');
    const known = {
      ExternalId: externalId,
      'AWS::AccountId': world.learner.accountId,
      'AWS::Partition': 'aws',
    };
    const { RoleName, AssumeRolePolicyDocument, Policies } = resolved(resource?.Properties, known) as {
      RoleName: string;
      AssumeRolePolicyDocument: object;
      Policies: { PolicyDocument: object }[];
    };
    expect(Policies).to.have.length(1);
    return makeRole(world, {
      name: RoleName,
      trust: AssumeRolePolicyDocument,
      permissions: Policies[0]?.PolicyDocument,
    });
  },
  async cli(world, ...args) {
    const command = awsCli.call(this);
    const { stdout } = await labwright(['role', lab.id, '--format', 'cli', '--role-name', 'by-cli', ...args]);
    // Older versions of the AWS CLI do not read AWS_ENDPOINT_URL.
    const script = `set -e\naws() { ${command} --endpoint-url ${world.sandbox.url} "$@"; }\n${stdout}`;
    const env = { PATH: process.env.PATH ?? '', HOME: '/nonexistent', ...world.learner.env };
    const { stdout: printed } = await promisify(execFile)('bash', ['-c', script], { env });
    const arn = printed.trim();
    expect(arn).to.equal(`arn:aws:iam::${world.learner.accountId}:role/by-cli`);
    return arn;
  },
};

/** Tries to read the table, as the test user. */
async function readAsUser(world: InstructorAndLearner): Promise<string> {
  return actAs(world, params.user ?? '', (user) =>
    user.send('dynamodb:Scan', { TableName: params.table }).then(
      () => 'allowed',
      (error: Error) => error.message,
    ),
  );
}

describe('the role for the instructor', function () {
  this.timeout(120_000);
  let world: InstructorAndLearner;
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  beforeEach(async () => {
    world = await instructorAndLearner();
    folder = await temporaryFolder();
  });
  afterEach(async () => {
    await world.close();
    await folder.remove();
  });

  const solve = (stage: string) =>
    carryOut({ steps: proof[stage]?.solution ?? [], caller: world.learner.caller, params });

  /** `labwright check` by the instructor, through the role. */
  const check = (arn: string, stages: string[], ...more: string[]) =>
    labwright(['check', lab.id, ...stages, '--json', '--role', arn, ...more], {
      cwd: folder.path,
      env: world.instructor.env,
    });

  for (const [form, make] of Object.entries(forms)) {
    it(`lets every stage be graded from another account, made by its form "${form}"`, async function () {
      const arn = await make.call(
        this,
        world,
        '--instructor',
        world.instructor.accountId,
        '--external-id',
        externalId,
      );
      for (const { id } of lab.stages) {
        await solve(id);
        // Without a probe, what CloudTrail recorded of the user's own tries decides.
        if (id === 'deny') expect(await readAsUser(world)).to.include('kms:Decrypt');
        if (id === 'grant') expect(await readAsUser(world)).to.equal('allowed');
        const { code, stdout, stderr } = await check(arn, [id], '--external-id', externalId);
        expect(code, `${id}: ${stderr}`).to.equal(0);
        const result = JSON.parse(stdout) as Result;
        const stage = result.stages.find((one) => one.id === id);
        expect(stage?.verdict, JSON.stringify(stage?.checks.map(({ message }) => message))).to.equal('pass');
        expect(result.account.arn).to.include(':assumed-role/').and.to.include('/labwright-encrypt');
        expect(result.account.id).to.equal(world.learner.accountId);
      }
    });
  }

  it('lets the test user be tried with a temporary key where that is agreed to, and not otherwise', async () => {
    for (const stage of ['key', 'table', 'data', 'user']) await solve(stage);
    const args = ['--instructor', world.instructor.accountId, '--external-id', externalId];
    const reading = await makeRole(world, { name: 'reading', ...(await described(...args)) });
    const probing = await makeRole(world, {
      name: 'probing',
      ...(await described(...args, '--allow-probe')),
    });
    const keys = () =>
      world.records.filter(({ call, status }) => call === 'iam:CreateAccessKey' && status === 200).length;

    const refused = await check(reading, ['deny'], '--external-id', externalId, '--probe', 'key');
    expect(refused.code, refused.stderr).to.equal(3);
    expect(keys()).to.equal(0);
    const tried = await check(probing, ['deny'], '--external-id', externalId, '--probe', 'key');
    expect(tried.code, tried.stdout).to.equal(0);
    expect(keys()).to.equal(1);
    expect(
      world.records.some(({ call, status }) => call === 'iam:DeleteAccessKey' && status === 200),
    ).to.equal(true);
    // The session has no writes where no probe was asked for, whatever the role allows.
    await check(probing, ['deny'], '--external-id', externalId);
    expect(keys()).to.equal(1);
  });

  it('is entered with its external id only, from the instructor only, and says what to do otherwise', async () => {
    const { permissions, trust } = await described(
      '--instructor',
      world.instructor.accountId,
      '--external-id',
      externalId,
    );
    const arn = await makeRole(world, { name: 'grader', permissions, trust });
    for (const [args, told] of [
      [[], 'no external id was given'],
      [['--external-id', 'another-learner'], 'the external id may be another than "another-learner"'],
    ] as const) {
      const { code, stderr, stdout } = await check(arn, ['key'], ...args);
      expect(code).to.equal(3);
      expect(stderr)
        .to.include('Nothing could be judged')
        .and.to.include('sts:AssumeRole')
        .and.to.include(told);
      const { stages, score } = JSON.parse(stdout) as Result;
      expect(score.points).to.equal(0);
      expect(stages.flatMap(({ checks }) => checks).some(({ verdict }) => verdict === 'fail')).to.equal(
        false,
      );
    }
    const missing = await check(`${arn}-typo`, ['key'], '--external-id', externalId);
    expect(missing.code).to.equal(3);
    expect(missing.stderr).to.include(`no such role in the account ${world.learner.accountId}`);

    const stranger = world.sandbox.addAccount();
    const env = {
      ...world.instructor.env,
      AWS_ACCESS_KEY_ID: stranger.administrator.accessKeyId,
      AWS_SECRET_ACCESS_KEY: stranger.administrator.secretAccessKey,
    };
    const args = ['check', lab.id, 'key', '--role', arn, '--external-id', externalId];
    const untrusted = await labwright(args, { cwd: folder.path, env });
    expect(untrusted.code).to.equal(3);
    expect(untrusted.stderr).to.include(
      `another account or principal than \`arn:aws:iam::${stranger.account.id}:user/`,
    );

    const noArn = await check('grader', ['key'], '--external-id', externalId);
    expect(noArn.code).to.equal(2);
    expect(noArn.stderr).to.include('"grader" is not the ARN of a role');
    const alone = await labwright(['check', lab.id, '--external-id', externalId], {
      env: world.instructor.env,
    });
    expect(alone.code).to.equal(2);
    expect(alone.stderr).to.include('`--external-id` goes with `--role`');
  });

  it('can be limited to one principal of the instructor', async () => {
    await world.instructor.caller.send('iam:CreateUser', { UserName: 'grading' });
    const principal = `arn:aws:iam::${world.instructor.accountId}:user/grading`;
    const args = ['--instructor', world.instructor.accountId, '--external-id', externalId];
    const arn = await makeRole(world, {
      name: 'grader',
      ...(await described(...args, '--principal', principal)),
    });
    expect((await check(arn, ['key'], '--external-id', externalId)).code).to.equal(3);
    const { code, stderr } = await labwright([
      'role',
      lab.id,
      ...args,
      '--principal',
      'arn:aws:iam::999999999999:root',
    ]);
    expect(code).to.equal(2);
    expect(stderr).to.include('is not the ARN of a role or user in the instructor');
  });

  describe('through the session', () => {
    /** The lab checked in this process, without trying the user. */
    async function graded(arn: string) {
      const session = labSession(arn, { lab, settings: {}, probe: false });
      const account = openAssumedRole(world.instructor.account, { arn, externalId, ...session });
      const caller = account.owner();
      const { findings } = await checkLab({ lab, caller, kind: account.kind, patienceMs: 1000 });
      caller.close();
      return [...findings.values()];
    }

    /** Policies of every kind that a user can hold, so that each has to be read. */
    const policies: readonly ProofStep[] = [
      { 'iam.PutUserPolicy': { UserName: '${user}', PolicyName: 'own', PolicyDocument: harmless } },
      { 'iam.CreateGroup': { GroupName: 'learners' } },
      { 'iam.PutGroupPolicy': { GroupName: 'learners', PolicyName: 'inline', PolicyDocument: harmless } },
      {
        'iam.AttachGroupPolicy': {
          GroupName: 'learners',
          PolicyArn: 'arn:aws:iam::aws:policy/AmazonDynamoDBReadOnlyAccess',
        },
      },
      { 'iam.AddUserToGroup': { GroupName: 'learners', UserName: '${user}' } },
    ];

    it('needs each of its permissions: without one something is not judged, or a hint says less', async () => {
      for (const stage of ['key', 'table', 'data', 'user']) await solve(stage);
      await carryOut({ steps: policies, caller: world.learner.caller, params });
      await readAsUser(world);
      const { permissions, trust } = await described(
        '--instructor',
        world.instructor.accountId,
        '--external-id',
        externalId,
      );
      const arn = await makeRole(world, { name: 'grader', permissions, trust });
      const verdicts = (findings: Awaited<ReturnType<typeof graded>>) =>
        findings.map(({ verdict }) => verdict);
      const whole = await graded(arn);
      const judged = whole.slice(
        0,
        steps.findIndex(({ stage }) => stage.id === 'grant'),
      );
      expect(
        judged
          .map(({ verdict, message }) => `${verdict} ${message}`)
          .filter((one) => !one.startsWith('pass')),
      ).to.deep.equal([]);
      expect(verdicts(whole)).to.not.include('error');

      const { optional } = neededPermissions(steps);
      const all = permissions.Statement.flatMap(({ Action }) => Action);
      expect(all).to.have.length(21);
      for (const action of all) {
        await permit(world, 'grader', {
          ...permissions,
          Statement: permissions.Statement.map((one) => ({
            ...one,
            Action: one.Action.filter((other) => other !== action),
          })).filter(({ Action }) => Action.length > 0),
        });
        const without = await graded(arn);
        if (optional.includes(action)) expect(verdicts(without), action).to.deep.equal(verdicts(whole));
        else expect(verdicts(without), action).to.include('error');
      }
    });

    it('has no more than the calls of the lab, whatever the role allows', async () => {
      for (const stage of ['key', 'table', 'data', 'user']) await solve(stage);
      const { trust } = await described(
        '--instructor',
        world.instructor.accountId,
        '--external-id',
        externalId,
      );
      const everything = {
        Version: '2012-10-17',
        Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }],
      };
      const arn = await makeRole(world, { name: 'generous', trust, permissions: everything });
      const open = (probe: boolean) =>
        openAssumedRole(world.instructor.account, {
          arn,
          externalId,
          ...labSession(arn, { lab, settings: {}, probe }),
        }).owner();
      const TableName = params.table;
      await world.learner.caller.send('dynamodb:CreateTable', {
        TableName: 'private',
        AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
        KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
        BillingMode: 'PAY_PER_REQUEST',
      });
      const refusal = (
        caller: ReturnType<typeof open>,
        ...[call, input]: Parameters<(typeof caller)['send']>
      ) =>
        caller.send(call, input).then(
          () => 'done',
          (error: { code: string }) => error.code,
        );
      for (const probe of [false, true]) {
        const session = open(probe);
        expect(await refusal(session, 'dynamodb:Scan', { TableName })).to.equal('done');
        expect(await refusal(session, 'dynamodb:Scan', { TableName: 'private' })).to.equal(
          'AccessDeniedException',
        );
        expect(await refusal(session, 'dynamodb:DeleteTable', { TableName })).to.equal(
          'AccessDeniedException',
        );
        expect(await refusal(session, 'dynamodb:PutItem', { TableName, Item: { id: { S: 'x' } } })).to.equal(
          'AccessDeniedException',
        );
        expect(await refusal(session, 'kms:ScheduleKeyDeletion', { KeyId: params.alias })).to.not.equal(
          'done',
        );
        expect(
          await refusal(session, 'kms:Encrypt', { KeyId: params.alias, Plaintext: new Uint8Array(1) }),
        ).to.equal('AccessDeniedException');
        expect(await refusal(session, 'iam:CreateUser', { UserName: 'mallory' })).to.equal('AccessDenied');
        expect(await refusal(session, 'iam:CreateAccessKey', { UserName: 'administrator' })).to.equal(
          'AccessDenied',
        );
        expect(await refusal(session, 'iam:CreateAccessKey', { UserName: params.user })).to.equal(
          probe ? 'done' : 'AccessDenied',
        );
        session.close();
      }
      // The same role without the session's policy may do it: it is the policy that cuts.
      const { output } = await world.instructor.caller.send('sts:AssumeRole', {
        RoleArn: arn,
        RoleSessionName: 'uncut',
        ExternalId: externalId,
      });
      const { AccessKeyId, SecretAccessKey, SessionToken } = output.Credentials as Record<string, string>;
      const { AwsCaller } = await import('../../runner/accounts/aws-caller.ts');
      const uncut = new AwsCaller({
        region: world.sandbox.region,
        endpoint: world.sandbox.url,
        credentials: {
          accessKeyId: AccessKeyId ?? '',
          secretAccessKey: SecretAccessKey ?? '',
          sessionToken: SessionToken ?? '',
        },
      });
      await uncut.send('dynamodb:DeleteTable', { TableName });
      uncut.close();
    });
  });

  it('is limited to what the lab is about wherever AWS knows resources of the call', async () => {
    const { permissions } = await described(
      '--instructor',
      '111122223333',
      '--account',
      '444455556666',
      '--set',
      'table=mine',
    );
    for (const { Action, Resource, Condition } of permissions.Statement) {
      for (const action of Action) {
        // Lists of all that an account has take no name, also where the reference names a type.
        const lists = ['dynamodb:ListTables', 'iam:ListUsers', 'kms:ListAliases'].includes(action);
        const types = lists ? [] : (actionReference(action)?.resourceTypes ?? []);
        expect(Resource.includes('*'), `${action}: ${types}`).to.equal(types.length === 0);
        expect(actionReference(action)?.accessLevel, action).to.be.oneOf(
          action === 'kms:Decrypt' ? ['Write'] : ['Read', 'List'],
        );
      }
      for (const arn of Resource) {
        if (arn.includes(':table/')) expect(arn).to.equal('arn:aws:dynamodb:*:444455556666:table/mine');
        if (arn.includes(':user/'))
          expect(arn).to.match(/^arn:aws:iam::444455556666:user\/(\*\/)?nextwork-kms-user$/);
      }
      if (Action.includes('kms:Decrypt')) {
        expect(Action).to.deep.equal(['kms:Decrypt']);
        expect(Condition).to.deep.include({
          StringEquals: { 'kms:EncryptionContext:aws:dynamodb:tableName': ['mine'] },
        });
      }
    }
    const calls = [...registry.values()].flatMap((one) => one.calls as readonly string[]);
    const actions = permissions.Statement.flatMap(({ Action }) => Action);
    expect(actions.every((one) => one === 'kms:Decrypt' || calls.includes(one))).to.equal(true);
  });

  it('gives every learner an external id, and a link that fills the stack in', async () => {
    const url = 'https://class.s3.eu-central-1.amazonaws.com/role.yaml';
    const args = ['--instructor', '111122223333', '--format', 'cloudformation', '--region', 'eu-central-1'];
    const [one, other] = await Promise.all([
      described(...args, '--template-url', url),
      described(...args, '--template-url', url),
    ]);
    expect(one.externalId)
      .to.match(/^labwright-[0-9a-f]{32}$/)
      .and.not.equal(other.externalId);
    // One template serves a class.
    expect(one.template).to.equal(other.template).and.not.include(one.externalId);
    const link = new URL(one.link ?? '');
    expect(link.origin).to.equal('https://eu-central-1.console.aws.amazon.com');
    expect(link.pathname + link.search).to.equal('/cloudformation/home?region=eu-central-1');
    const [page, query] = link.hash.split('?');
    expect(page).to.equal('#/stacks/create/review');
    expect(Object.fromEntries(new URLSearchParams(query))).to.deep.equal({
      templateURL: url,
      stackName: 'labwright-grader-encrypt-data-with-kms',
      param_ExternalId: one.externalId,
    });
    const told = await labwright(['role', lab.id, ...args]);
    expect(told.stderr).to.include('--template-url').and.to.include('upload the template to S3');
    const elsewhere = await labwright([
      'role',
      lab.id,
      ...args,
      '--template-url',
      'https://example.com/role.yaml',
    ]);
    expect(elsewhere.code).to.equal(2);
    expect(elsewhere.stderr).to.include('CloudFormation takes templates from S3 only');
  });

  it('says what is judged without trying the user, and refuses what fits into no policy', async () => {
    const args = ['role', lab.id, '--instructor', '111122223333'];
    const reading = await labwright(args);
    expect(reading.stderr)
      .to.include('all of them only read')
      .and.to.include('deny:')
      .and.to.include('what CloudTrail recorded');
    expect(reading.stdout).to.not.include('CreateAccessKey');
    const probing = await labwright([...args, '--allow-probe']);
    expect(probing.stderr).to.include('It writes one thing');
    expect(probing.stdout).to.include('iam:CreateAccessKey').and.to.include('iam:DeleteAccessKey');
    for (const [wrong, told] of [
      [['--instructor', '1234'], 'twelve digits'],
      [['--external-id', 'a b'], '2 to 1,224'],
      [['--set', 'table=*'], 'no name of a table'],
      [['--role-name', 'a/b'], 'no name of a role'],
    ] as const) {
      const { code, stderr } = await labwright([...args, ...wrong]);
      expect(code, stderr).to.equal(2);
      expect(stderr).to.include(told);
    }
    // What is printed is one script without anything for a shell to carry out in the names.
    const { stdout } = await labwright([...args, '--set', 'user=a,b@c']);
    expect(spawnSync('bash', ['-n'], { input: stdout }).status).to.equal(0);
  });
});
