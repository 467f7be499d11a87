/** Commands that a document only names, in the middle of a sentence, exist with the options that it gives them. */
import { expect } from 'chai';
import MarkdownIt from 'markdown-it';
import { labwright } from '../support/labwright.ts';
import { documents, readDocument } from './documents.ts';

interface Named {
  readonly document: string;
  readonly command: string;
}

describe('the commands that documents name', () => {
  it('exist, with the options that they are given', async function () {
    this.timeout(60_000);
    const wrong: string[] = [];
    for (const { document, command } of named()) {
      const [name = '', ...words] = command.split(/\s+/);
      const help = await helpOf(name);
      if (!help.includes(`Usage: labwright ${name} `))
        wrong.push(`${document}: there is no labwright ${name}`);
      for (const option of words.filter((word) => word.startsWith('--'))) {
        const plain = option.replace(/[=,.;:].*$/, '');
        if (!help.includes(plain)) wrong.push(`${document}: labwright ${name} has no ${plain}`);
      }
    }
    expect(wrong).to.deep.equal([]);
  });
});

function named(): Named[] {
  return documents.flatMap((document) =>
    new MarkdownIt()
      .parse(readDocument(document), {})
      .flatMap(({ children }) => children ?? [])
      .filter(({ type }) => type === 'code_inline')
      .flatMap(({ content }) => {
        const [, command] = /^(?:npx )?labwright ([a-z][a-z-]*(?:\s.*)?)$/.exec(content) ?? [];
        return command === undefined ? [] : [{ document, command }];
      }),
  );
}

const helps = new Map<string, Promise<string>>();

/** The help of a command and of what stands below it. */
function helpOf(name: string): Promise<string> {
  const known = helps.get(name);
  if (known !== undefined) return known;
  const below: Readonly<Record<string, string>> = { sandbox: 'peek', roster: 'check' };
  const asked = [[name], ...(below[name] ? [[name, below[name]]] : [])].map(async (words) => {
    const { stdout } = await labwright([...words, '--help']);
    return stdout;
  });
  const help = Promise.all(asked).then((texts) => texts.join('\n'));
  helps.set(name, help);
  return help;
}
