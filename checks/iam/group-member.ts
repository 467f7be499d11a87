import { z } from 'zod';
import { defineCheck } from '../check.ts';
import { Failed, found } from '../expect.ts';
import { allPages, iamMarker } from '../pages.ts';

export const groupMember = defineCheck({
  id: 'iam/group-member',
  title: 'The user is in the IAM group',
  calls: ['iam:GetGroup'],
  params: z.strictObject({
    group: z.string().describe('Name of the group.'),
    user: z.string().describe('Name of the user that is to be in it.'),
  }),
  async run({ params, account }) {
    const { group: GroupName, user } = params;
    const members = await found(
      allPages(
        (Marker) => account.call('iam:GetGroup', { GroupName, ...(Marker !== undefined && { Marker }) }),
        (page) => page.Users,
        iamMarker,
      ),
      `There is no IAM group ${GroupName} in the account ${account.id}.`,
    );
    const names = members.map(({ UserName = '' }) => UserName);
    if (!names.includes(user)) {
      throw new Failed(
        `${user} is not in the group ${GroupName}; its users: ${names.join(', ') || 'none'}.`,
        {
          expected: user,
          actual: names,
        },
      );
    }
    return { message: `${user} is in the group ${GroupName}.` };
  },
});
