import type { SSESpecification } from '@aws-sdk/client-dynamodb';
import { invalid, oneOf, requireAll } from '../constraints.ts';

/** A key of KMS. Without an identifier it is the one that AWS manages for DynamoDB. */
export interface KmsChoice {
  readonly keyIdentifier?: string;
}

/**
 * What an SSESpecification asks for; undefined means the key that AWS owns. Rules and texts observed on AWS
 * (aws-controllers-k8s/dynamodb-controller DDB-TABLE-031, -036, -044).
 *
 * @throws AwsError ValidationException
 */
export function readEncryptionChoice(specification: SSESpecification | undefined): KmsChoice | undefined {
  if (specification === undefined) return undefined;
  const { Enabled, SSEType, KMSMasterKeyId } = specification;
  requireAll(oneOf('sSESpecification.sSEType', SSEType, ['AES256', 'KMS']));
  if (Enabled === false) {
    if (SSEType !== undefined) throw invalid('SSEType can not be specified if Enabled is false');
    if (KMSMasterKeyId !== undefined)
      throw invalid('KMSMasterKeyId can not be specified if Enabled is false');
    return undefined;
  }
  if (SSEType === 'AES256') throw invalid('SSEType AES256 is not supported');
  if (KMSMasterKeyId !== undefined && SSEType === undefined) {
    throw invalid('SSEType KMS is required if KMSMasterKeyId is specified');
  }
  if (Enabled === undefined && SSEType === undefined) return undefined;
  return KMSMasterKeyId === undefined ? {} : { keyIdentifier: KMSMasterKeyId };
}
