import { expect } from 'chai';
import fc from 'fast-check';
import { Scene, type User } from '../cloudtrail/scene.ts';
import { refusal } from '../refusal.ts';

const delay = 60_000;
const UserName = 'ann';
const GroupName = 'readers';
const PolicyName = 'own';
const administratorAccess = 'arn:aws:iam::aws:policy/AdministratorAccess';
const boundary = (accountId: string) => `arn:aws:iam::${accountId}:policy/limit`;

const document = (...statements: object[]) =>
  JSON.stringify({ Version: '2012-10-17', Statement: statements });
const allowing = document({ Effect: 'Allow', Action: 'kms:ListKeys', Resource: '*' });
const silent = document({ Effect: 'Allow', Action: 'kms:ListAliases', Resource: '*' });

/** What changes whether the user may list keys: set up, then changed. */
interface Change {
  readonly title: string;
  readonly begin?: (scene: Scene) => Promise<unknown>;
  readonly change: (scene: Scene) => Promise<unknown>;
  /** Whether the change allows what was denied, or denies what was allowed. */
  readonly allows: boolean;
}

const own = (scene: Scene, PolicyDocument = allowing) =>
  scene.admin.iam.putUserPolicy({ UserName, PolicyName, PolicyDocument });
const inGroup = (scene: Scene) => scene.admin.iam.addUserToGroup({ GroupName, UserName });
const ofGroup = (scene: Scene, PolicyDocument = allowing) =>
  scene.admin.iam.putGroupPolicy({ GroupName, PolicyName, PolicyDocument });
const managed = (scene: Scene, PolicyDocument: string) =>
  scene.admin.iam.createPolicy({ PolicyName: 'limit', PolicyDocument });
const arn = (scene: Scene) => boundary(scene.sandbox.account.id);

