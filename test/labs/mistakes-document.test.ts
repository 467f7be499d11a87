import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { mistakesDocument } from '../../runner/verify/mistakes-document.ts';
import { firstLab, readLab } from '../support/labs.ts';

describe('docs/verdicts.md', () => {
  it('lists the mistakes of the first lab as `labwright verify encrypt-data-with-kms --list` prints them', async () => {
    const { lab, proof } = await readLab(firstLab);
    const text = readFileSync(new URL('../../docs/verdicts.md', import.meta.url), 'utf8');
    expect(text).to.include(mistakesDocument(lab, proof));
  });
});
