import { stripVTControlCharacters } from 'node:util';
import { expect } from 'chai';
import { fitLine } from '../../../cli/terminal/fit-line.ts';
import { createStyle } from '../../../cli/terminal/style.ts';

describe('a line that is fitted to the terminal', () => {
  it('is left alone where it fits, and cut where it does not, long words as well', () => {
    expect(fitLine('  short line', 20)).to.equal('  short line');
    expect(fitLine('  words that go on', 12)).to.equal('  words tha…');
    expect(fitLine(`arn:aws:kms:us-east-1:${'1'.repeat(200)}`, 10)).to.equal('arn:aws:k…');
  });

  it('counts as the terminal does: two columns for a wide character, none for a colour', () => {
    expect(fitLine('鍵鍵鍵鍵鍵', 6)).to.equal('鍵鍵…');
    const red = createStyle(true).paint('fail', 'a'.repeat(30));
    const cut = fitLine(red, 10);
    expect(stripVTControlCharacters(cut)).to.equal(`${'a'.repeat(9)}…`);
    expect(cut).to.include('\u001b[39m');
  });
});
