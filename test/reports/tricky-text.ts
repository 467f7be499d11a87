/** Random text, thick with what Markdown and HTML give a meaning to. */
import fc from 'fast-check';
import { hostileTexts } from './hostile-text.ts';

const marks = [
  ...[
    '*',
    '**',
    '_',
    '__',
    '~~',
    '`',
    '``',
    '```',
    '~~~',
    '#',
    '## ',
    '> ',
    '- ',
    '+ ',
    '1. ',
    '2) ',
    '---',
    '===',
    '|',
  ],
  ...[
    '| - |',
    ':-',
    '[',
    ']',
    '(',
    ')',
    '![',
    '](',
    '<',
    '>',
    '</',
    '<!--',
    '&',
    '&lt;',
    '&#10;',
    '&nbsp;',
    '\\',
    '\\\n',
  ],
  ...[
    '\n',
    '\n\n',
    '  \n',
    '    ',
    '\t',
    ' ',
    '{{',
    '}}',
    '{{{',
    'javascript:',
    'https://example.com/a_b(c)',
    '"',
    "'",
    '$',
    '!',
  ],
];

export const trickyText = fc
  .array(
    fc.oneof(
      { weight: 6, arbitrary: fc.constantFrom(...marks) },
      { weight: 3, arbitrary: fc.constantFrom('a', 'word', '7', 'é', '\u00a0', '\ufeff', '😀') },
      { weight: 1, arbitrary: fc.constantFrom(...Object.values(hostileTexts)) },
      { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 6 }) },
    ),
    { maxLength: 24 },
  )
  .map((parts) => parts.join(''));
