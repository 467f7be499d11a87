/** `labwright verify-result`: whether results are what was signed, and what AWS knows of them. */
import { readFile } from 'node:fs/promises';
import type { OpenAccount } from '../../runner/accounts/open-account.ts';
import type { IntegrityItem } from '../../runner/integrity/item.ts';
import { lookupPolicy, verifyLive } from '../../runner/integrity/live/verify-live.ts';
import { type ResultFile, readResults } from '../../runner/integrity/read-results.ts';
import { verifyFile } from '../../runner/integrity/verify-seals.ts';
import { openAssumedRole } from '../../runner/role/open-assumed-role.ts';
import { openAccount } from '../accounts/open-account.ts';
import { readPublicKey } from '../inputs/read-public-key.ts';
import { findLab } from '../labs/find-lab.ts';
import type { AccountFlags } from '../options/account.ts';
import type { ChecksFlags } from '../options/checks.ts';
import type { LearnerRoleFlags } from '../options/role.ts';
import { createOutput } from '../output.ts';
import { itemText } from '../terminal/item-text.ts';
import { exitCodes, UserError } from '../user-error.ts';

export interface VerifyResultFlags extends AccountFlags, LearnerRoleFlags, ChecksFlags {
  readonly key?: string;
  readonly lab?: string;
  readonly live?: boolean;
  readonly json?: boolean;
  readonly color: boolean;
}

const shown = { good: 'good', wrong: 'missing', unknown: 'unknown' } as const;

export async function verifyResult(path: string, flags: VerifyResultFlags): Promise<void> {
  const { print, style } = createOutput(!flags.color);
  if ((flags.role ?? flags.externalId) !== undefined && !flags.live)
    throw new UserError('`--role` and `--external-id` are for looking into the account: add `--live`.');
  const key = flags.key === undefined ? undefined : await readPublicKey(flags.key);
  const file = readResults(await readFile(path, 'utf8'), path);
  const digests = await labDigests(file, flags);
  const offline = verifyFile(file, { ...(key !== undefined && { key }), labDigest: (id) => digests.get(id) });
  const items = [...offline, ...(flags.live ? await lookUp(file, flags) : [])];
  if (flags.json) print(`${JSON.stringify({ schema: 'labwright/verification/v1', items }, null, 2)}\n`);
  else for (const { state, ...item } of items) print(itemText({ ...item, state: shown[state] }, style));
  process.exitCode = exitCodeOf(items);
}

function exitCodeOf(items: readonly IntegrityItem[]): number {
  const states = items.map(({ state }) => state);
  if (states.includes('wrong')) return exitCodes.failed;
  return states.includes('unknown') ? exitCodes.notJudged : exitCodes.passed;
}

async function labDigests(
  file: ResultFile,
  { lab: named, checks = [] }: VerifyResultFlags,
): Promise<ReadonlyMap<string, string>> {
  if (named !== undefined) {
    const { lab } = await findLab(named, { checks });
    return new Map([[lab.id, lab.digest]]);
  }
  const ids = new Set(resultsIn(file).map(({ lab }) => lab.id));
  const found = await Promise.all(
    [...ids].map(async (id) => {
      // An id comes from the file; it names a lab of Labwright, and never a path.
      if (!/^[\w-]+$/.test(id)) return undefined;
      return findLab(id, { checks }).then(
        ({ lab }): [string, string] => [lab.id, lab.digest],
        () => undefined,
      );
    }),
  );
  return new Map(found.flatMap((one) => (one ? [one] : [])));
}

function resultsIn(file: ResultFile) {
  return file.kind === 'sealed' ? file.seals.map(({ sealed }) => sealed.result) : [file.result];
}

async function lookUp(file: ResultFile, flags: VerifyResultFlags): Promise<IntegrityItem[]> {
  const account = await openedAccount(flags);
  const caller = account.owner();
  try {
    return await verifyLive(resultsIn(file), caller);
  } finally {
    caller.close();
  }
}

async function openedAccount(flags: VerifyResultFlags): Promise<OpenAccount> {
  const own = await openAccount(flags);
  if (flags.role === undefined) return own;
  return openAssumedRole(own, {
    arn: flags.role,
    ...(flags.externalId !== undefined && { externalId: flags.externalId }),
    policy: lookupPolicy,
    sessionName: 'labwright-verify-result',
  });
}
