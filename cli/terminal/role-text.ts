/** What is told beside a grader's role: what it may do, what it cannot judge, and what comes next. */
import type { GraderRole } from '../../runner/role/grader-role.ts';
import { plain, type Style } from './style.ts';

export interface RoleTextOptions {
  readonly format: 'policy' | 'cloudformation' | 'cli';
  readonly style: Style;
  /** Commands that take the role away. */
  readonly removal: string;
  readonly link?: string;
}

export function roleText(role: GraderRole, { format, style, removal, link }: RoleTextOptions): string {
  const actions = role.permissions.Statement.flatMap(({ Action }) => Action);
  const services = [...new Set(actions.map((action) => action.split(':')[0]))].sort();
  const lines = [
    `${style.bold('External id')}  ${role.externalId}`,
    'Keep it with the learner (the roster has a column for it); a new one is made each time.',
    '',
    `The role ${plain(role.name)} may make ${actions.length} calls of ${services.join(', ')}, and ${role.allowProbe ? 'no others' : 'all of them only read'}.`,
    ...opening(role),
    ...probing(role),
    '',
    ...next[format]({ removal, link, name: role.name }),
  ];
  return `${lines.join('\n')}\n`;
}

/** A call that changes nothing, but shows what others would keep to themselves. */
function opening({ steps }: GraderRole): string[] {
  if (!steps.some(({ check }) => check.calls.includes('kms:Decrypt'))) return [];
  return [
    "One of them opens what the lab has encrypted: kms:Decrypt, with the lab's encryption contexts only.",
  ];
}

/** What becomes of the checks that try what another user may do. */
function probing({ steps, allowProbe }: GraderRole): string[] {
  const trying = steps.filter(({ check }) => check.probes.length > 0);
  if (trying.length === 0) return [];
  if (allowProbe) {
    return [
      'It writes one thing: temporary access keys of the test user, made for a trial and deleted after it (--allow-probe).',
    ];
  }
  return [
    'It makes no access key of the test user, so these are judged without trying that user; --allow-probe changes that:',
    ...trying.map(({ stage, check, entry }) => {
      const ways = [
        ...(entry.accepts.has('history') ? ['what CloudTrail recorded of the user'] : []),
        ...(entry.accepts.has('reasoned') ? ['what the policies say'] : []),
      ];
      const how = ways.length > 0 ? `by ${ways.join(', then ')}` : 'not judged';
      return `  ${stage.id}: ${check.title}: ${how}`;
    }),
  ];
}

interface Following {
  readonly removal: string;
  readonly link: string | undefined;
  readonly name: string;
}

const next: Readonly<Record<RoleTextOptions['format'], (following: Following) => string[]>> = {
  policy: ({ name }) => [
    `In IAM, create a role ${plain(name)} with "trust" as its trust policy and "permissions" as an inline policy.`,
  ],
  cli: ({ removal }) => [
    "Run in the learner's account; the first command prints the ARN of the role. To take it away again:",
    `  ${removal}`,
  ],
  cloudformation: ({ link }) =>
    link === undefined
      ? [
          "Create a stack from it in the learner's account (CloudFormation, Create stack, Upload a template file); it asks for",
          'the external id above, so that one template does for a class.',
          'For a link that does it with one click, upload the template to S3, where CloudFormation wants it, readable for the',
          'learners, and name it: --template-url https://BUCKET.s3.REGION.amazonaws.com/NAME.yaml',
        ]
      : [
          "One click in the learner's account, then a tick for the named IAM role, then Create stack:",
          `  ${link}`,
        ],
};
