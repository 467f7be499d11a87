import { copyFile, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { firstLab } from '../support/labs.ts';
import { labwright } from '../support/labwright.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

describe('labwright verify', function () {
  this.timeout(60_000);
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  beforeEach(async () => {
    folder = await temporaryFolder();
    for (const file of ['lab.yaml', 'proof.yaml'])
      await copyFile(join(firstLab, file), join(folder.path, file));
  });
  afterEach(() => folder.remove());

  const change = async (file: string, from: string, to: string) => {
    const path = join(folder.path, file);
    const text = await readFile(path, 'utf8');
    expect(text).to.include(from);
    await writeFile(path, text.replace(from, to));
  };
  const verify = (only: string) => labwright(['verify', folder.path, '--only', only]);

  it('says which claims hold', async () => {
    const { code, stdout } = await verify('mistakes/no-alias');
    expect(code, stdout).to.equal(0);
    expect(stdout).to.include('✔ pass  mistakes/no-alias').and.to.include('1 of 1 claims hold.');
  });

  it('notices a mistake that another check catches than the one it names', async () => {
    await change('proof.yaml', 'caught-by: kms/key-exists', 'caught-by: kms/key-policy');
    const { code, stdout } = await verify('mistakes/asymmetric-key');
    expect(code).to.equal(1);
    expect(stdout).to.include('✘ fail').and.to.include('kms/key-policy does not fail');
    expect(stdout).not.to.include('..');
  });

  it('notices what the learner does not get to read', async () => {
    await change('proof.yaml', 'shows: has the spec RSA_2048', 'shows: has the spec RSA_4096');
    const { code, stdout } = await verify('mistakes/asymmetric-key');
    expect(code).to.equal(1);
    expect(stdout).to.include('The learner does not read "has the spec RSA_4096", but:');
    expect(stdout).to.include('Expected: "SYMMETRIC_DEFAULT". Actual: "RSA_2048". Hint: ');
  });

  it('notices a step of the solution that nothing misses', async () => {
    const alias = '- kms.CreateAlias: { AliasName: "${alias}", TargetKeyId: "${keyId}" }\n';
    const tag = '    - kms.TagResource: { KeyId: "${keyId}", Tags: [{ TagKey: a, TagValue: b }] }\n';
    await change('proof.yaml', alias, alias + tag);
    const { code, stdout } = await verify('left-out/key');
    expect(code).to.equal(1);
    expect(stdout).to.include('Nothing fails').and.to.include('2 of 3 claims hold.');
  });

  it('notices a check that fails for want of nothing', async () => {
    await change(
      'lab.yaml',
      'with: { table: "${table}", atLeast: 1 }',
      'with: { table: "${table}", atLeast: 2 }',
    );
    const { code, stdout } = await verify('solution');
    expect(code).to.equal(1);
    expect(stdout).to.include('The solved stage "data" does not pass: dynamodb/items-readable: fail');
  });

  it('wants to know which lab, and which claims', async () => {
    expect((await labwright(['verify'])).code).to.equal(2);
    const unknown = await verify('no-such-claim');
    expect(unknown.code).to.equal(2);
    expect(unknown.stderr)
      .to.include('no claim that begins with "no-such-claim"')
      .and.to.include('mistakes/');
    expect((await verify('mistakes/no-alas')).stderr).to.include('Did you mean mistakes/no-alias?');
    expect((await verify('no-alias')).stderr).to.include('Did you mean mistakes/no-alias?');
  });
});
