/** Carries out the calls of a proof, one after the other. */
import { randomBytes } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { CallError, type CallName } from '../../checks/call.ts';
import type { Caller } from '../accounts/caller.ts';
import { type Name, resolve } from '../lab/reference.ts';
import { doLocally } from './local-steps.ts';
import type { ProofStep } from './schema.ts';

export interface CarryOutOptions {
  readonly steps: readonly ProofStep[];
  readonly caller: Caller;
  readonly params: Readonly<Record<string, string>>;
  /** How long what has to settle is waited for, in milliseconds. Default two minutes. */
  readonly patienceMs?: number;
  /** Told of each call before it is made. */
  readonly onCall?: (call: string) => void;
}

/** @throws CallError of the first call that fails; Error when an answer lacks what is to be kept */
export async function carryOut({
  steps,
  caller,
  params,
  patienceMs = 120_000,
  onCall,
}: CarryOutOptions): Promise<void> {
  const kept: Record<string, unknown> = {};
  const lookup = ({ name, output }: Name): unknown => {
    if (output) return name === 'random' && output === 'password' ? randomPassword() : undefined;
    return Object.hasOwn(kept, name) ? kept[name] : params[name];
  };
  for (const step of steps) {
    const { keep = {}, until = {}, region, ...calls } = step;
    const [name, input] = Object.entries(calls)[0] ?? [];
    if (!name) throw new Error('A step of the proof holds no call.');
    const call = name.replace('.', ':');
    onCall?.(call);
    const place = region === undefined ? caller : caller.inRegion(region);
    const filled = embedJson(resolve(input, lookup)) as object;
    const output = call.startsWith('local:')
      ? doLocally(call.slice('local:'.length), filled)
      : await sendUntil(place, call as CallName, filled, { until, patienceMs });
    for (const [as, path] of Object.entries(keep)) {
      const value = at(output, path);
      if (value === undefined) throw new Error(`${call} answered without ${path}.`);
      kept[as] = value;
    }
  }
}

async function sendUntil(
  caller: Caller,
  call: CallName,
  input: object,
  { until, patienceMs }: { until: Record<string, unknown>; patienceMs: number },
) {
  const deadline = Date.now() + patienceMs;
  for (let waitMs = 100; ; waitMs = Math.min(waitMs * 2, 5000)) {
    try {
      const { output } = await caller.send(call, input);
      if (Object.entries(until).every(([path, value]) => at(output, path) === value)) return output;
    } catch (error) {
      // What was made a moment ago may not be known everywhere yet.
      if (!isNotYetKnown(error)) throw error;
      if (Date.now() > deadline) throw error;
    }
    if (Date.now() > deadline)
      throw new Error(`${call} did not come to ${JSON.stringify(until)} in ${patienceMs / 1000} seconds.`);
    await delay(waitMs);
  }
}

/** KMS refuses a key policy or a grant that names a user made seconds ago (seen by several projects). */
function isNotYetKnown(error: unknown): boolean {
  if (!(error instanceof CallError)) return false;
  const { code, message } = error;
  return (
    (code === 'MalformedPolicyDocumentException' && message.includes('invalid principals')) ||
    (code === 'InvalidArnException' && message.includes('valid principal'))
  );
}

/** The part of an answer at `Table.SSEDescription.Status`. */
export function at(value: unknown, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>((part, step) => (part as Record<string, unknown> | undefined)?.[step], value);
}

/** `{ $json: {...} }` becomes JSON text: policies are written as data and sent as text. */
export function embedJson(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(embedJson);
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return value;
  const entries = Object.entries(value);
  if (entries.length === 1 && entries[0]?.[0] === '$json') return JSON.stringify(entries[0][1]);
  return Object.fromEntries(entries.map(([key, member]) => [key, embedJson(member)]));
}

/** Fits every account password policy there can be: all four kinds of characters, 32 of them. */
function randomPassword(): string {
  return `${randomBytes(21).toString('base64url')}aA1!`;
}
