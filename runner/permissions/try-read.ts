/** Finds out whether a read is permitted by making it, on what the lab is about or on what is not there. */
import { CallError, type CallName, isAbsent, isAccessDenied } from '../../checks/call.ts';
import type { Caller } from '../accounts/caller.ts';
import type { Names } from './needed.ts';

export type ReadOutcome = 'permitted' | 'refused' | 'unknown';

/** A name that nobody has, for questions about what need not be there. */
const nobody = 'labwright-doctor-asks';
const noKey = '00000000-0000-0000-0000-000000000000';

/** Smallest inputs of the reads that checks make. */
function inputs({ alias, table = nobody, user = nobody }: Names, keyArn: string) {
  const managed = 'arn:aws:iam::aws:policy/ReadOnlyAccess';
  const byTable = { TableName: table };
  const byUser = { UserName: user };
  const byGroup = { GroupName: nobody };
  const known: Partial<Record<CallName, object>> = {
    'cloudtrail:LookupEvents': { MaxResults: 1 },
    'dynamodb:DescribeTable': byTable,
    'dynamodb:GetItem': { ...byTable, Key: { id: { S: nobody } } },
    'dynamodb:ListTables': { Limit: 1 },
    'dynamodb:Scan': { ...byTable, Limit: 1 },
    'iam:GetGroup': byGroup,
    'iam:GetGroupPolicy': { ...byGroup, PolicyName: nobody },
    'iam:GetPolicy': { PolicyArn: managed },
    'iam:GetPolicyVersion': { PolicyArn: managed, VersionId: 'v1' },
    'iam:GetRole': { RoleName: nobody },
    'iam:GetRolePolicy': { RoleName: nobody, PolicyName: nobody },
    'iam:GetUser': byUser,
    'iam:GetUserPolicy': { ...byUser, PolicyName: nobody },
    'iam:ListAccessKeys': byUser,
    'iam:ListAttachedGroupPolicies': byGroup,
    'iam:ListAttachedRolePolicies': { RoleName: nobody },
    'iam:ListAttachedUserPolicies': byUser,
    'iam:ListGroupPolicies': byGroup,
    'iam:ListGroups': { MaxItems: 1 },
    'iam:ListGroupsForUser': byUser,
    'iam:ListPolicies': { Scope: 'Local', MaxItems: 1 },
    'iam:ListRolePolicies': { RoleName: nobody },
    'iam:ListRoles': { MaxItems: 1 },
    'iam:ListUserPolicies': byUser,
    'iam:ListUsers': { MaxItems: 1 },
    'kms:DescribeKey': { KeyId: alias ?? keyArn },
    'kms:GetKeyPolicy': { KeyId: keyArn, PolicyName: 'default' },
    'kms:GetKeyRotationStatus': { KeyId: keyArn },
    'kms:ListAliases': { Limit: 1 },
    'kms:ListGrants': { KeyId: keyArn, Limit: 1 },
    'kms:ListKeyRotations': { KeyId: keyArn, Limit: 1 },
  };
  return known;
}

/** @returns how each of the calls was answered; `unknown` where no harmless form of it is known */
export async function tryReads(
  caller: Caller,
  calls: readonly string[],
  names: Names,
): Promise<ReadonlyMap<string, ReadOutcome>> {
  const known = inputs(names, await keyArnOf(caller, names));
  const asked = calls.map(async (call): Promise<[string, ReadOutcome]> => {
    const input = known[call as CallName];
    return [call, input === undefined ? 'unknown' : await tryRead(caller, call as CallName, input)];
  });
  return new Map(await Promise.all(asked));
}

async function tryRead(caller: Caller, call: CallName, input: object): Promise<ReadOutcome> {
  try {
    await caller.send(call, input);
    return 'permitted';
  } catch (error) {
    if (!(error instanceof CallError)) throw error;
    if (isAccessDenied(error)) {
      const action = /not authorized to perform: ([\w-]+:\w+)/.exec(error.message)?.[1];
      // DynamoDB lets a scan in, and KMS refuses the key: that is another permission.
      return action === undefined || action === call ? 'refused' : 'permitted';
    }
    // KMS says of an unknown key that it is not there whoever asks (observed on AWS: a wrong key id gives
    // NotFoundException to callers without any permission); DynamoDB and IAM ask for the permission first (inferred).
    return isAbsent(error) && !call.startsWith('kms:') ? 'permitted' : 'unknown';
  }
}

/** The key behind the alias where there is one and it may be described. */
async function keyArnOf(caller: Caller, { alias }: Names): Promise<string> {
  if (alias === undefined) return noKey;
  try {
    const { output } = await caller.send('kms:DescribeKey', { KeyId: alias });
    return (output.KeyMetadata as { Arn?: string } | undefined)?.Arn ?? noKey;
  } catch (error) {
    if (error instanceof CallError) return noKey;
    throw error;
  }
}

/**
 * Whether the caller reads items under a key. Only a table that lies under a key and holds an item can tell.
 *
 * @param table its name
 */
export async function tryDecrypt(caller: Caller, table: string): Promise<ReadOutcome> {
  try {
    const [described, scanned] = await Promise.all([
      caller.send('dynamodb:DescribeTable', { TableName: table }),
      caller.send('dynamodb:Scan', { TableName: table, Limit: 1 }),
    ]);
    const { SSEDescription } = described.output.Table as { SSEDescription?: { KMSMasterKeyArn?: string } };
    const isUnderAKey = SSEDescription?.KMSMasterKeyArn !== undefined;
    return isUnderAKey && Number(scanned.output.Count) > 0 ? 'permitted' : 'unknown';
  } catch (error) {
    if (!(error instanceof CallError)) throw error;
    return isAccessDenied(error) && error.message.includes('kms:Decrypt') ? 'refused' : 'unknown';
  }
}
