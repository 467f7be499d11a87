/** A result as a learner half-way through the lab has it: some stages passed, one failed, one undone, one waiting. */
import { type CheckResult, type Result, resultSchema, type StageResult } from '../../runner/result.ts';
import {
  accountId,
  allowedScan,
  deniedScan,
  describeKey,
  describeTable,
  keyArn,
  ownerArn,
  ownerScan,
  policyAfter,
  policyBefore,
  sampleCall,
  tableName,
  userArn,
  userDescribesTable,
} from './sample-calls.ts';

/** A passed finding worth ten points, unless told otherwise. */
export function finding(check: string, title: string, rest: Partial<CheckResult> = {}): CheckResult {
  return {
    check,
    title,
    verdict: 'pass',
    basis: 'observed',
    message: `${title}.`,
    points: 10,
    max: 10,
    durationMs: 120,
    evidence: [],
    with: {},
    judgedAt: '2026-11-22T10:05:00.000Z',
    ...rest,
  };
}

/** A stage whose points are the sum of its findings'. */
export function stage(id: string, title: string, section: string, checks: CheckResult[]): StageResult {
  const total = (of: 'points' | 'max') => checks.reduce((sum, check) => sum + check[of], 0);
  const worst = (['fail', 'error', 'skip'] as const).find((verdict) =>
    checks.some((check) => check.verdict === verdict),
  );
  return { id, title, section, verdict: worst ?? 'pass', points: total('points'), max: total('max'), checks };
}

const sections = {
  intro: "Introducing today's project",
  tools: 'Tools and concepts',
  reflection: 'Project reflection',
  key: 'Encryption and KMS',
  table: 'Encrypting data',
  data: 'Data visibility',
  deny: 'Denying access',
  grant: 'EXTRA: Granting access',
  cleanup: 'Cleaning up',
};

function sampleStages(): StageResult[] {
  return [
    stage('key', 'Create a KMS key', sections.key, [
      finding('kms/key-exists', 'A customer managed key answers to the alias', {
        message: 'alias/nextwork-kms-key is a symmetric key of your own, enabled and ready.',
        expected: { keySpec: 'SYMMETRIC_DEFAULT', manager: 'CUSTOMER' },
        actual: { keySpec: 'SYMMETRIC_DEFAULT', manager: 'CUSTOMER' },
        evidence: [describeKey],
      }),
    ]),
    stage('table', 'Encrypt a table with it', sections.table, [
      finding('dynamodb/table-exists', 'The table is there', {
        points: 5,
        max: 5,
        evidence: [describeTable[1] ?? describeKey],
      }),
      finding('dynamodb/table-encrypted', "The table is encrypted with the lab's key", {
        expected: keyArn,
        actual: keyArn,
        evidence: [...describeTable, describeKey],
      }),
    ]),
    stage('data', 'Add an item', sections.data, [
      finding('dynamodb/item-exists', 'The owner sees the item in plain text', {
        expected: '1',
        actual: '1',
        evidence: [ownerScan],
      }),
    ]),
    stage('user', 'Create the test user', sections.deny, [
      finding('iam/policy-attached', 'The test user may use DynamoDB', {
        verdict: 'fail',
        points: 0,
        message: 'nextwork-kms-user has AmazonDynamoDBReadOnlyAccess, which does not let it write.',
        expected: ['AmazonDynamoDBFullAccess', 'AmazonDynamoDBFullAccess_v2'],
        actual: ['AmazonDynamoDBReadOnlyAccess'],
        hint: 'Open **IAM**, *Users*, `nextwork-kms-user`, and attach `AmazonDynamoDBFullAccess`.\n\n1. *Add permissions*\n2. *Attach policies directly*',
        explanation: {
          because: [
            'No policy of nextwork-kms-user allows dynamodb:PutItem; the policy AmazonDynamoDBReadOnlyAccess (attached) holds dynamodb:Scan, dynamodb:Query.',
          ],
          remedies: [
            {
              what: 'Give nextwork-kms-user an IAM policy that allows this and no more.',
              statement: {
                Effect: 'Allow',
                Action: 'dynamodb:PutItem',
                Resource: 'arn:aws:dynamodb:eu-west-1:111122223333:table/nextwork-kms-table',
              },
              also: [
                {
                  what: 'Let the permissions boundary, the policy learners, allow it too.',
                  statement: { Effect: 'Allow', Action: 'dynamodb:PutItem', Resource: '*' },
                },
              ],
            },
            {
              what: 'Attach AmazonDynamoDBFullAccess_v2, as the lab asks.',
              command:
                'aws iam attach-user-policy --user-name nextwork-kms-user --policy-arn arn:aws:iam::aws:policy/AmazonDynamoDBFullAccess_v2',
            },
          ],
        },
        evidence: [
          sampleCall('iam:ListAttachedUserPolicies', '04:00', {
            input: { UserName: 'nextwork-kms-user' },
            output: { AttachedPolicies: [{ PolicyName: 'AmazonDynamoDBReadOnlyAccess' }] },
          }),
        ],
      }),
      finding('iam/no-kms-permission', 'Nothing lets the test user decrypt', {
        verdict: 'error',
        basis: 'reasoned',
        points: 0,
        message: 'AWS asked to slow down while the policies of the groups were read.',
        hint: 'Run the check again in a minute. This costs no points and no attempt.',
        evidence: [
          sampleCall('iam:ListGroupsForUser', '04:01', {
            input: { UserName: 'nextwork-kms-user' },
            error: { code: 'Throttling', message: 'Rate exceeded', status: 400 },
          }),
        ],
      }),
    ]),
    stage('deny', 'Watch the key refuse', sections.deny, [
      finding('access/denied', 'Reading the table as the test user is refused by the key', {
        points: 20,
        max: 20,
        message: 'DynamoDB refused nextwork-kms-user, because it may not use kms:Decrypt with your key.',
        evidence: [policyBefore, userDescribesTable, deniedScan],
        judgedAt: '2026-11-22T10:04:12.000Z',
        standsFrom: { attempt: '3', now: 'nextwork-kms-user can read the table, as the next stage asks.' },
      }),
    ]),
    stage('grant', 'Let the user in', sections.grant, [
      finding('access/allowed', 'The test user can read the table', {
        points: 20,
        max: 20,
        message: 'nextwork-kms-user reads the items; a statement of the key policy lets it decrypt.',
        evidence: [policyAfter, allowedScan],
      }),
    ]),
    stage('cleanup', 'Leave nothing behind', sections.cleanup, [
      finding('dynamodb/table-gone', 'The table is deleted', {
        verdict: 'skip',
        points: 0,
        message: 'This waits until you have finished the stages before it.',
        hint: 'Delete the table when you are done.',
        evidence: [],
        judgedAt: undefined,
      }),
    ]),
  ];
}

