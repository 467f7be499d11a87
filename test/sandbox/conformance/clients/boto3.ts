/** boto3, in one Python process that is asked over its standard streams. */
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { bareEnvironment } from '../../../support/labwright.ts';
import type { ClientAnswer, ClientCall, ConformanceClient } from '../client.ts';

const script = fileURLToPath(new URL('boto3_calls.py', import.meta.url));

export class Boto3 implements ConformanceClient {
  readonly #python: ChildProcessWithoutNullStreams;
  readonly #waiting: { resolve: (line: string) => void; reject: (error: Error) => void }[] = [];
  #complaints = '';

  /** @param python an interpreter that can import boto3 */
  constructor(endpoint: string, python: string) {
    this.#python = spawn(python, [script, endpoint], { env: bareEnvironment() });
    createInterface(this.#python.stdout).on('line', (line) => this.#waiting.shift()?.resolve(line));
    this.#python.stderr.setEncoding('utf8').on('data', (text: string) => {
      this.#complaints += text;
    });
    this.#python.on('close', () => {
      for (const { reject } of this.#waiting.splice(0))
        reject(new Error(`Python ended: ${this.#complaints}`));
    });
  }

  async call(call: ClientCall): Promise<ClientAnswer> {
    const answered = new Promise<string>((resolve, reject) => this.#waiting.push({ resolve, reject }));
    this.#python.stdin.write(`${JSON.stringify(call)}\n`);
    return JSON.parse(await answered) as ClientAnswer;
  }

  close(): void {
    this.#python.stdin.end();
  }
}
