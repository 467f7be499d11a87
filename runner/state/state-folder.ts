/** A learner's folder for one lab, `.labwright/<lab>/`: attempts, recordings, answers, and what else the write-up holds. */
import { appendFile, mkdir, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { readIfThere } from '../files/read-if-there.ts';
import { writeWhole } from '../files/write-whole.ts';
import { recordingName, writeRecording } from '../recording/file.ts';
import type { Recording } from '../recording/recording.ts';
import { type Additions, additionsSchema } from './additions.ts';
import { withAdditions } from './additions-file.ts';
import { withAnswers } from './answers-file.ts';
import { type Attempt, attemptSchema } from './attempt.ts';
import { type LockOptions, lockFolder } from './state-lock.ts';

/** A number is an answer as well, and nothing after the colon is none yet. */
const answerSchema = z
  .union([z.string(), z.number(), z.boolean(), z.null()])
  .transform((answer) => (answer === null ? '' : String(answer)));

/** `answers.yaml` or `write-up.yaml` cannot be read as the learner wrote it. */
export class AnswersError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'AnswersError';
  }
}

/** What is kept of a learner's runs, and what the learner wrote. */
export type Keeping = Pick<StateFolder, 'attempts' | 'addAttempt' | 'addRecording' | 'answers' | 'additions'>;

export class StateFolder {
  readonly path: string;

  constructor(path: string) {
    this.path = path;
  }

  get answersFile(): string {
    return join(this.path, 'answers.yaml');
  }

  get additionsFile(): string {
    return join(this.path, 'write-up.yaml');
  }

  /** Where probes are written down. */
  get journalFolder(): string {
    return join(this.path, 'probe-keys');
  }

  get recordingsFolder(): string {
    return join(this.path, 'recordings');
  }

  /** Waits until no other run uses the folder. @see lockFolder */
  lock(options?: LockOptions): Promise<() => Promise<void>> {
    return lockFolder(this.path, options);
  }

  /** Adds an attempt to the history, whole or not at all. @throws the writing error (ENOSPC, EACCES) */
  async addAttempt(attempt: Attempt): Promise<void> {
    await mkdir(this.path, { recursive: true });
    // A line that a full disk cut off must not swallow the next one.
    const file = join(this.path, 'attempts.jsonl');
    const before = await readIfThere(file);
    const separator = before === undefined || before === '' || before.endsWith('\n') ? '' : '\n';
    // What was read in the account, items included, is the learner's own affair.
    const line = `${separator}${JSON.stringify(attempt)}\n`;
    try {
      await appendFile(file, line, { mode: 0o600 });
    } catch (error) {
      await truncate(file, Buffer.byteLength(before ?? '')).catch(() => undefined);
      throw error;
    }
  }

  /** Keeps the calls of a run. @throws the writing error (ENOSPC, EACCES) */
  async addRecording(recording: Recording): Promise<void> {
    await writeRecording(join(this.recordingsFolder, recordingName(recording.run)), recording);
  }

  /** All attempts, oldest first, and how many lines could not be read. */
  async attempts(): Promise<{ attempts: Attempt[]; unreadable: number }> {
    const lines = ((await readIfThere(join(this.path, 'attempts.jsonl'))) ?? '').split('\n').filter(Boolean);
    const attempts = lines.flatMap((line) => readAttempt(line) ?? []);
    return { attempts, unreadable: lines.length - attempts.length };
  }

  /**
   * Answers by question id, from `answers.yaml`; empty when there is none.
   *
   * @throws AnswersError when the file cannot be read as a mapping of texts
   */
  async answers(): Promise<Record<string, string>> {
    const file = this.answersFile;
    const text = await readIfThere(file);
    if (text === undefined) return {};
    const parsed = z.record(z.string(), answerSchema).safeParse(readYaml(file, text) ?? {});
    if (parsed.success) return parsed.data;
    const id = String(parsed.error.issues[0]?.path[0] ?? '');
    throw new AnswersError(
      `${file}: ${id ? `the answer to "${id}" is not a text` : 'expected a line "question-id: answer" for each answer'}. Put it in quotes, or indent it under "${id || 'question-id'}: |".`,
    );
  }

  /**
   * Puts answers into `answers.yaml`; what else is in it stays, comments too.
   *
   * @throws AnswersError when the file cannot be read as it is; the writing error (ENOSPC, EACCES)
   */
  async keepAnswers(answers: Readonly<Record<string, string>>): Promise<void> {
    await this.answers();
    const text = (await readIfThere(this.answersFile)) ?? '';
    const changed = withAnswers(text, answers);
    if (changed !== text) await writeWhole(this.answersFile, changed);
  }

  /** Puts members of the additions into `write-up.yaml`, each in place of what was there. @throws as `keepAnswers` */
  async keepAdditions(additions: Partial<Additions>): Promise<void> {
    await this.additions();
    const text = (await readIfThere(this.additionsFile)) ?? '';
    const changed = withAdditions(text, additions);
    if (changed !== text) await writeWhole(this.additionsFile, changed);
  }

  /**
   * What the learner adds to the write-up, from `write-up.yaml`; undefined when there is none.
   *
   * @throws AnswersError when the file says something else
   */
  async additions(): Promise<Additions | undefined> {
    const file = this.additionsFile;
    const text = await readIfThere(file);
    if (text === undefined) return undefined;
    const parsed = additionsSchema.safeParse(readYaml(file, text) ?? {});
    if (parsed.success) return parsed.data;
    const [issue] = parsed.error.issues;
    const place = issue?.path.join('.');
    throw new AnswersError(`${file}: ${place ? `${place}: ` : ''}${issue?.message}.`);
  }
}

function readYaml(file: string, text: string): unknown {
  try {
    return parse(text, { maxAliasCount: 0, logLevel: 'error' });
  } catch (error) {
    const why = error instanceof Error ? error.message.split('\n', 1)[0] : String(error);
    throw new AnswersError(
      `${file}: ${why?.replace(/[.:]+$/, '')}. If a text holds a colon, put it in quotes.`,
    );
  }
}

function readAttempt(line: string): Attempt | undefined {
  try {
    return attemptSchema.parse(JSON.parse(line));
  } catch {
    return undefined;
  }
}
