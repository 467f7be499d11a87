/** Asks a lab's questions one by one. Every answer is saved before the next question is asked. */
import { wrapAnsi } from 'fast-wrap-ansi';
import type { PlacedQuestion } from '../../runner/lab/questions.ts';
import type { Style } from '../terminal/style.ts';
import { plain } from '../terminal/style.ts';
import type { LineReader } from './line-reader.ts';

export interface AskOptions {
  readonly questions: readonly PlacedQuestion[];
  /** Index of the first to ask. */
  readonly from: number;
  /** Ends after this one question. */
  readonly single: boolean;
  readonly answers: Readonly<Record<string, string>>;
  readonly reader: LineReader;
  /** Keeps an answer, and returns what to say of it. */
  readonly save: (id: string, answer: string) => Promise<string>;
  /** Keeps lines of an answer that was not finished, and returns where. */
  readonly keepUnfinished: (id: string, text: string) => Promise<string>;
  /** Opens a text in the user's editor; absent when there is none. */
  readonly edit?: (text: string) => Promise<string>;
  readonly note: (text: string) => void;
  readonly style: Style;
  /** Columns. */
  readonly width: number;
}

const commandHelp = `  Enter         keep what is there, and go on
  :e            change it (in your editor, where EDITOR names one)
  :a            add to it
  :b  :n        the question before, the next one
  :g ID         go to a question, by its id or number
  :l            list the questions
  :q            quit; everything is saved
  anything else begins a new answer. It may have many lines, empty ones too, and ends with a line
  that holds only a dot.
`;

/** @returns ids of the questions whose answers were changed */
export async function askQuestions(options: AskOptions): Promise<string[]> {
  const { questions, reader, note, style, width } = options;
  const answers: Record<string, string> = { ...options.answers };
  const changed = new Set<string>();
  note(
    style.dim('Enter keeps what is there, a dot on a line of its own ends an answer, :q quits, :? helps.\n'),
  );
  let at = options.from;
  while (at >= 0 && at < questions.length) {
    const question = questions[at];
    if (!question) break;
    showQuestion(question, at);
    const step = await answerOne(question);
    if (step === 'quit') break;
    at = typeof step === 'number' ? step : at + 1;
    if (options.single && step === 'next') break;
  }
  return [...changed];

  function showQuestion({ section, prompt, id }: PlacedQuestion, index: number): void {
    note(`\n${style.dim(`Question ${index + 1} of ${questions.length} · ${section}`)}\n`);
    note(`${wrapAnsi(style.bold(prompt), width)} ${style.dim(`(${id})`)}\n`);
    const there = answers[id]?.trim();
    if (there)
      note(
        `${there
          .split('\n')
          .map((line) => `  │ ${plain(line)}`.trimEnd())
          .join('\n')}\n`,
      );
  }

  async function answerOne({ id }: PlacedQuestion): Promise<'next' | 'quit' | number> {
    for (;;) {
      const there = answers[id]?.trim() ?? '';
      const line = await reader.next('> ');
      if (line === 'ended' || line === 'interrupted') {
        note('\n');
        return 'quit';
      }
      const typed = line.text.trim();
      if (typed === '' || typed === '.') return 'next';
      const [command = '', ...rest] = typed.startsWith(':') ? typed.split(/\s+/) : [];
      switch (command) {
        case '':
          return (await finish(id, [line.text])) ? 'next' : 'quit';
        case ':q':
          return 'quit';
        case ':n':
          return at + 1;
        case ':b':
          return Math.max(0, at - 1);
        case ':?':
        case ':h':
          note(commandHelp);
          break;
        case ':l':
          list();
          break;
        case ':g': {
          const to = indexOf(rest.join(' '));
          if (to !== undefined) return to;
          note(`There is no question "${plain(rest.join(' '))}"; :l lists them.\n`);
          break;
        }
        case ':a':
          return (await finish(id, there === '' ? [] : [there, ''])) ? 'next' : 'quit';
        case ':e': {
          const done = await change(id, there);
          if (done !== undefined) return done;
          break;
        }
        default:
          note(
            `${plain(command)} is no command; :? lists them. An answer that begins with a colon: write it with :e or :a.\n`,
          );
      }
    }
  }

  async function change(id: string, there: string): Promise<'next' | 'quit' | undefined> {
    const { edit } = options;
    if (edit) {
      const text = (await reader.pause(() => edit(there))).trim();
      if (text !== there) await save(id, text);
      return 'next';
    }
    if (there.includes('\n')) {
      note('To change an answer of several lines, name your editor in the variable EDITOR; :a adds to it.\n');
      return undefined;
    }
    const line = await reader.next('> ', there);
    if (line === 'ended' || line === 'interrupted') return 'quit';
    return (await finish(id, [line.text])) ? 'next' : 'quit';
  }

  /** Reads on until the answer ends. @returns false at Ctrl-C and at the end of the input, with everything kept */
  async function finish(id: string, begun: readonly string[]): Promise<boolean> {
    const lines = [...begun];
    for (;;) {
      const line = await reader.next('. ');
      if (line === 'ended' || line === 'interrupted') {
        note('\n');
        const text = lines.join('\n').trim();
        // What was there is no worse than half of something else.
        if (answers[id]?.trim() && text !== '')
          note(
            `Your answer to ${id} is as it was. What you typed is in ${await options.keepUnfinished(id, text)}.\n`,
          );
        else await save(id, text);
        return false;
      }
      if (line.text.trim() === '.') break;
      lines.push(line.text);
    }
    await save(id, lines.join('\n').trim());
    return true;
  }

  async function save(id: string, text: string): Promise<void> {
    if (text === '' && !answers[id]?.trim()) return;
    const said = await options.save(id, text);
    answers[id] = text;
    changed.add(id);
    note(said);
  }

  function list(): void {
    questions.forEach(({ id, prompt }, index) => {
      const sign = answers[id]?.trim() ? '✔' : '·';
      note(`  ${sign} ${String(index + 1).padStart(2)}  ${id}  ${style.dim(prompt)}\n`);
    });
  }

  function indexOf(name: string): number | undefined {
    const number = /^\d{1,4}$/.test(name) ? Number(name) - 1 : questions.findIndex(({ id }) => id === name);
    return questions[number] ? number : undefined;
  }
}
