/** `answers.yaml` as a text that its owner has a hand in: comments, order and blank lines stay. */
import { Document, isMap, isScalar, LineCounter, type Pair, parseDocument, Scalar, visit } from 'yaml';

/** What is wrong in the file, for somebody who has it open. */
export interface AnswersFault {
  /** From 1. */
  readonly line: number;
  readonly message: string;
}

/** What YAML can only hold in quotes (YAML 1.2.2, 5.1 "Character Set"). */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
const unprintable = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]|\p{Cs}/u;

/** A question as the file asks it. */
interface Asked {
  readonly id: string;
  readonly prompt: string;
}

/** @returns the first thing for which the file cannot be read as answers; undefined when it can */
export function faultOf(text: string): AnswersFault | undefined {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const at = (offset: number | undefined, message: string) => ({
    line: Math.max(1, lines.linePos(offset ?? 0).line),
    message,
  });
  const [error] = [...document.errors, ...document.warnings];
  if (error) {
    const why = error.message.split('\n', 1)[0]?.replace(/[.:]+$/, '');
    const fix =
      error.code === 'DUPLICATE_KEY'
        ? 'This question is in the file twice; keep one of the two'
        : 'If a text holds a colon or begins with a sign, put it in quotes or under "|"';
    return at(error.pos[0], `${why}. ${fix}.`);
  }
  const { contents } = document;
  if (contents === null || (isScalar(contents) && contents.value === null)) return undefined;
  if (!isMap(contents))
    return at(contents.range?.[0], 'Expected a line "question-id: answer" for each answer.');
  for (const { key, value } of contents.items) {
    const id = isScalar(key) ? String(key.value) : '';
    const place = isScalar(key) ? key.range?.[0] : undefined;
    if (!isScalar(key)) return at(undefined, 'A question’s id must be a plain text.');
    if (value !== null && !isScalar(value))
      return at(
        place,
        `The answer to "${id}" is not a text. Put it in quotes, or indent it under "${id}: |".`,
      );
  }
  let alias: AnswersFault | undefined;
  visit(document, {
    Alias: (_, node) => {
      alias = at(
        node.range?.[0],
        'Write the text out; "*" at its beginning refers to another part of the file.',
      );
      return visit.BREAK;
    },
  });
  return alias;
}

/**
 * The file with other answers. Those that are in it are changed in place; new ones follow at the end. The line of an answer that is empty by
 * now goes, unless a comment hangs on it.
 *
 * @param text the file as it is, without a fault; empty when there is none
 */
export function withAnswers(text: string, answers: Readonly<Record<string, string>>): string {
  const document = read(text);
  for (const [id, answer] of Object.entries(answers)) {
    const value = new Scalar(answer);
    if (unprintable.test(answer) || /^\s/.test(answer)) value.type = Scalar.QUOTE_DOUBLE;
    else if (answer.includes('\n') || answer.length > 80) value.type = Scalar.BLOCK_LITERAL;
    const pair = pairOf(document, id);
    if (answer.trim() === '' && pair && !isCommented(pair)) {
      document.delete(pair.key);
      continue;
    }
    const before = pair?.value;
    if (isScalar(before) && before.value === answer) continue;
    if (isScalar(before)) {
      if (before.comment) value.commentBefore = before.comment;
      if (before.commentBefore) value.commentBefore = before.commentBefore;
    }
    if (pair) pair.value = value;
    else document.set(document.createNode(id), value);
  }
  return print(document);
}

/** The file with a line for each question and what is asked above it, for an editor. Says nothing twice. */
export function withQuestions(text: string, questions: readonly Asked[]): string {
  const document = read(text);
  for (const { id, prompt } of questions) {
    let pair = pairOf(document, id);
    if (!pair) {
      document.set(document.createNode(id), document.createNode(null));
      pair = pairOf(document, id);
      if (isScalar(pair?.key) && isMap(document.contents) && document.contents.items[0] !== pair)
        pair.key.spaceBefore = true;
    }
    const asked = wrap(prompt);
    const contents = document.contents;
    if (!isScalar(pair?.key) || !isMap(contents)) continue;
    // The first comment of a file belongs to the file or to its first line.
    const isFirst = contents.items[0] === pair;
    const there = [
      pair.key.commentBefore,
      isFirst ? contents.commentBefore : undefined,
      isFirst ? document.commentBefore : undefined,
    ];
    if (there.some((comment) => squeeze(comment).includes(squeeze(asked)))) continue;
    pair.key.commentBefore = pair.key.commentBefore ? `${asked}\n${pair.key.commentBefore}` : asked;
  }
  return print(document);
}

function read(text: string): Document {
  const document = parseDocument(text);
  if (isMap(document.contents)) return document;
  // Nothing but comments.
  const empty = new Document({});
  const comments = [document.commentBefore, document.comment, document.contents?.commentBefore];
  const comment = comments.filter(Boolean).join('\n');
  if (comment !== '') empty.commentBefore = comment;
  return empty;
}

function print(document: Document): string {
  const isEmpty = isMap(document.contents) && document.contents.items.length === 0;
  return isEmpty && !document.commentBefore ? '' : document.toString({ lineWidth: 0, nullStr: '' });
}

function pairOf(document: Document, id: string): Pair | undefined {
  if (!isMap(document.contents)) return undefined;
  return document.contents.items.find(({ key }) => isScalar(key) && String(key.value) === id);
}

function isCommented({ key, value }: Pair): boolean {
  return [key, value].some((part) => isScalar(part) && (part.commentBefore ?? part.comment ?? '') !== '');
}

function squeeze(comment: string | null | undefined): string {
  return (comment ?? '').replace(/\s+/g, ' ').trim();
}

/** Comment lines of at most 78 columns. */
function wrap(prompt: string): string {
  const lines: string[] = [''];
  for (const word of prompt.split(/\s+/)) {
    const line = lines.at(-1) ?? '';
    if (line.length + word.length > 75) lines.push(` ${word}`);
    else lines[lines.length - 1] = `${line} ${word}`;
  }
  return lines.join('\n');
}
