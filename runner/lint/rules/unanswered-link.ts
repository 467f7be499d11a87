import { eachOf } from '../../grading/each-of.ts';
import { linksIn } from '../markdown/links-in.ts';
import { type Answer, askAddress } from '../network/ask-address.ts';
import type { ReadLab } from '../read-lab.ts';
import type { Remark, Rule } from '../rule.ts';
import { markdownOf, questionsOf } from '../texts-of.ts';

/** Addresses asked at a time. */
const atATime = 6;

export const unansweredLink: Rule = {
  id: 'unanswered-link',
  severity: 'error',
  needs: 'network',
  why: 'Pages move; an address that answers "not found" is of no use to a learner. What could not be asked is only noted.',
  async look(lab, { signal }) {
    const places = addressesOf(lab);
    const answers = new Map<string, Answer>();
    const addresses = [...new Set(places.map(({ address }) => address))];
    await eachOf(addresses, atATime, signal, async (address) => {
      answers.set(address, await askAddress(address, signal));
    });
    return places.flatMap(({ address, problem }) => {
      const answer = answers.get(address);
      if (!answer || answer.kind === 'there') return [];
      if (answer.kind === 'gone')
        return [problem(`${address} answers ${answer.why}.`, 'Link to where it is now.')];
      return [{ ...problem(`${address} could not be asked: ${answer.why}.`), severity: 'note' as const }];
    });
  },
};

interface Place {
  readonly address: string;
  readonly problem: (message: string, fix?: string) => Remark;
}

/** Every http(s) address without its fragment, in Markdown and in members that hold one. */
function addressesOf({ file, data }: ReadLab): Place[] {
  const inMarkdown = markdownOf(data).flatMap(({ path, text }) =>
    linksIn(text).map(
      ({ address, place }): Place => ({
        address,
        problem: (message, fix) => file.problemWithin(path, place, message, fix),
      }),
    ),
  );
  const members = [
    { path: ['project'], address: data.project },
    ...questionsOf(data).flatMap(({ question, path }) =>
      (question.expects?.misconceptions ?? []).map(({ link }, at) => ({
        path: [...path, 'expects', 'misconceptions', at, 'link'],
        address: link,
      })),
    ),
  ].flatMap(({ path, address }): Place[] =>
    address === undefined ? [] : [{ address, problem: (message, fix) => file.problem(path, message, fix) }],
  );
  return [...inMarkdown, ...members].flatMap(({ address, problem }) =>
    /^https?:\/\//i.test(address) && URL.canParse(address)
      ? [{ address: address.split('#', 1)[0] ?? address, problem }]
      : [],
  );
}
