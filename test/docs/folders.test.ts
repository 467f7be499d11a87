/** What CONTRIBUTING.md says of the folders is of those that there are. */
import { readdirSync } from 'node:fs';
import { expect } from 'chai';
import { placeOf, readDocument } from './documents.ts';

describe('the folders that CONTRIBUTING.md tells of', () => {
  for (const folder of ['runner', 'cli'])
    it(`are those of ${folder}/`, () => {
      const text = readDocument('CONTRIBUTING.md');
      const [, table = ''] = text.split(`Inside \`${folder}/\`:`);
      const rows = table.slice(0, table.search(/\n\n[^|]/)).matchAll(/^\| (`[^|]+`) \|/gm);
      const told = [...rows].flatMap(([, names = '']) => names.split(', ')).sort();
      const there = readdirSync(placeOf(`${folder}/`), { withFileTypes: true })
        .filter((entry) => entry.isDirectory())
        .map(({ name }) => `\`${name}/\``);
      expect(told).to.deep.equal(there.sort());
    });
});
