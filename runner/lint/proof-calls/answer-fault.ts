/** Holds a path into an answer, as in `keep`, against the schema that the SDK has of the answer. */
import type { NormalizedSchema } from '@smithy/core/schema';
import { namesToTake } from '../../lab/near-names.ts';
import { membersOf } from '../aws-cli/model.ts';

/** What to do about a path that leads nowhere, or undefined for one that may lead somewhere. @param path `User.Arn`, `Keys.0.KeyId` */
export function answerFault(answer: NormalizedSchema, path: string): string | undefined {
  let schema = answer;
  const steps = path.split('.');
  for (const [at, step] of steps.entries()) {
    const before = steps.slice(0, at).map((one) => `${one}.`);
    if (schema.isDocumentSchema()) return undefined;
    if (schema.isStructSchema()) {
      const members = membersOf(schema);
      const member = members.find(({ name }) => name === step);
      if (!member)
        return fixOf(
          before.join(''),
          step,
          members.map(({ name }) => name),
        );
      schema = member.schema;
    } else if (schema.isMapSchema()) schema = schema.getValueSchema();
    else if (schema.isListSchema()) {
      if (step === 'length') return undefined;
      if (!/^\d+$/.test(step))
        return `It is a list: write the number of the item, as in "${before.join('')}0".`;
      schema = schema.getValueSchema();
    } else if (at === 0) return 'Its answer is empty: take the path out.';
    else return step === 'length' ? undefined : `"${steps.slice(0, at).join('.')}" is a single value.`;
  }
  return undefined;
}

/** @param before what leads to the step, with a full stop at its end */
export function fixOf(before: string, step: string, names: readonly string[]): string {
  return namesToTake(
    `${before}${step}`,
    names.map((name) => `${before}${name}`),
  );
}
