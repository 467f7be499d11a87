/** The worked examples of docs/grading-policies.md, recomputed. */
import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { applyPolicy, type GradedRun } from '../../../runner/grading-policy/apply-policy.ts';
import { dueTime } from '../../../runner/grading-policy/due-time.ts';
import { parsePolicy } from '../../../runner/grading-policy/load-policy.ts';
import { extensionCell } from '../../../runner/roster/extension-cell.ts';

const text = readFileSync(new URL('../../../docs/grading-policies.md', import.meta.url), 'utf8');
const examples = text.slice(text.indexOf('## Worked examples')).split('\n### ').slice(1);

describe('the documented grading policies', () => {
  it('are shown whole in a file that is read', () => {
    const file = /```yaml\n(.*?)```/s.exec(text)?.[1] ?? '';
    expect(parsePolicy('policy.yaml', file)).to.deep.include({
      graceSeconds: 900,
      rejectAfterSeconds: 604_800,
    });
    expect(examples).to.have.lengthOf(9);
  });

  for (const example of examples) {
    const [title = ''] = example.split('\n');
    it(`count as told: ${title}`, () => {
      const policy = parsePolicy('policy.yaml', /```yaml\n(.*?)```/s.exec(example)?.[1] ?? '');
      const rows = example.split('\n').filter((line) => line.startsWith('| 2026'));
      const runs = rows.map((row, index): GradedRun => {
        const [at = '', key, table] = row
          .split('|')
          .slice(1)
          .map((cell) => cell.trim());
        const check = (id: string, verdict: string | undefined, max: number) => ({
          id,
          judged: verdict !== 'error',
          points: verdict === 'pass' ? max : 0,
          max,
        });
        return {
          id: `run-${index}`,
          at: dueTime(at, 'UTC'),
          checks: [check('key', key, 10), check('table', table, 20)],
        };
      });
      expect(runs).to.not.have.lengthOf(0);
      const longer = /^Extension: (.*)$/m.exec(example)?.[1];
      const cell = longer === undefined ? undefined : extensionCell(longer, 'UTC');
      const extension = cell && 'value' in cell ? cell.value : undefined;
      const { points } = applyPolicy(policy, { runs, ...(extension && { extension }) });
      expect(String(points)).to.equal(/Counts: \*\*(.*?)\*\*/.exec(example)?.[1]);
    });
  }
});
