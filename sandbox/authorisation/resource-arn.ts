/** ARNs, after the templates of the service authorization reference. */
import { arnTemplate, type ResourceType, type ServiceName } from './service-reference.ts';

/**
 * @returns a function that fills the template of a resource type. Its names are those of the template behind the
 *   account, in their order: for `dynamodb:index` the table's and the index's; with their path in IAM
 *   (`division/name`). The ARNs of global services have no Region. The partition is `aws`.
 */
export function arnOfType<Service extends ServiceName>(
  service: Service,
  type: ResourceType<Service>,
): (place: { account: string; region?: string }, ...names: readonly string[]) => string {
  // Text and variables in turn: `arn:`, `Partition`, `:kms:`, `Region`, ...
  const parts = arnTemplate(service, type).split(/\$\{(\w+)\}/);
  return ({ account, region }, ...names) => {
    let next = 0;
    let arn = '';
    for (const [index, part] of parts.entries()) {
      const value = index % 2 === 0 ? part : (given(part, account, region) ?? names[next++]);
      if (value === undefined) throw new Error(`There is no ${part} for the ARN of a ${service} ${type}.`);
      arn += value;
    }
    return arn;
  };
}

function given(variable: string, account: string, region: string | undefined): string | undefined {
  if (variable === 'Partition') return 'aws';
  if (variable === 'Account') return account;
  return variable === 'Region' ? region : undefined;
}
