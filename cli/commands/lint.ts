import { relative } from 'node:path';
import { openProvingAccount } from '../../api/proving-account.ts';
import { labFile } from '../../runner/lab/lab-file.ts';
import type { Diagnostic } from '../../runner/lint/diagnostic.ts';
import { labFileRule, lintLab } from '../../runner/lint/lint-lab.ts';
import { rules } from '../../runner/lint/rules.ts';
import { interruptSignal } from '../interrupt.ts';
import { labIds } from '../labs/find-lab.ts';
import { knownChecks } from '../labs/known-checks.ts';
import type { LintFormat } from '../lint/format-names.ts';
import { countsOf, type LintReport } from '../lint/report.ts';
import { repositoryPath } from '../lint/repository-path.ts';
import { toGithub } from '../lint/to-github.ts';
import { toJson } from '../lint/to-json.ts';
import { toSarif } from '../lint/to-sarif.ts';
import { toText } from '../lint/to-text.ts';
import type { ChecksFlags } from '../options/checks.ts';
import { createOutput, type Output } from '../output.ts';
import { exitCodes, UserError } from '../user-error.ts';

export interface LintFlags extends ChecksFlags {
  readonly all?: boolean;
  readonly format: LintFormat;
  readonly json?: boolean;
  readonly strict?: boolean;
  readonly links?: boolean;
  readonly run: boolean;
  readonly rules?: boolean;
  readonly color: boolean;
}

/** `labwright lint`: what a careful reviewer says of labs. */
export async function lint(names: readonly string[], flags: LintFlags): Promise<void> {
  const output = createOutput(!flags.color);
  if (flags.rules) {
    output.print(rulesText(output));
    return;
  }
  if ((names.length === 0) === !flags.all) throw new UserError('Name labs, or say `--all` for all of them.');
  const checks = await knownChecks(flags.checks ?? []);
  const { signal, release } = interruptSignal();
  const files: string[] = [];
  const diagnostics: Diagnostic[] = [];
  try {
    for (const name of flags.all ? await labIds() : names) {
      if (signal.aborted) break;
      const file = labFile(name);
      files.push(shortPath(file));
      const found = await lintLab(file, {
        registry: checks,
        nameOf: shortPath,
        asksNetwork: flags.links ?? false,
        signal,
        ...(flags.run && { openAccount: openProvingAccount }),
      });
      diagnostics.push(...found);
    }
  } finally {
    release();
  }
  const report = { files, diagnostics };
  output.print(told(report, flags.json ? 'json' : flags.format, output));
  process.exitCode = signal.aborted ? exitCodes.interrupted : exitCodeOf(report, flags.strict ?? false);
}

function told(report: LintReport, format: LintFormat, { style }: Output): string {
  switch (format) {
    case 'json':
      return toJson(report);
    case 'sarif':
      return toSarif(report, rules, repositoryPath);
    case 'github':
      return toGithub(report, repositoryPath);
    case 'text':
      return toText(report, style);
  }
}

/** A file that is no lab outweighs what a reviewer minds. */
function exitCodeOf(report: LintReport, isStrict: boolean): number {
  if (report.diagnostics.some(({ rule }) => rule === labFileRule)) return exitCodes.usage;
  const { error, warning } = countsOf(report);
  return error > 0 || (isStrict && warning > 0) ? exitCodes.failed : exitCodes.passed;
}

function rulesText({ style }: Output): string {
  return rules
    .map(({ id, severity, needs, why }) => {
      const when = needs === 'network' ? ', with --links' : needs === 'account' ? ', unless --no-run' : '';
      return `${style.bold(id)} ${style.dim(`${severity}${when}`)}\n  ${why}\n`;
    })
    .join('');
}

function shortPath(file: string): string {
  const shown = relative(process.cwd(), file);
  return shown.startsWith('..') ? file : shown;
}
