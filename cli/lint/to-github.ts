/** Workflow commands, which GitHub Actions shows beside the lines of a pull request ("Workflow commands for GitHub Actions"). */
import type { Severity } from '../../runner/lint/diagnostic.ts';
import type { LintReport } from './report.ts';

const commands: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', note: 'notice' };

/** @param pathOf from how a diagnostic calls its file to the path within the repository */
export function toGithub({ diagnostics }: LintReport, pathOf: (file: string) => string): string {
  return diagnostics
    .map(({ file, line, column, rule, severity, message, fix }) => {
      const place = `file=${property(pathOf(file))},line=${line},col=${column},title=${property(rule)}`;
      return `::${commands[severity]} ${place}::${data(fix === undefined ? message : `${message}\n${fix}`)}\n`;
    })
    .join('');
}

/** Without this a line end in a message would begin another command (as `escapeData` of @actions/core does it). */
function data(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

/** Within properties, what separates them as well (`escapeProperty` of @actions/core). */
function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
