/** docs/sandbox.md says of every operation of the five services whether it works or is refused. */
import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { services } from './services.ts';

const text = readFileSync(new URL('../../docs/sandbox.md', import.meta.url), 'utf8');
const sections = new Map(
  text
    .split(/^### /m)
    .slice(1)
    .map((section) => [section.split('\n', 1)[0] ?? '', section] as const),
);

for (const { title, working, refused } of services) {
  describe(`docs/sandbox.md on ${title}`, () => {
    const section = sections.get(title) ?? '';
    const rows = [...section.matchAll(/^\| `(\w+)` \|/gm)].map(([, name = '']) => name);
    const [, count = '', list = ''] = /^Refused by name \((\d+)\): ([\s\S]*?)\n(?:\n|$)/m.exec(section) ?? [];
    const listed = [...list.matchAll(/`(\w+)`/g)].map(([, name = '']) => name);

    it('has a row for each operation that works', () => {
      const missing = working.filter((name) => !rows.includes(name));
      expect(missing, `Add to the table under "### ${title}": ${lines(missing)}`).to.be.empty;
      const stray = rows.filter((name) => !working.includes(name));
      expect(stray, `Take out of the table under "### ${title}"`).to.be.empty;
      expect(rows, `The rows under "### ${title}" go by the alphabet`).to.deep.equal([...working]);
    });

    it('names each operation that is refused', () => {
      const missing = refused.filter((name) => !listed.includes(name));
      expect(missing, `Add to "Refused by name" under "### ${title}"`).to.be.empty;
      const stray = listed.filter((name) => !refused.includes(name));
      expect(stray, `Take out of "Refused by name" under "### ${title}"`).to.be.empty;
      expect(listed, `The names under "### ${title}" go by the alphabet`).to.deep.equal([...refused]);
      expect(count, `"Refused by name (${refused.length})" under "### ${title}"`).to.equal(
        `${refused.length}`,
      );
    });
  });
}

function lines(names: readonly string[]): string {
  return names.map((name) => `\n| \`${name}\` | |`).join('');
}
