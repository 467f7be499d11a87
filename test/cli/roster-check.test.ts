import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { labwright } from '../support/labwright.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

describe('labwright roster check', function () {
  this.timeout(60_000);
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  before(async () => {
    folder = await temporaryFolder();
  });
  after(() => folder.remove());

  const check = async (text: string | Uint8Array, ...more: string[]) => {
    await writeFile(join(folder.path, 'class.csv'), text);
    return labwright(['roster', 'check', 'class.csv', '--lab', 'encrypt-data-with-kms', ...more], {
      cwd: folder.path,
    });
  };

  it('says who is ready to be graded', async () => {
    const { code, stdout } = await check(
      '\ufeffid;section;account;role\r\nada;A;111122223333;grader\r\nbob;B;444455556666;grader\r\n',
    );
    expect(stdout).to.equal(
      'Ready to be graded: 2 learners, 2 accounts, 2 sections. 0 errors, 0 warnings.\n',
    );
    expect(code).to.equal(0);
  });

  it('names the line of each problem, and shows no escape sequence of the file', async () => {
    const { code, stdout } = await check(
      'id,account,role\nada,12,grader\n\u001b[2Jbob,111122223333,gr ader\n',
    );
    expect(stdout).to.match(
      /^class\.csv:2 error \[account\] The account "12" is no AWS account id\.\n {4}Write its twelve/,
    );
    expect(stdout).to.match(/class\.csv:3 error \[id\] The cell has control characters/);
    expect(stdout).to.match(/class\.csv:3 error \[role\] The role "gr ader" is no role's name/);
    expect(stdout).to.not.include('\u001b');
    expect(stdout).to.match(/Ready to be graded: 0 learners, .* 3 errors, 0 warnings\.\n$/);
    expect(code).to.equal(2);
  });

  it('gives all of it as JSON, times in the zone that is named', async () => {
    const { code, stdout } = await check(
      'id,profile,extension\nada,p,2026-12-24 18:00\n',
      '--json',
      '--time-zone',
      'Asia/Tokyo',
    );
    expect(JSON.parse(stdout)).to.deep.equal({
      schema: 'labwright/roster/v1',
      learners: [
        {
          id: 'ada',
          access: { kind: 'profile', name: 'p' },
          params: {},
          extension: { until: '2026-12-24T09:00:00.000Z' },
          line: 2,
        },
      ],
      problems: [],
    });
    expect(code).to.equal(0);
  });

  it('refuses what is no roster, no file, no lab and no time zone', async () => {
    const workbook = await check(Buffer.from('PK\u0003\u0004'));
    expect([workbook.code, workbook.stderr]).to.deep.equal([
      2,
      'class.csv cannot be read as a roster. It is a spreadsheet, not CSV. Save it as "CSV UTF-8 (Comma delimited)".\n',
    ]);
    const zone = await check('id\n', '--time-zone', 'Mars');
    expect([zone.code, zone.stderr]).to.deep.equal([
      2,
      'There is no time zone "Mars". Name one as Europe/Berlin or UTC.\n',
    ]);
    const missing = await labwright(['roster', 'check', 'none.csv', '--lab', 'encrypt-data-with-kms']);
    expect(missing.code).to.equal(2);
    expect(missing.stderr).to.match(/none\.csv.*\nCheck the path\.\n$/);
  });
});