function sampleQuestions(): Result['questions'] {
  return [
    {
      id: 'goal',
      section: sections.intro,
      prompt: 'What will you show in this project?',
      answer:
        'I protect a DynamoDB table with a key of my own and watch what the key changes.\n\nBy the end I want to have seen:\n\n- an item that I can read although it is **encrypted**,\n- a user who may do anything with the table and *still* cannot read it,\n- the one change that lets that user in.',
    },
    {
      id: 'services',
      section: sections.tools,
      prompt: 'Which services did you use, and what did you learn?',
      answer: 'KMS for the key, DynamoDB for the data, IAM for the test user.',
    },
    {
      id: 'time',
      section: sections.reflection,
      prompt: 'How long did it take, and what was hardest?',
      answer: undefined,
    },
    {
      id: 'encryption',
      section: sections.key,
      prompt: 'What is encryption, and why do companies use it?',
      answer:
        'Encryption turns readable data into *ciphertext*. Whoever finds the disk finds nothing to read. The [KMS documentation](https://docs.aws.amazon.com/kms/) says how AWS keeps the key itself apart from the data.\n\n# Symmetric or asymmetric?\n\nDynamoDB accepts symmetric keys only, so `SYMMETRIC_DEFAULT` was the choice.',
    },
    {
      id: 'options',
      section: sections.table,
      prompt: 'What are the three encryption options, and how do they differ?',
      answer:
        '| Key | Who manages it | Can I change its policy? |\n| --- | --- | :---: |\n| AWS owned | AWS, out of sight | no |\n| AWS managed | AWS, in my account | no |\n| Customer managed | I do | **yes** |\n\nOnly the last one lets me decide who may use it.',
    },
    {
      id: 'transparent',
      section: sections.data,
      prompt: 'Why can you see the items although they are encrypted?',
      answer: 'DynamoDB decrypts on my behalf, because I may use the key.',
      feedback: {
        state: 'complete',
        points: 3,
        max: 3,
        present: [{ id: 'who', about: 'who decrypts', words: 'DynamoDB decrypts on my behalf' }],
        missing: [],
        misconceptions: [],
        unfinished: [],
      },
    },
    {
      id: 'proof',
      section: sections.deny,
      prompt: 'What happened, and what does it prove?',
      answer:
        "The console said\n\n```\nYou don't have permission to kms:Decrypt\n```\n\n> A policy for the table is not a policy for the key.\n\nSo the key guards the data even from someone who may use the table.",
    },
    {
      id: 'change',
      section: sections.grant,
      prompt: 'What changed in the policy?',
      answer:
        'The user is named in two statements now: *Allow use of the key* and *Allow attachment of persistent resources*.',
      feedback: {
        state: 'misconception',
        points: 1,
        max: 3,
        present: [
          { id: 'policy', about: 'what changed in the policy', words: 'The user is named in two statements' },
        ],
        missing: [{ id: 'user', message: 'Say in which role the user was added.' }],
        misconceptions: [
          {
            id: 'administrators-decrypt',
            said: 'An administrator of the key can read',
            correction: 'A key administrator manages the key, and cannot decrypt with it.',
            link: 'https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html',
          },
        ],
        unfinished: ['The user is', 'It was'],
      },
    },
  ];
}

