import { randomBytes } from 'node:crypto';
import type { Clock } from '../../timing/clock.ts';
import type { DataPlane } from './data-plane.ts';
import { DynaliteEngine } from './dynalite/dynalite-engine.ts';
import { TableKeyCache } from './encryption/table-key-cache.ts';
import type { Table } from './table.ts';
import { ClientTokens } from './transactions/client-tokens.ts';

/** DynamoDB of one account in one Region. */
export class DynamoDbStore {
  readonly accountId: string;
  readonly region: string;
  readonly clock: Clock;
  readonly dataPlane: DataPlane = new DynaliteEngine();
  /** The key that AWS owns, which table keys lie under by default: 32 bytes. */
  ownedKey: Uint8Array = randomBytes(32);
  readonly tableKeyCache = new TableKeyCache();
  readonly clientTokens = new ClientTokens();
  readonly #tables = new Map<string, Table>();

  constructor(accountId: string, region: string, clock: Clock) {
    this.accountId = accountId;
    this.region = region;
    this.clock = clock;
  }

  add(table: Table): void {
    this.#tables.set(table.name, table);
    this.dataPlane.addTable(table.definition);
  }

  /** The table and its items are gone at once. */
  remove(name: string): void {
    this.#tables.delete(name);
    this.dataPlane.dropTable(name);
  }

  /** The table, settled or not; see `settle` in `settle.ts`. */
  table(name: string): Table | undefined {
    return this.#tables.get(name);
  }

  /** In the order of their names, byte by byte, as ListTables gives them. */
  tables(): Table[] {
    return [...this.#tables.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  }
}
