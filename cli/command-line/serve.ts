import type { ServeFlags } from '../commands/serve.ts';
import { withAccountOptions } from '../options/account.ts';
import { checksOption } from '../options/checks.ts';
import { probeOption } from '../options/probe.ts';
import { settingOption } from '../options/setting.ts';
import { port } from '../options/values.ts';
import type { CommandLine } from './command-line.ts';

export const serveLine: CommandLine = {
  name: 'serve',
  about: 'Do a lab in the browser: guide, checks, answers and write-up on one page, until Ctrl-C.',
  takes: [
    ['[lab]', 'id of a lab, a lab file, or a folder that holds one; may be left out where one is begun here'],
  ],
  define(command) {
    withAccountOptions(command)
      .option('--port <number>', 'listen there; 0 takes a free port', port, 0)
      .option('--open', 'open the page in your browser')
      .addOption(probeOption())
      .addOption(settingOption())
      .addOption(checksOption())
      .addHelpText('after', help)
      .action(async (lab: string | undefined, flags: ServeFlags) =>
        (await import('../commands/serve.ts')).serve(lab, flags),
      );
  },
};

const help = `
Listens on loopback only; the printed address holds a token, without which nothing is answered. With --sandbox a
sandbox is started where none runs, and ends with the page. Checks only read; before a temporary access key of the
test user is made you are asked in the page, unless --probe says how the user is tried.

Examples:
  $ labwright serve encrypt-data-with-kms --sandbox --open
  $ labwright serve encrypt-data-with-kms --profile my-profile --region eu-central-1`;
