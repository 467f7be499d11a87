/**
 * AWS's service authorization reference for the services of the sandbox: which actions there are, on what kinds of
 * resources, and under which condition keys.
 */
import { actionKeysBeside, resourceKeysBeside, resourceTypesBeside } from './documented-differences.ts';
import source from './service-reference.json' with { type: 'json' };

type Source = typeof source;
export type ServiceName = keyof Source;
export type ResourceType<Service extends ServiceName> = keyof Source[Service]['resourceTypes'] & string;

/** An action, with what is known beside the reference. */
export interface ActionReference {
  readonly service: ServiceName;
  readonly accessLevel: string;
  /** None for an action that is allowed on `*` only. */
  readonly resourceTypes: readonly string[];
  /** Whatever the action is about: `aws:RequestTag/${TagKey}`. */
  readonly conditionKeys: readonly string[];
}

/** @param action `kms:Decrypt` */
export function actionReference(action: string): ActionReference | undefined {
  const [service = '', name = ''] = action.split(':', 2);
  if (!isService(service)) return undefined;
  const actions: Readonly<Record<string, Omit<ActionReference, 'service'>>> = source[service].actions;
  if (!Object.hasOwn(actions, name)) return undefined;
  const { accessLevel = '', resourceTypes = [], conditionKeys = [] } = actions[name] ?? {};
  return {
    service,
    accessLevel,
    resourceTypes: [...resourceTypes, ...(resourceTypesBeside[action] ?? [])],
    conditionKeys: [...conditionKeys, ...(actionKeysBeside[action] ?? [])],
  };
}

/** Condition keys of every action on a resource of this type. */
export function resourceConditionKeys(service: ServiceName, type: string): readonly string[] {
  const types: Readonly<Record<string, { conditionKeys: readonly string[] }>> = source[service].resourceTypes;
  return [...(types[type]?.conditionKeys ?? []), ...(resourceKeysBeside[`${service}:${type}`] ?? [])];
}

/** `arn:${Partition}:kms:${Region}:${Account}:key/${KeyId}` */
export function arnTemplate<Service extends ServiceName>(
  service: Service,
  type: ResourceType<Service>,
): string {
  const types: Readonly<Record<string, { arn: string }>> = source[service].resourceTypes;
  const template = types[type]?.arn;
  if (template === undefined) throw new Error(`${service} has no resource type ${type}.`);
  return template;
}

function isService(name: string): name is ServiceName {
  return Object.hasOwn(source, name);
}
