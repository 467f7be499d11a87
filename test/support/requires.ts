/** Tools that some tests need and not every machine has. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * Skips the running test or suite with a plain message when a tool is missing; fails instead when
 * `LABWRIGHT_REQUIRE_ALL=1`, so that a build that must test everything cannot skip by accident.
 *
 * @throws Error when the tool is missing and everything is required
 */
function skipWithout(context: Mocha.Context, what: string): never {
  const message = `${what} is missing`;
  if (process.env.LABWRIGHT_REQUIRE_ALL === '1') throw new Error(`${message}, and LABWRIGHT_REQUIRE_ALL=1`);
  console.log(`      skipped: ${message}`);
  return context.skip();
}

/**
 * The path of a Chromium: `$LABWRIGHT_CHROMIUM`, else Debian's. Call it from a hook or test:
 * `chromiumPath.call(this)`.
 */
export function chromiumPath(this: Mocha.Context): string {
  const path = process.env.LABWRIGHT_CHROMIUM ?? '/usr/bin/chromium';
  return existsSync(path) ? path : skipWithout(this, `Chromium (${path}; set LABWRIGHT_CHROMIUM)`);
}

/**
 * The path of an AWS CLI, version 2: `$LABWRIGHT_AWS_CLI`, else Debian's, else the one on `PATH`. Call it as
 * `awsCli.call(this)`.
 */
export function awsCli(this: Mocha.Context): string {
  const candidates = [process.env.LABWRIGHT_AWS_CLI, '/usr/bin/aws', onPath('aws')];
  const found = candidates.find((path) => path !== undefined && existsSync(path));
  return found ?? skipWithout(this, 'The AWS CLI (set LABWRIGHT_AWS_CLI)');
}

/** A Python that can import boto3: `$LABWRIGHT_PYTHON`, else Debian's. Call it as `pythonWithBoto3.call(this)`. */
export function pythonWithBoto3(this: Mocha.Context): string {
  const candidates = [process.env.LABWRIGHT_PYTHON, '/usr/bin/python3', onPath('python3')].filter(
    (one) => one !== undefined,
  );
  const found = candidates.find((python) => spawnSync(python, ['-c', 'import boto3']).status === 0);
  return found ?? skipWithout(this, 'boto3 for Python (set LABWRIGHT_PYTHON)');
}

/** The path of a Python 3: `$LABWRIGHT_PYTHON`, else Debian's, else the one on `PATH`. Call it as `python.call(this)`. */
export function python(this: Mocha.Context): string {
  const candidates = [process.env.LABWRIGHT_PYTHON, '/usr/bin/python3', onPath('python3')];
  const found = candidates.find((path) => path !== undefined && existsSync(path));
  return found ?? skipWithout(this, 'Python 3 (set LABWRIGHT_PYTHON)');
}

/** The path of bash, and of the tools that a script of ours calls. Call it as `bash.call(this, 'curl')`. */
export function bash(this: Mocha.Context, ...tools: string[]): string {
  const missing = ['bash', ...tools].find((tool) => onPath(tool) === undefined);
  if (missing !== undefined) return skipWithout(this, missing);
  return onPath('bash') ?? 'bash';
}

/** The path of a Redis server: `$LABWRIGHT_REDIS`, else Debian's. Call it as `redisServer.call(this)`. */
export function redisServer(this: Mocha.Context): string {
  const candidates = [process.env.LABWRIGHT_REDIS, '/usr/bin/redis-server', onPath('redis-server')];
  const found = candidates.find((path) => path !== undefined && existsSync(path));
  return found ?? skipWithout(this, 'A Redis server (set LABWRIGHT_REDIS)');
}

/** The path of OpenSSL, `$LABWRIGHT_OPENSSL` or the one on `PATH`. Call it as `openssl.call(this)`. */
export function openssl(this: Mocha.Context): string {
  const found = process.env.LABWRIGHT_OPENSSL ?? onPath('openssl');
  return found ?? skipWithout(this, 'OpenSSL (set LABWRIGHT_OPENSSL)');
}

/**
 * The folder of recorded responses of AWS: `$LABWRIGHT_RECORDED`, else beside the repository. The recordings are not part of
 * the project, so their absence skips in every build. Call it as `recordedResponses.call(this)`.
 */
export function recordedResponses(this: Mocha.Context): string {
  const folder =
    process.env.LABWRIGHT_RECORDED ?? fileURLToPath(new URL('../../../shared/recorded', import.meta.url));
  if (existsSync(folder)) return folder;
  console.log(`      skipped: no recorded responses of AWS in ${folder}`);
  return this.skip();
}

/** The folder of botocore's service models. Call it as `botocoreModels.call(this)`. */
export function botocoreModels(this: Mocha.Context): string {
  const python = pythonWithBoto3.call(this);
  const code = 'import botocore, os; print(os.path.join(os.path.dirname(botocore.__file__), "data"))';
  return spawnSync(python, ['-c', code], { encoding: 'utf8' }).stdout.trim();
}

/** Where a command is; undefined where there is none. */
export function onPath(name: string): string | undefined {
  const folders = (process.env.PATH ?? '').split(delimiter);
  return folders.map((folder) => join(folder, name)).find((file) => existsSync(file));
}
