/** Verifies sealed results with nothing but the file and the instructor's public key. Pure. */
import type { Result } from '../result.ts';
import type { IntegrityItem } from './item.ts';
import type { ReadSeal, ResultFile } from './read-results.ts';
import { edited, isSigned, linkOf } from './sealed-result.ts';

export interface VerifyOptions {
  /** The instructor's public key, where it is known. */
  readonly key?: string;
  /** Digest of the lab file that is here, by the lab's id. */
  readonly labDigest: (labId: string) => string | undefined;
}

export function verifyFile(file: ResultFile, options: VerifyOptions): IntegrityItem[] {
  if (file.kind === 'self-attested') {
    const message =
      'Self-attested: nobody signed it. Whoever had the file could write into it what they liked.';
    const advice =
      'To have a result that can be defended, grade the account yourself: `labwright check --role ... --sign KEY`.';
    return [
      { id: 'self-attested', state: 'unknown', message, advice },
      scoreItem([file.result]),
      ...sandboxItems([file.result]),
      ...labItems([file.result], options),
    ];
  }
  const results = file.seals.map(({ sealed }) => sealed.result);
  return [
    signatureItem(file.seals),
    ...keyItems(file.seals, options.key),
    contentsItem(file.seals),
    chainItem(file.seals, file.whole),
    scoreItem(results),
    ...sandboxItems(results),
    ...labItems(results, options),
  ];
}

function signatureItem(seals: readonly ReadSeal[]): IntegrityItem {
  const bad = seals.filter(({ sealed }) => !isSigned(sealed));
  if (bad.length === 0)
    return {
      id: 'signature',
      state: 'good',
      message: `${counted(seals.length, 'signature')} as the key makes them.`,
    };
  return {
    id: 'signature',
    state: 'wrong',
    message: `The signature does not belong to what is there: ${named(bad)}.`,
    advice: 'The seal was changed after it was signed, or was never signed. Do not rely on it; grade again.',
  };
}

function keyItems(seals: readonly ReadSeal[], wanted: string | undefined): IntegrityItem[] {
  const keys = [...new Set(seals.map(({ sealed }) => sealed.seal.key))];
  if (wanted === undefined) {
    return [
      {
        id: 'key',
        state: 'unknown',
        message: `Signed with ${keys.join(', ')}; whose key that is, the file cannot tell.`,
        advice: "Name the instructor's public key with `--key`, as `labwright keygen` printed it.",
      },
    ];
  }
  const others = seals.filter(({ sealed }) => sealed.seal.key !== wanted);
  if (others.length === 0)
    return [{ id: 'key', state: 'good', message: `Signed with ${wanted}, as it should be.` }];
  return [
    {
      id: 'key',
      state: 'wrong',
      message: `Signed with another key than ${wanted}: ${named(others)}.`,
      advice: 'Somebody else signed it, or you named another key than the one of that time.',
    },
  ];
}

function contentsItem(seals: readonly ReadSeal[]): IntegrityItem {
  const changed = seals.flatMap((seal) => {
    const words = edited(seal.sealed, seal.raw);
    return words.length === 0 ? [] : [`${nameOf(seal)} (${words.join(', ')})`];
  });
  if (changed.length === 0) {
    const message = `${counted(seals.length, 'result')} unchanged: lab, account, principal, times and every finding.`;
    return { id: 'contents', state: 'good', message };
  }
  return {
    id: 'contents',
    state: 'wrong',
    message: `Edited after it was sealed: ${changed.join('; ')}.`,
    advice: 'Do not rely on it. Take the file from where the grading run wrote it, or grade again.',
  };
}

