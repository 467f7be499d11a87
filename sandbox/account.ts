import type { Clock } from './clock.ts';
import type { Credential } from './credential.ts';
import { DynamoDbStore } from './services/dynamodb/store.ts';
import { IamStore } from './services/iam/store.ts';
import { KmsStore } from './services/kms/store.ts';

/** One AWS account: IAM for the whole of it, KMS and DynamoDB per Region. */
export class SandboxAccount {
  readonly id: string;
  readonly iam: IamStore;
  readonly #clock: Clock;
  readonly #kms = new Map<string, KmsStore>();
  readonly #dynamodb = new Map<string, DynamoDbStore>();

  constructor(id: string, clock: Clock) {
    this.id = id;
    this.#clock = clock;
    this.iam = new IamStore(id, clock);
  }

  kms(region: string): KmsStore {
    return entry(this.#kms, region, () => new KmsStore(this.id, region, this.#clock));
  }

  dynamodb(region: string): DynamoDbStore {
    return entry(this.#dynamodb, region, () => new DynamoDbStore(this.id, region, this.#clock));
  }

  /** The account's credential behind an access key id, if it is known and active. */
  credential(accessKeyId: string): Credential | undefined {
    return this.iam.credential(accessKeyId);
  }
}

function entry<Value>(map: Map<string, Value>, key: string, make: () => Value): Value {
  let value = map.get(key);
  if (value === undefined) {
    value = make();
    map.set(key, value);
  }
  return value;
}