const changes: readonly Change[] = [
  { title: 'PutUserPolicy', change: (scene) => own(scene), allows: true },
  {
    title: 'PutUserPolicy over another',
    begin: (scene) => own(scene),
    change: (scene) => own(scene, silent),
    allows: false,
  },
  {
    title: 'DeleteUserPolicy',
    begin: (scene) => own(scene),
    change: (scene) => scene.admin.iam.deleteUserPolicy({ UserName, PolicyName }),
    allows: false,
  },
  {
    title: 'AttachUserPolicy',
    change: (scene) => scene.admin.iam.attachUserPolicy({ UserName, PolicyArn: administratorAccess }),
    allows: true,
  },
  {
    title: 'DetachUserPolicy',
    begin: (scene) => scene.admin.iam.attachUserPolicy({ UserName, PolicyArn: administratorAccess }),
    change: (scene) => scene.admin.iam.detachUserPolicy({ UserName, PolicyArn: administratorAccess }),
    allows: false,
  },
  { title: 'AddUserToGroup', begin: (scene) => ofGroup(scene), change: inGroup, allows: true },
  {
    title: 'RemoveUserFromGroup',
    begin: async (scene) => [await ofGroup(scene), await inGroup(scene)],
    change: (scene) => scene.admin.iam.removeUserFromGroup({ GroupName, UserName }),
    allows: false,
  },
  {
    title: 'RemoveUserFromGroup and DeleteGroup',
    begin: async (scene) => [await ofGroup(scene), await inGroup(scene)],
    async change({ admin: { iam } }) {
      await iam.removeUserFromGroup({ GroupName, UserName });
      await iam.deleteGroupPolicy({ GroupName, PolicyName });
      await iam.deleteGroup({ GroupName });
    },
    allows: false,
  },
  { title: 'PutGroupPolicy', begin: inGroup, change: (scene) => ofGroup(scene), allows: true },
  {
    title: 'DeleteGroupPolicy',
    begin: async (scene) => [await ofGroup(scene), await inGroup(scene)],
    change: (scene) => scene.admin.iam.deleteGroupPolicy({ GroupName, PolicyName }),
    allows: false,
  },
  {
    title: 'AttachGroupPolicy',
    begin: inGroup,
    change: (scene) => scene.admin.iam.attachGroupPolicy({ GroupName, PolicyArn: administratorAccess }),
    allows: true,
  },
  {
    title: 'CreatePolicyVersion of a policy of the group',
    async begin(scene) {
      await inGroup(scene);
      await managed(scene, silent);
      await scene.admin.iam.attachGroupPolicy({ GroupName, PolicyArn: arn(scene) });
    },
    change: (scene) =>
      scene.admin.iam.createPolicyVersion({
        PolicyArn: arn(scene),
        PolicyDocument: allowing,
        SetAsDefault: true,
      }),
    allows: true,
  },
  {
    title: 'SetDefaultPolicyVersion',
    async begin(scene) {
      await managed(scene, allowing);
      await scene.admin.iam.createPolicyVersion({ PolicyArn: arn(scene), PolicyDocument: silent });
      await scene.admin.iam.attachUserPolicy({ UserName, PolicyArn: arn(scene) });
    },
    change: (scene) => scene.admin.iam.setDefaultPolicyVersion({ PolicyArn: arn(scene), VersionId: 'v2' }),
    allows: false,
  },
  {
    title: 'PutUserPermissionsBoundary',
    begin: async (scene) => [await own(scene), await managed(scene, silent)],
    change: (scene) =>
      scene.admin.iam.putUserPermissionsBoundary({ UserName, PermissionsBoundary: arn(scene) }),
    allows: false,
  },
  {
    title: 'DeleteUserPermissionsBoundary',
    async begin(scene) {
      await own(scene);
      await managed(scene, silent);
      await scene.admin.iam.putUserPermissionsBoundary({ UserName, PermissionsBoundary: arn(scene) });
    },
    change: (scene) => scene.admin.iam.deleteUserPermissionsBoundary({ UserName }),
    allows: true,
  },
  {
    title: 'CreatePolicyVersion of the boundary',
    async begin(scene) {
      await own(scene);
      await managed(scene, silent);
      await scene.admin.iam.putUserPermissionsBoundary({ UserName, PermissionsBoundary: arn(scene) });
    },
    change: (scene) =>
      scene.admin.iam.createPolicyVersion({
        PolicyArn: arn(scene),
        PolicyDocument: allowing,
        SetAsDefault: true,
      }),
    allows: true,
  },
  {
    title: 'TagUser',
    begin: (scene) => own(scene, taggedOnly),
    change: (scene) => scene.admin.iam.tagUser({ UserName, Tags: [{ Key: 'team', Value: 'blue' }] }),
    allows: true,
  },
  {
    title: 'UntagUser',
    async begin(scene) {
      await own(scene, taggedOnly);
      await scene.admin.iam.tagUser({ UserName, Tags: [{ Key: 'team', Value: 'blue' }] });
    },
    change: (scene) => scene.admin.iam.untagUser({ UserName, TagKeys: ['team'] }),
    allows: false,
  },
];

const taggedOnly = document({
  Effect: 'Allow',
  Action: 'kms:ListKeys',
  Resource: '*',
  Condition: { StringEquals: { 'aws:PrincipalTag/team': 'blue' } },
});

