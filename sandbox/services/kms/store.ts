import type { Clock } from '../../timing/clock.ts';
import { type AwsManagedService, createAwsManagedKey, isAwsManagedService } from './aws-managed-keys.ts';
import { rotateWhenDue } from './key-rotation.ts';
import type { KmsAlias, KmsKey } from './kms-key.ts';

/**
 * KMS of one account in one Region. What time does to a key is done before each look at it: a key whose
 * deletion date has passed is gone, with its aliases and grants, and due rotations have happened.
 */
export class KmsStore {
  readonly accountId: string;
  readonly region: string;
  readonly #clock: Clock;
  /** Called when keys change without a call that changes keys. */
  onChange?: (() => void) | undefined;
  readonly #keys = new Map<string, KmsKey>();
  /** The keys that aliases point to, by the names of the aliases. */
  readonly #targets = new Map<string, KmsKey>();

  constructor(accountId: string, region: string, clock: Clock) {
    this.accountId = accountId;
    this.region = region;
    this.#clock = clock;
  }

  now(): Date {
    return this.#clock.now();
  }

  addKey(key: KmsKey): void {
    this.#keys.set(key.keyId, key);
    for (const { name } of key.aliases) this.#targets.set(name, key);
  }

  /** The key with this id, if it exists. */
  key(keyId: string): KmsKey | undefined {
    return this.#caughtUp(this.#keys.get(keyId), this.now());
  }

  /** All keys, in the order in which they were made. */
  keys(): KmsKey[] {
    const now = this.now();
    return [...this.#keys.values()].filter((key) => this.#caughtUp(key, now));
  }

  /** The key that an alias (`alias/<name>`) points to. */
  keyOfAlias(aliasName: string): KmsKey | undefined {
    return this.#caughtUp(this.#targets.get(aliasName), this.now());
  }

  /** Points an alias at a key, taking it from the key that had it. */
  setAlias(alias: KmsAlias, key: KmsKey): void {
    this.removeAlias(alias.name);
    key.aliases = [...key.aliases, alias];
    this.#targets.set(alias.name, key);
  }

  removeAlias(aliasName: string): void {
    const key = this.#targets.get(aliasName);
    if (key === undefined) return;
    key.aliases = key.aliases.filter((alias) => alias.name !== aliasName);
    this.#targets.delete(aliasName);
  }

  /** The key that AWS manages for a service in this account and Region, made when it is first asked for. */
  awsManagedKey(service: AwsManagedService): KmsKey {
    const existing = this.keyOfAlias(`alias/aws/${service}`);
    if (existing) return existing;
    const key = createAwsManagedKey(service, this.accountId, this.region, this.now());
    this.addKey(key);
    this.onChange?.();
    return key;
  }

  /** The AWS managed key that a predefined alias (`alias/aws/dynamodb`) stands for, if the alias is one. */
  predefinedKey(aliasName: string): KmsKey | undefined {
    const service = aliasName.startsWith('alias/aws/') ? aliasName.slice('alias/aws/'.length) : '';
    return isAwsManagedService(service) ? this.awsManagedKey(service) : undefined;
  }

  /** The key as it is by now; undefined once it is gone. */
  #caughtUp(key: KmsKey | undefined, now: Date): KmsKey | undefined {
    if (key?.deletionDate !== undefined && key.deletionDate <= now) {
      this.#keys.delete(key.keyId);
      for (const { name } of key.aliases) this.#targets.delete(name);
      return undefined;
    }
    if (key !== undefined && rotateWhenDue(key, now)) this.onChange?.();
    return key;
  }
}
