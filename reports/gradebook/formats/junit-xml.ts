import type { ClassLearner, ClassResult } from '../../../runner/class-result.ts';
import { cleanJson } from '../../plain-text.ts';
import { type CheckOfStage, checksWithStages } from '../checks-with-stages.ts';

/**
 * JUnit XML of a class, a suite for each learner. Wrong is a failure, what could not be judged an error, what waits is
 * skipped. GitLab shows `classname` as the suite and drops names that it saw before, so both name the learner in a class.
 */
export function junitXml(input: ClassResult): string {
  const { lab, learners, startedAt } = cleanJson(input);
  const suites = learners.map((learner) => suite(lab, learner, learners.length > 1, startedAt));
  const sum = (name: keyof Counts) => suites.reduce((total, { counts }) => total + counts[name], 0);
  const attributes = countAttributes({
    tests: sum('tests'),
    failures: sum('failures'),
    errors: sum('errors'),
    skipped: sum('skipped'),
    ms: sum('ms'),
  });
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="${xml(lab.title)}" ${attributes}>\n${suites.map(({ text }) => text).join('')}</testsuites>\n`;
}

interface Counts {
  tests: number;
  failures: number;
  errors: number;
  skipped: number;
  ms: number;
}

function suite(lab: ClassResult['lab'], learner: ClassLearner, named: boolean, startedAt: string) {
  const checks = checksWithStages(lab, learner);
  const prefix = [lab.id, ...(named ? [learner.id.replaceAll('.', '_')] : [])].join('.');
  const of = (verdict: string) => checks.filter(({ finding }) => finding.verdict === verdict).length;
  const unreached = checks.length === 0;
  const counts: Counts = {
    tests: unreached ? 1 : checks.length,
    failures: of('fail'),
    errors: unreached ? 1 : of('error'),
    skipped: of('skip'),
    ms: checks.reduce((sum, { finding }) => sum + (finding.durationMs ?? 0), 0),
  };
  const cases = unreached
    ? `<testcase classname="${xml(`${prefix}.account`)}" name="The account can be reached" time="0"><error message="${xml(reason(learner))}" type="NotJudged">${xml(reason(learner))}</error></testcase>\n`
    : checks.map((check) => testcase(prefix, check)).join('');
  const properties = [
    ['learner', learner.id],
    ['points', learner.points === null ? 'not judged' : String(learner.points)],
    ['max', String(lab.max)],
  ].map(([name = '', value = '']) => `<property name="${xml(name)}" value="${xml(value)}"/>`);
  const text = `<testsuite name="${xml(named ? learner.id : lab.title)}" ${countAttributes(counts)} timestamp="${xml((learner.judgedAt ?? startedAt).replace(/\.\d+Z$/, ''))}">\n<properties>${properties.join('')}</properties>\n${cases}</testsuite>\n`;
  return { text, counts };
}

function testcase(prefix: string, { stage, check, finding }: CheckOfStage): string {
  const head = `<testcase classname="${xml(`${prefix}.${stage.id}`)}" name="${xml(`${check.id}: ${check.title}`)}" time="${seconds(finding.durationMs ?? 0)}"`;
  const text = [finding.message, ...(finding.hint === undefined ? [] : [finding.hint])].join('\n\n');
  // Some readers take the attribute, some the content.
  const told = (element: string, type: string) =>
    `>\n<${element} message="${xml(finding.message)}"${type && ` type="${type}"`}>${xml(text)}</${element}>\n</testcase>\n`;
  if (finding.verdict === 'fail') return head + told('failure', 'Wrong');
  if (finding.verdict === 'error') return head + told('error', 'NotJudged');
  if (finding.verdict === 'skip') return head + told('skipped', '');
  return `${head}/>\n`;
}

function reason({ error }: ClassLearner): string {
  return error === undefined
    ? 'Nothing could be judged.'
    : [error.message, error.advice ?? ''].join(' ').trim();
}

function countAttributes({ tests, failures, errors, skipped, ms }: Counts): string {
  return `tests="${tests}" failures="${failures}" errors="${errors}" skipped="${skipped}" time="${seconds(ms)}"`;
}

function seconds(ms: number): string {
  return (ms / 1000).toFixed(3);
}

/** XML 1.0, section 2.2: what no document may hold is cleaned before, but for the two non-characters. */
function xml(text: string): string {
  return text
    .replace(/[\ufffe\uffff]/g, '\ufffd')
    .replace(/[&<>"\n\t]/g, (character) => `&#${character.charCodeAt(0)};`);
}