const sampleArchitecture: Result['lab']['architecture'] = {
  parts: [
    { id: 'owner', kind: 'person', title: 'You', provenBy: [] },
    {
      id: 'user',
      kind: 'person',
      title: 'Test user',
      name: 'nextwork-kms-user',
      provenBy: ['iam/user-exists'],
    },
    {
      id: 'table',
      kind: 'database',
      title: 'DynamoDB table',
      name: tableName,
      provenBy: ['dynamodb/table-exists'],
    },
    {
      id: 'key',
      kind: 'key',
      title: 'KMS key',
      name: 'alias/nextwork-kms-key',
      provenBy: ['kms/key-exists'],
    },
  ],
  arrows: [
    { from: 'owner', to: 'table', says: 'reads the items', provenBy: ['dynamodb/items-readable'] },
    { from: 'user', to: 'table', says: 'is refused', provenBy: ['access/read-denied'] },
    { from: 'user', to: 'key', says: 'may use it', provenBy: ['access/can-use-key'] },
    { from: 'table', to: 'key', says: 'is encrypted under it', provenBy: ['dynamodb/table-encrypted'] },
    { from: 'key', to: 'owner', says: 'answers to', provenBy: [] },
  ],
};

/** A path of a picture that no file has to have: the reports are given what was read. */
export const picturePath = 'pictures/the console.png';

const sampleAdditions: Result['additions'] = {
  email: 'ada@example.com',
  opening: `Two days in *November*.\n\n![Where it began](<${picturePath}>)`,
  sections: [
    { heading: 'What comes next', text: 'Rotation, every year.' },
    { heading: 'Where I was stuck', after: 'data visibility', text: 'In the wrong Region.' },
  ],
  screenshots: [{ stage: 'deny', file: picturePath, shows: 'The console says Access denied' }],
};

/** The sample, checked against the result's schema; `changes` replace whole members. */
export function sampleResult(changes: Partial<Result> = {}): Result {
  const stages = changes.stages ?? sampleStages();
  const total = (of: 'points' | 'max') => stages.reduce((sum, one) => sum + one[of], 0);
  return resultSchema.parse({
    schema: 'labwright/result/v1',
    lab: {
      id: 'encrypt-data-with-kms',
      title: 'Encrypt Data with AWS KMS',
      digest: '9f2c4e6a8b0d1f3357799bbdd1e0f2c4a6880c2e4f60718293a4b5c6d7e8f901',
      project: 'https://learn.nextwork.org/projects/aws-security-kms',
      about:
        'A table is encrypted with a key of your own. Then a user with every right to the *table* tries to read it, and the **key** decides.',
      sections: [
        sections.key,
        sections.table,
        sections.data,
        sections.deny,
        sections.grant,
        sections.cleanup,
      ],
      architecture: sampleArchitecture,
    },
    account: { id: accountId, arn: ownerArn, region: 'eu-west-1', kind: 'sandbox' },
    author: 'Ada Example',
    additions: sampleAdditions,
    params: { alias: 'alias/nextwork-kms-key', table: tableName, user: userArn.split('/')[1] ?? '' },
    startedAt: '2026-11-22T10:02:03.000Z',
    finishedAt: '2026-11-22T10:19:58.000Z',
    score: { points: total('points'), max: total('max') },
    questions: sampleQuestions(),
    ...changes,
    stages,
  });
}
