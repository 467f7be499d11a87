/** Sends a signed request with any body and shows the answer as it was on the wire. */
import { type DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';

export interface RawAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

interface HttpRequest {
  headers: Record<string, string>;
  body: unknown;
}

interface HttpResponse {
  readonly statusCode: number;
  readonly headers: Record<string, string>;
  readonly body: AsyncIterable<Uint8Array>;
}

/** Carries the answer past the SDK's own reading of it. */
class Answered extends Error {
  readonly answer: RawAnswer;

  constructor(answer: RawAnswer) {
    super('answered');
    this.answer = answer;
  }
}

/** @param operation as in the target header: `GetItem` */
export async function sendRaw(client: DynamoDBClient, operation: string, body: string): Promise<RawAnswer> {
  const command = new ListTablesCommand({});
  command.middlewareStack.add(
    (next) => (args) => {
      const request = args.request as HttpRequest;
      request.headers['x-amz-target'] = `DynamoDB_20120810.${operation}`;
      request.headers['content-length'] = String(Buffer.byteLength(body));
      request.body = body;
      return next(args);
    },
    { step: 'build', priority: 'low', name: 'replaceBody' },
  );
  command.middlewareStack.add(
    (next) => async (args) => {
      const { response } = await next(args);
      const { statusCode, headers, body: stream } = response as HttpResponse;
      const chunks: Uint8Array[] = [];
      for await (const chunk of stream) chunks.push(chunk);
      throw new Answered({ status: statusCode, headers, body: Buffer.concat(chunks) });
    },
    { step: 'deserialize', priority: 'low', name: 'captureAnswer' },
  );
  try {
    await client.send(command);
  } catch (thrown) {
    if (thrown instanceof Answered) return thrown.answer;
    throw thrown;
  }
  throw new Error('The request was not answered.');
}
