import type { Check } from '../../checks/check.ts';
import { withOwnChecks } from '../../checks/own-checks.ts';
import { registry } from '../../checks/registry.ts';

/**
 * The checks of Labwright, and those of the modules that the user named. Nothing else is loaded: a lab file is data, and says
 * nothing of code.
 *
 * @throws ChecksProblem when a module holds no checks, or wrong ones
 */
export async function knownChecks(modules: readonly string[]): Promise<ReadonlyMap<string, Check>> {
  if (modules.length === 0) return registry;
  const { loadChecks } = await import('../../runner/own-checks/load-checks.ts');
  return withOwnChecks(registry, await Promise.all(modules.map((name) => loadChecks(name, process.cwd()))));
}
