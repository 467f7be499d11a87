/** Users, groups or roles of an account, found by name or by id. */
import type { PolicyHolder } from './entities.ts';

/**
 * Names keep the case they were given, but two that differ only by case cannot both exist ("IAM identifiers" in
 * the IAM user guide).
 */
export class EntityTable<Entity extends PolicyHolder> {
  readonly #byName = new Map<string, Entity>();
  readonly #byId = new Map<string, Entity>();

  find(name: string): Entity | undefined {
    return this.#byName.get(name.toLowerCase());
  }

  findById(id: string): Entity | undefined {
    return this.#byId.get(id);
  }

  /** @throws Error when the name is taken; callers look first, to answer in AWS's words */
  add(entity: Entity): void {
    const key = entity.name.toLowerCase();
    if (this.#byName.has(key)) throw new Error(`${entity.kind} ${entity.name} exists`);
    this.#byName.set(key, entity);
    this.#byId.set(entity.id, entity);
  }

  rename(entity: Entity, name: string): void {
    const key = name.toLowerCase();
    const holder = this.#byName.get(key);
    if (holder && holder !== entity) throw new Error(`${entity.kind} ${name} exists`);
    this.#byName.delete(entity.name.toLowerCase());
    entity.name = name;
    this.#byName.set(key, entity);
  }

  remove(entity: Entity): void {
    this.#byName.delete(entity.name.toLowerCase());
    this.#byId.delete(entity.id);
  }

  get size(): number {
    return this.#byId.size;
  }

  /** All of them in the order of their names, as IAM lists them. */
  list(): Entity[] {
    return this.where(() => true);
  }

  /** Those that meet a condition, in the order of their names. */
  where(condition: (entity: Entity) => boolean): Entity[] {
    const found: [key: string, entity: Entity][] = [];
    for (const named of this.#byName) if (condition(named[1])) found.push(named);
    return found.sort(([a], [b]) => (a < b ? -1 : 1)).map(([, entity]) => entity);
  }
}
