import type { Command } from 'commander';

/** A command as it is typed: what it is called and takes, and what is then done. */
export interface CommandLine {
  readonly name: string;
  /** One sentence, for the list of commands. */
  readonly about: string;
  /** Its arguments, with what they mean and what stands for them when they are left out. */
  readonly takes: readonly (readonly [argument: string, about: string, standsFor?: string])[];
  /** Adds options, help and what is done. Only called for the command that is run, since adding all of them takes longer than the rest. */
  readonly define: (command: Command) => void;
}

/** A command of another one, with what all of them have. */
export function subcommand(parent: Command, name: string): Command {
  return parent.command(name).option('--no-color', 'print without colours');
}
