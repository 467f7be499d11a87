/**
 * A recording's file: gzipped lines of JSON. The first names the format and the digest of the rest, the second is the run, and
 * each further one is a call.
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { gunzipSync, gzip } from 'node:zlib';
import { z } from 'zod';
import { writeWhole } from '../files/write-whole.ts';
import {
  type RecordedRun,
  type Recording,
  recordedCallSchema,
  recordedRunSchema,
  recordingHeadSchema,
} from './recording.ts';

/** How the name of a recording's file ends. */
export const recordingEnding = '.recording.jsonl.gz';

/** Names sort by time: `2026-11-22T16-14-50.123Z-<id>.recording.jsonl.gz`. */
export function recordingName({ id, startedAt }: Pick<RecordedRun, 'id' | 'startedAt'>): string {
  return `${startedAt.replaceAll(':', '-')}-${id}${recordingEnding}`;
}

/** A run has a few hundred calls; what unpacks to more than this many bytes is no recording. */
const mostBytes = 64 * 1024 * 1024;

const pack = promisify(gzip) as (data: string) => Promise<Buffer>;

/** A file that is no recording, or no longer the one that was written. */
export class RecordingProblem extends Error {
  readonly file: string;

  /** @param why what was seen, a sentence without its subject */
  constructor(file: string, why: string) {
    super(`${file}: ${why}`);
    this.name = 'RecordingProblem';
    this.file = file;
  }
}

/** Writes it whole or not at all. @returns its digest. @throws the writing error */
export async function writeRecording(file: string, { run, calls }: Recording): Promise<string> {
  const body = [run, ...calls].map((line) => `${JSON.stringify(line)}\n`).join('');
  const digest = digestOf(body);
  const head = JSON.stringify({ schema: 'labwright/recording/v1', digest });
  await writeWhole(file, await pack(`${head}\n${body}`));
  return digest;
}

/** @throws RecordingProblem */
export async function readRecording(file: string): Promise<Recording> {
  const { run, lines } = await open(file);
  const calls = z.array(recordedCallSchema).safeParse(lines().map(parseLine));
  if (calls.success) return { run, calls: calls.data };
  throw new RecordingProblem(file, `a call in it does not have the shape of one (${where(calls.error)}).`);
}

/** What a recording says of its run, without its calls. @throws RecordingProblem */
export async function readRun(file: string): Promise<RecordedRun> {
  return (await open(file)).run;
}

async function open(file: string): Promise<{ run: RecordedRun; lines: () => string[] }> {
  const text = unpacked(file);
  const end = text.indexOf('\n');
  const head = recordingHeadSchema.safeParse(parseLine(text.slice(0, Math.max(end, 0))));
  if (!head.success) {
    const { schema } = (parseLine(text.slice(0, Math.max(end, 0))) ?? {}) as { schema?: unknown };
    throw new RecordingProblem(
      file,
      typeof schema === 'string' && schema.startsWith('labwright/recording/')
        ? `written in the format ${schema}, which this version of Labwright does not read.`
        : 'not a recording of Labwright.',
    );
  }
  const body = text.slice(end + 1);
  if (digestOf(body) !== head.data.digest)
    throw new RecordingProblem(file, 'was changed after it was written: its digest does not fit.');
  const runEnd = body.indexOf('\n');
  const run = recordedRunSchema.safeParse(parseLine(body.slice(0, Math.max(runEnd, 0))));
  if (!run.success)
    throw new RecordingProblem(file, `its run does not have the shape of one (${where(run.error)}).`);
  return {
    run: run.data,
    lines: () =>
      body
        .slice(runEnd + 1)
        .split('\n')
        .filter(Boolean),
  };
}

/** At once: to hand files as small as these to other threads and back costs several times what reading them does. */
function unpacked(file: string): string {
  try {
    return gunzipSync(readFileSync(file), { maxOutputLength: mostBytes }).toString('utf8');
  } catch (error) {
    const { code = '', message } = error as NodeJS.ErrnoException;
    if (code === 'Z_BUF_ERROR') throw new RecordingProblem(file, 'ends in the middle; it was cut off.');
    if (code === 'ERR_BUFFER_TOO_LARGE') throw new RecordingProblem(file, 'is too large for a recording.');
    if (code.startsWith('Z_')) throw new RecordingProblem(file, `cannot be unpacked (${message}).`);
    throw new RecordingProblem(file, `cannot be read (${message}).`);
  }
}

function parseLine(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

function digestOf(body: string): string {
  return createHash('sha256').update(body).digest('hex');
}

function where(error: z.ZodError): string {
  const [issue] = error.issues;
  return `${issue?.path.join('.') || 'all of it'}: ${issue?.message}`;
}
