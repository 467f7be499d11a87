import { GenerateDataKeyPair$, type GenerateDataKeyPairResponse } from '@aws-sdk/client-kms';
import type { Operation } from '../../../operation.ts';
import { type DataKeyPairInput, dataKeyPairPermission, makeDataKeyPair } from '../data-key-pair.ts';

export const generateDataKeyPair: Operation<DataKeyPairInput, GenerateDataKeyPairResponse> = {
  schema: GenerateDataKeyPair$,
  permissions: (call, input) => [dataKeyPairPermission(call, 'GenerateDataKeyPair', input)],
  run: (call, input) => makeDataKeyPair(call, 'GenerateDataKeyPair', input),
};
