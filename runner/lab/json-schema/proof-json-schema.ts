/** The JSON Schema of proofs, for editors. */
import { callName, proofSchema, proofStep } from '../../proof/schema.ts';
import { type JsonSchema, toJsonSchema } from './to-json-schema.ts';

export function proofJsonSchema(): JsonSchema {
  const { $schema, ...schema } = toJsonSchema(proofSchema, (part, json) => {
    if (part !== proofStep) return;
    json.patternProperties = { [callName.source]: { type: 'object', description: 'The input of the call.' } };
    json.additionalProperties = false;
    json.minProperties = 1;
  });
  return { $schema, title: 'The proof of a lab', description: 'What `proof.yaml` may say.', ...schema };
}
