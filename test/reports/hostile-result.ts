/** Results whose every free text is somebody else's. */
import { type Result, resultSchema } from '../../runner/result.ts';
import { sampleResult } from './sample-result.ts';

/** Members whose values the program sets itself or looks up; everything else in a result may hold any text. */
const ownMembers = new Set([
  'schema',
  'verdict',
  'basis',
  'state',
  'kind',
  'call',
  'code',
  'at',
  'judgedAt',
  'startedAt',
  'finishedAt',
  'digest',
]);

/** The sample with `text` added to the end of every free text, or in place of it. */
export function resultFilledWith(text: string, way: 'replace' | 'append'): Result {
  const fill = (value: unknown, name: string): unknown => {
    if (typeof value === 'string') {
      if (ownMembers.has(name)) return value;
      return way === 'replace' ? text : `${value} ${text}`;
    }
    if (Array.isArray(value)) return value.map((item) => fill(item, name));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, fill(member, key)]));
  };
  return resultSchema.parse(fill(sampleResult(), ''));
}
