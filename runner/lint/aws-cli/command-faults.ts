/** Holds a command of the AWS CLI against what its service has. */

import { similarNames } from '../../../checks/near-misses.ts';
import { parsePolicy } from '../../../policy/parse-policy.ts';
import { PolicySyntaxError } from '../../../policy/syntax-error.ts';
import { type ShellCommand, type ShellWord, unknown } from '../shell/commands-in.ts';
import { type Operation, type Service, serviceOf } from './model.ts';
import {
  addedOptions,
  globalOptions,
  ownCommands,
  pageOptions,
  renamedOptions,
  requestOptions,
} from './own-commands.ts';
import { valueFaults } from './value-faults.ts';

export interface CommandFault {
  /** The command itself is not there, or one of its options, or one is missing, or a value does not fit. */
  readonly kind: 'operation' | 'option' | 'missing' | 'value';
  readonly message: string;
  readonly fix: string;
  /** Where in the script. */
  readonly at: number;
}

/** An option as given: its words, up to the next option. */
export interface GivenOption {
  /** Without dashes. */
  readonly name: string;
  readonly word: ShellWord;
  readonly values: readonly ShellWord[];
}

export interface AwsCommand {
  readonly service: ShellWord;
  /** Absent when a word is missing. */
  readonly operation: ShellWord | undefined;
  /** Words behind the operation that belong to no option. */
  readonly rest: readonly ShellWord[];
  readonly options: readonly GivenOption[];
}

/** A command as one of the AWS CLI, or undefined when it is another program's. */
export function asAwsCommand({ words }: ShellCommand): AwsCommand | undefined {
  const [program, ...args] = words;
  if (program?.value !== 'aws') return undefined;
  const plain: ShellWord[] = [];
  const options: { name: string; word: ShellWord; values: ShellWord[] }[] = [];
  for (const word of args) {
    const [, name, value] = /^--([a-z][a-z0-9-]*)(?:=(.*))?$/s.exec(word.value) ?? [];
    const open = options.at(-1);
    if (name !== undefined)
      options.push({ name, word, values: value === undefined ? [] : [{ ...word, value }] });
    // A global option before the command takes one word at most.
    else if (open && (plain.length >= 2 || (globalOptions.get(open.name) && open.values.length === 0)))
      open.values.push(word);
    else plain.push(word);
  }
  const [service, operation, ...rest] = plain;
  return service && { service, operation, rest, options };
}

/** What is wrong with a command; nothing for services that cannot be looked up, and for commands of the CLI's own. */
export async function commandFaults(command: AwsCommand): Promise<CommandFault[]> {
  const { service: serviceWord, operation: word, rest } = command;
  const service = await serviceOf(serviceWord.value);
  if (!service) return [];
  if (!word) {
    const message = `\`aws ${serviceWord.value}\` needs a command.`;
    return [{ kind: 'operation', message, fix: 'Write the command behind it.', at: serviceWord.at }];
  }
  const name = `${serviceWord.value} ${word.value}`;
  if (word.value.includes(unknown)) return [];
  if (word.value === 'wait') return waitFaults(service, word, rest[0]);
  if (ownCommands[serviceWord.value]?.has(word.value)) return [];
  const operation = service.operations.get(word.value);
  if (!operation) {
    const message = `The AWS CLI has no command \`aws ${name}\`.`;
    return [
      { kind: 'operation', message, fix: nearest(word.value, [...service.operations.keys()]), at: word.at },
    ];
  }
  const stray = rest.filter(({ value }) => value !== 'help' && !value.includes(unknown));
  return [
    ...stray.map(({ source, at }): CommandFault => {
      const message = `"${source}" belongs to no option of \`aws ${name}\`.`;
      return { kind: 'option', message, fix: 'Put it behind its option, and quote what holds spaces.', at };
    }),
    ...command.options.flatMap((option) => optionFaults(name, operation, option)),
    ...missingFaults(name, operation, command),
  ];
}

/** The member of an operation that an option gives, under the CLI's names; `no-` turns a switch off. */
function memberOf(command: string, { members }: Operation, option: string) {
  const own = renamedOptions[command]?.[option] ?? option;
  const member = members.get(own);
  if (member) return member;
  const positive = own.startsWith('no-') ? members.get(own.slice(3)) : undefined;
  return positive?.schema.isBooleanSchema() ? positive : undefined;
}

