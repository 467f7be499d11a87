import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { resultSchema } from '../../runner/result.ts';
import { labwright } from '../support/labwright.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

describe('labwright demo', () => {
  it('fails, solves, passes and writes up the whole lab', async function () {
    this.timeout(60_000);
    const folder = await temporaryFolder();
    try {
      const { code, stdout, stderr } = await labwright(['demo'], { cwd: folder.path });
      expect(stderr).to.equal('');
      expect(code).to.equal(0);
      const [empty = '', ...solved] = stdout.split(/Now the stage "/);
      expect(empty).to.include('✘ fail  A KMS key of the right kind');
      expect(empty.match(/The stage "key" comes first/g)).to.have.length.above(2);
      expect(empty).to.include('0/100 points').and.to.include('→ In KMS, create a');
      expect(solved).to.have.length(7);
      for (const stage of solved) expect(stage).to.include('✔ pass').and.not.to.include('✘');
      expect(stdout.replace(/\s+/g, ' ')).to.include('is refused kms:Decrypt').and.to.include('sees 1 item');
      expect(stdout).to.include('100/100 points');
      for (const name of ['report.md', 'report.html', 'result.json']) {
        const file = join(folder.path, 'labwright-demo', name);
        expect(stdout).to.include(name);
        expect(await readFile(file, 'utf8')).to.have.length.above(1000);
      }
      const json: unknown = JSON.parse(
        await readFile(join(folder.path, 'labwright-demo', 'result.json'), 'utf8'),
      );
      const result = resultSchema.parse(json);
      expect(result.score).to.deep.equal({ points: 100, max: 100 });
      expect(result.account.kind).to.equal('sandbox');
    } finally {
      await folder.remove();
    }
  });
});
