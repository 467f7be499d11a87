/** A generated class on a sandbox of its own process: `node class-process.ts FILE LEARNERS SEED LATENCY`; prints `ready` when FILE holds it. */
import { writeFileSync } from 'node:fs';
import { generateClass } from './generate.ts';
import '../quiet-sdk.ts';

const [file = '', learners, seed, latency] = process.argv.slice(2);
const { sandbox, generated } = await generateClass({ learners: Number(learners), seed: Number(seed) });
// Preparing did not have to wait.
sandbox.setWeather({ latencyMs: Number(latency) });
writeFileSync(file, JSON.stringify(generated));
process.stdout.write('ready\n');
