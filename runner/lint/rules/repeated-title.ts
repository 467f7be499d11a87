import type { Remark, Rule } from '../rule.ts';

export const repeatedTitle: Rule = {
  id: 'repeated-title',
  severity: 'warning',
  why: 'Two lines of a report that read the same and say different things leave the learner to guess which is which.',
  look({ file, data, registry }) {
    return data.stages.flatMap(({ id, checks }, at) => {
      const titles = checks.map(({ check, title }) => title ?? registry.get(check)?.title);
      return titles.flatMap((title, index): Remark[] => {
        if (title === undefined || titles.indexOf(title) === index) return [];
        const message = `The stage "${id}" has another check with the title "${title}".`;
        const fix = 'Give both a `title:` that says what each of them shows.';
        return [file.problem(['stages', at, 'checks', index, 'check'], message, fix)];
      });
    });
  },
};
