/**
 * From the first line of the program's own code to the first answered request: `labwright sandbox` as it was built,
 * and what Node takes before that line.
 *
 *     npm run build && npm run bench -- sandbox-start
 */
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { bareEnvironment, mainFile } from '../test/support/labwright.ts';
import { median, printTable } from './measure.ts';
import { jsonBytes, LeanConnection, queryBytes } from './sandbox/lean-client.ts';
import { processorMs } from './sandbox/processor-time.ts';
import { type Access, type Server, startLabwright } from './sandbox/servers.ts';

const rounds = 5;
const firstLine = fileURLToPath(new URL('sandbox/first-line.cjs', import.meta.url));
const now = () => performance.timeOrigin + performance.now();

const requests: Record<string, (access: Access) => Buffer> = {
  'sts:GetCallerIdentity': (access) =>
    queryBytes(access, 'sts', { Action: 'GetCallerIdentity', Version: '2011-06-15' }),
  'kms:ListKeys': (access) => jsonBytes(access, 'kms', 'TrentService.ListKeys', {}),
  'iam:ListUsers': (access) => queryBytes(access, 'iam', { Action: 'ListUsers', Version: '2010-05-08' }),
  'dynamodb:ListTables': (access) => jsonBytes(access, 'dynamodb', 'DynamoDB_20120810.ListTables', {}),
};

interface Start {
  readonly listening: number;
  readonly answered: number;
  /** Of the sandbox, until the answer was there. */
  readonly processor: number;
}
const starts = new Map<string, Start[]>(Object.keys(requests).map((name) => [name, []]));
const bare: number[] = [];
for (let round = 0; round <= rounds; round++) {
  bare.push(await bareNode());
  for (const [name, request] of Object.entries(requests)) starts.get(name)?.push(await start(request));
}
const rows = [...starts].map(([name, all]) => {
  const counted = all.slice(1);
  const answered = counted.map((one) => one.answered);
  return [
    name,
    `${Math.round(median(counted.map((one) => one.listening)))} ms`,
    `${Math.round(median(answered))} ms`,
    `${Math.round(Math.min(...answered))} to ${Math.round(Math.max(...answered))} ms`,
    `${Math.round(median(counted.map((one) => one.processor)))} ms`,
  ];
});
printTable(`Start of the sandbox (an empty program: ${Math.round(median(bare.slice(1)))} ms)`, [
  ['first request', 'credentials printed', 'answered', 'range', 'processor time'],
  ...rows,
]);

/** Milliseconds since the first line of own code until the credentials are printed, and until the answer is there. */
async function start(request: (access: Access) => Buffer): Promise<Start> {
  const server: Server = await startLabwright({ nodeArgs: ['--require', firstLine], pinned: false });
  const listening = now();
  const connection = new LeanConnection(server.url);
  await connection.send(request(server));
  const answered = now();
  connection.close();
  const used = processorMs(server.child.pid);
  const [, began, before] = /^first line at ([\d.]+), after ([\d.]+)$/m.exec(server.printed) ?? [];
  await server.stop();
  return {
    listening: listening - Number(began),
    answered: answered - Number(began),
    processor: used - Number(before),
  };
}

/** Milliseconds that a process takes that does nothing. */
function bareNode(): Promise<number> {
  const started = now();
  return new Promise((resolve) => {
    const child = spawn(process.execPath, ['-e', '0', mainFile], { env: bareEnvironment(), stdio: 'ignore' });
    child.once('close', () => resolve(now() - started));
  });
}
