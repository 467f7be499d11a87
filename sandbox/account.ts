import type { Accounts } from './accounts.ts';
import type { Credential } from './credential.ts';
import { entry } from './map-entry.ts';
import { EventHistory } from './services/cloudtrail/event-history.ts';
import { DynamoDbStore } from './services/dynamodb/store.ts';
import { IamStore } from './services/iam/store.ts';
import { KmsStore } from './services/kms/store.ts';
import { StsStore } from './services/sts/store.ts';
import type { Clock } from './timing/clock.ts';

/** Told of the stores of Regions each time one is used, which is when it may change. */
export interface StoreObserver {
  kms(store: KmsStore): void;
  dynamodb(store: DynamoDbStore): void;
  eventHistory(history: EventHistory, region: string): void;
}

/** One AWS account: IAM and its sessions for the whole of it, KMS, DynamoDB and the event history per Region. */
export class SandboxAccount {
  readonly id: string;
  /** All accounts of the sandbox, this one among them. */
  readonly accounts: Accounts;
  readonly iam: IamStore;
  readonly sts: StsStore;
  observer?: StoreObserver | undefined;
  readonly #clock: Clock;
  readonly #kms = new Map<string, KmsStore>();
  readonly #dynamodb = new Map<string, DynamoDbStore>();
  readonly #eventHistories = new Map<string, EventHistory>();

  constructor(id: string, clock: Clock, accounts: Accounts) {
    this.id = id;
    this.accounts = accounts;
    this.#clock = clock;
    this.iam = new IamStore(id, clock);
    this.sts = new StsStore(this.iam, clock);
  }

  kms(region: string): KmsStore {
    const store = entry(this.#kms, region, () => new KmsStore(this.id, region, this.#clock));
    this.observer?.kms(store);
    return store;
  }

  dynamodb(region: string): DynamoDbStore {
    const store = entry(this.#dynamodb, region, () => new DynamoDbStore(this.id, region, this.#clock));
    this.observer?.dynamodb(store);
    return store;
  }

  /** The Regions in which anybody has used DynamoDB. */
  dynamodbRegions(): string[] {
    return [...this.#dynamodb.keys()];
  }

  /** The management events of a Region. */
  eventHistory(region: string): EventHistory {
    const history = entry(
      this.#eventHistories,
      region,
      () => new EventHistory(this.#clock, this.accounts.historyBudget),
    );
    this.observer?.eventHistory(history, region);
    return history;
  }

  /** The account's credential behind an access key id, if it is known and active; it may have expired. */
  credential(accessKeyId: string): Credential | undefined {
    return this.iam.credential(accessKeyId) ?? this.sts.credential(accessKeyId);
  }
}
