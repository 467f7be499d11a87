import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { checksIn, withOwnChecks } from '../checks/own-checks.ts';
import { registry } from '../checks/registry.ts';
import type { Lab } from '../runner/lab/lab.ts';
import { labFile } from '../runner/lab/lab-file.ts';
import { parseLab } from '../runner/lab/load-lab.ts';
import type { LoadLabOptions } from './load-lab.ts';

/** What `loadLab` gives, at once: a Mocha file has to know its suites when it is loaded. */
export function readLab(name: string, { checks = [] }: LoadLabOptions): Lab {
  const source = 'the option `checks`';
  const own = checks.length === 0 ? [] : [{ source, checks: checksIn({ default: checks }, source) }];
  const file = resolve(labFile(name));
  return parseLab(file, readFileSync(file, 'utf8'), withOwnChecks(registry, own));
}
