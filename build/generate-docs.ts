/** Writes the generated documents of the repository, of all labs and checks there are: part of `npm run generate`. */
import { docs } from '../cli/commands/docs.ts';

const common = { format: 'md', color: false } as const;

await docs([], { ...common, for: 'learner', out: 'docs/labs' });
await docs([], { ...common, for: 'checks', out: 'docs' });