function chainItem(seals: readonly ReadSeal[], whole: boolean): IntegrityItem {
  const [first] = seals;
  if (!whole && first) {
    const { sequence, run } = first.sealed.seal;
    return {
      id: 'chain',
      state: 'good',
      message: `Number ${sequence + 1} of the run ${run}; the file holds this one alone, so that its neighbours were not looked at.`,
    };
  }
  for (const [at, { sealed }] of seals.entries()) {
    const before = seals[at - 1]?.sealed;
    const { run, sequence, previous } = sealed.seal;
    const follows =
      sequence === at &&
      previous === (before ? linkOf(before) : null) &&
      (!before || before.seal.run === run);
    if (follows) continue;
    return {
      id: 'chain',
      state: 'wrong',
      message: `The chain breaks at number ${at + 1}, ${nameOf({ sealed, raw: undefined })}: it does not name the one before it.`,
      advice: 'A result was taken out, put in, changed or moved there.',
    };
  }
  const last = seals.at(-1)?.sealed;
  const head = last ? linkOf(last) : '';
  return {
    id: 'chain',
    state: 'good',
    message: `${counted(seals.length, 'result')} in one chain, none missing before the last. Its end is ${head}.`,
  };
}

/** Points are told with each finding, and again as a sum: an edit is easily half done. */
function scoreItem(results: readonly Result[]): IntegrityItem {
  const wrong = results.filter((result) => !addsUp(result));
  if (wrong.length === 0) return { id: 'score', state: 'good', message: 'The points add up.' };
  return {
    id: 'score',
    state: 'wrong',
    message: `The points do not add up, or stand by a check that did not earn them: ${wrong.map(({ account }) => `account ${account.id}`).join(', ')}.`,
    advice: 'Somebody edited the result. Grade again.',
  };
}

/** Whether stages and checks add up to the score, and no check has points that its verdict cannot have. */
export function addsUp({ score, stages }: Result): boolean {
  const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
  const same = (a: number, b: number) => Math.abs(a - b) < 1e-6;
  return (
    same(score.points, sum(stages.map(({ points }) => points))) &&
    same(score.max, sum(stages.map(({ max }) => max))) &&
    stages.every(
      (stage) =>
        same(stage.points, sum(stage.checks.map(({ points }) => points))) &&
        same(stage.max, sum(stage.checks.map(({ max }) => max))) &&
        stage.checks.every(
          ({ points, max, verdict }) => points >= 0 && points <= max && (verdict !== 'fail' || points === 0),
        ),
    )
  );
}

function sandboxItems(results: readonly Result[]): IntegrityItem[] {
  const count = results.filter(({ account }) => account.kind === 'sandbox').length;
  if (count === 0) return [];
  return [
    {
      id: 'account',
      state: 'good',
      message: `${counted(count, 'result')} of the sandbox, which is not AWS.`,
    },
  ];
}

function labItems(results: readonly Result[], { labDigest }: VerifyOptions): IntegrityItem[] {
  const labs = new Map(results.map(({ lab }) => [`${lab.id} ${lab.digest}`, lab]));
  return [...labs.values()].map(({ id, digest }): IntegrityItem => {
    const here = labDigest(id);
    if (here === digest)
      return { id: 'lab', state: 'good', message: `The lab ${id} is the one that is here.` };
    if (here === undefined) {
      const message = `The lab ${id} is not here to be compared.`;
      return { id: 'lab', state: 'unknown', message, advice: 'Name its file with `--lab`.' };
    }
    return {
      id: 'lab',
      state: 'wrong',
      message: `Graded by another version of the lab ${id}: ${digest.slice(0, 12)}… and not ${here.slice(0, 12)}…, which is here.`,
      advice: 'If the lab was changed since, name the file of that time with `--lab`.',
    };
  });
}

function nameOf({ sealed: { seal, result } }: ReadSeal): string {
  return seal.learner === undefined
    ? `account ${result.account.id}`
    : `${seal.learner} (account ${result.account.id})`;
}

function named(seals: readonly ReadSeal[]): string {
  return seals.map(nameOf).join(', ');
}

function counted(count: number, thing: string): string {
  return `${count} ${thing}${count === 1 ? '' : 's'}`;
}
