/** Writes the JSON Schemas for editors beside the labs: `npm run generate`. A test finds them stale. */
import { writeFile } from 'node:fs/promises';
import { registry } from '../checks/registry.ts';
import { labJsonSchema } from '../runner/lab/json-schema/lab-json-schema.ts';
import { proofJsonSchema } from '../runner/lab/json-schema/proof-json-schema.ts';

const labs = new URL('../labs/', import.meta.url);
const schemas = {
  'lab.schema.json': labJsonSchema(registry.values()),
  'proof.schema.json': proofJsonSchema(),
};

for (const [name, schema] of Object.entries(schemas)) {
  await writeFile(new URL(name, labs), `${JSON.stringify(schema, null, 2)}\n`);
}
