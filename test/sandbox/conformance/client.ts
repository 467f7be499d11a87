/** What a client of AWS has to do for the conformance suite: make one call and say what came of it. */

/** Who calls; `unsigned` for a caller without credentials, whose requests carry no signature. */
export type ClientCaller = Credentials | 'unsigned';

export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

export interface ClientCall {
  readonly service: string;
  /** `DescribeKey` */
  readonly operation: string;
  /** Plain data; `{ $base64 }` stands for bytes and `{ $date }` for a time. */
  readonly input: Readonly<Record<string, unknown>>;
  readonly caller: ClientCaller;
  readonly region: string;
}

export type ClientAnswer =
  /** Plain data; bytes are base64 text. */
  | { readonly kind: 'answer'; readonly output: unknown }
  /** `status` is undefined where the client does not show it. */
  | { readonly kind: 'refusal'; readonly code: string; readonly message: string; readonly status?: number }
  /** The client refused the input before it sent anything. */
  | { readonly kind: 'not sent'; readonly message: string };

export interface ConformanceClient {
  call(call: ClientCall): Promise<ClientAnswer>;
  close(): void;
}

/** A copy of plain data with what stands for bytes and times replaced. */
export function replaceTagged(
  value: unknown,
  replace: { readonly bytes: (base64: string) => unknown; readonly date: (text: string) => unknown },
): unknown {
  if (Array.isArray(value)) return value.map((item) => replaceTagged(item, replace));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value);
  const [[tag, inner] = []] = entries;
  if (entries.length === 1 && tag === '$base64') return replace.bytes(String(inner));
  if (entries.length === 1 && tag === '$date') return replace.date(String(inner));
  return Object.fromEntries(entries.map(([key, member]) => [key, replaceTagged(member, replace)]));
}
