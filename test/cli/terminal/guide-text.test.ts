import { stripVTControlCharacters } from 'node:util';
import { expect } from 'chai';
import { registry } from '../../../checks/registry.ts';
import { guideOf } from '../../../cli/labs/guide-of.ts';
import { guideText } from '../../../cli/terminal/guide-text.ts';
import { createStyle } from '../../../cli/terminal/style.ts';
import { parseLab } from '../../../runner/lab/load-lab.ts';
import { hostileTexts } from '../../reports/hostile-text.ts';
import { guideFilledWith, sampleGuide } from '../../reports/sample-guide.ts';

const style = createStyle(false);

describe('the guide in the terminal', () => {
  it('tells the verdicts of the last check', () => {
    const text = guideText({ guide: sampleGuide(), style, width: 80, labName: 'sample', all: true });
    expect(text)
      .to.include('10/40 points when last checked, 2026-03-01 12:00 UTC.')
      .and.to.include('Stage 1 of 4: Do key  ✔ pass')
      .and.to.include('Stage 2 of 4: Do table  ✘ fail')
      .and.to.include('✔ answered  What is key?')
      .and.to.match(/labwright check sample table --set alias=alias\/my-key\n$/);
  });

  it('keeps within its width, in colour as without, but for commands', () => {
    for (const width of [40, 80, 120]) {
      for (const one of [style, createStyle(true, true)]) {
        const text = guideText({ guide: sampleGuide(), style: one, width, labName: 'sample', all: true });
        const lines = text.split('\n').map((line) => stripVTControlCharacters(line));
        const prose = lines.filter((line) => !/^ {4,}(?:aws|labwright) |https?:|clean up at any/.test(line));
        expect(Math.max(...prose.map((line) => line.length))).to.be.at.most(width);
      }
    }
  });

  it('lets no hostile text out', () => {
    for (const hostile of Object.values(hostileTexts)) {
      const guide = guideFilledWith(hostile);
      const text = guideText({ guide, style, width: 80, labName: 'sample', all: true });
      expect(text).to.not.match(/(?!\n)[\p{Cc}\u202a-\u202e\u2066-\u2069]/u);
    }
  });

  it('says nothing of costs and of cleaning up where the lab does not', () => {
    const lab = parseLab(
      'lab.yaml',
      `id: example
title: An example
about: What it teaches.
stages:
  - id: key
    title: A key
    guide: Make it.
    checks:
      - check: kms/key-exists
        with: { alias: alias/one }
        points: 10
        hint: Make it.
`,
      registry,
    );
    const guide = guideOf({ lab, settings: {}, attempts: [], answers: {} });
    expect(guide).to.not.have.any.keys('cleanUp', 'checkedAt');
    expect(guide.stage).to.equal('key');
    const text = guideText({ guide, style, width: 80, labName: './lab one.yaml', all: false });
    expect(text).to.not.match(/costs|clean up|Your names|Questions/);
    expect(text).to.include("labwright check './lab one.yaml' key");
  });
});
