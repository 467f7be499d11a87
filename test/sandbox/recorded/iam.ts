import { answer, type Replay, type Replayer } from './replay.ts';

const trust = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Action: 'sts:AssumeRole', Principal: { Service: 'ec2.amazonaws.com' }, Effect: 'Allow' }],
});

/** The documents of roles and policies are encoded in answers; recordings have them as JSON. */
function decoded(value: unknown): unknown {
  if (typeof value === 'string' && value.startsWith('%7B')) return JSON.parse(decodeURIComponent(value));
  if (Array.isArray(value)) return value.map(decoded);
  if (typeof value !== 'object' || value === null || value instanceof Date) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, decoded(inner)]));
}

const policy = (...statements: object[]) => JSON.stringify({ Version: '2012-10-17', Statement: statements });

const simulation =
  (kind: 'user' | 'role' | 'group'): Replay =>
  async ({ iam, sandbox }) => {
    const PolicyName = 'recorded';
    // One line with the statement where it stands in the recording.
    const PolicyDocument =
      '{"Version": "2012-10-17", "Statement": {"Sid": "", "Effect": "Allow", "Action": "s3:PutObject", "Resource": "*"}}';
    if (kind === 'user') {
      await iam.createUser({ UserName: 'someone' });
      await iam.putUserPolicy({ UserName: 'someone', PolicyName, PolicyDocument });
    } else if (kind === 'group') {
      await iam.createGroup({ GroupName: 'someone' });
      await iam.putGroupPolicy({ GroupName: 'someone', PolicyName, PolicyDocument });
    } else {
      await iam.createRole({ RoleName: 'someone', AssumeRolePolicyDocument: trust });
      await iam.putRolePolicy({ RoleName: 'someone', PolicyName, PolicyDocument });
    }
    return {
      response: await answer(
        iam.simulatePrincipalPolicy({
          PolicySourceArn: `arn:aws:iam::${sandbox.account.id}:${kind}/someone`,
          ActionNames: ['s3:PutObject', 's3:GetObjectVersion'],
          ResourceArns: ['arn:aws:s3:::bucket'],
        }),
      ),
    };
  };

async function listedRole({ iam }: Replayer, PermissionsBoundary?: string) {
  const Path = '/recorded/';
  const created = await answer(
    iam.createRole({ RoleName: 'role', Path, AssumeRolePolicyDocument: trust, PermissionsBoundary }),
  );
  return { created: decoded(created), listed: decoded(await answer(iam.listRoles({ PathPrefix: Path }))) };
}

/** By the recordings' names. */
export const iamReplays: Record<string, Replay> = {
  test_create_describe_role: async (replayer) => {
    const { created, listed } = await listedRole(replayer);
    return {
      create_role_result: created,
      get_role_result: decoded(await answer(replayer.iam.getRole({ RoleName: 'role' }))),
      list_roles_result: listed,
    };
  },
  test_list_roles_with_permission_boundary: async (replayer) => {
    const { created, listed } = await listedRole(replayer);
    return { created_role: created, list_roles_result: listed };
  },
  test_create_role_with_malformed_assume_role_policy_document: async ({ iam }) => ({
    'invalid-json': await answer(iam.createRole({ RoleName: 'role', AssumeRolePolicyDocument: '{"a:b"}' })),
  }),
  test_delete_non_existent_policy_returns_no_such_entity: async ({ iam, sandbox }) => ({
    'delete-non-existent-policy-exc': await answer(
      iam.deletePolicy({ PolicyArn: `arn:aws:iam::${sandbox.account.id}:policy/non-existent-policy` }),
    ),
  }),
  test_put_user_policy_encoding: async ({ iam }) => {
    await iam.createUser({ UserName: 'someone' });
    const Resource = [
      'arn:aws:apigateway:us-east-1::/tags/arn%3Aaws%3Aapigateway%3Aus-east-1%3A%3A%2Frestapis%2Faaeeieije',
    ];
    await iam.putUserPolicy({
      UserName: 'someone',
      PolicyName: 'recorded',
      PolicyDocument: policy({ Effect: 'Allow', Action: ['apigatway:PUT'], Resource }),
    });
    return {
      'get-policy-response': decoded(
        await answer(iam.getUserPolicy({ UserName: 'someone', PolicyName: 'recorded' })),
      ),
    };
  },
  'test_simulate_principle_policy-user': simulation('user'),
  'test_simulate_principle_policy-role': simulation('role'),
  'test_simulate_principle_policy-group': simulation('group'),
  test_user_attach_policy: async ({ iam }) => {
    await iam.createUser({ UserName: 'someone' });
    const PolicyName = 'a-policy-name-of-the-account';
    const created = await answer(
      iam.createPolicy({
        PolicyName,
        PolicyDocument: policy({ Effect: 'Allow', Action: 's3:*', Resource: '*' }),
      }),
    );
    const { Policy: { Arn = '' } = {} } = created as { Policy?: { Arn?: string } };
    const attach = (PolicyArn: string) => answer(iam.attachUserPolicy({ UserName: 'someone', PolicyArn }));
    return {
      create_policy_response: created,
      non_existent_malformed_policy_arn: await attach('a-long-policy-name-and-no-arn'),
      existing_policy_name_provided: await attach(PolicyName),
      valid_arn_not_existent: await attach(`${Arn}123`),
      valid_policy_arn: await attach(Arn),
    };
  },
};
