/** Holds what a client saw against what a step expects. */
import { isDeepStrictEqual } from 'node:util';
import { at } from '../../../runner/proof/carry-out.ts';
import type { ClientAnswer } from './client.ts';
import type { Refusal, Step } from './scenario.ts';

/** What is wrong, in sentences; nothing when all is as expected. */
export function problemsOf(step: Step, seen: ClientAnswer, isBotocore: boolean): string[] {
  if (step.notSent && isBotocore) {
    return seen.kind === 'not sent' ? [] : [`expected the client not to send it, saw ${shown(seen)}`];
  }
  if (step.error) return refusalProblems(step.error, seen);
  if (seen.kind !== 'answer') return [`expected an answer, saw ${shown(seen)}`];
  return Object.entries(step.answer ?? {}).flatMap(([path, expected]) => {
    const actual = at(seen.output, path);
    return matches(expected, actual) ? [] : [`${path}: expected ${shown(expected)}, saw ${shown(actual)}`];
  });
}

function refusalProblems(expected: Refusal, seen: ClientAnswer): string[] {
  if (seen.kind !== 'refusal') return [`expected ${expected.code}, saw ${shown(seen)}`];
  const problems: string[] = [];
  if (seen.code !== expected.code) problems.push(`code: expected ${expected.code}, saw ${seen.code}`);
  if (seen.status !== undefined && seen.status !== expected.status) {
    problems.push(`HTTP status: expected ${expected.status}, saw ${seen.status}`);
  }
  if (!matchesText(expected.message, seen.message)) {
    problems.push(`message: expected ${shown(expected.message)}, saw ${shown(seen.message)}`);
  }
  return problems;
}

function matches(expected: unknown, actual: unknown): boolean {
  if (expected === null) return actual === undefined || actual === null;
  if (typeof expected === 'string' && typeof actual === 'string') return matchesText(expected, actual);
  return isDeepStrictEqual(actual, expected);
}

function matchesText(expected: string, actual: string): boolean {
  const parts = expected.split('…').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('[\\s\\S]*')}$`).test(actual);
}

function shown(value: unknown): string {
  return JSON.stringify(value) ?? 'nothing';
}
