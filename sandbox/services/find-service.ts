/**
 * The services of the sandbox, each loaded when it is called for the first time: an SDK package for its schemas, and
 * the operations. Loading all of them takes longer than the rest of a start.
 */
import type { Service } from '../operation.ts';

const loaders: Readonly<Record<string, () => Promise<Service>>> = {
  cloudtrail: async () => (await import('./cloudtrail/service.ts')).cloudTrail,
  dynamodb: async () => (await import('./dynamodb/service.ts')).dynamodb,
  iam: async () => (await import('./iam/service.ts')).iam,
  kms: async () => (await import('./kms/service.ts')).kms,
  sts: async () => (await import('./sts/service.ts')).sts,
};

const loaded = new Map<string, Service>();

/**
 * A service; at once, if it is loaded.
 *
 * @param name as in credential scopes and IAM actions: `kms`
 */
export function findService(name: string): Service | undefined | Promise<Service> {
  const loader = Object.hasOwn(loaders, name) ? loaders[name] : undefined;
  return loaded.get(name) ?? (loader && load(name, loader));
}

async function load(name: string, loader: () => Promise<Service>): Promise<Service> {
  const service = await loader();
  loaded.set(name, service);
  return service;
}
