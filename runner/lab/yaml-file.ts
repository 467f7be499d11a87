/** A YAML file within limits, and where in it things stand. */
import { isMap, isNode, isScalar, LineCounter, type Node, parseDocument } from 'yaml';
import { type MisplacedLine, mendIndentation } from './mend-indentation.ts';
import { placeInText } from './place-in-text.ts';
import { LabProblems, type Problem } from './problem.ts';

const maxBytes = 1024 * 1024;
/** Aliases may multiply a document; this is far more than a lab needs and far less than an attack does. */
const maxAliasCount = 100;

export type Path = readonly PropertyKey[];

export class YamlFile {
  readonly file: string;
  readonly text: string;
  /** The document as plain data; after faults, as much of it as could be understood. */
  readonly data: unknown;
  /** YAML errors, duplicate keys, custom tags, too many aliases. */
  readonly faults: readonly Problem[];
  readonly #lines: string[];
  #counter: LineCounter;
  readonly #root: Node | null;

  /**
   * Parses a file's text; what is wrong with its YAML is in `faults`.
   *
   * @throws LabProblems for text over 1 MiB
   */
  constructor(file: string, text: string) {
    this.file = file;
    this.text = text;
    this.#lines = text.split('\n');
    this.#counter = new LineCounter();
    if (Buffer.byteLength(text) > maxBytes) {
      throw new LabProblems([
        {
          file,
          line: 1,
          column: 1,
          message: 'The file is larger than 1 MiB.',
          fix: 'Move long texts out of it.',
        },
      ]);
    }
    let parsed = parse(text, this.#counter);
    let faults = this.#faultsOf(parsed);
    if (parsed.errors.length > 0) {
      const mended = mendIndentation(text);
      if (mended.misplaced.length > 0) {
        this.#counter = new LineCounter();
        parsed = parse(mended.text, this.#counter);
        faults = [...mended.misplaced.map((line) => this.#misplaced(line)), ...this.#faultsOf(parsed)];
      }
    }
    this.#root = parsed.contents as Node | null;
    try {
      this.data = parsed.toJS({ maxAliasCount });
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      faults.push(this.#at(0, sentence(why), 'Write the repeated parts out.'));
    }
    this.faults = faults;
  }

  #faultsOf(document: ReturnType<typeof parse>): Problem[] {
    return [...document.errors, ...document.warnings].map((fault) =>
      this.#at(fault.pos[0], sentence(fault.message), fixes[fault.code] ?? 'Correct the YAML.'),
    );
  }

  #misplaced({ line, has, fits }: MisplacedLine): Problem {
    const source = this.#lines[line - 1] ?? '';
    return {
      file: this.file,
      line,
      column: source.length - source.trimStart().length + 1,
      message:
        has === 'tab'
          ? 'This line is indented with a tab.'
          : `This line is indented by ${has} columns, which fits nothing around it.`,
      fix: `Indent it by ${fits} spaces.`,
      source: source.trimEnd(),
    };
  }

  /**
   * A problem at a place in the data; when the path does not exist, at the nearest place that does.
   *
   * @param where `value` marks the value at the path, `key` its key
   */
  problem(path: Path, message: string, fix?: string, where: 'value' | 'key' = 'value'): Problem {
    return this.#at(this.#offset(path, where), message, fix);
  }

  /**
   * A problem within the text at a path.
   *
   * @param offset in the text, characters from 0
   */
  problemWithin(path: Path, offset: number, message: string, fix?: string): Problem {
    const node = this.#nodeAt(path);
    const place = isNode(node) ? placeInText(node, this.text, offset) : undefined;
    return this.#at(place ?? this.#offset(path, 'value'), message, fix);
  }

  #nodeAt(path: Path): unknown {
    return path.reduce<unknown>(
      (node, step) =>
        isNode(node) && 'get' in node && typeof node.get === 'function' ? node.get(step, true) : undefined,
      this.#root,
    );
  }

  #at(offset: number, message: string, fix?: string): Problem {
    const { line, col } = this.#counter.linePos(offset);
    const source = this.#lines[line - 1];
    return {
      file: this.file,
      line: Math.max(line, 1),
      column: Math.max(col, 1),
      message,
      ...(fix !== undefined && { fix }),
      ...(source !== undefined && { source: source.trimEnd() }),
    };
  }

  #offset(path: Path, where: 'value' | 'key'): number {
    let node: unknown = this.#root;
    let offset = start(node) ?? 0;
    path.forEach((step, index) => {
      if (isMap(node)) {
        const pair = node.items.find((item) => isScalar(item.key) && item.key.value === step);
        const last = index === path.length - 1;
        offset =
          (last && where === 'key' ? start(pair?.key) : start(pair?.value)) ?? start(pair?.key) ?? offset;
        node = pair?.value;
      } else if (isNode(node) && 'get' in node && typeof node.get === 'function') {
        node = node.get(step, true);
        offset = start(node) ?? offset;
      } else {
        node = undefined;
      }
    });
    return offset;
  }
}

function start(node: unknown): number | undefined {
  return isNode(node) ? node.range?.[0] : undefined;
}

function parse(text: string, lineCounter: LineCounter) {
  return parseDocument(text, {
    lineCounter,
    prettyErrors: false,
    strict: true,
    uniqueKeys: true,
    merge: true,
    // What it warns of would go to stderr as Node's own warnings; the loader refuses it in its words.
    logLevel: 'error',
  });
}

const fixes: Record<string, string> = {
  BAD_INDENT: 'Indent with spaces, siblings equally far.',
  TAB_AS_INDENT: 'Indent with spaces instead of tabs.',
  DUPLICATE_KEY: 'Keep one of the two.',
  TAG_RESOLVE_FAILED: 'Remove the tag; lab files use plain YAML only.',
  BAD_ALIAS: 'Define the anchor before the alias, or write the part out.',
  MULTIPLE_DOCS: 'Keep one document to a file.',
};

function sentence(message: string): string {
  const line = message.split('\n', 1)[0] ?? '';
  return /[.!?]$/.test(line) ? line : `${line}.`;
}
