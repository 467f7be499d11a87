/** docs/sandbox.md lists exactly the operations that there are. */
import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { cloudTrail } from '../../sandbox/services/cloudtrail/service.ts';
import { dynamodb } from '../../sandbox/services/dynamodb/service.ts';
import { iam } from '../../sandbox/services/iam/service.ts';
import { kms } from '../../sandbox/services/kms/service.ts';
import { sts } from '../../sandbox/services/sts/service.ts';

const text = readFileSync(new URL('../../docs/sandbox.md', import.meta.url), 'utf8');
const sections = new Map(
  text
    .split(/^### /m)
    .slice(1)
    .map((section) => [section.split('\n', 1)[0] ?? '', section] as const),
);

describe('docs/sandbox.md', () => {
  const services = { KMS: kms, DynamoDB: dynamodb, IAM: iam, STS: sts, CloudTrail: cloudTrail };
  for (const [title, service] of Object.entries(services)) {
    it(`lists the operations of ${title}`, () => {
      const listed = [...(sections.get(title) ?? '').matchAll(/`(\w+)`/g)].map(([, name]) => name);
      expect(listed.sort()).to.deep.equal(Object.keys(service.operations).sort());
    });
  }
});
