/** Holds the requests of a result against what CloudTrail recorded of them. */
import { CallError } from '../../../checks/call.ts';
import type { Caller } from '../../accounts/caller.ts';
import { identify } from '../../accounts/identify.ts';
import { adviceFor } from '../../advice.ts';
import type { Evidence, Result } from '../../result.ts';
import { evidenceOf } from '../find-doubles.ts';
import type { IntegrityItem } from '../item.ts';
import { type RecordedRequest, recordedRequests, userNameOf } from './recorded-requests.ts';

/** All that the look-up takes; a session through a role has no more. */
export const lookupPolicy = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: 'cloudtrail:LookupEvents', Resource: '*' }],
});

const id = 'CloudTrail';
const minuteMs = 60_000;
/** Events come "within an average of about 5 minutes" (CloudTrail user guide); observed: up to more than 25. */
const shownAfterMs = 60 * minuteMs;
/** The event history's 90 days, less one for clocks and time zones. */
const keptMs = 89 * 24 * 60 * minuteMs;
/** How far the time in a result may lie from the recorded one. */
const toleranceMs = 5 * minuteMs;

/** Reads and writes of items are data events, which the event history does not hold ("Logging DynamoDB operations"). */
const dataEvents =
  /^dynamodb:(Batch|Execute|Transact)\w+$|^dynamodb:(Get|Put|Update|Delete)Item$|^dynamodb:(Query|Scan)$/;

/** Only what succeeded, or was refused, is sure to be recorded: of throttled and malformed requests AWS does not say. */
function isRecorded({ call, error }: Evidence): boolean {
  return !dataEvents.test(call) && (!error || error.code.startsWith('AccessDenied'));
}

/** @param results of this account those are looked up; nothing is written, no answer is awaited */
export async function verifyLive(
  results: readonly Result[],
  caller: Caller,
  now: () => number = Date.now,
): Promise<IntegrityItem[]> {
  try {
    const { accountId } = await identify(caller);
    const here = results.filter(({ account }) => account.id === accountId);
    if (here.length === 0) {
      const others = [...new Set(results.map(({ account }) => account.id))].join(', ');
      const message = `You look into the account ${accountId}, and this is about ${others}.`;
      const advice =
        'Use credentials of that account (`--profile`), or a role in it (`--role`, `--external-id`).';
      return [{ id, state: 'unknown', message, advice }];
    }
    const items: IntegrityItem[] = [];
    for (const result of here) items.push(...(await verifyOne(result, caller, now())));
    const left = results.length - here.length;
    if (left > 0) {
      const message = `${left} of the results are of other accounts and were not looked up.`;
      items.push({
        id,
        state: 'unknown',
        message,
        advice: 'Look them up with credentials of those accounts.',
      });
    }
    return items;
  } catch (error) {
    if (!(error instanceof CallError)) throw error;
    return [{ id, state: 'unknown', message: error.sentence, advice: adviceFor(error) }];
  }
}

async function verifyOne(result: Result, caller: Caller, now: number): Promise<IntegrityItem[]> {
  const evidence = distinct(evidenceOf(result));
  const untimed = evidence.filter(({ at }) => Number.isNaN(Date.parse(at)));
  const expected = evidence.filter((one) => isRecorded(one) && !untimed.includes(one));
  const tooOld = expected.filter(({ at }) => now - Date.parse(at) > keptMs);
  const asked = expected.filter((one) => !tooOld.includes(one));
  const found = await lookUpAll(asked, result, caller);
  const known = asked.filter(({ requestId }) => found.byId.has(requestId));
  const differing = known.flatMap((one) => {
    const recorded = found.byId.get(one.requestId);
    const words = recorded ? differences(one, recorded, result.account.id) : [];
    return words.length === 0 ? [] : [`${one.call} ${one.requestId}: ${words.join(', ')}`];
  });
  const absent = asked.filter(({ requestId }) => !found.byId.has(requestId));
  const early = absent.filter(({ at }) => !found.complete || now - Date.parse(at) < shownAfterMs);
  const missing = absent.filter((one) => !early.includes(one));
  return [
    ...recordedItem(known.length - differing.length, evidence.length - expected.length),
    ...listItem(
      'wrong',
      untimed.map(named),
      'Told without a time',
      'The result was put together, not graded.',
    ),
    ...listItem(
      'wrong',
      differing,
      'CloudTrail recorded otherwise',
      'The result was put together, or the clock of the machine that graded was wrong.',
    ),
    ...listItem(
      'wrong',
      missing.map(named),
      'CloudTrail of this account knows nothing of',
      'They were made in another account or Region, or never; or the clock of the machine that graded was wrong.',
    ),
    ...listItem(
      'unknown',
      early.map(named),
      'Not in CloudTrail yet',
      'Events come after minutes. Look again in an hour.',
    ),
    ...listItem(
      'unknown',
      tooOld.map(named),
      'Older than the 90 days that CloudTrail keeps',
      'Only the signature speaks for them now.',
    ),
    ...(evidence.length === 0
      ? [{ id, state: 'unknown', message: 'The result holds no request that could be looked up.' } as const]
      : []),
  ];
}

