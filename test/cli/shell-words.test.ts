import { execFileSync } from 'node:child_process';
import { expect } from 'chai';
import fc from 'fast-check';
import { fillCommands, shellWord } from '../../cli/shell-words.ts';

/** What a shell gives to a program as its arguments. */
function argumentsOf(commands: string): string[] {
  const script = `show() { printf '%s\\0' "$@"; }\n${commands}\n`;
  return execFileSync('bash', ['-c', script], { encoding: 'utf8' }).split('\0').slice(0, -1);
}

const names = fc.string({
  unit: fc.constantFrom(
    "'",
    '"',
    '$',
    '`',
    '\\',
    ';',
    ' ',
    '#',
    '&',
    '*',
    '(',
    '}',
    '~',
    '!',
    '\n',
    'a',
    '=',
    'ß',
  ),
  minLength: 1,
  maxLength: 12,
});

describe('names in commands', () => {
  it('are left as they are where a shell reads them as one word', () => {
    expect(fillCommands('aws kms describe-key --key-id ${alias}', { alias: 'alias/my-key_1.x' })).to.equal(
      'aws kms describe-key --key-id alias/my-key_1.x',
    );
  });

  it('reach the program as they are, whatever they hold and wherever they stand', function () {
    this.timeout(30_000);
    fc.assert(
      fc.property(names, (name) => {
        const commands = `# it's for \${name}\nshow \${name} x\${name} '{"id": "\${name}"}' "<\${name}>" \\"\${name}`;
        expect(argumentsOf(fillCommands(commands, { name }))).to.deep.equal([
          name,
          `x${name}`,
          `{"id": "${name}"}`,
          `<${name}>`,
          `"${name}`,
        ]);
        expect(argumentsOf(`show ${shellWord(name)}`)).to.deep.equal([name]);
      }),
      { numRuns: 60 },
    );
  });

  it('leave the variables of the shell alone', () => {
    expect(fillCommands('show "$key_id" ${name}', { name: 'a' })).to.equal('show "$key_id" a');
  });
});
