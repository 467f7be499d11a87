/** SARIF 2.1.0 (OASIS Standard, "Static Analysis Results Interchange Format"), as code scanning and editors read it. */
import manifest from '../../package.json' with { type: 'json' };
import type { Rule } from '../../runner/lint/rule.ts';
import type { LintReport } from './report.ts';

/** @param pathOf from how a diagnostic calls its file to the path within the repository */
export function toSarif(
  { diagnostics }: LintReport,
  rules: readonly Rule[],
  pathOf: (file: string) => string,
): string {
  const told = [
    ...ownRules,
    ...rules.map(({ id, why, severity }) => ({
      id,
      shortDescription: { text: why },
      defaultConfiguration: { level: severity },
    })),
  ];
  const numbers = new Map(told.map(({ id }, index) => [id, index]));
  const run = {
    tool: { driver: { name: 'labwright', version: manifest.version, rules: told } },
    // Columns count UTF-16 code units, as JavaScript does (section 3.14.17).
    columnKind: 'utf16CodeUnits',
    originalUriBaseIds: { '%SRCROOT%': { description: { text: 'The root of the repository.' } } },
    results: diagnostics.map(({ file, line, column, rule, severity, message, fix, source }) => ({
      ruleId: rule,
      ruleIndex: numbers.get(rule) ?? -1,
      level: severity,
      message: { text: fix === undefined ? message : `${message} ${fix}` },
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: uriOf(pathOf(file)), uriBaseId: '%SRCROOT%' },
            region: {
              startLine: line,
              startColumn: column,
              ...(source !== undefined && { snippet: { text: source } }),
            },
          },
        },
      ],
    })),
  };
  const log = {
    $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
    version: '2.1.0',
    runs: [run],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

/** What is told under these ids is no rule that could be left out. */
const ownRules = [
  {
    id: 'lab-file',
    shortDescription: { text: 'What keeps the files from being read as a lab and its proof.' },
    defaultConfiguration: { level: 'error' as const },
  },
  {
    id: 'lint-ignore',
    shortDescription: {
      text: 'A comment that ignores a rule names one that there is, says why, and is needed.',
    },
    defaultConfiguration: { level: 'error' as const },
  },
];

/** A relative reference (RFC 3986): each part of the path by itself, so that `#`, `?` and spaces stay part of the name. */
function uriOf(path: string): string {
  return path.split('/').map(encodeURIComponent).join('/');
}
