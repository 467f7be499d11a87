/**
 * Preloaded into a `labwright` process (`node --import`): counts its asynchronous steps to the outside, which are
 * calls of fs/promises and HTTP requests, both when they begin and when they end, and raises a signal at one of them.
 *
 * LABWRIGHT_TEST_STEP: the number of the step, from 1; LABWRIGHT_TEST_SIGNAL: the signal; LABWRIGHT_TEST_STEPS: a file
 * that takes the steps' names, a line each.
 */
import { subscribe } from 'node:diagnostics_channel';
import { appendFileSync } from 'node:fs';
import promises from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';

const {
  LABWRIGHT_TEST_STEP: at,
  LABWRIGHT_TEST_SIGNAL: signal = 'SIGKILL',
  LABWRIGHT_TEST_STEPS: list,
} = process.env;
let count = 0;

function step(name) {
  count++;
  if (list) appendFileSync(list, `${name}\n`);
  if (String(count) === at) process.kill(process.pid, signal);
}

for (const name of ['appendFile', 'mkdir', 'readdir', 'readFile', 'rename', 'rm', 'rmdir', 'writeFile']) {
  const plain = promises[name];
  promises[name] = async (path, ...more) => {
    // Node's loader of modules names its files by URL.
    if (typeof path !== 'string') return plain(path, ...more);
    step(`${name} ${path} begins`);
    try {
      return await plain(path, ...more);
    } finally {
      step(`${name} ${path} ends`);
    }
  };
}
syncBuiltinESMExports();

subscribe('http.client.request.start', () => step('request begins'));
subscribe('http.client.response.finish', () => step('request ends'));
