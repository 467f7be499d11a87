/** A lab with everything that its learners are not told: solution, mistakes, and what is expected of answers. */
import { loadTemplate } from '../handlebars.ts';
import { isSafeLink } from '../markdown/link-policy.ts';
import { cleanJson, count } from '../plain-text.ts';
import { slugOf } from './slug.ts';

/** Texts are Markdown where it says so, with the lab's own names filled in. */
export interface InstructorGuide {
  readonly lab: {
    readonly id: string;
    readonly title: string;
    /** Markdown. */
    readonly about: string;
    readonly project?: string;
    /** Markdown. */
    readonly costs?: string;
  };
  readonly names: readonly { readonly name: string; readonly value: string; readonly about?: string }[];
  /** What somebody needs to be permitted who checks the lab, as actions of IAM. */
  readonly permissions: {
    readonly calls: readonly string[];
    /** Only sharpen hints. */
    readonly optional: readonly string[];
    /** On behalf of DynamoDB. */
    readonly throughDynamoDb: readonly string[];
    /** Made as somebody else, with consent. */
    readonly probes: readonly string[];
  };
  readonly stages: readonly InstructorStage[];
  /** About the whole lab. */
  readonly questions: readonly ExpectedAnswer[];
}

export interface InstructorStage {
  readonly id: string;
  readonly title: string;
  /** Absent where there is nothing to make. */
  readonly solution?: { readonly language: 'sh' | 'yaml'; readonly text: string };
  readonly checks: readonly MarkedCheck[];
  readonly mistakes: readonly {
    readonly id: string;
    readonly about: string;
    readonly caughtBy: string;
    /** A part of what the learner then reads. */
    readonly shows: string;
  }[];
  readonly questions: readonly ExpectedAnswer[];
}

interface MarkedCheck {
  /** `kms/key-exists` */
  readonly check: string;
  readonly title: string;
  readonly points: number;
  /** The ways to an answer that count. */
  readonly accepts: readonly string[];
  /** YAML. */
  readonly with?: string;
  /** Markdown. */
  readonly hint: string;
  /** Titles of the later stages that take it away again. */
  readonly undoneBy: readonly string[];
}

export interface ExpectedAnswer {
  readonly id: string;
  readonly prompt: string;
  readonly concepts: readonly { readonly about: string; readonly points: number; readonly missing: string }[];
  readonly misconceptions: readonly {
    /** Its id in words. */
    readonly name: string;
    readonly correction: string;
    readonly costs: number;
    readonly link?: string;
  }[];
}

export interface InstructorGuideOptions {
  /** The learner's page of the same lab, where there is one. */
  readonly handout?: string;
}

/** Renders the guide as Markdown. @throws TemplateError when a template is damaged */
export async function renderInstructorGuide(
  guide: InstructorGuide,
  { handout }: InstructorGuideOptions = {},
): Promise<string> {
  const template = await loadTemplate<object>('instructor-guide', 'md');
  return template({ ...instructorView(cleanJson(guide)), handout });
}

function instructorView({ lab, names, permissions, stages, questions }: InstructorGuide): object {
  const checks = stages.flatMap((stage) => stage.checks);
  const max = sum(checks.map(({ points }) => points));
  return {
    id: lab.id,
    title: lab.title,
    about: lab.about,
    project: lab.project !== undefined && isSafeLink(lab.project) ? lab.project : undefined,
    costs: lab.costs,
    scale: `${count(max, 'point')} for ${count(checks.length, 'check')} in ${count(stages.length, 'stage')}`,
    max,
    names: names.map(({ name, value, about = '' }) => ({ name, value, about })),
    permissions,
    stages: stages.map(stageView),
    questions: questions.map(answerView),
  };
}

function stageView(stage: InstructorStage, index: number): object {
  return {
    number: index + 1,
    title: stage.title,
    anchor: slugOf(`${index + 1}. ${stage.title}`),
    points: count(sum(stage.checks.map(({ points }) => points)), 'point'),
    solution: stage.solution,
    checks: stage.checks.map((check) => ({
      ...check,
      with: check.with,
      worth: count(check.points, 'point'),
      ways: check.accepts.join(' or '),
      undoneBy: check.undoneBy.join(', '),
    })),
    mistakes: stage.mistakes,
    questions: stage.questions.map(answerView),
  };
}

function answerView({ id, prompt, concepts, misconceptions }: ExpectedAnswer): object {
  return {
    id,
    prompt,
    concepts,
    max: count(sum(concepts.map(({ points }) => points)), 'point'),
    misconceptions: misconceptions.map((one) => ({
      ...one,
      link: one.link !== undefined && isSafeLink(one.link) ? one.link : undefined,
    })),
  };
}

/** Points may be fractions; what arithmetic adds to them is cut off. */
function sum(numbers: readonly number[]): number {
  return Number(numbers.reduce((all, number) => all + number, 0).toFixed(6));
}
