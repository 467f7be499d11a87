/** What IAM asks of the members of its requests. Lengths, patterns and values: IAM API reference. */
import type { Constraint, Constraints } from '../../protocol/constraints.ts';

/** Names that a request gives or looks up. The sentence is IAM's own, seen for user and role names. */
function name(member: string, longest: number): Constraint {
  return {
    length: [1, longest],
    pattern: /[\w+=,.@-]+/,
    says: `The specified value for ${member} is invalid. It must contain only alphanumeric characters and/or the following: +=,.@_-`,
  };
}

const policyDocument: Constraint = { length: [1, 131_072], pattern: /[\t\n\r\u0020-\u00FF]+/ };
const tagKey: Constraint = { length: [1, 128], pattern: /[\p{L}\p{Z}\p{N}_.:/=+\-@]+/u };

export const iamConstraints: Constraints = {
  UserName: name('userName', 128),
  NewUserName: name('newUserName', 64),
  'CreateUserRequest.UserName': name('userName', 64),
  GroupName: name('groupName', 128),
  RoleName: name('roleName', 64),
  PolicyName: name('policyName', 128),
  Path: path('path'),
  NewPath: path('newPath'),
  PathPrefix: { length: [1, 512], pattern: /\/[\u0021-\u007F]*/ },
  PolicyDocument: policyDocument,
  AssumeRolePolicyDocument: policyDocument,
  PermissionsBoundary: { length: [20, 2048] },
  VersionId: { pattern: /v[1-9][0-9]*(\.[A-Za-z0-9-]*)?/ },
  AccessKeyId: { length: [16, 128], pattern: /[\w]+/ },
  Status: { values: ['Active', 'Inactive'] },
  AssignmentStatus: { values: ['Assigned', 'Unassigned', 'Any'] },
  Password: { length: [1, 128], pattern: /[\t\n\r\u0020-\u00FF]+/ },
  Description: { length: [0, 1000] },
  MaxSessionDuration: { range: [3600, 43_200] },
  Tags: { length: [0, 50] },
  TagKeys: { length: [0, 50] },
  'Tag.Key': tagKey,
  'Tag.Value': { length: [0, 256], pattern: /[\p{L}\p{Z}\p{N}_.:/=+\-@]*/u },
  Marker: { length: [1, 320] },
  MaxItems: { range: [1, 1000] },
  Scope: { values: ['All', 'AWS', 'Local'] },
  PolicyUsageFilter: { values: ['PermissionsPolicy', 'PermissionsBoundary'] },
  Filter: { items: { values: ['User', 'Role', 'Group', 'LocalManagedPolicy', 'AWSManagedPolicy'] } },
  ActionNames: { items: { length: [3, 128] } },
  ResourceArns: { items: { length: [1, 2048] } },
  PolicyInputList: { items: policyDocument },
  PermissionsBoundaryPolicyInputList: { items: policyDocument },
  ResourcePolicy: policyDocument,
  PolicySourceArn: { length: [20, 2048] },
  CallerArn: { length: [1, 2048] },
  ContextKeyName: { length: [5, 256] },
  ContextKeyType: {
    values: [
      'string',
      'stringList',
      'numeric',
      'numericList',
      'boolean',
      'booleanList',
      'ip',
      'ipList',
      'binary',
      'binaryList',
      'date',
      'dateList',
    ],
  },
  EntityFilter: { values: ['User', 'Role', 'Group', 'LocalManagedPolicy', 'AWSManagedPolicy'] },
};

function path(member: string): Constraint {
  return {
    length: [1, 512],
    pattern: /\/|\/[\u0021-\u007F]+\//,
    // Inferred: the sentence that IAM has for names, with what a path must look like.
    says: `The specified value for ${member} is invalid. It must begin and end with / and contain only alphanumeric characters and/or / characters.`,
  };
}
