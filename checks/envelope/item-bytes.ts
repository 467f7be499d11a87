/** Every value in an item as bytes, and what it would be if it were text that stands for other bytes. */
import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import type { Item } from './read-envelope.ts';

/** A value of an item, and the attribute in which it stands. */
interface ItemBytes {
  readonly attribute: string;
  readonly bytes: Uint8Array;
}

/** Of each text and each binary value: itself, and what it gives when it is read as base64 or as hexadecimal. */
export function bytesIn(item: Item): ItemBytes[] {
  return Object.entries(item).flatMap(([attribute, value]) =>
    leaves(value).flatMap((bytes) => readings(bytes).map((reading) => ({ attribute, bytes: reading }))),
  );
}

/** The first attribute that holds these bytes. */
export function attributeWith(bytes: Uint8Array, all: readonly ItemBytes[]): string | undefined {
  return all.find((one) => Buffer.from(one.bytes).includes(Buffer.from(bytes)))?.attribute;
}

/** The first attribute that holds this text, in capitals or small letters. */
export function attributeWithText(text: string, all: readonly ItemBytes[]): string | undefined {
  const sought = text.toLowerCase();
  const holds = ({ bytes }: ItemBytes) => Buffer.from(bytes).toString('utf8').toLowerCase().includes(sought);
  // As it is, too: what a letter becomes may hang on its neighbours (the Greek sigma at the end of a word).
  return attributeWith(Buffer.from(text), all) ?? all.find(holds)?.attribute;
}

function leaves({ S, B, SS, BS, L, M }: AttributeValue): Uint8Array[] {
  return [
    ...[S ?? [], SS ?? []].flat().map((text) => Buffer.from(text)),
    ...[B ?? [], BS ?? []].flat(),
    ...(L ?? []).flatMap(leaves),
    ...Object.values(M ?? {}).flatMap(leaves),
  ];
}

function readings(bytes: Uint8Array): Uint8Array[] {
  const text = Buffer.from(bytes).toString('latin1').replaceAll(/\s/g, '');
  return [
    bytes,
    ...(/^[\w+/-]{8,}={0,2}$/.test(text) ? [Buffer.from(text, 'base64')] : []),
    ...(/^(?:[0-9a-f]{2}){4,}$/i.test(text) ? [Buffer.from(text, 'hex')] : []),
  ];
}
