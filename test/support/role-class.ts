/** A class on one sandbox: an instructor's account, and learners' accounts that the instructor enters by role. */
import { AwsCaller } from '../../runner/accounts/aws-caller.ts';
import type { Lab } from '../../runner/lab/lab.ts';
import { planRun } from '../../runner/plan.ts';
import { carryOut } from '../../runner/proof/carry-out.ts';
import { mistakeSteps } from '../../runner/proof/mistake-steps.ts';
import type { Proof, ProofStep } from '../../runner/proof/schema.ts';
import type { CallRecord } from '../../sandbox/gateway/gateway.ts';
import { type AccessKey, type Sandbox, startSandbox } from '../../sandbox/sandbox.ts';
import { labwright } from './labwright.ts';

export interface ClassMember {
  readonly id: string;
  readonly account: string;
  readonly caller: AwsCaller;
  readonly role: string;
  readonly externalId: string;
}

/** The first lab's role in accounts of a sandbox, as `labwright role` describes it. */
export class RoleClass {
  readonly sandbox: Sandbox;
  /** Every call that arrived, oldest first. */
  readonly records: CallRecord[];
  readonly members: ClassMember[] = [];
  readonly #lab: Lab;
  readonly #proof: Proof;

  private constructor(sandbox: Sandbox, records: CallRecord[], { lab, proof }: { lab: Lab; proof: Proof }) {
    this.sandbox = sandbox;
    this.records = records;
    this.#lab = lab;
    this.#proof = proof;
  }

  static async start(of: { lab: Lab; proof: Proof }): Promise<RoleClass> {
    const records: CallRecord[] = [];
    return new RoleClass(await startSandbox({ onCall: (one) => records.push(one) }), records, of);
  }

  /** Variables with which any AWS client is the instructor. */
  get env(): Record<string, string> {
    const { administrator, region, url } = this.sandbox;
    return {
      AWS_ACCESS_KEY_ID: administrator.accessKeyId,
      AWS_SECRET_ACCESS_KEY: administrator.secretAccessKey,
      AWS_REGION: region,
      AWS_ENDPOINT_URL: url,
    };
  }

  /** A learner who has made the role. @param more options of `labwright role` */
  async join(id: string, ...more: string[]): Promise<ClassMember> {
    const { account, administrator } = this.sandbox.addAccount();
    const externalId = `id-of-${id}`;
    const args = ['--instructor', this.sandbox.account.id, '--external-id', externalId, '--json', ...more];
    const { stdout } = await labwright(['role', this.#lab.id, ...args]);
    const { roleName, trust, permissions } = JSON.parse(stdout) as {
      roleName: string;
      trust: object;
      permissions: object;
    };
    const caller = this.#callerFor(administrator);
    await caller.send('iam:CreateRole', {
      RoleName: roleName,
      AssumeRolePolicyDocument: JSON.stringify(trust),
    });
    await caller.send('iam:PutRolePolicy', {
      RoleName: roleName,
      PolicyName: 'labwright-checks',
      PolicyDocument: JSON.stringify(permissions),
    });
    const role = `arn:aws:iam::${account.id}:role/${roleName}`;
    const member = { id, account: account.id, caller, role, externalId };
    this.members.push(member);
    return member;
  }

  /** The learner carries out the solution of these stages. */
  async solve(member: ClassMember, ...stages: string[]): Promise<void> {
    for (const stage of stages) await this.do(member, this.#proof[stage]?.solution ?? []);
  }

  /** The learner makes one of the lab's named mistakes. */
  async mistake(member: ClassMember, stage: string, id: string): Promise<void> {
    const made = this.#proof[stage]?.mistakes?.find((one) => one.id === id);
    if (!made) throw new Error(`The lab has no mistake ${stage}/${id}.`);
    await this.do(member, mistakeSteps(this.#proof, stage, made));
  }

  async do({ caller }: ClassMember, steps: readonly ProofStep[]): Promise<void> {
    await carryOut({ steps, caller, params: planRun(this.#lab, {}).params, patienceMs: 1000 });
  }

  /** The learner takes actions away from the role. */
  async deny({ caller, role }: ClassMember, ...actions: string[]): Promise<void> {
    await caller.send('iam:PutRolePolicy', {
      RoleName: role.split('/').at(-1),
      PolicyName: 'not-these',
      PolicyDocument: JSON.stringify({
        Version: '2012-10-17',
        Statement: [{ Effect: 'Deny', Action: actions, Resource: '*' }],
      }),
    });
  }

  async stop(): Promise<void> {
    for (const { caller } of this.members) caller.close();
    await this.sandbox.close();
  }

  #callerFor({ accessKeyId, secretAccessKey }: AccessKey): AwsCaller {
    const { region, url } = this.sandbox;
    return new AwsCaller({ region, endpoint: url, credentials: { accessKeyId, secretAccessKey } });
  }
}

/** A roster of these learners, with cells that some of them have otherwise. */
export function rosterOf(
  members: readonly ClassMember[],
  otherwise: Readonly<Record<string, { role?: string; externalId?: string; extension?: string }>> = {},
): string {
  const lines = members.map(({ id, role, externalId }) => {
    const own = { role, externalId, extension: '', ...otherwise[id] };
    return [id, `Learner ${id}`, 'A', own.role, own.externalId, own.extension].join(',');
  });
  return `${['learner id,name,section,role,external id,extension', ...lines].join('\n')}\n`;
}
