#!/usr/bin/env node
import { CommanderError } from 'commander';
import { createProgram } from './program.ts';
import { exitCodes } from './user-error.ts';

// The SDK warns on Node 20 about versions of itself that are not installed here; a learner can do nothing about it.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';
// A closed pipe (`labwright check | head`) ends the command as it ends others, and never as if all had passed.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE' || error.code === 'EIO') process.exit(exitCodes.brokenPipe);
  throw error;
});
// Without a terminal to tell progress to, a run still ends in order: what it had made is deleted.
process.stderr.on('error', () => {});

// A command that ends for want of anything to wait for has not ended as it should, and never as if all had passed.
let hasEnded = false;
process.once('exit', (code) => {
  if (!hasEnded && code === exitCodes.passed) process.exitCode = exitCodes.notJudged;
});
void run();

async function run(): Promise<void> {
  try {
    await createProgram().parseAsync();
  } catch (error) {
    if (error instanceof CommanderError) {
      // Commander has printed its message; help and version end well.
      process.exitCode = error.exitCode === 0 ? exitCodes.passed : exitCodes.usage;
    } else {
      const { explainError } = await import('./explain-error.ts');
      const { message, exitCode } = await explainError(error);
      process.stderr.write(`${message}\n`);
      process.exitCode = exitCode;
    }
  }
  hasEnded = true;
}
