import { expect } from 'chai';
import { NotAText } from '../../../runner/roster/decode.ts';
import { ada, header, rosterOf, told } from './sample-roster.ts';

/** A roster with a header of these columns beside the id and a role, and one learner. */
function one(columns: string, cells: string, zone?: string) {
  return rosterOf([`id,role,${columns}`, `ada,arn:aws:iam::111122223333:role/grader,${cells}`], zone);
}

describe('reading a roster', () => {
  it('reads every column', () => {
    const { learners, problems } = rosterOf([
      header,
      'ada,Ada Lovelace,ada@example.com,A,1111-2222-3333,arn:aws:iam::111122223333:role/labs/grader,EU-west-1,x-1,"alias=alias/ada; table=ada-table",2d',
    ]);
    expect(problems).to.deep.equal([]);
    expect(learners).to.deep.equal([
      {
        id: 'ada',
        name: 'Ada Lovelace',
        email: 'ada@example.com',
        section: 'A',
        account: '111122223333',
        access: { kind: 'role', arn: 'arn:aws:iam::111122223333:role/labs/grader', externalId: 'x-1' },
        region: 'eu-west-1',
        params: { alias: 'alias/ada', table: 'ada-table' },
        extension: { seconds: 172_800 },
        line: 2,
      },
    ]);
  });

  const text = `${header}\n${ada.replace('Ada Lovelace', 'Ádá Łovelace')}\n`;
  const encodings: Record<string, Uint8Array> = {
    'UTF-8': Buffer.from(text),
    'UTF-8 with a byte order mark': Buffer.from(`\ufeff${text}`),
    'UTF-16, as Excel writes "Unicode text"': Buffer.from(`\ufeff${text.replaceAll(',', '\t')}`, 'utf16le'),
    'UTF-16, the other byte first': Buffer.from(`\ufeff${text}`, 'utf16le').swap16(),
    semicolons: Buffer.from(text.replaceAll(',', ';')),
    tabs: Buffer.from(text.replaceAll(',', '\t')),
    "Excel's line that names the delimiter": Buffer.from(`sep=;\r\n${text.replaceAll(',', ';')}`),
    'the line ends of Windows': Buffer.from(text.replaceAll('\n', '\r\n')),
    'the line ends of old Macs': Buffer.from(text.replaceAll('\n', '\r')),
  };
  for (const [name, bytes] of Object.entries(encodings)) {
    it(`accepts ${name}`, () => {
      const { learners, problems } = rosterOf(bytes);
      expect(problems).to.deep.equal([]);
      expect(learners.map((learner) => learner.name)).to.deep.equal(['Ádá Łovelace']);
    });
  }

  const refused: Record<string, [Uint8Array, RegExp]> = {
    'Latin-1, with the line': [Buffer.from(`${header}\nä`, 'latin1'), /not UTF-8: line 2 .*CSV UTF-8/],
    'UTF-16 without a byte order mark': [Buffer.from(text, 'utf16le'), /UTF-16 without a byte order mark/],
    'a workbook': [Buffer.from('PK\u0003\u0004rest'), /a spreadsheet, not CSV/],
    'half a character of UTF-16': [Buffer.from([0xff, 0xfe, 0x00, 0xd8, 0x41, 0x00]), /Save it as UTF-8/],
  };
  for (const [name, [bytes, message]] of Object.entries(refused)) {
    it(`refuses ${name}`, () => {
      expect(() => rosterOf(bytes)).to.throw(NotAText, message);
    });
  }

  it('tells all problems of a file at once, each with its line', () => {
    const roster = rosterOf([
      header,
      ada,
      '"bob","Bob\nthe ""Builder""",bob@example,A,12345678901,arn:aws:iam::111122223333:user/bob,eu-wst-1,?,colour=red,31/12/2026',
      '',
      ',Nobody,,,1.23E+11,,,,,',
      'ADA,Ada again,,,111122223333,arn:aws:iam::111122223333:role/grader,,,,',
      'cem,Cem,,,444455556666,arn:aws:iam::111122223333:role/grader,,,alias=nokey,',
    ]);
    expect(told(roster)).to.have.lengthOf(14);
    const lines = told(roster).join('\n');
    for (const part of [
      /^3 warning e-mail: "bob@example" is no e-mail address/m,
      /^3 error account: .* 11 digits.*012345678901\? Format the column as text/m,
      /^3 error role: .*the ARN of a user, not of a role/m,
      /^3 error region: "eu-wst-1" is no AWS Region. Did you mean eu-west-1\?/m,
      /^3 error external id:/m,
      /^3 error parameters: The lab encrypt-data-with-kms has no parameter "colour"/m,
      /^3 error extension: .*read in two ways/m,
      /^6 error learner id: The learner id is missing/m,
      /^6 error account: .*shortened; its last digits are lost/m,
      /^6 error role: Nothing says how to reach the account/m,
      /^7 error learner id: The learner id "ADA" is on line 2 already \(as "ada"; case/m,
      /^7 warning account: The account 111122223333 is that of "ada" on line 2 as well/m,
      /^8 error role: The role is in the account 111122223333, but the column "account" says 444455556666/m,
      /^8 error parameters: The parameter alias: "nokey" does not do as alias of kms\/key-exists/m,
    ]) {
      expect(lines).to.match(part);
    }
    expect(roster.learners.map(({ id }) => id)).to.deep.equal(['ada']);
  });

  it('understands headers as people write them, and asks after those that it does not', () => {
    const { learners, problems } = rosterOf([
      'Student ID;Full Name;AWS-Account;Role ARN;Regoin;set alias;Shoe size',
      'ada;Ada;111122223333;grader;eu-west-1;alias/ada;38',
    ]);
    expect(learners).to.deep.include({
      id: 'ada',
      name: 'Ada',
      account: '111122223333',
      access: { kind: 'role', arn: 'arn:aws:iam::111122223333:role/grader' },
      params: { alias: 'alias/ada' },
      line: 2,
    });
    expect(problems.map(({ severity, message, fix }) => `${severity} ${message} ${fix}`)).to.deep.equal([
      'warning The column "Regoin" means nothing to Labwright and is not read. Did you mean "region"?',
      'warning The column "Shoe size" means nothing to Labwright and is not read. Known are learner id, name, e-mail, section, account, role, profile, region, external id, parameters, extension.',
    ]);
  });

  it('refuses a header without ids, two columns that mean one thing, and a class of nobody', () => {
    expect(told(rosterOf(['name,role', 'Ada,x']))).to.match(
      /^1 error -: The header has no column "learner id"/,
    );
    expect(told(rosterOf(['id,username,role', 'a,b,c'])).join()).to.match(
      /1 error username: "id" and "username" both/,
    );
    expect(told(rosterOf([header])).join()).to.match(/1 error -: There is no learner below the header/);
    expect(told(rosterOf([])).join()).to.match(/1 error -: The roster is empty/);
  });

  it('reads on after a line that is no CSV', () => {
    const roster = rosterOf([header, '"x"y,b', ada, 'zoe,x"y', 'eve,"no end', 'tim']);
    expect(roster.learners.map(({ id }) => id)).to.deep.equal(['ada']);
    const lines = told(roster);
    expect(lines).to.have.lengthOf(4);
    expect(lines[0]).to.match(/^2 error -: A quoted cell of this row is followed by more text/);
    expect(lines[1]).to.match(/^4 error -: A quote stands inside a cell/);
    expect(lines[2]).to.match(/^5 error -: A quoted cell that begins here has no closing quote/);
    expect(lines[3]).to.match(/^6 error role:/);
  });

  it('gives up on a file that is not CSV at all', () => {
    expect(told(rosterOf([header, ...Array(5000).fill('a"b')]))).to.have.lengthOf(101);
  });

  it('says when a line has more cells than the header', () => {
    expect(told(one('name', 'Lovelace, Ada')).join()).to.match(/^2 error -: There is a cell more .*"Ada"/);
  });

  it('reads accounts that a spreadsheet was told to keep', () => {
    for (const cell of ['="011122223333"', "'011122223333", '0111 2222 3333']) {
      const { learners, problems } = rosterOf([
        'id,account,role',
        `ada,"${cell.replaceAll('"', '""')}",grader`,
      ]);
      expect(problems).to.deep.equal([]);
      expect(learners[0]?.account).to.equal('011122223333');
    }
  });

  it('takes a profile instead of a role', () => {
    const { learners, problems } = rosterOf(['id,profile', 'ada,class-ada']);
    expect(problems).to.deep.equal([]);
    expect(learners[0]?.access).to.deep.equal({ kind: 'profile', name: 'class-ada' });
    expect(told(rosterOf(['id,profile,role,account', 'ada,p,grader,111122223333'])).join()).to.match(
      /both a role and a profile/,
    );
  });

  it("takes a role's partition from its Region", () => {
    const { learners } = rosterOf(['id,account,role,region', 'ada,111122223333,grader,cn-north-1']);
    expect(learners[0]?.access).to.deep.equal({
      kind: 'role',
      arn: 'arn:aws-cn:iam::111122223333:role/grader',
    });
  });

  describe('extensions', () => {
    const until = (cell: string, zone?: string) => one('extension', cell, zone).learners[0]?.extension;
    it('are instants, local times of the zone, or the end of a day', () => {
      expect(until('2026-12-24T18:00+01:00')).to.deep.equal({ until: '2026-12-24T17:00:00.000Z' });
      expect(until('2026-12-24 18:00')).to.deep.equal({ until: '2026-12-24T18:00:00.000Z' });
      expect(until('2026-12-24 18:00', 'Europe/Berlin')).to.deep.equal({ until: '2026-12-24T17:00:00.000Z' });
      expect(until('2026-12-24', 'America/New_York')).to.deep.equal({ until: '2026-12-25T05:00:00.000Z' });
      expect(until('36 hours')).to.deep.equal({ seconds: 129_600 });
    });
    it('are the later time when clocks go back, and none that a change leaps over', () => {
      expect(until('2026-10-25 02:30', 'Europe/Berlin')).to.deep.equal({ until: '2026-10-25T01:30:00.000Z' });
      expect(told(one('extension', '2026-03-29 02:30', 'Europe/Berlin')).join()).to.match(
        /does not come in Europe\/Berlin/,
      );
    });
    for (const bad of [
      '2026-02-30',
      '2026-13-01',
      '12/1/2026',
      'tomorrow',
      '46000',
      '2026-12-24 25:00',
      '400d',
      '-2d',
      '2026-12-24T18:00+99:00',
    ]) {
      it(`are not ${bad}`, () => {
        expect(told(one('extension', bad)).join()).to.match(/^2 error extension: The extension/);
      });
    }
  });

  it('says which Region an Availability Zone is in, and lets a new Region through with a warning', () => {
    expect(told(one('region', 'eu-west-1a')).join()).to.match(
      /error region: .*Availability Zone; its Region is eu-west-1/,
    );
    const unknown = one('region', 'eu-west-9');
    expect(unknown.learners).to.have.lengthOf(1);
    expect(told(unknown).join()).to.match(/^2 warning region: Labwright knows no Region/);
  });
});
