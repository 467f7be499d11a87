import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { columnNames, synonyms } from '../../../runner/roster/columns.ts';

const document = readFileSync(new URL('../../../docs/roster.md', import.meta.url), 'utf8');

describe('the documented columns of a roster', () => {
  for (const name of columnNames) {
    it(`are those that are understood: ${name}`, () => {
      const row = document.split('\n').find((line) => line.startsWith(`| ${name} |`));
      expect(row?.split('|').at(-2)?.trim()).to.equal(synonyms[name].join(', '));
    });
  }
});
