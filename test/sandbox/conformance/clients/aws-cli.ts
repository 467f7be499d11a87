/** The AWS CLI, one process for each call. */
import { execFile } from 'node:child_process';
import { bareEnvironment } from '../../../support/labwright.ts';
import {
  type ClientAnswer,
  type ClientCall,
  type ClientCaller,
  type ConformanceClient,
  replaceTagged,
} from '../client.ts';

/** Exit codes of "AWS CLI return codes" in its user guide: the service refused; the command was not valid. */
const refusedByService = 254;
const refusedByCli = 252;

const refusalText =
  /An error occurred \((\S+)\) when calling the \w+ operation(?: \(reached max retries: \d+\))?: ([\s\S]*?)\s*$/;

export class AwsCli implements ConformanceClient {
  readonly #endpoint: string;
  readonly #command: string;

  /** @param command path of the AWS CLI */
  constructor(endpoint: string, command: string) {
    this.#endpoint = endpoint;
    this.#command = command;
  }

  async call({ service, operation, input, caller, region }: ClientCall): Promise<ClientAnswer> {
    const inputJson = JSON.stringify(replaceTagged(input, asText));
    const args = [service, commandName(operation), '--cli-input-json', inputJson];
    const { code, stdout, stderr } = await this.#run(
      caller === 'unsigned' ? [...args, '--no-sign-request'] : args,
      {
        ...keyOf(caller),
        AWS_DEFAULT_REGION: region,
        AWS_MAX_ATTEMPTS: '1',
        AWS_PAGER: '',
      },
    );
    if (code === 0) return { kind: 'answer', output: stdout === '' ? {} : JSON.parse(stdout) };
    const refusal = refusalText.exec(stderr);
    if (code === refusedByService && refusal) {
      return { kind: 'refusal', code: refusal[1] ?? '', message: refusal[2] ?? '' };
    }
    if (code === refusedByCli) return { kind: 'not sent', message: stderr.trim() };
    throw new Error(`aws ${service} ${operation} ended with ${code}: ${stderr}`);
  }

  close(): void {}

  #run(args: readonly string[], env: Record<string, string>) {
    // One page, as the other clients ask for one; bytes as base64, which is how the CLI answers with them.
    const common = ['--endpoint-url', this.#endpoint, '--output', 'json', '--no-paginate'];
    const format = ['--cli-binary-format', 'base64'];
    return new Promise<{ code: number; stdout: string; stderr: string }>((resolve, reject) => {
      execFile(
        this.#command,
        [...args, ...common, ...format],
        { env: bareEnvironment(env) },
        (error, stdout, stderr) => {
          const code = error?.code ?? 0;
          if (typeof code === 'number') resolve({ code, stdout, stderr });
          else reject(error);
        },
      );
    });
  }
}

function keyOf(caller: ClientCaller): Record<string, string> {
  if (caller === 'unsigned') return {};
  const { accessKeyId, secretAccessKey, sessionToken } = caller;
  return {
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    ...(sessionToken !== undefined && { AWS_SESSION_TOKEN: sessionToken }),
  };
}

const asText = { bytes: (base64: string) => base64, date: (text: string) => text };

/** `ListMFADevices` is `list-mfa-devices`. */
function commandName(operation: string): string {
  return operation
    .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
    .replace(/([A-Z])([A-Z][a-z])/g, '$1-$2')
    .toLowerCase();
}
