/** The calls of a proof as AWS CLI commands for a POSIX shell, to be read and to be carried out. */
import { referencesIn, resolve } from '../../runner/lab/reference.ts';
import { embedJson } from '../../runner/proof/carry-out.ts';
import type { ProofStep } from '../../runner/proof/schema.ts';
import { shellWord } from '../shell-words.ts';
import { awsCliName } from './aws-cli-name.ts';
import { jsonLines } from './json-lines.ts';

const services = new Set(['dynamodb', 'iam', 'kms', 'sts']);

/**
 * Parameters that are bytes. The SDK takes text for them and sends its bytes; the AWS CLI takes base64, so text would mean
 * something else there ("AWS CLI version 2 migration", binary parameters).
 */
const bytes = new Set(['Plaintext', 'CiphertextBlob', 'Message', 'Signature', 'Mac', 'B', 'BS']);

/** Of a parameter or of what is kept; the variables of shells are in capitals. */
const plainName = /^[A-Za-z][\w-]*[a-z][\w-]*$/;

/** @returns undefined where a step is none of the AWS CLI's: cryptography on the learner's machine, or text sent as bytes */
export function shellScript(
  steps: readonly ProofStep[],
  params: Readonly<Record<string, string>>,
): string | undefined {
  const kept = new Set<string>();
  const commands: string[] = [];
  for (const step of steps) {
    const { keep = {}, until = {}, region, ...calls } = step;
    const [name = '', input = {}] = Object.entries(calls)[0] ?? [];
    const [service = '', operation = ''] = name.split('.');
    if (!services.has(service) || holdsTextAsBytes(input, kept)) return undefined;
    // They stand in the commands unquoted, and whoever wrote the proof may mean harm.
    if (![...Object.keys(input), ...Object.keys(keep)].every((one) => plainName.test(one))) return undefined;
    const filled = resolve(input, (one) => (one.output || kept.has(one.name) ? undefined : params[one.name]));
    const words = [
      `aws ${service} ${awsCliName(operation)}`,
      ...(region === undefined ? [] : [`--region ${shellWord(region)}`]),
      ...Object.entries(filled as Record<string, unknown>).map(([one, value]) => optionOf(one, value)),
    ];
    commands.push(withAnswer(words, keep, until));
    for (const one of Object.keys(keep)) kept.add(one);
  }
  return commands.join('\n');
}

function holdsTextAsBytes(input: unknown, kept: ReadonlySet<string>): boolean {
  if (typeof input !== 'object' || input === null) return false;
  return Object.entries(input).some(([name, value]) => {
    if (!bytes.has(name)) return holdsTextAsBytes(value, kept);
    return [value].flat().some((one) => {
      const [only] = typeof one === 'string' ? referencesIn(one) : [];
      // What an earlier answer held is base64 already.
      return !(only && only.text === one && only.names.every((each) => kept.has(each.name)));
    });
  });
}

/** Waits for and keeps what the step says of the answer. */
function withAnswer(
  words: readonly string[],
  keep: Readonly<Record<string, string>>,
  until: Readonly<Record<string, unknown>>,
): string {
  const command = joined(words);
  const asked = (paths: readonly string[]) => {
    const [first = '', ...others] = paths.map(queryOf);
    const query = others.length === 0 ? first : `[${[first, ...others].join(', ')}]`;
    return `$(${joined([...words, `--query ${shellWord(query)} --output text`])})`;
  };
  const parts: string[] = [];
  const awaited = Object.entries(until);
  if (awaited.length > 0) {
    const conditions = awaited.map(([path, value]) => `[ "${asked([path])}" = ${shellWord(textOf(value))} ]`);
    parts.push(`until ${conditions.join(' && ')}; do sleep 2; done`);
  }
  const names = Object.keys(keep).map(variable);
  const paths = Object.values(keep);
  if (names.length === 1) parts.push(`${names[0]}=${asked(paths)}`);
  // `set --` takes an answer apart in every shell of POSIX; none of what is kept holds spaces.
  if (names.length > 1) {
    const parameters = names.map((name, index) => `${name}=$${index + 1}`);
    parts.push(`set -- ${asked(paths)}`, parameters.join(' '));
  }
  return parts.length === 0 ? command : parts.join('\n');
}

/** `Items.0.id` of a proof is `Items[0].id` in a query. */
function queryOf(path: string): string {
  return path.replace(/\.(\d+)(?=\.|$)/g, '[$1]');
}

/** As the AWS CLI prints a value with `--output text`. */
function textOf(value: unknown): string {
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  return value === null ? 'None' : String(value);
}

/** One command over as many lines as it needs. */
function joined(words: readonly string[]): string {
  const lines = [''];
  for (const [index, word] of words.entries()) {
    const last = lines.at(-1) ?? '';
    const isWide = last.length + word.length > 96 || last.includes('\n');
    if (index > 0 && last !== '' && isWide) {
      lines[lines.length - 1] = `${last} \\`;
      lines.push(`  ${word}`);
    } else lines[lines.length - 1] = last === '' ? word : `${last} ${word}`;
  }
  return lines.join('\n');
}

function optionOf(name: string, value: unknown): string {
  const option = awsCliName(name);
  if (typeof value === 'boolean') return value ? `--${option}` : `--no-${option}`;
  if (typeof value === 'string') return `--${option} ${word(value)}`;
  if (typeof value !== 'object' || value === null) return `--${option} ${shellWord(String(value))}`;
  if (Array.isArray(value) && value.length > 0 && value.every((item) => typeof item === 'string'))
    return `--${option} ${value.map(word).join(' ')}`;
  return `--${option} ${json(policyIn(value) ?? embedJson(value))}`;
}

/** What stands as data in the proof and is sent as JSON text. */
function policyIn(value: object): unknown {
  const entries = Object.entries(value);
  return entries.length === 1 && entries[0]?.[0] === '$json' ? entries[0][1] : undefined;
}

function json(value: unknown): string {
  const text = jsonLines(value);
  if (referencesIn(text).length === 0) return shellWord(text);
  // A here-document, so that JSON stays JSON and variables are filled in.
  return `"$(cat <<JSON\n${inDoubleQuotes(text, /[\\$`]/g)}\nJSON\n)"`;
}

/** Text as one word; what is kept of earlier answers becomes a variable. */
function word(text: string): string {
  if (referencesIn(text).length === 0) return shellWord(text);
  return `"${inDoubleQuotes(text, /["\\$`]/g)}"`;
}

function inDoubleQuotes(text: string, special: RegExp): string {
  let quoted = '';
  let rest = text;
  for (const { text: written, names } of referencesIn(text)) {
    const at = rest.indexOf(written);
    const after = rest.slice(at + written.length);
    const [name] = names;
    quoted += rest.slice(0, at).replace(special, '\\$&');
    quoted += name?.output ? randomPassword : reference(variable(name?.name ?? ''), after);
    rest = after;
  }
  return quoted + rest.replace(special, '\\$&');
}

/** The only reference with an output that a proof may have: `${random.password}`. */
const randomPassword = '$(openssl rand -base64 24)aA1!';

function reference(name: string, after: string): string {
  return /^\w/.test(after) ? `\${${name}}` : `$${name}`;
}

function variable(name: string): string {
  return name.replace(/[^\w]/g, '_');
}
