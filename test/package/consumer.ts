/** What somebody writes who has installed the package: everything that is public, used as it is meant, and a few mistakes that have to be seen. */
export const consumer = `
import {
  type AwsAccount, CallError, type CheckEvent, ChecksProblem, checkLab, defineCheck, Failed, gradeClass, graderRole, isAbsent, isAccessDenied, type Lab,
  LabNotFound, LabProblems, loadLab, NotJudged, openSandbox, PlanError, regradeClass, renderWriteUp, type Result, resultSchema, shippedLabs,
  solveLab, verifyLab, z,
} from 'labwright';
import { labSuite } from 'labwright/mocha';

export const hasUsers = defineCheck({
  id: 'consumer/has-users',
  title: 'There are users',
  calls: ['iam:ListUsers'],
  params: z.strictObject({ atLeast: z.number() }),
  outputs: z.object({ count: z.number() }),
  async run({ params, account, expect }) {
    const { Users } = await account.call('iam:ListUsers', {});
    const names: (string | undefined)[] | undefined = Users?.map((user) => user.UserName);
    const count: number = Users?.length ?? 0;
    expect(count, 'There are ' + names?.join()).to.be.at.least(params.atLeast);
    // @ts-expect-error chai knows no such assertion
    expect(count, 'x').to.be.nonsense();
    // @ts-expect-error the check does not declare it
    await account.call('iam:ListRoles', {});
    // @ts-expect-error the operation takes no such member
    await account.call('iam:ListUsers', { Users: 1 });
    // @ts-expect-error the check has no such parameter
    if (count < params.atMost) throw new NotJudged('x', 'y');
    if (count < 0) throw new Failed('x', { expected: 1, actual: 2 });
    return { message: 'x', outputs: { count } };
  },
});

defineCheck({
  id: 'consumer/hands-nothing-on',
  title: 'x',
  calls: ['iam:ListUsers'],
  params: z.strictObject({}),
  run: async () => ({ message: 'x' }),
});

defineCheck({
  id: 'consumer/forgets-its-outputs',
  title: 'x',
  calls: ['iam:ListUsers'],
  params: z.strictObject({}),
  outputs: z.object({ count: z.number() }),
  // @ts-expect-error there is no count
  run: async () => ({ message: 'x' }),
});

defineCheck({
  id: 'consumer/wrong',
  title: 'x',
  // @ts-expect-error there is no such operation
  calls: ['iam:ListNothing'],
  params: z.strictObject({}),
  run: async () => ({ message: 'x' }),
});

export async function use(account: AwsAccount, signal: AbortSignal): Promise<Result> {
  const lab: Lab = await loadLab(shippedLabs()[0] ?? '', { checks: [hasUsers] });
  const title: string | undefined = lab.stages[0]?.title;
  const run = checkLab(lab, { account, probe: { profile: 'x' }, signal });
  for await (const event of run) {
    const one: CheckEvent = event;
    if (one.type === 'finding') one.finding.verdict satisfies 'pass' | 'fail' | 'error' | 'skip';
  }
  const { result } = await run.done;
  // @ts-expect-error points are a number
  const wrong: string = result.score.points;
  for await (const { id, problems } of verifyLab(lab, { signal })) id satisfies string, problems.length satisfies number;
  const sandbox = await openSandbox({ realistic: true });
  await solveLab(lab, { account: sandbox });
  const { markdown }: { markdown: string } = await renderWriteUp(result, { isPublic: true });
  const { result: book } = await gradeClass(lab, { account: sandbox.addAccount(), roster: 'x', folder: 'y', signal }).done;
  book.learners[0]?.points satisfies number | null | undefined;
  (await graderRole(lab, { instructor: '1' })).externalId satisfies string;
  (await regradeClass(lab, { recordings: 'y' }).done).regraded[0]?.after.points satisfies number | undefined;
  labSuite('x', { account: () => sandbox, checks: [hasUsers] });
  // @ts-expect-error whose account?
  labSuite('x', {});
  try {
    return resultSchema.parse(markdown + title + wrong);
  } catch (error) {
    if (error instanceof CallError) throw new Error(error.code + isAbsent(error) + isAccessDenied(error));
    if (error instanceof LabProblems) throw new Error(String(error.problems[0]?.line));
    if (error instanceof ChecksProblem) throw new Error(error.source);
    if (error instanceof LabNotFound || error instanceof PlanError) throw new Error(error.message);
    throw error;
  }
}
`;
