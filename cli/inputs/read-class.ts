import { classOfOne } from '../../reports/gradebook/class-of-one.ts';
import { type ClassResult, classResultSchema } from '../../runner/class-result.ts';
import { resultSchema } from '../../runner/result.ts';
import { UserError } from '../user-error.ts';

/**
 * Reads a class result, or a single result as a class of one.
 *
 * @param file how the message calls it
 * @throws UserError for a text that is neither
 */
export function readClass(file: string, text: string): ClassResult {
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch {
    throw new UserError(
      `${file} is no JSON. Name a class.json, or the result.json that \`labwright report\` writes.`,
    );
  }
  const single = resultSchema.safeParse(data);
  if (single.success) {
    const name = single.data.author;
    return classOfOne(single.data, {
      id: name ?? single.data.account.id,
      ...(name !== undefined && { name }),
    });
  }
  const whole = classResultSchema.safeParse(data);
  if (whole.success) return whole.data;
  const schema = (data as { schema?: unknown } | null)?.schema;
  const [issue] = (schema === 'labwright/class/v1' ? whole : single).error.issues;
  throw new UserError(
    `${file} is no result of Labwright: ${issue?.path.join('.') || 'the whole'}: ${issue?.message}. Name a class.json, or the result.json that \`labwright report\` writes.`,
  );
}
