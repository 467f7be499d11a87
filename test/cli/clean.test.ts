/** `labwright clean`, from outside: what it removes, what it leaves and says so, and that looking only reads. */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { expect } from 'chai';
import { type AccessKey, accessKeyIn } from '../../runner/accounts/access-key.ts';
import { planRun } from '../../runner/plan.ts';
import { carryOut } from '../../runner/proof/carry-out.ts';
import { firstLab, readLab } from '../support/labs.ts';
import { bareEnvironment, labwright, mainFile } from '../support/labwright.ts';
import { type SandboxAccount, sandboxAccount } from '../support/sandbox-account.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const { lab, proof } = await readLab(firstLab);
const { params } = planRun(lab, {});
const { alias = '', table = '', user = '' } = params;
/** util-linux's; runs a command on a terminal of its own. */
const script = '/usr/bin/script';
const writing = /:(?!Get|List|Describe)/;

interface Told {
  readonly kind: string;
  readonly name: string;
  readonly state: string;
  readonly because: string;
  readonly done: readonly string[];
  readonly stops?: readonly string[];
  readonly doubts?: readonly string[];
  readonly loses?: readonly string[];
  readonly why?: readonly string[];
  readonly until?: string;
  readonly costs?: string;
  readonly error?: { readonly code: string; readonly call: string };
}

