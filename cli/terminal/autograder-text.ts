/** What an autograder's folder is, and what to do with it next. */
import type { Autograder } from '../../runner/autograder/autograder-file.ts';
import { shellWord } from '../shell-words.ts';
import type { Style } from './style.ts';

export function autograderText(autograder: Autograder, out: string, style: Style): string {
  const { judging, learners } = autograder;
  const count = learners.length === 1 ? '1 learner' : `${learners.length} learners`;
  const made = `${out} is ready${learners.length > 0 ? `, for ${count}` : ''}. No secret was put into it.`;
  const steps = [
    ...(judging.by === 'role' ? roleSteps(out) : [signedStep(autograder)]),
    ...(autograder.for === 'gradescope'
      ? [
          `Zip what is in it: \`cd ${shellWord(out)} && zip -qr ../autograder.zip .\``,
          'Upload the zip as the autograder of a programming assignment.',
        ]
      : [
          'Commit what is in it as `CLASSROOM/autograders/ASSIGNMENT/` of your classroom50 repository, and set `"node": "22"` in the assignment\'s `runtime`.',
        ]),
  ];
  return `${style.bold(made)}\n${steps.map((step, at) => `${at + 1}. ${style.markdown(step)}`).join('\n')}\n`;
}

function signedStep({ for: platform }: Autograder): string {
  const ids = platform === 'classroom50' ? ' Learner ids have to be GitHub names.' : '';
  return `Grade with \`labwright grade ... --sign KEY\`, and give each learner their line of \`signed/\` to hand in.${ids}`;
}

function roleSteps(out: string): string[] {
  return [
    'Make an IAM user in your account with no other policy than `assume-policy.json`, and an access key for it.',
    `Put the key into \`${out}/aws-credentials\`, as in \`~/.aws/credentials\`. Whoever has the zip has the key: keep it from learners.`,
  ];
}
