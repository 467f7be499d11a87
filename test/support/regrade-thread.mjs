/** A thread of `labwright regrade` from the sources: what loads TypeScript in the main thread does not do so in others. */
import { register } from 'tsx/esm/api';

register();
await import('../../cli/regrading/thread.ts');
