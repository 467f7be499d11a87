/** What a scenario file may say: calls in their order, who makes them, and what AWS would answer. */
import { readdirSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';

const callName = /^(?:cloudtrail|dynamodb|iam|kms|sts)\.[A-Z]\w+$/;
const text = z.string().trim().min(1);

/** What a call of the wire is refused with. In `message`, `…` stands for any text. */
const refusal = z.strictObject({ code: text, status: z.number().int(), message: z.string() });
export type Refusal = z.output<typeof refusal>;

const stepMembers = {
  as: text
    .optional()
    .describe(
      'Who calls: somebody who signed in before, one of `callers`, or `unsigned`. Default: the administrator.',
    ),
  region: text.optional().describe('Where to. Default: the Region of the sandbox.'),
  keep: z.record(z.string(), text).optional().describe('Names for parts of the answer, by path.'),
  signIn: text
    .optional()
    .describe('A name for whoever holds the access key or the credentials in the answer.'),
  answer: z
    .record(z.string(), z.json())
    .optional()
    .describe('Parts of the answer by path; null for what must not be there, `…` for any text.'),
  error: refusal.optional().describe('The refusal that must come instead of an answer.'),
  notSent: z.literal('botocore').optional().describe('The AWS CLI and boto3 refuse the input themselves.'),
  unknownTo: z
    .literal('botocore')
    .optional()
    .describe(
      "Debian's AWS CLI and boto3 are older than the operation or a member of the input; they leave it out.",
    ),
  source: text.optional().describe('Where AWS says so, or who saw it.'),
};

/** `{ kms.CreateKey: { ... }, keep: { keyId: KeyMetadata.KeyId } }` */
const step = z
  .object(stepMembers)
  .catchall(z.record(z.string(), z.json()))
  .check(({ value, issues }) => {
    const problem = (message: string) => issues.push({ code: 'custom', input: value, message });
    const calls = Object.keys(value).filter((key) => !Object.hasOwn(stepMembers, key));
    if (calls.length !== 1 || !callName.test(calls[0] ?? '')) {
      problem('must hold one call such as `kms.CreateKey: { ... }`');
    }
    if (value.error && (value.answer || value.keep || value.signIn)) problem('is either refused or answered');
    if (value.error && !value.source) problem('must name the source of the refusal');
  });
export type Step = z.output<typeof step>;

const scenario = z.strictObject({
  title: text,
  awsCli: z.boolean().default(false).describe('Also with the AWS CLI, which takes half a second for a call.'),
  callers: z
    .record(
      z.string(),
      z.strictObject({ accessKeyId: text, secretAccessKey: text, sessionToken: text.optional() }),
    )
    .default({})
    .describe('Callers who never signed in: wrong secrets, unknown keys.'),
  steps: z.array(step).min(1),
});
export type Scenario = z.output<typeof scenario>;

const scenarioFile = z.array(scenario).min(1);
const folder = new URL('scenarios/', import.meta.url);

/** The service, the operation and the input of a step. */
export function callOf(one: Step): { service: string; operation: string; input: unknown } {
  const [name = '', input] = Object.entries(one).find(([key]) => callName.test(key)) ?? [];
  const [service = '', operation = ''] = name.split('.');
  return { service, operation, input };
}

/** Every scenario there is. @throws Error that names the file and what is wrong in it */
export function loadScenarios(): Scenario[] {
  const files = readdirSync(folder).filter((file) => file.endsWith('.yaml'));
  return files.flatMap((file) => {
    const read = scenarioFile.safeParse(
      parse(readFileSync(new URL(file, folder), 'utf8'), { merge: true, maxAliasCount: 500 }),
    );
    if (!read.success) throw new Error(`scenarios/${file}:\n${z.prettifyError(read.error)}`);
    return read.data;
  });
}
