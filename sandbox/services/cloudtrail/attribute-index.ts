/** Which events have a value of a lookup attribute, so that a look-up reads only those. */
import type { LookupAttributeKey } from '@aws-sdk/client-cloudtrail';
import { entry } from '../../map-entry.ts';
import type { HistoryEvent } from './event.ts';
import { Queue } from './queue.ts';

export interface AttributeValue {
  readonly key: LookupAttributeKey;
  readonly value: string;
}

/** Events are known by numbers that grow with each event. */
export class AttributeIndex {
  readonly #byId = new Map<string, number>();
  readonly #numbers = new Map<LookupAttributeKey, Map<string, Queue<number>>>();

  add(event: HistoryEvent, number: number): void {
    this.#byId.set(event.id, number);
    for (const { key, value } of attributesOf(event)) {
      const values = entry(this.#numbers, key, () => new Map<string, Queue<number>>());
      entry(values, value, () => new Queue<number>()).push(number);
    }
  }

  /** Forgets the oldest event there is. */
  removeOldest(event: HistoryEvent): void {
    this.#byId.delete(event.id);
    for (const { key, value } of attributesOf(event)) {
      const values = this.#numbers.get(key);
      const numbers = values?.get(value);
      numbers?.shift();
      if (numbers?.length === 0) values?.delete(value);
    }
  }

  /** Numbers of the events with that value, oldest first. */
  find({ key, value }: AttributeValue): Pick<Queue<number>, 'length' | 'at'> {
    if (key === 'EventId') {
      const number = this.#byId.get(value);
      return number === undefined ? nothing : [number];
    }
    return this.#numbers.get(key)?.get(value) ?? nothing;
  }
}

const nothing = new Queue<number>();

/** All but the event's id. Each value once: an event that names a resource twice is found once. */
function attributesOf(event: HistoryEvent): AttributeValue[] {
  const attributes: AttributeValue[] = [
    { key: 'EventName', value: event.name },
    { key: 'EventSource', value: event.source },
    { key: 'ReadOnly', value: String(event.readOnly) },
  ];
  if (event.userName !== undefined) attributes.push({ key: 'Username', value: event.userName });
  if (event.accessKeyId !== undefined) attributes.push({ key: 'AccessKeyId', value: event.accessKeyId });
  const { resources, otherNames } = event;
  if (resources.length + otherNames.length === 0) return attributes;
  const all = [...resources, ...otherNames];
  for (const value of new Set(all.map(({ type }) => type))) attributes.push({ key: 'ResourceType', value });
  for (const value of new Set(all.map(({ name }) => name))) attributes.push({ key: 'ResourceName', value });
  return attributes;
}
