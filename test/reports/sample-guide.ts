/** A guide to try the page with: one stage passed, one failed, two not reached. */
import type { Guide } from '../../reports/guide-content.ts';

export function sampleGuide(changes: Partial<Guide> = {}): Guide {
  const stage = (id: string, verdict?: 'pass' | 'fail'): Guide['stages'][number] => ({
    id,
    title: `Do ${id}`,
    guide: [
      'Why it **matters**, and `code`.',
      '## In the console',
      '1. Open [KMS](https://console.aws.amazon.com/kms/home).\n2. Choose *Create key*.',
      '## With the AWS CLI',
      `\`\`\`sh\naws kms create-key --description "${'long '.repeat(30)}"\n\`\`\``,
      '| option | meaning |\n|---|---|\n| a | b |',
    ].join('\n\n'),
    ...(verdict && { verdict }),
    points: verdict === 'pass' ? 10 : 0,
    max: 10,
    checks: [
      {
        check: 'kms/key-exists',
        title: 'A key answers to the alias',
        ...(verdict && { verdict }),
        points: verdict === 'pass' ? 10 : 0,
        max: 10,
      },
    ],
    questions: [
      { id: `${id}-what`, prompt: `What is ${id}?`, answered: true },
      { id: `${id}-why`, prompt: `Why ${id}?`, answered: false },
    ],
  });
  return {
    schema: 'labwright/guide/v1',
    lab: {
      id: 'sample',
      title: 'A Sample Lab',
      about: 'What it *teaches*.',
      project: 'https://example.com/project',
      costs: '- **The key** costs a dollar a month.\n- **The table** costs next to nothing.',
    },
    names: [
      { name: 'alias', value: 'alias/my-key', about: 'The alias of your key', chosen: true },
      { name: 'table', value: 'my-table', chosen: false },
    ],
    stage: 'table',
    cleanUp: 'cleanup',
    checkedAt: '2026-03-01T12:00:00.000Z',
    score: { points: 10, max: 40 },
    questions: [{ id: 'goal', prompt: 'What will you show?', answered: false }],
    stages: [stage('key', 'pass'), stage('table', 'fail'), stage('data'), stage('cleanup')],
    ...changes,
  };
}

/** The sample with `text` added to every free text. */
export function guideFilledWith(text: string): Guide {
  const fixed = new Set(['schema', 'verdict', 'checkedAt', 'stage', 'cleanUp', 'id']);
  const fill = (value: unknown, name: string): unknown => {
    if (typeof value === 'string') return fixed.has(name) ? value : `${value}\n\n${text}`;
    if (Array.isArray(value)) return value.map((item) => fill(item, name));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, fill(member, key)]));
  };
  return fill(sampleGuide(), '') as Guide;
}
