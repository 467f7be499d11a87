/** Asks a running sandbox what a table looks like at rest. */
import { z } from 'zod';
import { localPaths } from '../../sandbox/gateway/local-endpoints.ts';
import { plain } from '../terminal/style.ts';
import { UserError } from '../user-error.ts';
import { textAt } from './running-sandbox.ts';

const wireItem = z.record(z.string(), z.record(z.string(), z.unknown()));

const statement = z.object({
  policy: z.string(),
  policyArn: z.string().optional(),
  sid: z.string().optional(),
  index: z.number(),
});
const policyType = z.enum([
  'identity-based',
  'resource-based',
  'permissions boundary',
  'session',
  'role trust',
  'grant',
]);
const decision = z.discriminatedUnion('effect', [
  z.object({
    effect: z.literal('allowed'),
    policyType,
    statement: statement.optional(),
    grantId: z.string().optional(),
  }),
  z.object({ effect: z.literal('explicitDeny'), policyType, statement }),
  z.object({ effect: z.literal('implicitDeny'), policyType }),
]);

/** Bytes are in base64. */
const tableSchema = z.object({
  account: z.string(),
  region: z.string(),
  table: z.string(),
  kmsKey: z
    .object({
      arn: z.string(),
      aliases: z.array(z.string()),
      manager: z.string().optional(),
      state: z.string(),
      deletionDate: z.string().optional(),
      users: z.array(z.object({ arn: z.string(), decision })),
    })
    .nullable(),
  usable: z.boolean(),
  tableKey: z.base64(),
  dataKey: z.base64(),
  itemCount: z.number(),
  items: z.array(z.object({ key: wireItem, item: wireItem.optional(), bytes: z.base64() })),
});
const refusalSchema = z.object({ error: z.string() });
export type TableAtRest = z.infer<typeof tableSchema>;

/** @throws UserError for a table that is not there, and for a sandbox that cannot tell */
export async function tableAtRest(sandboxUrl: string, query: Record<string, string>): Promise<TableAtRest> {
  const url = new URL(localPaths.tableAtRest, sandboxUrl);
  url.search = new URLSearchParams(query).toString();
  const answer = json(await textAt(url));
  const table = tableSchema.safeParse(answer);
  if (table.success) return table.data;
  const refusal = refusalSchema.safeParse(answer);
  throw new UserError(
    refusal.success
      ? plain(refusal.data.error)
      : `The sandbox at ${sandboxUrl} is of another version, which cannot show tables at rest. Stop it, and start it again with this one.`,
  );
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
