/** The awsJson1_0 and awsJson1_1 protocols, server side, on the SDK's own codec. */
import { JsonCodec2 } from '@aws-sdk/core/protocols';
import { NormalizedSchema } from '@smithy/core/schema';
import type { StaticOperationSchema } from '@smithy/types';
import { AwsError } from '../aws-error.ts';
import type { SignatureFault, SignatureFaultKind } from '../gateway/signature-fault.ts';
import type { Constraints } from './constraints.ts';
import type { Protocol, WireRequest, WireResponse } from './protocol.ts';
import { targetOf } from './target.ts';
import { validateInput } from './validate-input.ts';

/** Depth at which a body is refused; AWS's own inputs nest far less (DynamoDB documents: 32 levels). */
const maxDepth = 200;
/** Members and elements at which a body is refused: 16 MB of empty ones would take a gigabyte once they are parsed. */
const maxValues = 200_000;

const faultCodes: Record<SignatureFaultKind, string> = {
  missing: 'MissingAuthenticationTokenException',
  incomplete: 'IncompleteSignatureException',
  'unknown-key': 'UnrecognizedClientException',
  'bad-token': 'UnrecognizedClientException',
  'expired-token': 'ExpiredTokenException',
  mismatch: 'InvalidSignatureException',
  expired: 'InvalidSignatureException',
};

export interface AwsJsonOptions {
  readonly version: '1.0' | '1.1';
  /** Prefix of error types on the wire: DynamoDB sends `com.amazonaws.dynamodb.v20120810#X`. */
  readonly errorPrefix?: (code: string) => string;
  /** Constraints on input members that the schemas leave out. */
  readonly constraints?: Constraints;
  /** Adds headers to each answer: DynamoDB's checksum. */
  readonly headers?: (body: Buffer) => Record<string, string>;
}

export function awsJson(options: AwsJsonOptions): Protocol {
  const contentType = `application/x-amz-json-${options.version}`;
  const codec = new JsonCodec2({ timestampFormat: { useTrait: true, default: 7 }, jsonName: false });
  const prefix = options.errorPrefix ?? (() => '');

  const respond = (status: number, body: Buffer, requestId: string): WireResponse => ({
    status,
    headers: {
      'content-type': contentType,
      'x-amzn-requestid': requestId,
      ...options.headers?.(body),
    },
    body,
  });

  return {
    operationName(request) {
      // Only POST reaches an operation (DynamoDB, recorded by dynalite).
      return request.method === 'POST' ? targetOf(request).operation : undefined;
    },
    parse(schema, body, request) {
      requireJson(request);
      const json = parseBody(request);
      if (body === 'json') return json;
      const input = readBySchema(codec, schema, json);
      validateInput(schema[4], input, { constraints: options.constraints });
      return input;
    },
    serialise(schema, body, output, requestId) {
      if (body === 'json') return respond(200, Buffer.from(JSON.stringify(output)), requestId);
      if (output === undefined) return respond(200, Buffer.alloc(0), requestId);
      const serializer = codec.createSerializer();
      serializer.write(NormalizedSchema.of(schema[5]), output);
      const bytes = serializer.flush();
      return respond(200, Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), requestId);
    },
    serialiseError(error, requestId) {
      const body = {
        __type: prefix(error.code) + error.code,
        // No text is no member (observed on AWS: LocalStack's test_encrypt_decrypt_encryption_context).
        ...(error.message !== '' && { message: error.message }),
        ...error.members,
      };
      return respond(error.status, Buffer.from(JSON.stringify(body)), requestId);
    },
    denied: (message) => new AwsError('AccessDeniedException', message),
    rejected: (fault: SignatureFault) => new AwsError(faultCodes[fault.kind], fault.message),
    // Without a text, as DynamoDB does it (recorded by dynalite).
    misaddressed: () => new AwsError('UnknownOperationException', ''),
    unknownOperation: (service, operation) =>
      new AwsError(
        'UnknownOperationException',
        operation === undefined
          ? 'The request names no operation.'
          : `The sandbox does not have the operation ${service}:${operation}.`,
      ),
  };
}

/**
 * AWS's JSON services answer 404 to other content types, CBOR among them (DynamoDB, recorded by dynalite). A request
 * that says nothing about its content is read all the same.
 */
function requireJson(request: WireRequest): void {
  const type = request.headers['content-type'];
  if (type === undefined || /^application\/(x-amz-json-1\.[01]|json)\s*(;|$)/i.test(type)) return;
  throw new AwsError(
    'UnknownOperationException',
    `The sandbox does not read the content type '${type}'.`,
    404,
  );
}

function parseBody(request: WireRequest): unknown {
  const text = request.body.toString('utf8');
  const excess = excessOf(text);
  if (excess) throw new AwsError('SerializationException', `The request body ${excess}.`);
  try {
    const parsed: unknown = text === '' ? {} : JSON.parse(text);
    if (typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed)) return parsed;
  } catch {
    // Falls through to the same answer: AWS does not say what is wrong with the JSON either.
  }
  throw new AwsError('SerializationException', 'The request body is not a JSON object.');
}

function readBySchema(codec: JsonCodec2, schema: StaticOperationSchema, json: unknown): unknown {
  try {
    // biome-ignore lint/suspicious/noExplicitAny: the deserializer takes any JSON document; its type says `DocumentType`.
    return (codec.createDeserializer() as any).readObject(schema[4], json);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new AwsError('SerializationException', why);
  }
}

/** Counts outside of strings, so that a hostile body is refused before anything parses it or recurses into it. */
function excessOf(text: string): string | undefined {
  let depth = 0;
  let values = 0;
  let inString = false;
  for (let index = 0; index < text.length; index++) {
    const char = text.charCodeAt(index);
    if (inString) {
      if (char === 0x5c) index++;
      else if (char === 0x22) inString = false;
    } else if (char === 0x22) inString = true;
    else if (char === 0x7b || char === 0x5b) {
      if (++depth > maxDepth) return 'is nested too deeply';
    } else if (char === 0x7d || char === 0x5d) depth--;
    else if (char === 0x2c && ++values > maxValues) return 'has too many members';
  }
  return undefined;
}
