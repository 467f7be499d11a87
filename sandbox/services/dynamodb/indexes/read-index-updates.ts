import type {
  CreateGlobalSecondaryIndexAction,
  DeleteGlobalSecondaryIndexAction,
  GlobalSecondaryIndexUpdate,
  UpdateGlobalSecondaryIndexAction,
  UpdateTableInput,
} from '@aws-sdk/client-dynamodb';
import { AwsError } from '../../../aws-error.ts';
import { invalid } from '../constraints.ts';
import { refuseUnsupported } from '../unsupported.ts';

/** One element of GlobalSecondaryIndexUpdates. */
export type IndexUpdate =
  | { readonly kind: 'Create'; readonly name: string; readonly index: CreateGlobalSecondaryIndexAction }
  | { readonly kind: 'Update'; readonly name: string; readonly index: UpdateGlobalSecondaryIndexAction }
  | { readonly kind: 'Delete'; readonly name: string; readonly index: DeleteGlobalSecondaryIndexAction };

/** Texts observed on AWS (aws-controllers-k8s/dynamodb-controller DDB-TABLE-442). @throws AwsError */
export function readIndexUpdates(input: UpdateTableInput): IndexUpdate[] {
  const { GlobalSecondaryIndexUpdates, ProvisionedThroughput, BillingMode } = input;
  if (GlobalSecondaryIndexUpdates?.length === 0)
    throw invalid('List of GlobalSecondaryIndexUpdates is empty');
  const updates = (GlobalSecondaryIndexUpdates ?? []).map(readUpdate);
  const names = updates.map(({ name }) => name);
  const twice = names.find((name, position) => names.indexOf(name) !== position);
  if (twice !== undefined) {
    throw invalid(
      `Only one global secondary index update per index is allowed simultaneously. Index: ${twice}`,
    );
  }
  const online = updates.filter(({ kind }) => kind !== 'Update');
  if (online.length > 0 && (ProvisionedThroughput || BillingMode)) {
    throw invalid('You cannot create or delete index while updating table IOPS');
  }
  if (online.length > 1) throw oneAtATime();
  return updates;
}

export function oneAtATime(): AwsError {
  return new AwsError(
    'LimitExceededException',
    'Subscriber limit exceeded: Only 1 online index can be created or deleted simultaneously per table',
  );
}

function readUpdate({ Create, Update, Delete }: GlobalSecondaryIndexUpdate): IndexUpdate {
  if ([Create, Update, Delete].filter((action) => action !== undefined).length > 1) {
    throw invalid('Only one global secondary index action is allowed per GlobalSecondaryIndexUpdate object');
  }
  const unsupported = ['OnDemandThroughput', 'WarmThroughput'];
  if (Create) {
    refuseUnsupported('the new index of UpdateTable', Create, unsupported);
    return { kind: 'Create', name: Create.IndexName ?? '', index: Create };
  }
  if (Update) {
    refuseUnsupported('the changed index of UpdateTable', Update, unsupported);
    return { kind: 'Update', name: Update.IndexName ?? '', index: Update };
  }
  if (Delete) return { kind: 'Delete', name: Delete.IndexName ?? '', index: Delete };
  throw invalid(
    'One of GlobalSecondaryIndexUpdate.Update, GlobalSecondaryIndexUpdate.Create, ' +
      'GlobalSecondaryIndexUpdate.Delete must not be null',
  );
}
