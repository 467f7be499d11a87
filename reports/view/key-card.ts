/** The KMS key, as `kms:DescribeKey` tells of it. */
import { telling, type Witness } from '../evidence.ts';
import { objectAt, textAt } from '../json.ts';
import { timeView } from '../time.ts';

export interface CardRow {
  readonly name: string;
  readonly value: string;
  /** Whether the value is an identifier, to be set as code. */
  readonly isCode: boolean;
}

export interface KeyCardView {
  /** The alias under which the key was asked for, else its id. */
  readonly name: string;
  readonly id: string;
  readonly arn: string | undefined;
  readonly manager: string;
  readonly state: string;
  readonly rows: readonly CardRow[];
  readonly witness: Witness;
}

// KeyMetadata in the KMS API reference.
const managers: Readonly<Record<string, string>> = { CUSTOMER: 'Customer managed', AWS: 'AWS managed' };
const usages: Readonly<Record<string, string>> = {
  ENCRYPT_DECRYPT: 'Encrypt and decrypt',
  SIGN_VERIFY: 'Sign and verify',
  GENERATE_VERIFY_MAC: 'Generate and verify MAC',
  KEY_AGREEMENT: 'Key agreement',
};

/** The key that the result's first telling `kms:DescribeKey` describes. */
export function keyCardView(witnesses: readonly Witness[]): KeyCardView | undefined {
  const witness = telling(
    witnesses,
    ({ call, output }) =>
      call === 'kms:DescribeKey' && textAt(objectAt(output, 'KeyMetadata'), 'KeyId') !== undefined,
  );
  const key = objectAt(witness?.call.output, 'KeyMetadata');
  const id = textAt(key, 'KeyId');
  if (!witness || !key || id === undefined) return undefined;
  const asked = textAt(witness.call.input, 'KeyId');
  const alias = asked?.startsWith('alias/') ? asked : undefined;
  const manager = worded(managers, textAt(key, 'KeyManager')) ?? 'Not told';
  const state = textAt(key, 'KeyState') ?? 'Not told';
  const spec = textAt(key, 'KeySpec') ?? textAt(key, 'CustomerMasterKeySpec');
  const created = textAt(key, 'CreationDate');
  const deletion = textAt(key, 'DeletionDate');
  return {
    name: alias ?? id,
    id,
    arn: textAt(key, 'Arn'),
    manager,
    state,
    rows: [
      ...row('Alias', alias, true),
      ...row('Key ID', id, true),
      ...row('Managed by', manager),
      ...row('Key spec', spec === 'SYMMETRIC_DEFAULT' ? 'Symmetric (SYMMETRIC_DEFAULT)' : spec),
      ...row('Key usage', worded(usages, textAt(key, 'KeyUsage'))),
      ...row('State', state),
      ...row('Description', textAt(key, 'Description')),
      ...row('Created', created && timeView(created).text),
      ...row('To be deleted', deletion && timeView(deletion).text),
      ...row('ARN', textAt(key, 'Arn'), true),
    ],
    witness,
  };
}

export function row(name: string, value: string | undefined, isCode = false): CardRow[] {
  return value === undefined ? [] : [{ name, value, isCode }];
}

function worded(words: Readonly<Record<string, string>>, value: string | undefined): string | undefined {
  return value !== undefined && Object.hasOwn(words, value) ? words[value] : value;
}
