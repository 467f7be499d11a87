/** Each output against the rules of those who read it. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { parse } from 'csv-parse/sync';
import { z } from 'zod';
import { classOfOne } from '../../../reports/gradebook/class-of-one.ts';
import { csv, harmless } from '../../../reports/gradebook/csv.ts';
import { canvasCsv } from '../../../reports/gradebook/formats/canvas-csv.ts';
import { check50Json } from '../../../reports/gradebook/formats/check50-json.ts';
import { classroom50Json } from '../../../reports/gradebook/formats/classroom50-json.ts';
import { githubClassroomResult } from '../../../reports/gradebook/formats/github-classroom.ts';
import { gradebookCsv } from '../../../reports/gradebook/formats/gradebook-csv.ts';
import { gradebookJson } from '../../../reports/gradebook/formats/gradebook-json.ts';
import { gradescopeJson } from '../../../reports/gradebook/formats/gradescope-json.ts';
import { junitXml } from '../../../reports/gradebook/formats/junit-xml.ts';
import { moodleCsv } from '../../../reports/gradebook/formats/moodle-csv.ts';
import { stepSummary } from '../../../reports/gradebook/formats/step-summary.ts';
import { type ClassLearner, type ClassResult, classResultSchema } from '../../../runner/class-result.ts';
import { hostileTexts } from '../hostile-text.ts';
import { flatten, parseMarkdown } from '../markup.ts';
import { sampleResult } from '../sample-result.ts';
import { gradescopeResultsSchema } from './gradescope-results.ts';
import { classFilledWith, sampleClass } from './sample-class.ts';

const result = sampleClass(60);
const hostile = classFilledWith(Object.values(hostileTexts).join('\n'), 6);
const unreached = result.learners.find(({ points }) => points === null) as ClassLearner;
const late = result.learners.find(({ why, unjudged }) => why.length > 0 && unjudged === 0) as ClassLearner;
const partial = result.learners.find(
  ({ points, unjudged }) => points !== null && unjudged > 0,
) as ClassLearner;
const graded = result.learners.filter(({ points }) => points !== null);
const rowsOf = (text: string): string[][] => parse(text, { bom: true });
const only = (of: ClassResult, learner: ClassLearner): ClassResult => ({ ...of, learners: [learner] });

describe('the made-up class', () => {
  it('fits the public shape and has each kind of learner', () => {
    expect(classResultSchema.parse(result)).to.deep.equal(result);
    for (const kind of [unreached, late, partial]) expect(kind).to.not.equal(undefined);
  });
});

describe('CSV cells', () => {
  for (const text of [
    '=1+1',
    '+cmd|x',
    '-2+3',
    '@SUM(A1)',
    '\t=1',
    '\r=1',
    ' =1',
    '\n=1',
    '＝1',
    '＠x',
    '=HYPERLINK("http://x","y")',
  ]) {
    it(`are made harmless: ${JSON.stringify(text)}`, () => {
      expect(harmless(text)[0]).to.equal("'");
      expect(rowsOf(csv([['a', text]]))[0]?.[1]).to.equal(`'${text}`);
    });
  }
  for (const text of ['-5', '+4.5', '12', 'a=b', 'x@example.com', '', 'Müller-Lüdenscheidt']) {
    it(`are left as they are: ${JSON.stringify(text)}`, () => expect(harmless(text)).to.equal(text));
  }
  it('write numbers so that no reader takes them for others', () => {
    expect(csv([[1234.5, 0.1 + 0.2, -3, 1e21 / 1e19, 0]])).to.equal('1234.5,0.3,-3,100,0\n');
  });
});

describe('gradebook.csv', () => {
  it('has a line for each learner, and no formula in any cell', () => {
    for (const of of [result, hostile]) {
      const text = gradebookCsv(of);
      expect(text.startsWith('\ufeff')).to.equal(true);
      const rows = rowsOf(text);
      expect(rows).to.have.lengthOf(of.learners.length + 1);
      expect(new Set(rows.map((row) => row.length)).size).to.equal(1);
      for (const cell of rows.flat()) expect(cell).to.match(/^(?!\s*[=+\-@\t\r])|^-?\d+(\.\d+)?$/);
    }
  });
  it('leaves points empty where nothing could be judged', () => {
    const row = rowsOf(gradebookCsv(only(result, unreached)))[1] ?? [];
    expect(row.slice(5, 8)).to.deep.equal(['not judged', '', '100']);
  });
});

describe('gradebook.json', () => {
  it('is the class result', () => {
    expect(classResultSchema.parse(JSON.parse(gradebookJson(result)))).to.deep.equal(result);
  });
});

describe('the CSV for Canvas', () => {
  const rows = rowsOf(canvasCsv(result, { assignment: 'KMS Lab (12345)' }));
  const [header = [], possible = [], ...body] = rows;
  it('has the columns that the importer looks for', () => {
    expect(header).to.deep.equal([
      'Student',
      'ID',
      'SIS User ID',
      'SIS Login ID',
      'Section',
      'KMS Lab (12345)',
    ]);
    expect(header.at(-1)).to.match(/^(.*)\s\((\d+)\)$/);
    expect(possible[0]).to.equal('    Points Possible');
    expect(possible.at(-1)).to.equal('100');
  });
  it('has plain points, and no row for those who were not judged', () => {
    expect(body.map((row) => row[3])).to.deep.equal(graded.map(({ id }) => id));
    // As the importer reads a number: every separator but the last is taken away, the last is the decimal point.
    for (const [index, row] of body.entries()) {
      const cell = row.at(-1) ?? '';
      expect(cell).to.match(/^\d+(\.\d{1,2})?$/);
      expect(Number(cell)).to.equal(graded[index]?.points);
    }
  });
  it('has no header that the importer drops', () => {
    const titles = ['My Final Score lab', 'Current score', 'Override grade'];
    for (const assignment of titles) {
      expect(rowsOf(canvasCsv(result, { assignment }))[0]?.at(-1)).to.not.match(
        /current score|final score|override /i,
      );
    }
  });
});

describe('the CSV for Moodle', () => {
  it('has grades up to 100 and only learners that are judged and enrolled', () => {
    const first = graded[0] as ClassLearner;
    const [header, ...body] = rowsOf(moodleCsv(result, { item: 'KMS Lab', without: new Set([first.id]) }));
    expect(header).to.deep.equal(['username', 'email', 'idnumber', 'KMS Lab (grade)', 'KMS Lab (feedback)']);
    expect(body.map(([id]) => id)).to.deep.equal(graded.slice(1).map(({ id }) => id));
    for (const row of body) expect(Number(row[3])).to.be.within(0, 100);
  });
  it('goes over to per cent where a lab has more than 100 points', () => {
    const large = {
      ...result,
      lab: { ...result.lab, max: 200 },
      learners: graded.map((one) => ({ ...one, points: 150 })),
    };
    const [header, row] = rowsOf(moodleCsv(large));
    expect([header?.[3], row?.[3]]).to.deep.equal([`${result.lab.title} (grade in per cent)`, '75']);
  });
});

describe('results.json for Gradescope', () => {
  it('is as Gradescope documents it, also with hostile text', () => {
    for (const of of [result, hostile]) {
      for (const learner of of.learners) {
        const text = gradescopeJson(of, learner);
        if (text === undefined) expect(learner.points).to.equal(null);
        else expect(gradescopeResultsSchema.parse(JSON.parse(text)).score).to.equal(learner.points);
        expect(text ?? '').to.not.include('\\r');
      }
    }
  });
  it('gives no score to what could not be judged, and hides no test', () => {
    const { tests } = gradescopeResultsSchema.parse(JSON.parse(gradescopeJson(result, partial) ?? ''));
    const informing = tests.filter(({ score }) => score === undefined);
    expect(informing).to.have.lengthOf(partial.checks.filter(({ points }) => points === null).length);
    expect(informing.every(({ status }) => status === undefined)).to.equal(true);
  });
  it('is not written for somebody who was not judged', () => {
    expect(gradescopeJson(result, unreached)).to.equal(undefined);
  });
});

describe('result.json for Classroom 50', () => {
  const schema = z.fromJSONSchema(
    JSON.parse(readFileSync(new URL('classroom50-result.schema.json', import.meta.url), 'utf8')),
  );
  const submission = {
    CLASSROOM: 'aws-2026',
    ASSIGNMENT: 'kms',
    ASSIGNMENT_TYPE: 'individual',
    OWNER: 'ada',
    SUBMISSION_TAG: 'submit/2026-12-01',
    COMMIT_URL: 'https://github.com/x/y/commit/1',
    RELEASE_URL: 'https://github.com/x/y/releases/1',
    REVIEW_URL: 'https://github.com/x/y/pull/1',
  } as const;
  const read = (of: ClassResult, learner: ClassLearner) => {
    const text = classroom50Json(of, learner, submission);
    return text === undefined
      ? undefined
      : (schema.parse(JSON.parse(text)) as { score: number; 'max-score': number });
  };
  it('fits the schema, with whole points within the most', () => {
    for (const of of [result, hostile]) {
      for (const learner of of.learners) {
        const written = read(of, learner);
        if (written === undefined) expect(learner.points).to.equal(null);
        else expect(written.score).to.be.at.most(written['max-score']);
      }
    }
  });
  it('scales fractions, all alike', () => {
    const written = read(result, { ...late, points: 27.5 });
    expect((written?.score ?? 0) / (written?.['max-score'] ?? 1)).to.equal(0.275);
  });
  it('is held by a schema that refuses what it should', () => {
    const good = JSON.parse(classroom50Json(result, late, submission) ?? '');
    for (const bad of [
      { ...good, more: 1 },
      { ...good, score: 1.5 },
      { ...good, submission: 'v1' },
      { ...good, datetime: '2026-12-01T10:00:00.000Z' },
      { ...good, tests: [{ passed: true }] },
    ]) {
      expect(schema.safeParse(bad).success).to.equal(false);
    }
  });
});

describe('the step output for GitHub Classroom', () => {
  const read = (learner: ClassLearner) =>
    JSON.parse(Buffer.from(githubClassroomResult(result, learner), 'base64').toString());
  it('sums to the points, without NaN', () => {
    for (const learner of result.learners) {
      const { version, status, max_score, tests } = read(learner);
      expect([version, max_score]).to.deep.equal([1, 100]);
      const total = tests.reduce((sum: number, test: { score: number }) => sum + test.score, 0);
      expect(total).to.be.closeTo(learner.points ?? 0, 0.01);
      expect(status).to.equal(
        learner.points === null || learner.unjudged > 0
          ? 'error'
          : learner.checks.every(({ verdict }) => verdict === 'pass')
            ? 'pass'
            : 'fail',
      );
    }
  });
});

describe("check50's JSON", () => {
  it('has all seven members in every result', () => {
    for (const learner of graded) {
      const { results } = JSON.parse(check50Json(result, learner));
      expect(results).to.have.lengthOf(learner.checks.length);
      for (const one of results) {
        expect(Object.keys(one)).to.have.members([
          'name',
          'description',
          'passed',
          'log',
          'cause',
          'data',
          'dependency',
        ]);
        expect(one.passed === true ? one.cause : one.cause.rationale).to.not.equal(undefined);
      }
    }
  });
  it('has an error in place of results for somebody who could not be reached', () => {
    const { error, results } = JSON.parse(check50Json(result, unreached));
    expect(results).to.equal(undefined);
    expect(Object.keys(error)).to.have.members(['type', 'value', 'traceback', 'data']);
  });
});

describe('JUnit XML', () => {
  it('is well-formed, counts right, and names no test twice', function () {
    const script = `
import sys, json, xml.etree.ElementTree as tree
root = tree.fromstring(sys.stdin.buffer.read())
suites = root.findall('testsuite')
cases = [c for s in suites for c in s.findall('testcase')]
print(json.dumps({
  'tests': int(root.get('tests')), 'failures': int(root.get('failures')), 'errors': int(root.get('errors')), 'skipped': int(root.get('skipped')),
  'seen': [len(cases)] + [sum(c.find(k) is not None for c in cases) for k in ('failure', 'error', 'skipped')],
  'names': len({(c.get('classname'), c.get('name')) for c in cases}),
  'empty': sum(1 for c in cases for k in c if not k.text)}))`;
    for (const of of [result, hostile, only(result, late)]) {
      const ran = spawnSync('python3', ['-c', script], { input: junitXml(of), encoding: 'utf8' });
      if (ran.error) this.skip();
      expect(ran.stderr).to.equal('');
      const { tests, failures, errors, skipped, seen, names, empty } = JSON.parse(ran.stdout);
      expect(seen).to.deep.equal([tests, failures, errors, skipped]);
      expect([names, empty]).to.deep.equal([tests, 0]);
    }
  });
});

describe('the step summary', () => {
  it('is one table that text cannot leave', () => {
    for (const of of [result, hostile, only(hostile, hostile.learners[1] as ClassLearner)]) {
      const tokens = flatten(parseMarkdown(stepSummary(of)));
      expect(tokens.filter(({ type }) => type === 'table_open')).to.have.lengthOf(1);
      expect(tokens.filter(({ type }) => type === 'heading_open')).to.have.lengthOf(1);
      expect(tokens.filter(({ type }) => /html|link_open|image/.test(type))).to.deep.equal([]);
    }
  });
  it('stays within what GitHub shows', () => {
    const large = {
      ...result,
      learners: Array.from({ length: 20_000 }, (_, id) => ({ ...late, id: `s${id}` })),
    };
    const text = stepSummary(large);
    expect(Buffer.byteLength(text)).to.be.below(1024 * 1024);
    expect(text).to.match(/\d+ more lines would not fit into a summary\.\n$/);
  });
});

describe('a class of one', () => {
  it("says what the learner's own result says", () => {
    const single = sampleResult();
    const one = classResultSchema.parse(classOfOne(single, { id: 'ada' }));
    expect(one.learners[0]?.points).to.equal(single.score.points);
    expect(one.learners[0]?.checks).to.have.lengthOf(single.stages.flatMap(({ checks }) => checks).length);
    expect(stepSummary(one)).to.include('points.**');
  });
});
