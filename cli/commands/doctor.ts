/** `labwright doctor`: what is missing before a lab begins. Nothing is written, here or in the account. */
import type { Identity } from '../../runner/accounts/caller.ts';
import type { OpenAccount } from '../../runner/accounts/open-account.ts';
import { examineAccount } from '../../runner/doctor/account-items.ts';
import { clockItem } from '../../runner/doctor/clock-item.ts';
import type { Item } from '../../runner/doctor/item.ts';
import { permissionItems } from '../../runner/doctor/permission-items.ts';
import { temporaryKeyItems } from '../../runner/doctor/temporary-key-item.ts';
import { testUserItem } from '../../runner/doctor/test-user-item.ts';
import { allSteps, planRun, type Step } from '../../runner/plan.ts';
import { openAccount } from '../accounts/open-account.ts';
import { explainError } from '../explain-error.ts';
import { findLab, labIds } from '../labs/find-lab.ts';
import { readAwsConfiguration } from '../machine/aws-configuration.ts';
import { credentialSourceItems, regionItems } from '../machine/configuration-items.ts';
import { credentialFault } from '../machine/credential-faults.ts';
import { leftKeysItem, nodeItem, stateFolderItem } from '../machine/machine-items.ts';
import type { AccountFlags } from '../options/account.ts';
import type { ChecksFlags } from '../options/checks.ts';
import { createOutput } from '../output.ts';
import { stateOf } from '../state.ts';
import { itemText } from '../terminal/item-text.ts';
import { exitCodes, UserError } from '../user-error.ts';

export interface DoctorFlags extends AccountFlags, ChecksFlags {
  readonly account?: string;
  readonly set: Record<string, string>;
  readonly json?: boolean;
  readonly color: boolean;
}

export async function doctor(labName: string | undefined, flags: DoctorFlags): Promise<void> {
  const { print, style } = createOutput(!flags.color);
  const labs = await examinedLabs(labName, flags);
  const items: Item[] = [];
  const tell = (...more: readonly Item[]) => {
    items.push(...more);
    if (!flags.json) for (const item of more) print(itemText(item, style));
  };
  tell(nodeItem(process.versions.node));
  for (const { id } of labs) {
    const state = stateOf(id);
    tell(await stateFolderItem(state), await leftKeysItem(state));
  }
  const account = await opened(flags, tell);
  if (account) await examine(account, { labs, flags, tell });
  if (flags.json) print(`${JSON.stringify({ schema: 'labwright/doctor/v1', items }, null, 2)}\n`);
  process.exitCode = exitCodeOf(items);
}

interface ExaminedLab {
  readonly id: string;
  readonly steps: readonly Step[];
}

/** The lab that was named, or all that come with Labwright. @throws UserError, PlanError, LabProblems */
async function examinedLabs(
  labName: string | undefined,
  { set: settings, checks = [] }: DoctorFlags,
): Promise<ExaminedLab[]> {
  if (labName === undefined && Object.keys(settings).length > 0)
    throw new UserError('`--set` needs to know the lab: name it.');
  const names = labName === undefined ? await labIds() : [labName];
  return Promise.all(
    names.map(async (name) => {
      const { lab } = await findLab(name, { checks });
      return { id: lab.id, steps: allSteps(lab, planRun(lab, settings).params) };
    }),
  );
}

async function opened(flags: DoctorFlags, tell: (item: Item) => void): Promise<OpenAccount | undefined> {
  try {
    return await openAccount(flags);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    const [message = '', ...advice] = error.message.split('\n');
    const more = advice.length > 0 && { advice: advice.join(' ') };
    tell({ id: 'configuration', state: 'missing', message, ...more });
    return undefined;
  }
}

interface Examination {
  readonly labs: readonly ExaminedLab[];
  readonly flags: DoctorFlags;
  readonly tell: (...items: readonly Item[]) => void;
}

async function examine(account: OpenAccount, { labs, flags, tell }: Examination): Promise<void> {
  const caller = account.owner();
  try {
    if (!flags.sandbox) {
      const configuration = await readAwsConfiguration(flags.profile);
      tell(...regionItems(configuration, caller.region), ...credentialSourceItems(configuration));
    }
    tell(await clockItem(account.endpoint ?? awsUrl(caller.region)));
    const { items, identity } = await examineAccount({
      caller,
      ...(flags.account !== undefined && { expected: flags.account }),
      ...(account.endpoint === undefined && { everywhere: caller.inRegion('us-east-1') }),
      whyNone: credentialFault,
    });
    tell(...items);
    if (!identity || items.some(({ id, state }) => id === 'account' && state === 'missing')) return;
    for (const { steps } of labs) await examineLab({ caller, identity, steps }, tell);
  } finally {
    caller.close();
  }
}

async function examineLab(
  questions: { caller: ReturnType<OpenAccount['owner']>; identity: Identity; steps: readonly Step[] },
  tell: Examination['tell'],
): Promise<void> {
  const testUser = testUserItem(questions.identity, questions.steps);
  if (testUser) {
    tell(testUser);
    return;
  }
  try {
    tell(...(await permissionItems(questions)));
    tell(...(await temporaryKeyItems(questions)));
  } catch (error) {
    const [message = '', ...advice] = (await explainError(error)).message.split('\n');
    tell({ id: 'permissions', state: 'unknown', message, advice: advice.join(' ') });
  }
}

/** STS answers in every Region; China has a domain of its own. */
function awsUrl(region: string): string {
  return region.startsWith('cn-') ? `https://sts.${region}.amazonaws.com.cn` : 'https://sts.amazonaws.com';
}

function exitCodeOf(items: readonly Item[]): number {
  const states = items.map(({ state }) => state);
  if (states.includes('missing')) return exitCodes.failed;
  return states.includes('unknown') ? exitCodes.notJudged : exitCodes.passed;
}
