/** Looks at the results of a class side by side: what two learners cannot both have. Pure. */
import type { Evidence, Result } from '../result.ts';
import { edited, isSigned, type SealedResult } from './sealed-result.ts';
import { addsUp } from './verify-seals.ts';

export interface ClassResult {
  /** The learner's id in the roster. */
  readonly learner: string;
  /** The account that the roster declares for the learner. */
  readonly declaredAccount?: string;
  readonly result: Result;
  readonly sealed?: SealedResult;
  /** Digest of the recording, where one was kept. */
  readonly recording?: string;
}

/**
 * `one account`: two learners with the same account. `copied evidence`: the same AWS request in two learners' results, which AWS
 * never answers twice. `copied recording`: the same file. `swapped account`: not the account that was declared.
 * `mixed accounts`: evidence from another account than the result's. `edited result`: not as it was sealed, or points that do
 * not add up.
 */
type DoubleKind =
  | 'one account'
  | 'copied evidence'
  | 'copied recording'
  | 'swapped account'
  | 'mixed accounts'
  | 'edited result';

export interface Double {
  readonly kind: DoubleKind;
  /** Roster ids, sorted. */
  readonly learners: readonly string[];
  /** One sentence for the instructor. */
  readonly message: string;
  /** The account, the request ids or the digest that show it. */
  readonly shown: readonly string[];
}

/** Every suspicion, by kind; several results of one learner are no doubles of each other. A finding accuses nobody. */
export function findDoubles(results: readonly ClassResult[]): Double[] {
  return [
    ...shared(results, ({ result }) => [result.account.id], oneAccount),
    ...copiedEvidence(results),
    ...shared(results, ({ recording }) => (recording === undefined ? [] : [recording]), copiedRecording),
    ...results.flatMap(swappedAccount),
    ...results.flatMap(mixedAccounts),
    ...results.flatMap(editedResult),
  ];
}

/** Values that more than one learner has, with these learners. */
function shared(
  results: readonly ClassResult[],
  valuesOf: (result: ClassResult) => readonly string[],
  tell: (value: string, learners: readonly string[]) => Double,
): Double[] {
  // A class has hundreds of thousands of values, of which next to none are shared: only those get a set.
  const first = new Map<string, string>();
  const holders = new Map<string, Set<string>>();
  for (const result of results) {
    const { learner } = result;
    for (const value of valuesOf(result)) {
      const holder = first.get(value);
      if (holder === undefined) first.set(value, learner);
      else if (holder !== learner) holders.set(value, (holders.get(value) ?? new Set([holder])).add(learner));
    }
  }
  const told: Double[] = [];
  for (const value of first.keys()) {
    const learners = holders.get(value);
    if (learners) told.push(tell(value, [...learners].sort()));
  }
  return told;
}

function oneAccount(account: string, learners: readonly string[]): Double {
  const message = `${listed(learners)} were graded on one account, ${account}.`;
  return { kind: 'one account', learners, message, shown: [account] };
}

function copiedRecording(digest: string, learners: readonly string[]): Double {
  const message = `${listed(learners)} have the same recording.`;
  return { kind: 'copied recording', learners, message, shown: [digest] };
}

/** One finding for each group of learners, however many requests they share. */
function copiedEvidence(results: readonly ClassResult[]): Double[] {
  const requests = shared(
    results,
    ({ result }) => requestIds(result),
    (id, learners) => ({
      kind: 'copied evidence',
      learners,
      message: '',
      shown: [id],
    }),
  );
  const groups = new Map<string, { learners: readonly string[]; ids: string[] }>();
  for (const { learners, shown } of requests) {
    const key = JSON.stringify(learners);
    const group = groups.get(key) ?? { learners, ids: [] };
    group.ids.push(...shown);
    groups.set(key, group);
  }
  return [...groups.values()].map(({ learners, ids }) => ({
    kind: 'copied evidence',
    learners,
    message: `${listed(learners)} have ${ids.length} AWS request${ids.length === 1 ? '' : 's'} in common; AWS gives every request an id of its own.`,
    shown: ids.sort(),
  }));
}

function swappedAccount({ learner, declaredAccount, result }: ClassResult): Double[] {
  if (declaredAccount === undefined || declaredAccount === result.account.id) return [];
  const message = `${learner} declared the account ${declaredAccount}, and the result is of ${result.account.id}.`;
  return [
    { kind: 'swapped account', learners: [learner], message, shown: [declaredAccount, result.account.id] },
  ];
}

function mixedAccounts({ learner, result }: ClassResult): Double[] {
  const own = result.account.id;
  const others = new Set(
    [result.account.arn, ...evidenceOf(result).map(({ principal }) => principal)]
      .map((arn) => arn.split(':')[4] ?? '')
      .filter((account) => /^\d{12}$/.test(account) && account !== own),
  );
  if (others.size === 0) return [];
  const shown = [...others].sort();
  const message = `The result of ${learner} is of the account ${own}, and holds calls made in ${shown.join(', ')}.`;
  return [{ kind: 'mixed accounts', learners: [learner], message, shown }];
}

function editedResult({ learner, result, sealed }: ClassResult): Double[] {
  const shown = [
    ...(sealed ? edited({ ...sealed, result }, result) : []),
    ...(sealed && !isSigned(sealed) ? ['signature'] : []),
    ...(addsUp(result) ? [] : ['score']),
  ];
  if (shown.length === 0) return [];
  const message = `The result of ${learner} was edited: ${shown.join(', ')}.`;
  return [{ kind: 'edited result', learners: [learner], message, shown }];
}

/** All calls behind the findings of a result. */
export function evidenceOf({ stages }: Result): Evidence[] {
  return stages.flatMap(({ checks }) => checks.flatMap(({ evidence }) => evidence));
}

function requestIds(result: Result): string[] {
  return [...new Set(evidenceOf(result).flatMap(({ requestId }) => requestId ?? []))];
}

function listed(learners: readonly string[]): string {
  return `${learners.slice(0, -1).join(', ')} and ${learners.at(-1)}`;
}
