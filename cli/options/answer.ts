import { InvalidArgumentError, Option } from 'commander';

/** `--set question=TEXT`, as often as wanted. */
export function answerOption(): Option {
  return new Option('--set <question=text>', 'answer a question by its id (repeatable)')
    .argParser(collectAnswer)
    .default({}, 'none');
}

function collectAnswer(text: string, earlier: Record<string, string>): Record<string, string> {
  const at = text.indexOf('=');
  if (at < 1) throw new InvalidArgumentError('Write it as question-id=text.');
  return { ...earlier, [text.slice(0, at)]: text.slice(at + 1) };
}
