import { acceptedWays, type Lab } from '../lab/lab.ts';
import { resolveParams } from '../lab/reference.ts';
import { planRun } from '../plan.ts';
import type { Mistake, Proof } from '../proof/schema.ts';

/** The mistakes of a lab as Markdown: by the check that catches them, with its basis and hint. */
export function mistakesDocument(lab: Lab, proof: Proof): string {
  const { params, steps } = planRun(lab, {});
  const all = lab.stages.flatMap(({ id }) => proof[id]?.mistakes ?? []);
  const caught = steps.map(({ check, hint, stage, entry }) => {
    const mine = all.filter((mistake) => mistake['caught-by'] === check.id);
    if (mine.length === 0) return '';
    const ways = acceptedWays(entry).join(', or ');
    const row = ({ id, about, shows }: Mistake) => `| ${id} | ${about} | ${resolveParams(shows, params)} |`;
    return [
      `### ${check.id}, in the stage "${stage.id}"`,
      '',
      `Basis: ${ways}. Hint: ${hint}`,
      '',
      '| mistake | what was done | what the learner reads, among other things |',
      '|---|---|---|',
      ...mine.map(row),
    ].join('\n');
  });
  return `${caught.filter((part) => part !== '').join('\n\n')}\n`;
}
