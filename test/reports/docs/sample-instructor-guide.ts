/** An instructor's guide to try the page with, every part of it filled. */
import type { InstructorGuide } from '../../../reports/docs/instructor-guide.ts';

export const sampleInstructorGuide: InstructorGuide = {
  lab: {
    id: 'sample',
    title: 'A Sample Lab',
    about: 'What it *teaches*.',
    project: 'https://example.com/project',
    costs: '- **The key** costs a dollar a month.',
  },
  names: [
    { name: 'alias', value: 'alias/my-key', about: 'The alias of your key' },
    { name: 'table', value: 'my-table' },
  ],
  permissions: {
    calls: ['kms:DescribeKey'],
    optional: ['kms:ListAliases'],
    throughDynamoDb: ['kms:Decrypt'],
    probes: ['dynamodb:Scan'],
  },
  stages: [
    {
      id: 'key',
      title: 'Make a key',
      solution: { language: 'sh', text: `aws kms create-key --description '${'long '.repeat(40)}'` },
      checks: [
        {
          check: 'kms/key-exists',
          title: 'A key answers to the alias',
          points: 7.5,
          accepts: ['observed', 'history'],
          with: 'alias: alias/my-key\n',
          hint: 'Create it with `alias/my-key`.\n\n- so\n- or so',
          undoneBy: ['Clean up'],
        },
      ],
      mistakes: [
        {
          id: 'no-alias',
          about: 'No | alias',
          caughtBy: 'kms/key-exists',
          shows: 'No key answers to `alias/my-key`',
        },
      ],
      questions: [
        {
          id: 'what-is-a-key',
          prompt: 'What is a key?',
          concepts: [{ about: 'it is secret', points: 2, missing: 'Say who may know it.' }],
          misconceptions: [
            { name: 'key is public', correction: 'It is not.', costs: 1, link: 'https://example.com/keys' },
          ],
        },
      ],
    },
    { id: 'look', title: 'Look at it', checks: [], mistakes: [], questions: [] },
  ],
  questions: [{ id: 'goal', prompt: 'What will you show?', concepts: [], misconceptions: [] }],
};
