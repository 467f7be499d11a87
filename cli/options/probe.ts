/** `--probe`: how the test user's access is judged, and what that lets a run do. */
import { InvalidArgumentError, Option } from 'commander';

export type ProbeChoice =
  | { readonly way: 'key' }
  | { readonly way: 'profile'; readonly profile: string }
  | { readonly way: 'history' }
  | { readonly way: 'reason' };

export function probeOption(): Option {
  return new Option(
    '--probe <way>',
    'how the test user is tried: "key" (a temporary access key, deleted after the run), "profile:NAME" (a profile of yours), "history" (what CloudTrail recorded), "reason" (what the policies say)',
  ).argParser(readChoice);
}

function readChoice(text: string): ProbeChoice {
  if (text === 'key' || text === 'history' || text === 'reason') return { way: text };
  const profile = text.startsWith('profile:') ? text.slice('profile:'.length) : '';
  if (profile !== '') return { way: 'profile', profile };
  throw new InvalidArgumentError('Choose key, profile:NAME, history or reason.');
}
