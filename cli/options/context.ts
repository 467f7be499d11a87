import { InvalidArgumentError, Option } from 'commander';

/** Values by condition key; no value: the request does not have the key. */
export type ContextFlags = Readonly<Record<string, readonly string[]>>;

/** `--context key=value`, as often as wanted; a key given twice has both values. */
export function contextOption(): Option {
  return new Option(
    '--context <key=value>',
    'a condition key of the request, such as aws:SourceIp=203.0.113.9; "key=" if it has none (repeatable)',
  )
    .argParser(collectContext)
    .default({}, 'none');
}

function collectContext(text: string, earlier: ContextFlags): ContextFlags {
  const [, key, value] = /^([\w-]+:[^=\s]+)=(.*)$/s.exec(text) ?? [];
  if (!key || value === undefined) throw new InvalidArgumentError('Write it as service:Key=value.');
  const values = earlier[key] ?? [];
  return { ...earlier, [key]: value === '' ? values : [...values, value] };
}
