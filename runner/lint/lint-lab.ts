/** Everything there is to say about a lab's files: what keeps them from being read, and what a careful reviewer sees. */
import type { Check } from '../../checks/check.ts';
import type { Diagnostic, Severity } from './diagnostic.ts';
import { readLab } from './read-lab.ts';
import type { Means, Rule } from './rule.ts';
import { rules } from './rules.ts';
import { type Suppression, suppressionsIn } from './suppression.ts';

export interface LintOptions extends Partial<Means> {
  readonly registry: ReadonlyMap<string, Check>;
  /** How diagnostics call a file. Default: its path. */
  readonly nameOf?: (path: string) => string;
}

/** The id under which what is wrong with the files themselves is told; it cannot be ignored. */
export const labFileRule = 'lab-file';

/**
 * @param path of the lab file; its proof is `proof.yaml` beside it
 * @returns sorted by file and place
 * @throws the reading error when the lab file cannot be read
 */
export async function lintLab(path: string, options: LintOptions): Promise<Diagnostic[]> {
  const { registry, nameOf, openAccount, asksNetwork = false, signal } = options;
  const means: Means = { asksNetwork, ...(openAccount && { openAccount }), ...(signal && { signal }) };
  const { problems, read, texts } = await readLab(path, registry, nameOf);
  const found: Diagnostic[] = problems.map((one) => ({ ...one, rule: labFileRule, severity: 'error' }));
  if (!read) return sorted(found);

  const suppressions = [...texts].flatMap(([file, text]) => suppressionsIn(file, text));
  const asked = rules.filter((rule) => canLook(rule, means, problems.length === 0));
  const remarks = await Promise.all(
    asked.map(async (rule) => diagnosticsOf(rule, await rule.look(read, means))),
  );
  const used = new Set<Suppression>();
  for (const diagnostic of remarks.flat()) {
    const ignoring = suppressions.find((one) => one.rule === diagnostic.rule && one.covers(diagnostic));
    if (ignoring) used.add(ignoring);
    if (!ignoring?.reason) found.push(diagnostic);
  }
  const ids = new Set(asked.map(({ id }) => id));
  for (const one of suppressions) found.push(...suppressionDiagnostics(one, ids, used.has(one)));
  return sorted(found);
}

/** What tries the lab waits until its files hold together. */
function canLook({ needs }: Rule, { openAccount, asksNetwork }: Means, holdsTogether: boolean): boolean {
  if (needs === 'account') return openAccount !== undefined && holdsTogether;
  return needs === undefined || asksNetwork;
}

function diagnosticsOf(
  { id, severity }: Rule,
  remarks: readonly (Omit<Diagnostic, 'rule' | 'severity'> & { severity?: Severity })[],
): Diagnostic[] {
  return remarks.map((remark) => ({ severity, ...remark, rule: id }));
}

function suppressionDiagnostics(one: Suppression, asked: ReadonlySet<string>, isUsed: boolean): Diagnostic[] {
  const say = (severity: Severity, message: string, fix: string): Diagnostic[] => [
    { ...one.place, rule: 'lint-ignore', severity, message, fix },
  ];
  if (!rules.some(({ id }) => id === one.rule))
    return say(
      'error',
      `There is no rule "${one.rule}".`,
      'See `labwright lint --rules` for those there are.',
    );
  if (!one.reason)
    return say(
      'error',
      'This says no reason.',
      `Write it as "# lint-ignore ${one.rule}: why it is right here".`,
    );
  if (isUsed || !asked.has(one.rule)) return [];
  return say('warning', `Nothing here offends against ${one.rule}.`, 'Take the comment out.');
}

function sorted(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  const unique = new Map(
    diagnostics.map((one) => [`${one.file}:${one.line}:${one.column}:${one.rule}:${one.message}`, one]),
  );
  return [...unique.values()].sort(
    (a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : 0) || a.line - b.line || a.column - b.column,
  );
}
