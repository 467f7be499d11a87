/** The kinds of things that a lab can say it makes, and what a name of each looks like. */

export const madeKinds = [
  'dynamodb.table',
  'kms.key',
  'iam.user',
  'iam.group',
  'iam.role',
  'iam.policy',
] as const;

export type MadeKind = (typeof madeKinds)[number];

interface NameRule {
  /** What the kind is called in a sentence. */
  readonly word: string;
  readonly pattern: RegExp;
  readonly rule: string;
}

/** Names only, never ARNs: an ARN could lead to another account or Region. Patterns: the SDK's models. */
export const nameRules: Readonly<Record<MadeKind, NameRule>> = {
  'dynamodb.table': {
    word: 'table',
    pattern: /^[\w.-]{3,255}$/,
    rule: '3 to 255 letters, digits, underscores, dots and hyphens',
  },
  'kms.key': {
    word: 'key',
    pattern: /^alias\/(?!aws\/)[\w/-]{1,250}$/,
    rule: '"alias/" and letters, digits, slashes, underscores and hyphens, not beginning with "aws/"',
  },
  'iam.user': {
    word: 'user',
    pattern: /^[\w+=,.@-]{1,64}$/,
    rule: '1 to 64 letters, digits and any of _+=,.@-',
  },
  'iam.group': {
    word: 'group',
    pattern: /^[\w+=,.@-]{1,128}$/,
    rule: '1 to 128 letters, digits and any of _+=,.@-',
  },
  'iam.role': {
    word: 'role',
    pattern: /^[\w+=,.@-]{1,64}$/,
    rule: '1 to 64 letters, digits and any of _+=,.@-',
  },
  'iam.policy': {
    word: 'policy',
    pattern: /^[\w+=,.@-]{1,128}$/,
    rule: '1 to 128 letters, digits and any of _+=,.@-',
  },
};

/** One thing that a lab makes, by name. */
export interface Thing {
  readonly kind: MadeKind;
  readonly name: string;
  /** Why it belongs to the lab: "the lab's own name for `table`". */
  readonly because: string;
  /** ARNs that checks recorded under this name, newest first. */
  readonly seen: readonly string[];
  /** Names of the AWS managed policies that the lab gives the user. */
  readonly policies: readonly string[];
}