describe('labwright clean', function () {
  this.timeout(120_000);
  let account: SandboxAccount;
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  beforeEach(async () => {
    account = await sandboxAccount();
    folder = await temporaryFolder();
  });
  afterEach(async () => {
    await account.close();
    await folder.remove();
  });

  const solve = async (...stages: string[]) => {
    for (const stage of stages)
      await carryOut({ steps: proof[stage]?.solution ?? [], caller: account.owner, params });
    account.newCalls();
  };
  const environment = (key: AccessKey = account.sandbox.administrator) => ({
    AWS_ENDPOINT_URL: account.sandbox.url,
    AWS_REGION: account.sandbox.region,
    AWS_ACCESS_KEY_ID: key.accessKeyId,
    AWS_SECRET_ACCESS_KEY: key.secretAccessKey,
  });
  const run = (args: readonly string[], key?: AccessKey) =>
    labwright(args, { cwd: folder.path, env: environment(key) });
  const clean = (...args: string[]) => run(['clean', lab.id, ...args]);
  const cleanJson = async (args: readonly string[], key?: AccessKey) => {
    const { code, stdout, stderr } = await run(['clean', lab.id, '--json', ...args], key);
    expect(stdout, stderr).to.match(/^\{/);
    const report = JSON.parse(stdout) as { dryRun: boolean; interrupted: boolean; things: Told[] };
    const of = (kind: string) => report.things.find((one) => one.kind === kind) as Told;
    return { code, stderr, report, table: of('dynamodb.table'), key: of('kms.key'), user: of('iam.user') };
  };
  const states = (told: { table: Told; key: Told; user: Told }) => [
    told.table.state,
    told.key.state,
    told.user.state,
  ];
  const send = (call: Parameters<typeof account.owner.send>[0], input: object) =>
    account.owner.send(call, input);
  const refusal = (call: Parameters<typeof account.owner.send>[0], input: object) =>
    send(call, input).then(
      () => 'there',
      ({ code }: { code: string }) => code,
    );
  const keyOf = async () => {
    const { output } = await send('kms:DescribeKey', { KeyId: alias });
    return output.KeyMetadata as { KeyId: string; Arn: string; KeyState: string };
  };
  const stateOfKey = async (KeyId: string) => {
    const { output } = await send('kms:DescribeKey', { KeyId });
    return (output.KeyMetadata as { KeyState: string }).KeyState;
  };

  it('removes a whole lab in order, says what is pending and what it costs; the cleanup stage then passes', async () => {
    await solve('key', 'table', 'data', 'user');
    await send('iam:CreateAccessKey', { UserName: user });
    await solve('grant');
    const { KeyId, Arn } = await keyOf();
    await send('kms:CreateGrant', {
      KeyId,
      GranteePrincipal: `arn:aws:iam::${account.sandbox.account.id}:user/${user}`,
      Operations: ['Decrypt'],
    });
    await run(['check', lab.id, '--probe', 'reason']);
    account.newCalls();
    const { code, stdout, stderr } = await clean('--yes');
    expect(code, stdout + stderr).to.equal(0);
    const writes = account.newCalls().filter((call) => writing.test(call));
    expect(writes.slice(0, 4)).to.deep.equal([
      'dynamodb:DeleteTable',
      'kms:RevokeGrant',
      'kms:ScheduleKeyDeletion',
      'kms:DeleteAlias',
    ]);
    expect(writes.at(-1)).to.equal('iam:DeleteUser');
    expect(stdout)
      .to.include(`of the lab: the lab's own name for`)
      .and.to.include('does not charge for a key that is scheduled for deletion')
      .and.to.match(/is scheduled for deletion on \d{4}-\d\d-\d\d/);
    expect(await refusal('dynamodb:DescribeTable', { TableName: table })).to.equal(
      'ResourceNotFoundException',
    );
    expect(await refusal('iam:GetUser', { UserName: user })).to.equal('NoSuchEntity');
    expect(await refusal('kms:DescribeKey', { KeyId: alias })).to.equal('NotFoundException');
    expect(await stateOfKey(KeyId)).to.equal('PendingDeletion');
    const check = await run(['check', lab.id, 'cleanup']);
    expect(check.code, check.stdout + check.stderr).to.equal(0);
    const earned = await run(['check', lab.id, 'key', 'table', 'cleanup', '--json']);
    const { stages } = JSON.parse(earned.stdout) as { stages: { id: string; points: number; max: number }[] };
    for (const { id, points, max } of stages.filter((one) => ['key', 'table', 'cleanup'].includes(one.id)))
      expect(points, id).to.equal(max);
    const again = await cleanJson([]);
    expect(again.code).to.equal(0);
    expect(states(again)).to.deep.equal(['absent', 'absent', 'absent']);
    expect(again.key.until).to.match(/^\d{4}-\d\d-\d\dT/);
    expect(JSON.stringify(again.key)).to.include(Arn);
  });

  it('removes what there is of a half-done lab, and says of nothing that it is nothing', async () => {
    await solve('key');
    const { KeyId } = await keyOf();
    const half = await cleanJson(['--yes']);
    expect(half.code).to.equal(0);
    expect(states(half)).to.deep.equal(['absent', 'gone', 'absent']);
    expect(await stateOfKey(KeyId)).to.equal('PendingDeletion');
    account.newCalls();
    const { code, stdout } = await clean();
    expect(code).to.equal(0);
    expect(stdout).to.include('Nothing of the lab is there.');
    expect(account.newCalls().filter((call) => writing.test(call))).to.deep.equal([]);
  });

  it('only reads in a dry run, and where nobody agrees', async () => {
    await solve('key', 'table', 'data', 'user');
    const dry = await cleanJson(['--dry-run', '--yes']);
    expect(dry.code).to.equal(1);
    expect(dry.report.dryRun).to.equal(true);
    expect(states(dry)).to.deep.equal(['left', 'left', 'left']);
    expect(dry.user.loses).to.deep.include('the attachment of AmazonDynamoDBFullAccess_v2');
    const unasked = await clean();
    expect(unasked.code).to.equal(2);
    expect(unasked.stderr).to.include('nothing was removed').and.to.include('`--yes`');
    const other = await clean('--yes', '999988887777');
    expect(other.code).to.equal(2);
    expect(other.stderr).to.include(`credentials of the account ${account.sandbox.account.id}`);
    const misplaced = await run(['clean', '--yes', lab.id, lab.id]);
    expect(misplaced.code).to.equal(2);
    expect(misplaced.stderr).to.include('twelve digits');
    const calls = account.newCalls();
    expect(calls).to.include('kms:ListGrants').and.to.include('iam:ListMFADevices');
    expect(calls.filter((call) => writing.test(call))).to.deep.equal([]);
  });

  it('wants a live account to be named', async () => {
    await solve('key');
    // Not a loopback address, and so no sandbox to the command.
    const live = ['--endpoint-url', account.sandbox.url.replace('127.0.0.1', '0.0.0.0')];
    const id = account.sandbox.account.id;
    const unnamed = await clean(...live, '--yes');
    expect(unnamed.code).to.equal(2);
    expect(unnamed.stderr).to.include(`\`--yes ${id}\``);
    const unasked = await clean(...live);
    expect(unasked.code).to.equal(2);
    expect(unasked.stderr).to.include(`\`--yes ${id}\``);
    expect(account.newCalls().filter((call) => writing.test(call))).to.deep.equal([]);
    const named = await clean(...live, '--yes', id);
    expect(named.code, named.stderr).to.equal(0);
  });

  it('leaves a key that has another alias', async () => {
    await solve('key');
    const { KeyId } = await keyOf();
    await send('kms:CreateAlias', { AliasName: 'alias/payroll', TargetKeyId: KeyId });
    const told = await cleanJson(['--yes']);
    expect(told.code).to.equal(1);
    expect(told.key.stops?.join()).to.include('alias/payroll');
    expect(await stateOfKey(KeyId)).to.equal('Enabled');
    expect((await keyOf()).KeyId).to.equal(KeyId);
  });

  it('leaves a key that encrypts another table, and one on which somebody else holds a grant', async () => {
    await solve('key', 'table');
    const { KeyId, Arn } = await keyOf();
    await send('dynamodb:CreateTable', {
      TableName: 'payroll',
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      SSESpecification: { Enabled: true, SSEType: 'KMS', KMSMasterKeyId: Arn },
    });
    await send('kms:CreateGrant', {
      KeyId,
      GranteePrincipal: `arn:aws:iam::${account.sandbox.account.id}:user/${account.sandbox.administrator.userName}`,
      Operations: ['Decrypt'],
    });
    const told = await cleanJson(['--yes']);
    expect(told.code).to.equal(1);
    expect(states(told)).to.deep.equal(['gone', 'left', 'absent']);
    expect(told.key.stops?.join('\n')).to.include('the table payroll').and.to.include('holds the grant');
    expect(await stateOfKey(KeyId)).to.equal('Enabled');
    expect(await refusal('dynamodb:DescribeTable', { TableName: 'payroll' })).to.equal('there');
  });

  it('leaves a protected table, and the key that it needs', async () => {
    await solve('key', 'table', 'data', 'user');
    await send('dynamodb:UpdateTable', { TableName: table, DeletionProtectionEnabled: true });
    const told = await cleanJson(['--yes']);
    expect(told.code).to.equal(1);
    expect(states(told)).to.deep.equal(['left', 'left', 'gone']);
    expect(told.table.stops?.join()).to.include('Deletion protection is on');
    expect(told.key.stops?.join()).to.include(`the table ${table}`);
    expect(await stateOfKey(alias)).to.equal('Enabled');
  });

  it('leaves a key of AWS, and never asks for one by such a name', async () => {
    account.newCalls();
    const { code, stderr } = await clean('--yes', '--set', 'alias=alias/aws/dynamodb');
    expect(code).to.equal(2);
    expect(stderr).to.include('"alias/aws/dynamodb" is not the name of a key');
    expect(account.newCalls()).to.deep.equal(['sts:GetCallerIdentity']);
  });

  it('leaves the user whose credentials are used', async () => {
    const own = account.sandbox.administrator.userName;
    const told = await cleanJson(['--yes', '--set', `user=${own}`]);
    expect(told.code).to.equal(1);
    expect(told.user.stops?.join()).to.include('credentials that you use right now');
    expect(await refusal('iam:GetUser', { UserName: own })).to.equal('there');
  });

  const more: readonly (readonly [title: string, make: () => Promise<unknown>, said: RegExp])[] = [
    [
      'a tag',
      () => send('iam:TagUser', { UserName: user, Tags: [{ Key: 'team', Value: 'pay' }] }),
      /tags: team=pay/,
    ],
    [
      'another policy',
      () =>
        send('iam:AttachUserPolicy', {
          UserName: user,
          PolicyArn: 'arn:aws:iam::aws:policy/AdministratorAccess',
        }),
      /policies that the lab did not give it: AdministratorAccess/,
    ],
    [
      'an inline policy',
      () =>
        send('iam:PutUserPolicy', {
          UserName: user,
          PolicyName: 'own',
          PolicyDocument: JSON.stringify({
            Version: '2012-10-17',
            Statement: { Effect: 'Allow', Action: 's3:*', Resource: '*' },
          }),
        }),
      /inline policies: own/,
    ],
    [
      'a group',
      async () => {
        await send('iam:CreateGroup', { GroupName: 'staff' });
        await send('iam:AddUserToGroup', { GroupName: 'staff', UserName: user });
      },
      /in groups: staff/,
    ],
    ['a path', () => send('iam:UpdateUser', { UserName: user, NewPath: '/staff/' }), /path \/staff\//],
  ];
  for (const [title, make, said] of more) {
    it(`leaves a user with ${title} where nobody can be asked`, async () => {
      await solve('user');
      await make();
      const told = await cleanJson(['--yes']);
      expect(told.code).to.equal(1);
      expect(told.user.doubts?.join()).to.match(said);
      expect(told.user.why?.join()).to.include('run this on a terminal');
      expect(await refusal('iam:GetUser', { UserName: user })).to.equal('there');
    });
  }

  describe('on a terminal', () => {
    /** Answers the questions as they come. */
    async function onTerminal(args: readonly string[], answers: readonly string[], stopAt?: RegExp) {
      const command = [process.execPath, mainFile, 'clean', lab.id, ...args].join(' ');
      const child = spawn(script, ['-qec', command, '/dev/null'], {
        cwd: folder.path,
        env: bareEnvironment({ ...environment(), TERM: 'xterm', NO_COLOR: '1' }),
      });
      let screen = '';
      let answered = 0;
      let stopped = false;
      child.stdout.setEncoding('utf8').on('data', (text: string) => {
        screen += text;
        if ((screen.match(/\[y\/N\] /g)?.length ?? 0) > answered)
          child.stdin.write(`${answers[answered++]}\n`);
        if (!stopped && stopAt?.test(screen)) {
          stopped = true;
          child.stdin.write('\u0003');
        }
      });
      const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
      return { code, screen };
    }
    beforeEach(function () {
      if (!existsSync(script)) this.skip();
    });

    it('removes nothing without a yes', async () => {
      await solve('key', 'user');
      const { code, screen } = await onTerminal([], ['']);
      expect(code, screen).to.equal(1);
      expect(screen).to.include(`Remove ${alias}, ${user} (account`);
      expect(account.newCalls().filter((call) => writing.test(call))).to.deep.equal([]);
    });

    it('removes it with a yes, and asks about a doubtful user by itself', async () => {
      await solve('key', 'user');
      await send('iam:TagUser', { UserName: user, Tags: [{ Key: 'team', Value: 'pay' }] });
      const kept = await onTerminal([], ['n', 'y']);
      expect(kept.code, kept.screen).to.equal(1);
      expect(kept.screen).to.include("may be somebody else's");
      expect(await refusal('iam:GetUser', { UserName: user })).to.equal('there');
      expect(await refusal('kms:DescribeKey', { KeyId: alias })).to.equal('NotFoundException');
      const gone = await onTerminal([], ['y', 'y']);
      expect(gone.code, gone.screen).to.equal(0);
      expect(await refusal('iam:GetUser', { UserName: user })).to.equal('NoSuchEntity');
    });

    it('stops at Ctrl-C, says what is done and what not, and goes on the next time', async () => {
      await solve('key', 'table', 'data', 'user');
      const { KeyId } = await keyOf();
      const { code, screen } = await onTerminal(['--yes'], [], /asked DynamoDB to delete/);
      expect(code, screen).to.equal(130);
      expect(screen).to.include('Interrupted').and.to.include(`user ${user}`);
      expect(await refusal('iam:GetUser', { UserName: user })).to.equal('there');
      const { code: next } = await clean('--yes');
      expect(next).to.equal(0);
      expect(await stateOfKey(KeyId)).to.equal('PendingDeletion');
      expect(await refusal('iam:GetUser', { UserName: user })).to.equal('NoSuchEntity');
    });
  });

  describe('with few permissions', () => {
    const limited = async (...Action: string[]): Promise<AccessKey> => {
      await send('iam:CreateUser', { UserName: 'cleaner' });
      await send('iam:PutUserPolicy', {
        UserName: 'cleaner',
        PolicyName: 'some',
        PolicyDocument: JSON.stringify({
          Version: '2012-10-17',
          Statement: { Effect: 'Allow', Action, Resource: '*' },
        }),
      });
      return accessKeyIn(await send('iam:CreateAccessKey', { UserName: 'cleaner' }));
    };

    it('tells of each thing what was denied, and goes on with the others', async () => {
      await solve('key', 'table', 'data', 'user');
      const some = await limited('dynamodb:*', 'kms:Describe*', 'kms:List*', 'iam:Get*', 'iam:List*');
      const told = await cleanJson(['--yes'], some);
      expect(told.code).to.equal(1);
      expect(states(told)).to.deep.equal(['gone', 'left', 'left']);
      expect(told.key.error).to.include({ call: 'kms:ScheduleKeyDeletion', code: 'AccessDeniedException' });
      expect(told.user.error).to.include({ code: 'AccessDenied' });
      expect((await keyOf()).KeyState).to.equal('Enabled');
    });

    it('removes nothing that it cannot look at whole', async () => {
      await solve('key', 'user');
      const some = await limited(
        'dynamodb:*',
        'kms:Describe*',
        'kms:ListAliases',
        'kms:Schedule*',
        'iam:Get*',
      );
      const told = await cleanJson(['--yes'], some);
      expect(told.code).to.equal(3);
      expect(states(told)).to.deep.equal(['absent', 'unknown', 'unknown']);
      expect(told.key.error).to.include({ call: 'kms:ListGrants' });
      expect((await keyOf()).KeyState).to.equal('Enabled');
    });
  });

  it('takes the names of the checks that were made in this account, and no others', async () => {
    const mine = { ...params, alias: 'alias/mine', table: 'mine', user: 'me' };
    for (const stage of ['key', 'table', 'user'])
      await carryOut({ steps: proof[stage]?.solution ?? [], caller: account.owner, params: mine });
    await solve('key');
    const sets = ['alias', 'table', 'user'].flatMap((name) => ['--set', `${name}=${mine[name as 'alias']}`]);
    await run(['check', lab.id, '--probe', 'reason', ...sets]);
    const told = await cleanJson(['--yes']);
    expect(told.report.things.map((one) => one.name)).to.deep.equal(['mine', 'alias/mine', 'me']);
    expect(told.key.because).to.match(/your name in the check of \d{4}/);
    expect(told.code).to.equal(0);
    expect((await keyOf()).KeyState).to.equal('Enabled');
  });

  it('does not forget a key that has lost its alias, and does not remove it', async () => {
    await solve('key');
    const { KeyId } = await keyOf();
    await run(['check', lab.id, 'key']);
    await send('kms:DeleteAlias', { AliasName: alias });
    const told = await cleanJson(['--yes']);
    expect(told.code).to.equal(1);
    expect(told.key.stops?.join()).to.include('aws kms schedule-key-deletion');
    expect(await stateOfKey(KeyId)).to.equal('Enabled');
  });

  it('is not moved by hostile names', async () => {
    const id = account.sandbox.account.id;
    const hostile = [
      ...[
        'user=../admin',
        'user=a b',
        'user=*',
        'user=$(reboot)',
        'user=\u001b[31mred',
        `user=${'x'.repeat(65)}`,
      ],
      ...['table=a', 'table=*', `table=arn:aws:dynamodb:us-east-1:${id}:table/payroll`, 'table=a/b'],
      ...['alias=payroll', 'alias=alias/', 'alias=alias/a b', 'alias=1234abcd-12ab-34cd-56ef-1234567890ab'],
    ];
    for (const name of hostile) {
      const { code, stderr } = await clean('--yes', '--set', name);
      expect(code, `${name}: ${stderr}`).to.equal(2);
      expect(stderr)
        .to.not.match(/\n\s+at /)
        .and.to.not.include('\u001b');
    }
    expect(new Set(account.newCalls())).to.deep.equal(new Set(['sts:GetCallerIdentity']));
  });
});
