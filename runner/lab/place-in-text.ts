/** From a place in a text of a YAML file to the same place in the file's source. */
import { type Node, Scalar } from 'yaml';

/**
 * YAML folds lines and takes indentation away, so that value and source differ in white space only: the place is found
 * by counting what is not white space. Escapes of quoted texts count as the one character they stand for.
 *
 * @param node the text's node
 * @param source the whole file
 * @param offset in the text, characters from 0
 * @returns the offset in the source, or undefined when the node is no text
 */
export function placeInText(node: Node, source: string, offset: number): number | undefined {
  if (!(node instanceof Scalar) || typeof node.value !== 'string' || !node.range) return undefined;
  const [start, end] = node.range;
  let wanted = visible(node.value.slice(0, offset));
  let at = contentStart(node, source, start);
  // The place itself, not what stands before it: white space at the end of what was counted is passed over too.
  while (at < end) {
    const [step, isVisible] = stepAt(node, source, at);
    if (isVisible && wanted-- === 0) return at;
    at += step;
  }
  return Math.max(start, end - 1);
}

function visible(text: string): number {
  return text.replace(/\s/g, '').length;
}

/** Behind the quote of a quoted text, and below the line that opens a block. */
function contentStart({ type }: Scalar, source: string, start: number): number {
  if (type === Scalar.BLOCK_LITERAL || type === Scalar.BLOCK_FOLDED) return source.indexOf('\n', start) + 1;
  return type === Scalar.QUOTE_DOUBLE || type === Scalar.QUOTE_SINGLE ? start + 1 : start;
}

/** How many characters of the source stand for the next one of the value, and whether that is visible. */
function stepAt({ type }: Scalar, source: string, at: number): [step: number, isVisible: boolean] {
  const character = source.charAt(at);
  const next = source.charAt(at + 1);
  if (type === Scalar.QUOTE_DOUBLE && character === '\\') {
    const length = { x: 4, u: 6, U: 10 }[next] ?? 2;
    return [length, !'ntr \n\t'.includes(next)];
  }
  if (type === Scalar.QUOTE_SINGLE && character === "'" && next === "'") return [2, true];
  return [1, !/\s/.test(character)];
}
