/** The grader's role as a CloudFormation template, and the link that creates it. */
import { stringify } from 'yaml';
import { PlanError } from '../plan.ts';
import type { GraderRole } from './grader-role.ts';
import { checkPermissions } from './statements.ts';

/** The template, YAML. One does for a class: the external id is its parameter. */
export function roleTemplate(role: GraderRole): string {
  const { lab, steps, place, allowProbe, trust } = role;
  const own = {
    partition: '${AWS::Partition}',
    account: place.account === '*' ? '${AWS::AccountId}' : place.account,
    region: place.region,
  };
  const [statement] = trust.Statement;
  const template = {
    AWSTemplateFormatVersion: '2010-09-09',
    Description: `Lets an instructor grade the lab "${lab.title}" in this account. Delete the stack to end it.`,
    Parameters: {
      ExternalId: {
        Type: 'String',
        Description: 'What the instructor gave you. It tells your account from those of others.',
        MinLength: 2,
        MaxLength: 1224,
        AllowedPattern: '[\\w+=,.@:/-]*',
      },
    },
    Resources: {
      GraderRole: {
        Type: 'AWS::IAM::Role',
        Properties: {
          RoleName: role.name,
          Description: roleDescription(role),
          MaxSessionDuration: 3600,
          AssumeRolePolicyDocument: {
            ...trust,
            Statement: [
              {
                ...statement,
                Principal: {
                  AWS: substituted(statement.Principal.AWS.replace(/^arn:aws:/, 'arn:${AWS::Partition}:')),
                },
                Condition: { StringEquals: { 'sts:ExternalId': { Ref: 'ExternalId' } } },
              },
            ],
          },
          Policies: [
            {
              PolicyName: policyName,
              PolicyDocument: substituted(checkPermissions({ steps, place: own, probe: allowProbe })),
            },
          ],
        },
      },
    },
    Outputs: {
      RoleArn: {
        Description: 'Give this to your instructor.',
        Value: { 'Fn::GetAtt': ['GraderRole', 'Arn'] },
      },
    },
  };
  return stringify(template, { lineWidth: 0 });
}

/** Name of the role's only policy. */
export const policyName = 'labwright-checks';

export function roleDescription({ lab, allowProbe }: GraderRole): string {
  return `Labwright: grades ${lab.id}; ${allowProbe ? 'reads, and makes temporary keys of the test user' : 'only reads'}`;
}

/** Texts with pseudo parameters are put together by CloudFormation. */
function substituted(value: unknown): unknown {
  if (typeof value === 'string') return value.includes('${AWS::') ? { 'Fn::Sub': value } : value;
  if (Array.isArray(value)) return value.map(substituted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, substituted(member)]));
}

/**
 * Opens CloudFormation's page with everything filled in ("Create quick-create links to create CloudFormation stacks",
 * CloudFormation user guide).
 *
 * @param templateUrl where the template lies: in S3, or CloudFormation does not take it
 * @throws PlanError for another place
 */
export function quickCreateLink(role: GraderRole, templateUrl: string): string {
  const url = URL.canParse(templateUrl) ? new URL(templateUrl) : undefined;
  const isInS3 = /(^|\.)s3[.-]([\w-]+\.)*amazonaws\.com(\.cn)?$/.test(url?.hostname ?? '');
  // A template's URL has at most 1,024 characters ("Selecting a stack template", same guide).
  if (url?.protocol !== 'https:' || !isInS3 || url.pathname === '/' || templateUrl.length > 1024) {
    throw new PlanError(
      `CloudFormation takes templates from S3 only, and "${templateUrl}" is not there. Upload the template to a bucket and name its URL: https://BUCKET.s3.REGION.amazonaws.com/NAME.yaml.`,
    );
  }
  // IAM is in every Region; the stack has to be in one.
  const region = role.place.region === '*' ? 'us-east-1' : role.place.region;
  const filled = new URLSearchParams({
    templateURL: templateUrl,
    stackName: stackName(role),
    param_ExternalId: role.externalId,
  });
  // Inferred: the console of the Regions in China.
  const host = region.startsWith('cn-') ? 'console.amazonaws.cn' : `${region}.console.aws.amazon.com`;
  return `https://${host}/cloudformation/home?region=${region}#/stacks/create/review?${filled}`;
}

/** Letters, digits and hyphens, 128 at most, a letter first (same page). */
function stackName({ name }: GraderRole): string {
  return `labwright-${name}`
    .replace(/^labwright-labwright-/, 'labwright-')
    .replace(/[^A-Za-z0-9-]+/g, '-')
    .slice(0, 128);
}
