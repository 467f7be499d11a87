import {
  GenerateDataKeyPairWithoutPlaintext$,
  type GenerateDataKeyPairWithoutPlaintextResponse,
} from '@aws-sdk/client-kms';
import type { Operation } from '../../../operation.ts';
import { type DataKeyPairInput, dataKeyPairPermission, makeDataKeyPair } from '../data-key-pair.ts';

const name = 'GenerateDataKeyPairWithoutPlaintext';

export const generateDataKeyPairWithoutPlaintext: Operation<
  DataKeyPairInput,
  GenerateDataKeyPairWithoutPlaintextResponse
> = {
  schema: GenerateDataKeyPairWithoutPlaintext$,
  permissions: (call, input) => [dataKeyPairPermission(call, name, input)],
  async run(call, input) {
    const { PrivateKeyPlaintext: _withheld, ...answer } = await makeDataKeyPair(call, name, input);
    return answer;
  },
};
