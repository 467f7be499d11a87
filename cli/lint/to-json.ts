import { countsOf, type LintReport } from './report.ts';

/** `labwright/lint/v1`, described in docs/json.md. */
export function toJson(report: LintReport): string {
  const { files, diagnostics } = report;
  const told = diagnostics.map(({ file, line, column, rule, severity, message, fix, source }) => ({
    file,
    line,
    column,
    rule,
    severity,
    message,
    ...(fix !== undefined && { fix }),
    ...(source !== undefined && { source }),
  }));
  const document = { schema: 'labwright/lint/v1', files, counts: countsOf(report), diagnostics: told };
  return `${JSON.stringify(document, null, 2)}\n`;
}
