import { createOutput } from '../output.ts';
import { runningSandbox } from '../sandbox/running-sandbox.ts';
import { tableAtRest } from '../sandbox/table-at-rest.ts';
import { tableAtRestText } from '../terminal/table-at-rest-text.ts';

export interface PeekFlags {
  readonly port?: number;
  readonly endpointUrl?: string;
  readonly account?: string;
  readonly region?: string;
  readonly items: number;
  readonly json?: boolean;
  readonly color: boolean;
}

/** `labwright sandbox peek`: what a table's items say, beside the bytes that lie on the disk. */
export async function peek(table: string, flags: PeekFlags): Promise<void> {
  const { print, style, width } = createOutput(!flags.color);
  const { env } = process;
  const endpoint =
    flags.endpointUrl ?? (flags.port === undefined ? env.AWS_ENDPOINT_URL : `http://127.0.0.1:${flags.port}`);
  const sandbox = await runningSandbox(endpoint);
  // The Region that the AWS CLI beside it goes to.
  const region = flags.region ?? env.AWS_REGION ?? env.AWS_DEFAULT_REGION ?? sandbox.region;
  const found = await tableAtRest(sandbox.url, {
    table,
    region,
    ...(flags.account && { account: flags.account }),
    ...(!flags.json && { limit: String(flags.items) }),
  });
  print(
    flags.json
      ? `${JSON.stringify({ schema: 'labwright/table-at-rest/v1', ...found }, null, 2)}\n`
      : tableAtRestText(found, style, width),
  );
}
