/** The commands of a shell script, wherever in it they stand: in pipes, loops and substitutions too. */
import {
  type Command,
  type CommandArgument,
  forEachChild,
  parse,
  type SyntaxNode,
  type WordPart,
} from 'unbash';

/** A word of a command as the program would get it. */
export interface ShellWord {
  /** Its value; what only a run would know stands in it as `unknown`. */
  readonly value: string;
  /** As written. */
  readonly source: string;
  /** Where in the script, characters from 0. */
  readonly at: number;
}

export interface ShellCommand {
  readonly words: readonly ShellWord[];
}

export interface Script {
  readonly commands: readonly ShellCommand[];
  /** Where the script cannot be read as Bash. */
  readonly faults: readonly { readonly message: string; readonly at: number }[];
}

/** Stands for what a variable or another command would give. */
export const unknown = '\ufffc';

/**
 * @param script as the learner gets it, but for references to the lab's parameters
 * @param names what stands for those references
 */
export function commandsIn(script: string, names: Readonly<Record<string, string>> = {}): Script {
  const commands: ShellCommand[] = [];
  const faults: { message: string; at: number }[] = [];
  const visit = (node: SyntaxNode) => {
    if (node.type === 'Script' && 'errors' in node) {
      for (const { message, pos } of node.errors ?? []) faults.push({ message, at: pos });
    }
    if (node.type === 'Command') commands.push({ words: wordsOf(node) });
    forEachChild(node, visit);
  };
  visit(parse(script));
  return { commands, faults };

  function wordsOf({ name, args }: Command): ShellWord[] {
    return [...(name ? [name] : []), ...args].map((word) => ({
      value: wordValue(word),
      source: script.slice(word.pos, word.end),
      at: word.pos,
    }));
  }

  function wordValue(word: CommandArgument): string {
    if (word.type === 'Assignment') return script.slice(word.pos, word.end);
    return word.parts ? word.parts.map(partValue).join('') : withNames(word.value);
  }

  function partValue(part: WordPart): string {
    switch (part.type) {
      case 'Literal':
      case 'SingleQuoted':
      case 'AnsiCQuoted':
        // The names are put in before a shell sees the text, within single quotes as well.
        return withNames(part.value);
      case 'DoubleQuoted':
      case 'LocaleString':
        return part.parts.map(partValue).join('');
      case 'ParameterExpansion':
        return Object.hasOwn(names, part.parameter) && part.text === `\${${part.parameter}}`
          ? (names[part.parameter] ?? unknown)
          : withNames(part.text) === part.text
            ? unknown
            : withNames(part.text);
      case 'Glob':
      case 'ExtendedGlob':
      case 'BraceExpansion':
        return withNames(part.text);
      default:
        return unknown;
    }
  }

  function withNames(text: string): string {
    return text.replace(/\$\{([A-Za-z][\w-]*)\}/g, (whole, name: string) =>
      Object.hasOwn(names, name) ? (names[name] ?? whole) : whole,
    );
  }
}
