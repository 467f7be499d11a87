/**
 * What has to be there before the commands of a document can be typed, and what its placeholders stand for. A document that is not named
 * here begins as all of them do: the first lab is done up to the user let in, and was checked.
 */
import { cp, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Scene, Typed } from './scene.ts';

const lab = 'encrypt-data-with-kms';
const externalId = 'labwright-a7c2e1d09b3f4c58a7c2e1d09b3f4c58';
const labFolder = fileURLToPath(new URL(`../../labs/${lab}`, import.meta.url));

/** What every document may take for granted. */
export async function prepare(scene: Scene, document: string): Promise<void> {
  await must(scene.type(`labwright solve ${lab} key table data user deny`));
  // A denial can be tried only while it lasts.
  await must(scene.type(`labwright check ${lab} --probe key`));
  await must(scene.type(`labwright solve ${lab} grant`));
  for (const need of needs[document] ?? []) await need(scene);
}

type Need = (scene: Scene) => Promise<unknown>;

/** The learner's role for the instructor, by the learner's own commands, and a class of this one learner. */
const role: Need = async (scene) => {
  const { stdout } = await must(
    scene.type(
      `labwright role ${lab} --instructor ${scene.accountIds.instructor} --external-id ${externalId} --allow-probe`,
    ),
  );
  await must(scene.type(stdout));
  await writeFile(
    join(scene.folder, 'class.csv'),
    [
      'learner id,name,e-mail,section,role,external id',
      `ada,A new user,ada@example.com,A,${roleArn(scene)},${externalId}`,
    ].join('\n'),
  );
};

const graded: Need = async (scene) => {
  await must(scene.type(`labwright grade ${lab} --roster class.csv --out class`, 'instructor'));
  await cp(join(scene.folder, 'class/class.json'), join(scene.folder, 'class.json'));
};

/** The key that the instructor signs with. */
const signingKey: Need = (scene) =>
  must(scene.type('labwright keygen instructor.key > instructor.pub', 'instructor'));

/** A lab that somebody wrote, where a repository keeps its labs. */
const labAmongLabs: Need = (scene) =>
  must(scene.type('labwright new labs/my-lab && cp -r labs/my-lab/lab.schema.json labs/'));

/** Any table under the lab's key. */
const patients: Need = (scene) =>
  must(
    scene.type(
      'aws dynamodb create-table --table-name patients --billing-mode PAY_PER_REQUEST --attribute-definitions AttributeName=id,AttributeType=S --key-schema AttributeName=id,KeyType=HASH --sse-specification Enabled=true,SSEType=KMS,KMSMasterKeyId=alias/nextwork-kms-key',
    ),
  );

const result: Need = (scene) => must(scene.type(`labwright check ${lab} --json > result.json`));

const writeUp: Need = (scene) =>
  writeFile(
    join(scene.folder, 'my-write-up.md'),
    '# My project\n\n## What is encryption?\n\nIt makes data unreadable.\n',
  );

/** A lab of the reader's own, and recordings of it. */
const ownLab: Need = async (scene) => {
  await cp(labFolder, join(scene.folder, 'my-lab'), { recursive: true });
  await mkdir(join(scene.folder, '.labwright'), { recursive: true });
  await cp(join(scene.folder, '.labwright', lab), join(scene.folder, '.labwright/my-lab'), {
    recursive: true,
  });
};

/** Somebody to ask about who is no user. */
const reader: Need = (scene) =>
  must(
    scene.type(
      `aws iam create-role --role-name reader --assume-role-policy-document '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"ec2.amazonaws.com"},"Action":"sts:AssumeRole"}]}'`,
    ),
  );

const needs: Readonly<Record<string, readonly Need[]>> = {
  'docs/autograders.md': [role, signingKey],
  'docs/lint.md': [labAmongLabs],
  'docs/sandbox.md': [patients],
  'README.md': [role],
  'docs/doing-labs.md': [writeUp],
  'docs/grading.md': [role],
  'docs/integrity.md': [role],
  'docs/outputs.md': [role, graded, result],
  'docs/recordings.md': [ownLab, role, graded],
  'docs/role.md': [role],
  'docs/roster.md': [role],
  'docs/verdicts.md': [reader],
};

const roleArn = ({ accountIds }: Scene) => `arn:aws:iam::${accountIds.learner}:role/labwright-grader-${lab}`;

/** What a reader types where a document writes a placeholder. */
export function filledIn(commands: string, scene: Scene): string {
  return (
    commands
      .replaceAll('--role ARN', `--role ${roleArn(scene)}`)
      .replaceAll(/--role arn:\S+/g, `--role ${roleArn(scene)}`)
      .replaceAll('--external-id ID', `--external-id ${externalId}`)
      .replaceAll('--external-id labwright-...', `--external-id ${externalId}`)
      .replaceAll('--key ed25519:...', '--key instructor.pub')
      .replaceAll('redis://10.0.0.5:6379', scene.queue())
      .replaceAll('/mnt/class', 'class-by-workers')
      // Without a terminal nobody is asked.
      .replaceAll(/(labwright clean \S+)$/gm, `$1 --yes ${scene.accountIds.learner}`)
  );
}

/** Who types it: what enters somebody else's account is the instructor's. */
export function typist(commands: string): 'learner' | 'instructor' {
  return /--role\b|labwright (grade|worker|roster)\b/.test(commands) ? 'instructor' : 'learner';
}

async function must(typed: Promise<Typed>): Promise<Typed> {
  const done = await typed;
  if (done.code === 0) return done;
  throw new Error(`What the document begins with could not be prepared:\n${done.screen}`);
}
