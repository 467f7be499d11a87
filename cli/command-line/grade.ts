import { Option } from 'commander';
import type { GradeFlags } from '../commands/grade.ts';
import { withAccountOptions } from '../options/account.ts';
import { checksOption } from '../options/checks.ts';
import { probeOption } from '../options/probe.ts';
import { sideBySide } from '../options/values.ts';
import type { CommandLine } from './command-line.ts';

export const gradeLine: CommandLine = {
  name: 'grade',
  about: 'Grade a class: every learner of a roster, side by side, with a gradebook at the end.',
  takes: [['<lab>', 'id of a lab, a lab file, or a folder that holds one']],
  define(command) {
    withAccountOptions(command)
      .requiredOption('--roster <file>', 'the learners: CSV, see docs/roster.md')
      .requiredOption('--out <folder>', 'the folder of the class: results, recordings, gradebook')
      .option('--concurrency <number>', 'learners side by side, 1 to 500', sideBySide, 10)
      .option('--only <ids...>', 'only these learners, also if they were graded before')
      .option('--since <time>', 'leave alone who was fully judged at this time or later')
      .option('--dry-run', 'only say whether each account can be entered; writes nothing')
      .option('--policy <file>', 'due date, late rules, attempts: YAML, see docs/grading-policies.md')
      .option('--due <time>', 'when the lab is due: "2026-12-24 18:00"; goes before the policy file')
      .option('--late <rule>', 'what late work loses: none, refuse, 20%, 10%/day, 1%/hour')
      .option(
        '--time-zone <zone>',
        'of times that name no offset: Europe/Berlin; default: that of the policy, or UTC',
      )
      .option(
        '--overrides <file>',
        "an instructor's own judgement of learners, YAML; kept for later gradings",
      )
      .addOption(probeOption())
      .option('--sign <key file>', 'sign the results with your key (see keygen)')
      .addOption(
        new Option(
          '--queue <url>',
          'let workers grade (see worker): redis://host:port, rediss:// for TLS',
        ).conflicts('dryRun'),
      )
      .option('--json', 'print the class result as JSON')
      .addOption(checksOption())
      .addHelpText('after', help)
      .action(async (lab: string, flags: GradeFlags) =>
        (await import('../commands/grade.ts')).grade(lab, flags),
      );
  },
};

const help = `
Accounts are entered through the role of each learner, with your credentials and a session that may do nothing
but what the lab's checks ask. Nothing is written there, but for --probe key. A killed or interrupted grading
goes on when the same command is run again; after one that has ended, it begins another, and what was earned stays.

Exit code: 0 everybody was judged, whatever their points; 2 wrong usage; 3 somebody could not be judged.

Examples:
  $ labwright grade encrypt-data-with-kms --roster class.csv --out class --dry-run
  $ labwright grade encrypt-data-with-kms --roster class.csv --out class --policy course.yaml
  $ labwright grade encrypt-data-with-kms --roster class.csv --out class --only ada bob`;
