/** The lab that is worked on in the page: its file, the learner's names, and where they stand. */
import type { Guide } from '../../reports/guide-content.ts';
import type { LabPage, PageCheck, PageQuestion, PageTrouble } from '../../reports/lab-page-content.ts';
import { gradeAnswer } from '../../runner/answers/grade-answer.ts';
import type { Lab } from '../../runner/lab/lab.ts';
import { allSteps, planRun } from '../../runner/plan.ts';
import type { Result, Verdict } from '../../runner/result.ts';
import { sameWork } from '../../runner/state/attempt.ts';
import type { StateFolder } from '../../runner/state/state-folder.ts';
import { explainError } from '../explain-error.ts';
import { findLab } from '../labs/find-lab.ts';
import { guideOf, standingWith, wasMade } from '../labs/guide-of.ts';
import type { ChecksFlags } from '../options/checks.ts';
import { stateOf } from '../state.ts';
import { UserError } from '../user-error.ts';
import { AnswerConflict, saveAnswer } from './answers-file.ts';
import type { KnownAccount } from './served-account.ts';
import type { Progress } from './served-checks.ts';

/** What is read from the learner's folder. */
interface Read {
  readonly guide: Guide;
  readonly result: Result;
  readonly answers: Readonly<Record<string, string>>;
  /** Ids of the stages that were ever asked for; others were looked at only because these hang on them. */
  readonly asked: ReadonlySet<string>;
  readonly trouble: PageTrouble | undefined;
}

/** How the lab is found again, when its file changes. */
type Found = { readonly name: string } & ChecksFlags;

export class ServedLab {
  readonly #found: Found;
  readonly state: StateFolder;
  #lab: Lab;
  #settings: Readonly<Record<string, string>>;
  #read: Read;
  /** The file is read and written by one at a time. */
  #saving: Promise<unknown> = Promise.resolve();
  /** Whose attempts count, once that is known. */
  account: KnownAccount | undefined;

  private constructor(found: Found, lab: Lab, settings: Readonly<Record<string, string>>) {
    this.#found = found;
    this.#lab = lab;
    this.#settings = settings;
    this.state = stateOf(lab.id);
    // Refuses names that the lab does not have, before anything else.
    planRun(lab, settings);
    const guide = guideOf({ lab, settings, attempts: [], answers: {} });
    const { result } = standingWith(lab, namesIn(guide), []);
    this.#read = { guide, result, answers: {}, asked: new Set(), trouble: undefined };
  }

  /**
   * @param name id, file or folder of a lab
   * @throws what `findLab` throws; PlanError for names that the lab does not have
   */
  static async open(
    name: string,
    { set: settings, checks = [] }: { readonly set: Readonly<Record<string, string>> } & ChecksFlags,
  ): Promise<ServedLab> {
    const served = new ServedLab({ name, checks }, (await findLab(name, { checks })).lab, settings);
    await served.refresh();
    return served;
  }

  get lab(): Lab {
    return this.#lab;
  }

