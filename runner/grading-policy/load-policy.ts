/** Reads a course's policy from its file and from flags that override it. */
import { LabProblems, type Problem } from '../lab/problem.ts';
import { validated } from '../lab/validated.ts';
import { YamlFile } from '../lab/yaml-file.ts';
import { type Policy, policyFault, policySchema, toPolicy } from './policy.ts';

/** Fields of the file by name, as text: `{ due: '2026-12-24', late: '10%/day', 'attempts.limit': '3' }`. */
export type PolicyFlags = Readonly<Record<string, string>>;

/**
 * @param file how problems call it
 * @throws LabProblems with every problem at once
 */
export function parsePolicy(file: string, text: string): Policy {
  const yaml = new YamlFile(file, text);
  return toPolicy(
    validated(yaml, policySchema, (data): Problem[] => {
      const fault = policyFault(data);
      return fault === undefined
        ? []
        : [yaml.problem([fault.field], fault.message, 'See docs/grading-policies.md.')];
    }),
  );
}

/**
 * The policy of flags, over that of a file where there is one. Each flag names a field of the file; those inside
 * another are joined by a dot.
 *
 * @throws LabProblems
 */
export function policyWithFlags(
  flags: PolicyFlags,
  file?: { readonly name: string; readonly text: string },
): Policy {
  if (Object.keys(flags).length === 0) return parsePolicy(file?.name ?? 'policy', file?.text ?? '{}');
  // A fault of the file is told with its line, before anything is laid over it.
  const base = file === undefined ? {} : ((new YamlFile(file.name, file.text).data as object | null) ?? {});
  if (file !== undefined) parsePolicyShape(file.name, file.text);
  const merged = structuredClone(base) as Record<string, unknown>;
  for (const [field, value] of Object.entries(flags)) put(merged, field.split('.'), plainValue(value));
  const parsed = policySchema.safeParse(merged);
  const faults = parsed.success
    ? [policyFault(parsed.data)].flatMap((fault) => (fault ? [`${fault.field}: ${fault.message}`] : []))
    : parsed.error.issues.map((issue) => `${issue.path.join('.') || 'policy'}: ${issue.message}`);
  if (!parsed.success || faults.length > 0) {
    throw new LabProblems(
      faults.map((message) => ({
        file: file?.name ?? 'options',
        line: 1,
        column: 1,
        message,
        fix: 'See docs/grading-policies.md.',
      })),
    );
  }
  return toPolicy(parsed.data);
}

/** Like `parsePolicy`, but what the schema cannot say may yet be mended by a flag. */
function parsePolicyShape(file: string, text: string): void {
  validated(new YamlFile(file, text), policySchema, () => []);
}

function put(target: Record<string, unknown>, [field = '', ...rest]: string[], value: unknown): void {
  if (rest.length === 0) {
    target[field] = value;
    return;
  }
  const inner = target[field];
  const next = typeof inner === 'object' && inner !== null ? (inner as Record<string, unknown>) : {};
  target[field] = next;
  put(next, rest, value);
}

function plainValue(text: string): unknown {
  if (/^\d+(\.\d+)?$/.test(text)) return Number(text);
  return text === 'true' ? true : text === 'false' ? false : text;
}
