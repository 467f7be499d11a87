import { stringify } from 'csv-stringify/sync';
import type { RosterLearner } from './open-learner.ts';

/** The learners as the CSV that `labwright grade` reads. */
export function rosterText(learners: readonly RosterLearner[]): string {
  const rows = learners.map(({ id, name, account, role, externalId, params = {} }) => ({
    'learner id': id,
    name,
    account,
    role,
    'external id': externalId,
    parameters: Object.entries(params)
      .map(([param, value]) => `${param}=${value}`)
      .join('; '),
  }));
  return stringify(rows, { header: true });
}
