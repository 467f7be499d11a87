import { InvalidArgumentError, Option } from 'commander';

/** `--set name=value`, as often as wanted. */
export function settingOption(): Option {
  return new Option('--set <name=value>', 'use another name than the lab suggests (repeatable)')
    .argParser(collectSetting)
    .default({}, "the lab's names");
}

function collectSetting(text: string, earlier: Record<string, string>): Record<string, string> {
  const at = text.indexOf('=');
  if (at < 1 || at === text.length - 1) throw new InvalidArgumentError('Write it as name=value.');
  return { ...earlier, [text.slice(0, at)]: text.slice(at + 1) };
}
