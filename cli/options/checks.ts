/** `--checks`: checks that do not come with Labwright, for every command that reads a lab. */
import { Option } from 'commander';

export interface ChecksFlags {
  /** Files and packages, as they were named. */
  readonly checks?: readonly string[];
}

export function checksOption(): Option {
  return new Option(
    '--checks <module>',
    'load checks of your own, which runs their code: a file or an installed package (repeatable)',
  ).argParser((name: string, earlier: readonly string[] = []) => [...earlier, name]);
}
