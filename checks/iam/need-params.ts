import { z } from 'zod';

/** Names of actions, without wildcards. */
export const actionNames = z.array(z.string().regex(/^[a-z0-9-]+:\w+$/i));

/** Parameters of the checks that hold policies to what is needed. */
export const needParams = {
  actions: actionNames
    .min(1)
    .describe(
      'Actions that are needed, such as `dynamodb:Query`; of their services, no other may be allowed.',
    ),
  resources: z.array(z.string()).min(1).describe('ARNs of the resources that they are needed for.'),
};
