import { Option } from 'commander';
import type { DocsFlags } from '../commands/docs.ts';
import { audiences, formats } from '../docs/document.ts';
import { checksOption } from '../options/checks.ts';
import type { CommandLine } from './command-line.ts';

export const docsLine: CommandLine = {
  name: 'docs',
  about: 'Write the documents of labs: handouts, instructor’s guides, a site, the reference of checks.',
  takes: [['[lab...]', 'ids of labs or lab files; default: all that come with Labwright']],
  define(command) {
    command
      .requiredOption('--out <folder>', 'where the documents are written')
      .addOption(
        new Option('--for <whom>', 'whom, or what, they are for').choices(audiences).default('learner'),
      )
      .addOption(new Option('--format <format>', 'Markdown, pages, or both').choices(formats).default('both'))
      .option('--with-answers', 'on a site: the instructor’s guides as well')
      .addOption(checksOption())
      .option('--check', 'write nothing; fail when what is there is not what would be written')
      .addHelpText('after', help)
      .action(async (labs: string[], flags: DocsFlags) =>
        (await import('../commands/docs.ts')).docs(labs, flags),
      );
  },
};

const help = `
What is written:
  learner     a handout for each lab, without answers: <lab>.md and <lab>.html
  instructor  solution, mistakes, marking scheme and expected answers: <lab>-instructor.md and .html
  site        index, a page for each lab, the checks; with both formats in markdown/ and html/
  checks      checks.md and checks.html, the reference of all checks with examples from the labs

Examples:
  $ labwright docs encrypt-data-with-kms --out handouts
  $ labwright docs my-lab/lab.yaml --for instructor --out teaching
  $ labwright docs --for site --format html --out site
  $ labwright docs --for checks --format md --out docs --check`;
