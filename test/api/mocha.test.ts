/** `labwright/mocha` as a user has it: a test file beside an installed Labwright, and what Mocha says of it. */
import { execFile } from 'node:child_process';
import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { bareEnvironment } from '../support/labwright.ts';
import { type SandboxAccount, sandboxAccount } from '../support/sandbox-account.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

interface Told {
  readonly fullTitle: string;
  readonly err: { readonly message?: string; readonly expected?: string; readonly actual?: string };
}
interface Report {
  readonly passes: readonly Told[];
  readonly pending: readonly Told[];
  readonly failures: readonly Told[];
}

describe('a lab as a Mocha suite', function () {
  this.timeout(120_000);
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let account: SandboxAccount;
  before(async () => {
    account = await sandboxAccount();
    folder = await temporaryFolder();
    await mkdir(join(folder.path, 'node_modules'));
    await symlink(root, join(folder.path, 'node_modules/labwright'));
  });
  after(async () => {
    await account.close();
    await folder.remove();
  });

  /** @param endpoint where the suite's account is */
  async function suite(endpoint: string): Promise<{ failed: boolean; report: Report }> {
    const { region, administrator } = account.sandbox;
    const { accessKeyId, secretAccessKey } = administrator;
    const options = {
      account: { region, endpoint, credentials: { accessKeyId, secretAccessKey } },
      stages: ['key'],
    };
    await writeFile(
      join(folder.path, 'lab.test.mjs'),
      `import { labSuite } from 'labwright/mocha';\nlabSuite('encrypt-data-with-kms', ${JSON.stringify(options)});\n`,
    );
    const mocha = join(root, 'node_modules/mocha/bin/mocha.js');
    const args = [mocha, '--no-config', '--reporter', 'json', 'lab.test.mjs'];
    const { failed, stdout } = await new Promise<{ failed: boolean; stdout: string }>((resolve) =>
      execFile(process.execPath, args, { cwd: folder.path, env: bareEnvironment() }, (error, stdout) =>
        resolve({ failed: error !== null, stdout }),
      ),
    );
    return { failed, report: JSON.parse(stdout) as Report };
  }
  const titles = (told: readonly Told[]) =>
    told.map(({ fullTitle }) => fullTitle.replace('Encrypt Data with AWS KMS ', ''));
  const exists = 'Create a KMS key A KMS key of the right kind answers to the alias';
  const policy = 'Create a KMS key The key policy says who may use and who may administer the key';
  const judged = 'The run could judge all of it';

  it('fails what fails, with the hint and the difference, and leaves pending what waits for it', async () => {
    const missing = await suite(account.sandbox.url);
    expect(missing.failed).to.equal(true);
    expect(titles(missing.report.failures)).to.deep.equal([exists]);
    expect(titles(missing.report.pending)).to.deep.equal([policy]);
    expect(titles(missing.report.passes)).to.deep.equal([judged]);
    expect(missing.report.failures[0]?.err.message)
      .to.include('No key answers to alias/nextwork-kms-key')
      .and.to.include('create a *Symmetric* key');

    const { output } = await account.owner.send('kms:CreateKey', {
      KeySpec: 'RSA_2048',
      KeyUsage: 'ENCRYPT_DECRYPT',
    });
    const { KeyId } = output.KeyMetadata as { KeyId: string };
    await account.owner.send('kms:CreateAlias', { AliasName: 'alias/nextwork-kms-key', TargetKeyId: KeyId });
    const wrong = await suite(account.sandbox.url);
    expect(wrong.report.failures[0]?.err).to.include({ expected: 'SYMMETRIC_DEFAULT', actual: 'RSA_2048' });
  });

  it('is not green where nothing could be judged, and blames no check', async () => {
    const { failed, report } = await suite('http://127.0.0.1:1');
    expect(failed).to.equal(true);
    expect(titles(report.pending)).to.deep.equal([exists, policy]);
    expect(titles(report.failures)).to.deep.equal([judged]);
    expect(report.failures[0]?.err.message)
      .to.include('no failure of the learner')
      .and.to.include('ECONNREFUSED');
  });
});
