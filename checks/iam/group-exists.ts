import { z } from 'zod';
import { defineCheck } from '../check.ts';
import { didYouMean, hints, similarNames } from '../near-misses.ts';

export const groupExists = defineCheck({
  id: 'iam/group-exists',
  title: 'The IAM group is there',
  calls: ['iam:GetGroup', 'iam:ListGroups'],
  optional: ['iam:ListGroups'],
  params: z.strictObject({ group: z.string().describe('Name of the group.') }),
  outputs: z.object({ id: z.string(), name: z.string(), arn: z.string() }),
  async run({ params, account, found }) {
    const { group } = params;
    const { Group } = await found(
      account.call('iam:GetGroup', { GroupName: group }),
      `There is no IAM group ${group} in the account ${account.id}.`,
      () =>
        hints(async () => {
          const { Groups = [] } = await account.call('iam:ListGroups', { MaxItems: 100 });
          const names = Groups.flatMap(({ GroupName }) => GroupName ?? []);
          return didYouMean(similarNames(group, names));
        }),
    );
    if (!Group?.GroupId || !Group.GroupName || !Group.Arn)
      throw new Error('GetGroup answered without a group.');
    return {
      message: `The group ${Group.GroupName} is there.`,
      outputs: { id: Group.GroupId, name: Group.GroupName, arn: Group.Arn },
    };
  },
});
