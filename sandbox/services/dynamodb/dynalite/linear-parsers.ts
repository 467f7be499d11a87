/**
 * Makes dynalite's parsers of expressions linear. PEG.js generated them without its option `cache`, so that they try
 * each pair of parentheses again for each way in which it may be meant: ten pairs take a second, twenty take days.
 * Here each rule is tried once at each position, as PEG.js's own cache does it.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { compileFunction } from 'node:vm';
import type conditionParser from 'dynalite/db/conditionParser.js';

const require = createRequire(import.meta.url);

/** What a rule found at a position: whether its expectations count for error messages is part of the question. */
const memory = `
  var peg$results = new Map();
  function peg$once(rule, find) {
    var key = rule + ' ' + peg$currPos + ' ' + (peg$silentFails > 0);
    var known = peg$results.get(key);
    if (known === undefined) {
      var result = find();
      known = { result: result, next: peg$currPos };
      peg$results.set(key, known);
    }
    peg$currPos = known.next;
    return known.result;
  }
`;
const rule = /^ {2}function (peg\$parse\w+)\(\) \{$/gm;

/** Puts the parsers in the place of those that dynalite's validations hold. */
export function useLinearParsers(): void {
  for (const module of ['dynalite/db/conditionParser.js', 'dynalite/db/updateParser.js']) {
    (require(module) as typeof conditionParser).parse = linearParser(module);
  }
}

/** A parser like the one that the module exports, but linear. */
export function linearParser(module: string): typeof conditionParser.parse {
  const source = readFileSync(require.resolve(module), 'utf8');
  const first = source.search(rule);
  if (first < 0) throw new Error(`${module} is not what PEG.js 0.10 generates.`);
  const rules = source
    .slice(first)
    .replace(rule, '  function $1() { return peg$$once("$1", $1$$); }\n  function $1$$() {');
  const loaded = { exports: {} as typeof conditionParser };
  compileFunction(source.slice(0, first) + memory + rules, ['module'])(loaded);
  return loaded.exports.parse;
}
