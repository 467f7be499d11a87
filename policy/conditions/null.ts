/** The operator that asks whether a key is absent (`"true"`) or present (`"false"`). */

import type { PresenceOperator } from './operator.ts';

export const nullOperator: PresenceOperator = { name: 'Null' };
