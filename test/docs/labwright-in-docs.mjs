/**
 * Stands for `labwright` where the commands of a document are typed: what goes on until somebody ends it is ended as soon as it says
 * that it is ready, a worker goes on beside the next command, and what finds something wrong is no failure of the document.
 */
import { spawn } from 'node:child_process';
import { appendFileSync } from 'node:fs';

const args = process.argv.slice(2);
const [command] = args;

/** What a command prints once it does what it is for. */
const ready = new Map([
  ['sandbox', /Listening on/],
  ['serve', /http:\/\/\S+/],
]);
const goesOn = args[1] === 'peek' ? undefined : ready.get(command);
/** Their exit code 1 is an answer about the account. */
const answers = new Set(['check', 'clean', 'explain']);

// The usual port may be taken on this machine.
if (goesOn !== undefined && !args.includes('--port')) args.push('--port', '0');
const child = spawn(process.execPath, [process.env.LABWRIGHT_MAIN, ...args], {
  stdio: command === 'worker' ? 'ignore' : goesOn ? ['ignore', 'pipe', 'pipe'] : 'inherit',
  detached: command === 'worker',
});
if (command === 'worker') {
  appendFileSync(process.env.LABWRIGHT_LEFT_RUNNING, `${child.pid}\n`);
  process.exit(0);
}
let said = '';
const listen = (text) => {
  process.stderr.write(text);
  said += text;
  if (!goesOn.test(said)) return;
  child.kill('SIGINT');
  for (const stream of [child.stdout, child.stderr]) stream.off('data', listen);
};
if (goesOn) for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', listen);
child.once('close', (code) => {
  const fine = code === 0 || (goesOn && code === 130) || (code === 1 && answers.has(command));
  if (!fine) process.stderr.write(`labwright ${args.join(' ')} ended with ${code}\n`);
  process.exitCode = fine ? 0 : 1;
});
