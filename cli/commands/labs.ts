import { findLab, labIds } from '../labs/find-lab.ts';
import { createOutput } from '../output.ts';

export interface LabsFlags {
  readonly json?: boolean;
  readonly color: boolean;
}

/** `labwright labs`: what there is. */
export async function labs(flags: LabsFlags): Promise<void> {
  const { print, style } = createOutput(!flags.color);
  const all = await Promise.all((await labIds()).map(async (id) => (await findLab(id)).lab));
  const rows = all.map((lab) => ({
    id: lab.id,
    title: lab.title,
    about: lab.about,
    stages: lab.stages.map((stage) => stage.id),
    points: lab.stages.flatMap((stage) => stage.checks).reduce((sum, entry) => sum + entry.points, 0),
  }));
  if (flags.json) {
    print(`${JSON.stringify({ schema: 'labwright/labs/v1', labs: rows }, null, 2)}\n`);
    return;
  }
  for (const row of rows) {
    print(`${style.bold(row.id)}  ${row.title}\n`);
    print(`  ${row.points} points: ${row.stages.join(', ')}\n`);
  }
}