interface Requested extends Evidence {
  readonly requestId: string;
}

/** Findings share what was asked once. */
function distinct(evidence: readonly Evidence[]): Requested[] {
  const byId = new Map<string, Requested>();
  for (const one of evidence) {
    if (one.requestId !== undefined) byId.set(one.requestId, { ...one, requestId: one.requestId });
  }
  return [...byId.values()];
}

async function lookUpAll(evidence: readonly Requested[], { account }: Result, caller: Caller) {
  const groups = new Map<string, { userName: string; region: string; times: number[] }>();
  for (const { principal, region: elsewhere, call, at, durationMs } of evidence) {
    const userName = userNameOf(principal);
    const region = call.startsWith('iam:') ? regionOfIam(principal) : (elsewhere ?? account.region);
    const key = `${region} ${userName}`;
    const group = groups.get(key) ?? { userName, region, times: [] };
    group.times.push(Date.parse(at), Date.parse(at) - durationMs);
    groups.set(key, group);
  }
  const byId = new Map<string, RecordedRequest>();
  let complete = true;
  for (const { userName, region, times } of groups.values()) {
    const from = Math.min(...times) - toleranceMs;
    const to = Math.max(...times) + toleranceMs;
    const found = await recordedRequests(caller.inRegion(region), { userName, from, to });
    for (const [requestId, request] of found.byId) byId.set(requestId, request);
    complete &&= found.complete;
  }
  return { byId, complete };
}

/** IAM is one for all Regions of a partition, and recorded in one ("Logging IAM and AWS STS API calls", IAM user guide). */
function regionOfIam(arn: string): string {
  const partition = arn.split(':')[1];
  if (partition === 'aws-cn') return 'cn-north-1';
  return partition === 'aws-us-gov' ? 'us-gov-west-1' : 'us-east-1';
}

function differences(
  { call, principal, at }: Requested,
  recorded: RecordedRequest,
  account: string,
): string[] {
  return [
    ...(recorded.call === call ? [] : [`it was ${recorded.call}`]),
    ...(recorded.principal === principal ? [] : [`made by ${recorded.principal ?? 'somebody else'}`]),
    ...(recorded.account === account ? [] : [`in the account ${recorded.account ?? 'unknown'}`]),
    ...(Math.abs(recorded.at - Date.parse(at)) <= toleranceMs
      ? []
      : [`at ${new Date(recorded.at).toISOString()} and not at ${at}`]),
  ];
}

function recordedItem(count: number, others: number): IntegrityItem[] {
  if (count === 0) return [];
  const requests = `CloudTrail recorded ${count} request${count === 1 ? '' : 's'} as the result tells them`;
  const rest =
    others > 0 ? `; ${others} more, reads of items and calls that failed, were not looked for` : '';
  return [{ id, state: 'good', message: `${requests}${rest}.` }];
}

function listItem(
  state: IntegrityItem['state'],
  list: readonly string[],
  what: string,
  advice: string,
): IntegrityItem[] {
  if (list.length === 0) return [];
  const some = list.slice(0, 5).join('; ');
  const rest = list.length > 5 ? `; and ${list.length - 5} more` : '';
  return [{ id, state, message: `${what}: ${some}${rest}.`, advice }];
}

function named({ call, requestId }: Requested): string {
  return `${call} ${requestId}`;
}