describe('changes of a user’s policies, where they take time to count', () => {
  let scene: Scene;
  let ann: User;
  beforeEach(async () => {
    scene = await Scene.start();
    ann = await scene.user(UserName);
    await scene.admin.iam.createGroup({ GroupName });
  });
  afterEach(() => scene.sandbox.close());

  const isAllowed = (allowed: boolean) =>
    allowed
      ? ann.kms.listKeys({})
      : refusal(ann.kms.listKeys({})).then(({ name }) => expect(name).to.equal('AccessDeniedException'));

  for (const { title, begin, change, allows } of changes) {
    it(`${title} ${allows ? 'allows' : 'denies'} only after the delay`, async () => {
      await begin?.(scene);
      scene.sandbox.setTiming({ policiesMs: delay });
      await isAllowed(!allows);
      await change(scene);
      await isAllowed(!allows);
      scene.sandbox.clock.advance(delay - 5000);
      await isAllowed(!allows);
      scene.sandbox.clock.advance(5000);
      await isAllowed(allows);
    });
  }

  it('count one after the other, each after its own delay', async () => {
    scene.sandbox.setTiming({ policiesMs: delay });
    const { clock } = scene.sandbox;
    await own(scene);
    clock.advance(delay / 2);
    await scene.admin.iam.deleteUserPolicy({ UserName, PolicyName });
    clock.advance(delay / 2);
    await isAllowed(true);
    clock.advance(delay / 2);
    await isAllowed(false);
  });

  it('show in what IAM answers at once', async () => {
    scene.sandbox.setTiming({ policiesMs: delay });
    await own(scene);
    const { PolicyNames } = await scene.admin.iam.listUserPolicies({ UserName });
    expect(PolicyNames).to.deep.equal([PolicyName]);
    const simulated = await scene.admin.iam.simulatePrincipalPolicy({
      PolicySourceArn: ann.arn,
      ActionNames: ['kms:ListKeys'],
    });
    expect(simulated.EvaluationResults?.[0]?.EvalDecision).to.equal('allowed');
  });

  it('count at once again when the delay is taken away', async () => {
    scene.sandbox.setTiming({ policiesMs: delay });
    await own(scene);
    await isAllowed(false);
    scene.sandbox.setTiming({ policiesMs: 0 });
    await isAllowed(true);
  });
});

describe('whatever happens to a user', () => {
  it('what counts is what counted a delay ago', async function () {
    this.timeout(60_000);
    // Whole seconds, and a delay that is none: however long the test takes, nothing falls due while it looks.
    const oddDelay = delay + 500;
    const steps: readonly ((scene: Scene) => Promise<unknown>)[] = [
      (scene) => own(scene),
      (scene) => own(scene, silent),
      inGroup,
      (scene) => ofGroup(scene),
      ...changes.flatMap(({ change }) => change),
    ];
    const moves = fc.array(
      fc.tuple(
        fc.nat(steps.length - 1),
        fc.integer({ min: 0, max: 120 }).map((seconds) => seconds * 1000),
      ),
      {
        minLength: 1,
        maxLength: 12,
      },
    );
    await fc.assert(
      fc.asyncProperty(moves, async (sequence) => {
        const scene = await Scene.start();
        const { sandbox } = scene;
        const { clock } = sandbox;
        await scene.user(UserName);
        await scene.admin.iam.createGroup({ GroupName });
        await managed(scene, silent);
        const { account } = sandbox;
        const userId = account.iam.userIdOf(`arn:aws:iam::${account.id}:user/${UserName}`) ?? '';
        const { id: accountId } = account;
        const principal = {
          kind: 'user',
          accountId,
          userId,
          arn: `arn:aws:iam::${accountId}:user/ann`,
        } as const;
        const held = () =>
          JSON.stringify([account.iam.policiesOf(principal), [...account.iam.tagsOf(principal)]]);
        const log = [{ at: Number.NEGATIVE_INFINITY, held: held() }];
        sandbox.setTiming({ policiesMs: oddDelay });
        for (const [step, pause] of sequence) {
          // A step that IAM refuses changes nothing.
          await steps[step]?.(scene).catch(() => undefined);
          const at = clock.now().getTime();
          sandbox.setTiming({ policiesMs: 0 });
          log.push({ at, held: held() });
          sandbox.setTiming({ policiesMs: oddDelay });
          clock.advance(pause);
          const then = clock.now().getTime() - oddDelay;
          expect(held()).to.equal(log.findLast((entry) => entry.at <= then)?.held);
        }
        await sandbox.close();
      }),
      { numRuns: 25 },
    );
  });
});
