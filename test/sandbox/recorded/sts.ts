import { answer, type Replay, type Replayer } from './replay.ts';

async function role({ iam, sandbox }: Replayer, Action: string | string[]) {
  const created = await iam.createRole({
    RoleName: 'recorded',
    AssumeRolePolicyDocument: JSON.stringify({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Principal: { AWS: sandbox.account.id }, Action }],
    }),
  });
  const document = decodeURIComponent(created.Role?.AssumeRolePolicyDocument ?? '');
  return {
    arn: created.Role?.Arn,
    answer: await answer(
      Promise.resolve({
        ...created,
        Role: { ...created.Role, AssumeRolePolicyDocument: JSON.parse(document) as unknown },
      }),
    ),
  };
}

/** By the recordings' names. */
export const stsReplays: Record<string, Replay> = {
  test_assume_role: async (replayer) => {
    const { arn, answer: created } = await role(replayer, 'sts:AssumeRole');
    const RoleSessionName = 'session';
    return {
      'role-session-name': { RoleSessionName },
      'create-role': created,
      'assume-role': await answer(replayer.sts.assumeRole({ RoleArn: arn, RoleSessionName })),
    };
  },
  test_assume_role_tag_validation: async (replayer) => {
    const { arn, answer: created } = await role(replayer, ['sts:AssumeRole', 'sts:TagSession']);
    const assume = (Tags: { Key: string; Value: string }[], TransitiveTagKeys?: string[]) =>
      answer(replayer.sts.assumeRole({ RoleArn: arn, RoleSessionName: 'session', Tags, TransitiveTagKeys }));
    return {
      'role-1': created,
      'invalid-transitive-tag-keys': await assume([{ Key: 'a', Value: 'b' }], ['c']),
      'duplicate-tag-keys-different-casing': await assume([
        { Key: 'name', Value: 'a' },
        { Key: 'NAME', Value: 'b' },
      ]),
    };
  },
  test_get_federation_token: async ({ sts }) => ({
    'get-federation-token': await answer(
      sts.getFederationToken({
        Name: 'federated',
        DurationSeconds: 900,
      }),
    ),
  }),
  test_sts_invalid_parameters: async ({ sts }) => {
    const assume = (RoleArn: string, RoleSessionName = 'session') =>
      answer(sts.assumeRole({ RoleArn, RoleSessionName }));
    return {
      'malformed-arn': await assume('nothing-valid-in-here'),
      'no-partition': await assume('arn::b:::something/test-role'),
      'no-service': await assume('arn:a::::something/test-role'),
      'not-enough-colons': await assume('arn:a:::something/test-role'),
      'no-resource': await assume('arn:a:a::aaaaaaaaaa:'),
      'invalid-session-name': await assume('arn:aws:iam::123456789012:role/some', 'Session1:2'),
    };
  },
};
