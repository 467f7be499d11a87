/**
 * Where AWS was observed to do otherwise than its service authorization reference says, or where its guides say
 * otherwise. What is here comes on top of the reference.
 */

/** Resource types of actions that the reference knows on `*` only. */
export const resourceTypesBeside: Readonly<Record<string, readonly string[]>> = {
  // The denial names `table/*` (observed on AWS, many public logs).
  'dynamodb:ListTables': ['table'],
  // The denial names the path: `arn:aws:iam::<account>:user/` (observed on AWS, many public logs).
  'iam:ListGroups': ['group'],
  'iam:ListRoles': ['role'],
  'iam:ListUsers': ['user'],
};

/** "AWS KMS condition keys" in the KMS developer guide: deprecated names, which work like those that follow them. */
const deprecatedKeyTraits = ['kms:CustomerMasterKeySpec', 'kms:CustomerMasterKeyUsage'];

/** Condition keys by action (`kms:CreateKey`). */
export const actionKeysBeside: Readonly<Record<string, readonly string[]>> = {
  // Examples 2 and 3 of "Using IAM with DynamoDB transactions" in the DynamoDB developer guide.
  'dynamodb:ConditionCheckItem': ['dynamodb:EnclosingOperation'],
  'kms:CreateKey': deprecatedKeyTraits,
};

/** Condition keys by service and resource type (`kms:key`). */
export const resourceKeysBeside: Readonly<Record<string, readonly string[]>> = {
  'kms:key': deprecatedKeyTraits,
};
