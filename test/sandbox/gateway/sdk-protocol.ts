/** The client's half of a wire protocol, taken from an SDK client, and the operations that its package exports. */
import { HttpResponse } from '@smithy/core/protocols';
import { operation } from '@smithy/core/schema';
import type { ClientProtocol, HttpRequest, SerdeFunctions, StaticOperationSchema } from '@smithy/types';
import type { WireRequest, WireResponse } from '../../../sandbox/protocol/protocol.ts';

/** What the tests use of an SDK client: its configured protocol. */
interface SdkClient {
  readonly config: { readonly protocol: unknown };
}

/** The runtime schemas of a client package's operations (`DescribeKey$`), by operation name. */
export function operationsOf(clientPackage: object): StaticOperationSchema[] {
  return Object.entries(clientPackage)
    .filter(([name, value]) => name.endsWith('$') && Array.isArray(value) && value[0] === 9)
    .map(([, value]) => value as StaticOperationSchema);
}

export class SdkProtocol {
  readonly #protocol: ClientProtocol<HttpRequest, HttpResponse>;
  readonly #context: SerdeFunctions & Record<string, unknown>;

  constructor(client: SdkClient) {
    this.#protocol = client.config.protocol as ClientProtocol<HttpRequest, HttpResponse>;
    this.#context = {
      ...(client.config as unknown as SerdeFunctions),
      endpoint: () => Promise.resolve({ protocol: 'http:', hostname: 'localhost', path: '/' }),
    };
  }

  /** The request that the client sends for an input. */
  async request(schema: StaticOperationSchema, input: unknown): Promise<WireRequest> {
    const { method, headers, body } = await this.#protocol.serializeRequest(
      operationSchema(schema),
      input as object,
      this.#context as never,
    );
    return { method, url: '/', headers, body: bytes(body as Uint8Array | string | undefined) };
  }

  /** The output that the client reads from an answer. */
  async output(schema: StaticOperationSchema, { status, headers, body }: WireResponse): Promise<unknown> {
    const response = new HttpResponse({ statusCode: status, headers: { ...headers }, body });
    const { $metadata, ...output } = await this.#protocol.deserializeResponse(
      operationSchema(schema),
      this.#context as never,
      response as never,
    );
    return output;
  }
}

function operationSchema([, namespace, name, traits, input, output]: StaticOperationSchema) {
  return operation(namespace, name, traits, input, output);
}

function bytes(body: Uint8Array | string | undefined): Buffer {
  // The SDK's JSON body is a kind of Uint8Array that warns when it is treated as text: take its memory.
  if (body instanceof Uint8Array) return Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  return Buffer.from(body ?? '');
}
