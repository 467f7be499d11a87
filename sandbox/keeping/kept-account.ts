import { deserialize } from 'node:v8';
import type { SandboxAccount, StoreObserver } from '../account.ts';
import type { EventHistory } from '../services/cloudtrail/event-history.ts';
import { keptDynamoDb } from '../services/dynamodb/kept-records.ts';
import type { DynamoDbStore } from '../services/dynamodb/store.ts';
import { keptIam } from '../services/iam/kept-records.ts';
import { keptKms } from '../services/kms/kept-records.ts';
import type { KmsStore } from '../services/kms/store.ts';
import { ComparedRecords } from './compared-records.ts';
import type { DataFolder } from './data-folder.ts';
import type { Journal } from './journal.ts';
import type { ComparedStore, NotedStore } from './kept-store.ts';

/** Where IAM and STS are, which have no Region of their own: the name that AWS's endpoints use. */
const global = 'aws-global';

/**
 * Keeps one account. The keys of its records are `<account>/<part>/<Region>/<name>`; parts are `iam`, `sts`, `kms`,
 * `dynamodb`, `items`, `tokens` and `events`.
 */
export class KeptAccount implements StoreObserver {
  readonly #account: SandboxAccount;
  readonly #journal: Journal;
  /** By part and Region. */
  readonly #compared = new Map<string, ComparedRecords>();
  readonly #noted = new WeakSet<NotedStore>();
  readonly #onUse: (records: ComparedRecords) => void;

  /** @param onUse told of records that may change from now on until the calls under way are over */
  constructor(account: SandboxAccount, journal: Journal, onUse: (records: ComparedRecords) => void) {
    this.#account = account;
    this.#journal = journal;
    this.#onUse = onUse;
  }

  /** Gives the account back what the folder holds of it, before anything of it is noted. */
  async restore(folder: DataFolder): Promise<void> {
    const { id } = this.#account;
    const gathered = new Map<ComparedRecords, Map<string, Uint8Array>>();
    for await (const [key, bytes] of folder.entries(`${id}/`)) {
      const [, part = '', region = ''] = key.split('/', 3);
      const name = key.slice(this.#prefix(part, region).length);
      const store = this.#store(part, region);
      if (store instanceof ComparedRecords) {
        const entries = gathered.get(store) ?? new Map<string, Uint8Array>();
        gathered.set(store, entries.set(name, bytes));
      } else store.restore(name, deserialize(bytes));
    }
    for (const [records, entries] of gathered) records.restore(entries);
  }

  /** From now on what changes is noted. */
  observe(): void {
    this.#note('sts', global, this.#account.sts);
    this.#account.observer = this;
  }

  /** What IAM holds: only IAM's own operations change it. */
  get iam(): ComparedRecords {
    return this.#comparedRecords('iam', global, () => keptIam(this.#account.iam));
  }

  kms(store: KmsStore): void {
    const records = this.#kms(store);
    store.onChange ??= () => this.#journal.suspect(records);
    this.#onUse(records);
  }

  dynamodb(store: DynamoDbStore): void {
    this.#note('items', store.region, store.dataPlane);
    this.#note('tokens', store.region, store.clientTokens);
    this.#onUse(this.#dynamodb(store));
  }

  eventHistory(history: EventHistory, region: string): void {
    this.#note('events', region, history);
  }

  /** Has everything compared, also what calls that only read may have changed, as the times of last use. */
  suspectAll(): void {
    for (const records of this.#compared.values()) this.#journal.suspect(records);
  }

  #kms(store: KmsStore): ComparedRecords {
    return this.#comparedRecords('kms', store.region, () => keptKms(store));
  }

  #dynamodb(store: DynamoDbStore): ComparedRecords {
    return this.#comparedRecords('dynamodb', store.region, () => keptDynamoDb(store));
  }

  #comparedRecords(part: string, region: string, store: () => ComparedStore): ComparedRecords {
    const place = `${part}/${region}`;
    let records = this.#compared.get(place);
    if (!records) {
      records = new ComparedRecords(this.#prefix(part, region), store(), this.#journal);
      this.#compared.set(place, records);
    }
    return records;
  }

  #note(part: string, region: string, store: NotedStore): void {
    if (this.#noted.has(store)) return;
    this.#noted.add(store);
    store.changes = this.#journal.under(this.#prefix(part, region));
  }

  /** What the records of a part belong to. */
  #store(part: string, region: string): ComparedRecords | NotedStore {
    const account = this.#account;
    switch (part) {
      case 'iam':
        return this.iam;
      case 'sts':
        return account.sts;
      case 'kms':
        return this.#kms(account.kms(region));
      case 'dynamodb':
        return this.#dynamodb(account.dynamodb(region));
      case 'items':
        return account.dynamodb(region).dataPlane;
      case 'tokens':
        return account.dynamodb(region).clientTokens;
      case 'events':
        return account.eventHistory(region);
      default:
        throw new Error(`There is no part '${part}' of an account.`);
    }
  }

  #prefix(part: string, region: string): string {
    return `${this.#account.id}/${part}/${region}/`;
  }
}