  get names(): Record<string, string> {
    return namesIn(this.#read.guide);
  }

  get answers(): Readonly<Record<string, string>> {
    const known = questionsIn(this.#lab).map(({ id }) => id);
    return Object.fromEntries(known.map((id) => [id, this.#read.answers[id] ?? '']));
  }

  /** Where the learner stands, for the write-up. */
  get result(): Result {
    return this.#read.result;
  }

  /** Reads the lab's file again. @returns whether it has changed. @throws LabProblems, and the old lab stays */
  async reload(): Promise<boolean> {
    const { name, checks } = this.#found;
    const { lab } = await findLab(name, { checks });
    if (lab.digest === this.#lab.digest) return false;
    const kept = Object.entries(this.#settings).filter(([name]) => Object.hasOwn(lab.params, name));
    this.#settings = Object.fromEntries(kept);
    this.#lab = lab;
    await this.refresh();
    return true;
  }

  /** Reads what the learner's folder holds. @param result where the learner stands, if the folder could not keep it */
  async refresh(result?: Result): Promise<void> {
    const lab = this.#lab;
    let trouble: PageTrouble | undefined;
    const orElse =
      <Value>(value: Value) =>
      async (error: unknown) => {
        trouble ??= { message: (await explainError(error)).message };
        return value;
      };
    const { attempts: all } = await this.state.attempts().catch(orElse({ attempts: [], unreadable: 0 }));
    const attempts = all.filter(
      ({ account }) =>
        !this.account || (account.id === this.account.id && account.region === this.account.region),
    );
    const answers = await this.state.answers().catch(orElse({}));
    const additions = await this.state.additions().catch(orElse(undefined));
    const guide = guideOf({ lab, settings: this.#settings, attempts, answers });
    const own = { answers, ...(additions && { additions }) };
    const standing = result ?? standingWith(lab, namesIn(guide), attempts, own).result;
    const asked = attempts
      .filter((attempt) => sameWork(attempt, { ...attempt, lab, params: standing.params }))
      .flatMap(({ chosen }) => chosen);
    this.#read = { guide, result: standing, answers, asked: new Set(asked), trouble };
  }

  /** Takes the learner's names. @throws PlanError for what does not do, and the old names stay */
  async rename(names: Readonly<Record<string, string>>): Promise<void> {
    planRun(this.#lab, names);
    this.#settings = { ...names };
    await this.refresh();
  }

  /** @throws UserError for a question that there is not, and what `saveAnswer` throws */
  async answer(id: string, text: string, base: string): Promise<void> {
    if (!questionsIn(this.#lab).some((question) => question.id === id))
      throw new UserError(`This lab has no question "${id}". Load the page again.`);
    const saved = this.#saving.then(() => saveAnswer(this.state, id, text, base));
    this.#saving = saved.catch(() => undefined);
    try {
      await saved;
    } catch (error) {
      if (error instanceof AnswerConflict) await this.refresh();
      throw error;
    }
    await this.refresh();
  }

  /** What the page shows of the lab; of a check under way, what it has found so far. */
  page(progress: Progress | undefined): Pick<LabPage, 'guide' | 'score' | 'stages' | 'questions'> & {
    readonly trouble: PageTrouble | undefined;
  } {
    const { guide, result, answers, asked: before, trouble } = this.#read;
    const lab = this.#lab;
    const steps = allSteps(lab, result.params);
    const asked = (question: { id: string; prompt: string }): PageQuestion => {
      const answer = answers[question.id] ?? '';
      return { ...question, answer, feedback: gradeAnswer(question, answer) };
    };
    return {
      guide,
      score: result.score,
      trouble,
      questions: lab.questions.map(asked),
      stages: result.stages.map((stage, index) => {
        const own = steps.filter((step) => step.stage.id === stage.id);
        const wasAsked = before.has(stage.id) || (progress?.plan.chosen.includes(stage.id) ?? false);
        const shows = (one: { readonly verdict?: Verdict }) => wasAsked || one.verdict === 'pass';
        const verdict = guide.stages[index]?.verdict;
        return {
          id: stage.id,
          title: guide.stages[index]?.title ?? stage.title,
          ...(verdict && shows({ verdict }) && { verdict }),
          points: stage.points,
          max: stage.max,
          checks: stage.checks.map((check, at): PageCheck => {
            const id = own[at]?.id ?? '';
            const running = wasAsked && (progress?.running.has(id) ?? false);
            const planned = progress?.plan.steps.some((step) => step.id === id) ?? false;
            const now = planned ? progress?.findings.get(id) : check;
            const finding = now && wasMade(now) && shows(now) ? now : undefined;
            return { title: check.title, max: check.max, running, ...(finding && { finding }) };
          }),
          questions: (lab.stages[index]?.questions ?? []).map(asked),
        };
      }),
    };
  }
}

function namesIn({ names }: Guide): Record<string, string> {
  return Object.fromEntries(names.map(({ name, value }) => [name, value]));
}

function questionsIn(lab: Lab): { readonly id: string; readonly prompt: string }[] {
  return [...lab.questions, ...lab.stages.flatMap((stage) => stage.questions)];
}
