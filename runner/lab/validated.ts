/** Holds a YAML file against a schema and against what the schema cannot say, and gives all problems together. */
import type { z } from 'zod';
import { LabProblems, type Problem } from './problem.ts';
import { repair } from './repair.ts';
import { schemaProblems } from './schema-problems.ts';
import type { YamlFile } from './yaml-file.ts';

/**
 * @param more problems of data that fits the schema
 * @throws LabProblems sorted by place
 */
export function validated<Schema extends z.ZodType>(
  file: YamlFile,
  schema: Schema,
  more: (data: z.output<Schema>) => readonly Problem[],
): z.output<Schema> {
  const parsed = schema.safeParse(file.data);
  if (parsed.success) {
    const problems = [...file.faults, ...more(parsed.data)];
    if (problems.length > 0) throw sorted(problems);
    return parsed.data;
  }
  const repaired = repair(schema, file.data);
  // What a broken file lacks is most likely the fault's doing; then only the fault itself is told, and the rest.
  const shape = file.faults.length > 0 ? file.faults : schemaProblems(file, parsed.error.issues);
  throw sorted([...shape, ...(repaired ? more(repaired) : [])]);
}

function sorted(problems: readonly Problem[]): LabProblems {
  const unique = new Map(problems.map((one) => [`${one.line}:${one.column}:${one.message}`, one]));
  return new LabProblems([...unique.values()].sort((a, b) => a.line - b.line || a.column - b.column));
}
