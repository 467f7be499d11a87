/**
 * What the AWS CLI has besides the operations of services. Sources: "Command line options" and "AWS CLI Command
 * Reference" of the AWS CLI User Guide, and the CLI's own sources (`awscli/customizations`).
 */

/** Options of every command, and whether a value follows. */
export const globalOptions: ReadonlyMap<string, boolean> = new Map([
  ['ca-bundle', true],
  ['cli-auto-prompt', false],
  ['cli-binary-format', true],
  ['cli-connect-timeout', true],
  ['cli-error-format', true],
  ['cli-read-timeout', true],
  ['color', true],
  ['debug', false],
  ['endpoint-url', true],
  ['no-cli-auto-prompt', false],
  ['no-cli-pager', false],
  ['no-paginate', false],
  ['no-sign-request', false],
  ['no-verify-ssl', false],
  ['output', true],
  ['profile', true],
  ['query', true],
  ['region', true],
  ['v2-debug', false],
  ['version', false],
]);

/** Options of every operation. With the first three the request comes from elsewhere, so that nothing else is required. */
export const requestOptions: ReadonlyMap<string, boolean> = new Map([
  ['cli-input-json', true],
  ['cli-input-yaml', true],
  ['generate-cli-skeleton', false],
  ['help', false],
]);

/** Options of operations that give their answer in pages ("Pagination options"). */
export const pageOptions: ReadonlyMap<string, boolean> = new Map([
  ['max-items', true],
  ['page-size', true],
  ['starting-token', true],
]);

/** Commands of a service that are no operation of it. */
export const ownCommands: Readonly<Record<string, ReadonlySet<string>>> = {
  cloudtrail: new Set([
    'create-subscription',
    'update-subscription',
    'validate-logs',
    'verify-query-results',
    'help',
  ]),
  dynamodb: new Set(['wizard', 'help']),
  iam: new Set(['wizard', 'help']),
  kms: new Set(['help']),
  sts: new Set(['help']),
};

/** Options that the CLI calls otherwise than the API does: `iam enable-mfa-device --authentication-code-1`. */
export const renamedOptions: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'iam enable-mfa-device': {
    'authentication-code-1': 'authentication-code1',
    'authentication-code-2': 'authentication-code2',
  },
  'iam resync-mfa-device': {
    'authentication-code-1': 'authentication-code1',
    'authentication-code-2': 'authentication-code2',
  },
};

/** Options that the CLI adds to an operation; each takes a value. */
export const addedOptions: Readonly<Record<string, readonly string[]>> = {
  'iam create-virtual-mfa-device': ['outfile', 'bootstrap-method'],
};