function waitFaults(service: Service, wait: ShellWord, word: ShellWord | undefined): CommandFault[] {
  if (word && (service.waiters.has(word.value) || word.value === 'help' || word.value.includes(unknown)))
    return [];
  const fix = `There are: ${[...service.waiters].join(', ') || 'none for this service'}.`;
  const message = word
    ? `There is nothing called \`${word.value}\` to wait for.`
    : '`wait` needs what to wait for.';
  return [{ kind: 'operation', message, fix, at: (word ?? wait).at }];
}

function optionFaults(
  name: string,
  operation: Operation,
  { name: option, word, values }: GivenOption,
): CommandFault[] {
  const takesValue =
    globalOptions.get(option) ??
    requestOptions.get(option) ??
    (addedOptions[name]?.includes(option) ? true : undefined) ??
    (/^(?:list|describe|get|scan|query|lookup)/.test(operationCommand(name))
      ? pageOptions.get(option)
      : undefined);
  const say = (kind: CommandFault['kind'], message: string, fix: string, at = word.at): CommandFault[] => [
    { kind, message, fix, at },
  ];
  if (takesValue !== undefined) {
    return takesValue && values.length === 0
      ? say('value', `--${option} needs a value.`, 'Write it behind the option.')
      : [];
  }
  const member = memberOf(name, operation, option);
  if (!member) {
    const there = [...operation.members.keys()];
    return say('option', `\`aws ${name}\` has no option --${option}.`, nearest(option, there, '--'));
  }
  const [first, second] = values;
  if (member.schema.isBooleanSchema()) {
    if (!first) return [];
    return say(
      'value',
      `--${option} is a switch and takes no value.`,
      `Write --${option} or --no-${option}.`,
      first.at,
    );
  }
  if (!first) return say('value', `--${option} needs a value.`, 'Write it behind the option.');
  const takesMany = member.schema.isListSchema() || member.schema.isMapSchema();
  if (second && !takesMany)
    return say('value', `--${option} takes one value.`, 'Quote what holds spaces.', second.at);
  const faults = [
    ...valueFaults(
      member.schema,
      values.map(({ value }) => value),
    ),
    ...policyFaults(member.name, first.value),
  ];
  return faults.map((fault) => ({
    kind: 'value',
    message: `--${option}: ${fault}`,
    fix: `Write it as \`aws ${name} help\` shows.`,
    at: first.at,
  }));
}

/** A policy is a text to the API; what is in it can be read all the same. */
function policyFaults(member: string, text: string): string[] {
  if (!/^(?:Policy|PolicyDocument|AssumeRolePolicyDocument|KeyPolicy|ResourcePolicy)$/.test(member))
    return [];
  if (text.includes(unknown) || !text.trimStart().startsWith('{')) return [];
  try {
    parsePolicy(text);
    return [];
  } catch (error) {
    if (error instanceof PolicySyntaxError) return [error.message];
    throw error;
  }
}

function missingFaults(
  name: string,
  operation: Operation,
  { operation: word, options }: AwsCommand,
): CommandFault[] {
  if (options.some((option) => requestOptions.has(option.name))) return [];
  const given = new Set(options.map((option) => memberOf(name, operation, option.name)));
  return [...operation.members]
    .filter(([, member]) => member.isRequired && !given.has(member))
    .map(([option]) => ({
      kind: 'missing',
      message: `\`aws ${name}\` needs --${option}.`,
      fix: 'Add the option with its value.',
      at: word?.at ?? 0,
    }));
}

function operationCommand(name: string): string {
  return name.split(' ')[1] ?? '';
}

function nearest(name: string, names: readonly string[], sign = ''): string {
  const near = similarNames(name, names);
  const shown =
    near.length > 0 ? near : names.filter((one) => one.split('-')[0] === name.split('-')[0]).slice(0, 8);
  return shown.length === 0
    ? 'Look it up with `help`.'
    : `There is ${shown.map((one) => sign + one).join(', ')}.`;
}
