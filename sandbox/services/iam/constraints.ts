/** What IAM asks of the members of its requests. Lengths, patterns and values: IAM API reference. */
import type { Constraint, Constraints } from '../../protocol/constraints.ts';

/** Names that a request gives or looks up. The sentence is IAM's own, seen for user and role names. */
function name(member: string, longest: number): Constraint {
  return {
    length: [1, longest],
    pattern: String.raw`[\w+=,.@-]+`,
    says: `The specified value for ${member} is invalid. It must contain only alphanumeric characters and/or the following: +=,.@_-`,
  };
}

const text = String.raw`[\u0009\u000A\u000D\u0020-\u00FF]+`;
const policyDocument: Constraint = { length: [1, 131_072], pattern: text };
const policyPath = String.raw`((/[A-Za-z0-9\.,\+@=_-]+)*)/`;
const entityPath = String.raw`(\u002F)|(\u002F[\u0021-\u007E]+\u002F)`;
const policyPathPrefix: Constraint = { length: [1, 512], pattern: policyPath };
const tagKey: Constraint = { length: [1, 128], pattern: String.raw`[\p{L}\p{Z}\p{N}_.:/=+\-@]+` };

/** Requests that take the name of a user as it was created; others take twice as many characters. */
const withShortUserName = [
  'AttachUserPolicyRequest',
  'CreateLoginProfileRequest',
  'CreateUserRequest',
  'DeleteLoginProfileRequest',
  'DeleteUserPermissionsBoundaryRequest',
  'DetachUserPolicyRequest',
  'GetLoginProfileRequest',
  'ListAttachedUserPoliciesRequest',
  'ListSSHPublicKeysRequest',
  'ListServiceSpecificCredentialsRequest',
  'PutUserPermissionsBoundaryRequest',
  'UpdateLoginProfileRequest',
];

export const iamConstraints: Constraints = {
  UserName: name('userName', 128),
  NewUserName: name('newUserName', 64),
  ...Object.fromEntries(withShortUserName.map((request) => [`${request}.UserName`, name('userName', 64)])),
  GroupName: name('groupName', 128),
  RoleName: name('roleName', 64),
  PolicyName: name('policyName', 128),
  PolicyArn: { length: [20, 2048] },
  Path: path('path', entityPath),
  NewPath: path('newPath', entityPath),
  'CreatePolicyRequest.Path': path('path', policyPath),
  PathPrefix: { length: [1, 512], pattern: String.raw`\u002F[\u0021-\u007F]*` },
  'ListAttachedGroupPoliciesRequest.PathPrefix': policyPathPrefix,
  'ListAttachedRolePoliciesRequest.PathPrefix': policyPathPrefix,
  'ListAttachedUserPoliciesRequest.PathPrefix': policyPathPrefix,
  'ListPoliciesRequest.PathPrefix': policyPathPrefix,
  'ListEntitiesForPolicyRequest.PathPrefix': { length: [1, 512], pattern: entityPath },
  PolicyDocument: policyDocument,
  AssumeRolePolicyDocument: policyDocument,
  PermissionsBoundary: { length: [20, 2048] },
  VersionId: { pattern: String.raw`v[1-9][0-9]*(\.[A-Za-z0-9-]*)?` },
  AccessKeyId: { length: [16, 128], pattern: String.raw`[\w]+` },
  Status: { values: ['Active', 'Inactive'] },
  AssignmentStatus: { values: ['Assigned', 'Unassigned', 'Any'] },
  Password: { length: [1, 128], pattern: text },
  // Of roles: policies have a description without a pattern.
  Description: { length: [0, 1000], pattern: String.raw`[\u0009\u000A\u000D\u0020-\u007E\u00A1-\u00FF]*` },
  'CreatePolicyRequest.Description': { length: [0, 1000] },
  'UpdateRoleDescriptionRequest.Description': {
    length: [0, 1000],
    pattern: String.raw`[\p{L}\p{M}\p{Z}\p{S}\p{N}\p{P}]*`,
  },
  MaxSessionDuration: { range: [3600, 43_200] },
  Tags: { length: [0, 50] },
  TagKeys: { length: [0, 50], items: tagKey },
  'Tag.Key': tagKey,
  'Tag.Value': { length: [0, 256], pattern: String.raw`[\p{L}\p{Z}\p{N}_.:/=+\-@]*` },
  Marker: { length: [1, 320], pattern: String.raw`[\u0020-\u00FF]+` },
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
  ResourceOwner: { length: [1, 2048] },
  ResourceHandlingOption: { length: [1, 64] },
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

function path(member: string, pattern: string): Constraint {
  return {
    length: [1, 512],
    pattern,
    // Inferred: the sentence that IAM has for names, with what a path must look like.
    says: `The specified value for ${member} is invalid. It must begin and end with / and contain only alphanumeric characters and/or / characters.`,
  };
}
