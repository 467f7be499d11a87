import { expect } from 'chai';
import fc from 'fast-check';
import { registry } from '../../checks/registry.ts';
import { parseLab } from '../../runner/lab/load-lab.ts';
import { formatProblem, LabProblems, type Problem } from '../../runner/lab/problem.ts';

const good = `id: example
title: An example
about: What it teaches.
params:
  alias: { default: alias/one }
stages:
  - id: key
    title: A key
    guide: Make \${alias}.
    checks:
      - check: kms/key-exists
        as: key
        with: { alias: "\${alias}" }
        points: 10
        hint: Make \${alias}.
      - check: kms/key-policy
        with: { key: "\${key.arn}" }
        points: 0
        hint: Look at the policy.
`;

/** The example with a question that expects something; `change` is made in it. */
function withExpects(from = '', to = ''): string {
  const question = `    questions:
      - id: why
        prompt: Why a key?
        expects:
          concepts:
            - id: safety
              about: safety
              patterns: [safe*, no thief]
              missing: Say what it is for.
          misconceptions:
            - id: forever
              patterns: [key last forever]
              correction: A key can be deleted.
              link: https://example.com/
`;
  return good + question.replace(from, to);
}

function problemsOf(text: string): readonly Problem[] {
  try {
    parseLab('lab.yaml', text, registry);
  } catch (error) {
    if (error instanceof LabProblems) return error.problems;
    throw error;
  }
  return [];
}

/** `line:column message` of every problem. */
function told(text: string): string[] {
  return problemsOf(text).map(({ line, column, message }) => `${line}:${column} ${message}`);
}

describe('what a lab expects of answers', () => {
  it('is accepted when it is sound', () => {
    const question = parseLab('lab.yaml', withExpects(), registry).stages[0]?.questions[0];
    expect(question?.expects?.concepts[0]).to.include({ id: 'safety', points: 1 });
    expect(question?.expects?.misconceptions[0]).to.deep.include({ unless: [], costs: 1 });
  });

  const where = 'stages[0].questions[0].expects';
  for (const [what, from, to, message] of [
    [
      'no patterns',
      '[safe*, no thief]',
      '[]',
      `27:25 ${where}.concepts[0].patterns needs at least one pattern, or nothing can match.`,
    ],
    [
      'an empty pattern',
      '[safe*, no thief]',
      '[safe*, ""]',
      `27:33 ${where}.concepts[0].patterns[1] must not be empty.`,
    ],
    [
      'a pattern that cannot be read',
      'no thief',
      'no (thief|robber)',
      '27:33 The pattern "no (thief|robber)" cannot be read. "(thief|robber)" is no word: letters and digits, and at the end "*" for any ending.',
    ],
    [
      'a pattern of a misconception that cannot be read',
      'key last forever',
      'key .. ',
      '31:26 The pattern "key .." cannot be read. ".." stands between two words.',
    ],
    [
      'an id taken twice',
      'id: forever',
      'id: safety',
      '30:19 "safety" is there twice in what this question expects.',
    ],
    [
      'a correction that states the misconception',
      'A key can be deleted.',
      'Some think that a key lasts forever.',
      '32:27 The correction of "forever" would itself be taken for the misconception "forever".',
    ],
    [
      'a link that is none for a page',
      'https://example.com/',
      'javascript:alert(1)',
      `33:21 ${where}.misconceptions[0].link must be an https address.`,
    ],
    [
      'a concept that lacks its sentence',
      '              missing: Say what it is for.\n',
      '',
      `25:15 ${where}.concepts[0].missing is missing.`,
    ],
  ] as const) {
    it(`refuses ${what}, with its place and a fix`, () => {
      const text = withExpects(from, to);
      expect(told(text)).to.deep.equal([message]);
      expect(problemsOf(text).every(({ fix }) => fix !== undefined)).to.equal(true);
    });
  }
});

describe('what a lab builds', () => {
  const architecture = `architecture:
  parts:
    - { id: you, kind: person, title: You }
    - { id: key, kind: key, title: KMS key, name: "\${alias}", proven-by: [key, kms/key-policy] }
  arrows:
    - { from: you, to: key, says: use it, proven-by: key }
`;
  const withArchitecture = (from = '', to = '') =>
    good.replace('stages:', `${architecture.replace(from, to)}stages:`);

  it('is accepted when it is sound', () => {
    const lab = parseLab('lab.yaml', withArchitecture(), registry);
    expect(lab.architecture?.parts.map(({ id }) => id)).to.deep.equal(['you', 'key']);
  });

  for (const [what, from, to, message] of [
    ['an arrow from nowhere', 'from: you', 'from: me', '11:15 There is no part "me".'],
    ['an arrow to itself', 'to: key', 'to: you', '11:24 An arrow leads from "you" to itself.'],
    ['a part that is there twice', 'id: key', 'id: you', '9:13 The part "you" is there twice.'],
    ['a proof that no check gives', '[key, ', '[kye, ', '9:74 No check of the lab is called "kye".'],
    ['a kind that cannot be drawn', 'kind: person', 'kind: people', 'architecture.parts[0].kind'],
    ['a name of no parameter', '${alias}', '${allias}', 'there is no parameter "allias".'],
  ] as const) {
    it(`is refused with ${what}`, () => {
      expect(told(withArchitecture(from, to)).join('\n')).to.include(message);
    });
  }

  it('is refused where a proof could be one of several checks', () => {
    const twice = withArchitecture().replace('kms/key-policy\n', 'kms/key-exists\n');
    expect(told(twice.replace('[key, kms/key-policy]', 'kms/key-exists')).join('\n')).to.include(
      '"kms/key-exists" is 2 checks of the lab.',
    );
  });
});

describe('loading a lab', () => {
  it('accepts a good one', () => {
    const lab = parseLab('lab.yaml', good, registry);
    expect(lab.stages[0]?.checks[0]?.check.id).to.equal('kms/key-exists');
    expect(lab.digest).to.match(/^[0-9a-f]{64}$/);
  });

  const makes = (...entries: string[]) =>
    good.replace('stages:', ['makes:', ...entries.map((entry) => `  - ${entry}`), 'stages:'].join('\n'));

  it('knows what a lab makes', () => {
    const lab = parseLab('lab.yaml', makes('kms.key: "${alias}"'), registry);
    expect(lab.makes).to.deep.equal([{ 'kms.key': '${alias}' }]);
  });

  const cases: readonly [title: string, text: string, expected: readonly string[]][] = [
    [
      'something made that no parameter names',
      makes('kms.key: alias/one', 'kms.key: "${alias}s"', 'kms.key: "${nothing}"'),
      [
        '7:14 "alias/one" is not a parameter of the lab.',
        '8:14 "${alias}s" is not a parameter of the lab.',
        '9:14 "${nothing}" is not a parameter of the lab.',
      ],
    ],
    [
      'two things made in one entry, none, and one twice',
      makes(
        '{ kms.key: "${alias}", iam.user: "${alias}" }',
        '{ policies: [] }',
        'kms.key: "${alias}"',
        'kms.key: "${alias}"',
      ),
      [
        '7:5 An entry of makes says one thing; this one says 2.',
        '8:5 An entry of makes says one thing; this one says 0.',
        '10:14 "${alias}" is there twice.',
      ],
    ],
    [
      'something made whose name cannot be one, with policies that it cannot have',
      makes('{ dynamodb.table: "${alias}", policies: [A] }'),
      [
        '5:21 The default of alias, "alias/one", is not the name of a table.',
        '7:35 Only an iam.user has policies.',
      ],
    ],
    [
      'a kind of thing that nobody can remove',
      makes('s3.bucket: "${alias}"'),
      ['7:5 makes[0] has no member "s3.bucket".', '7:5 An entry of makes says one thing; this one says 0.'],
    ],
    [
      'an unknown check',
      good.replace('kms/key-exists', 'kms/key-exist'),
      ['11:16 There is no check "kms/key-exist".'],
    ],
    [
      'a parameter of the wrong type',
      good.replace('with: { alias: "${alias}" }', 'with: { alias: 7 }'),
      ['13:24 stages[0].checks[0].with.alias must be a text.'],
    ],
    [
      'a parameter that the check does not have',
      good.replace('with: { alias: "${alias}" }', 'with: { alias: "${alias}", colour: red }'),
      ['13:36 stages[0].checks[0].with has no member "colour".'],
    ],
    [
      'a parameter whose default does not fit the check',
      good.replace('default: alias/one', 'default: one'),
      ['13:24 stages[0].checks[0].with.alias invalid string: must start with "alias/".'],
    ],
    [
      'an unknown parameter in a reference',
      good.replace('guide: Make ${alias}', 'guide: Make ${allias}'),
      ['9:12 "${allias}": there is no parameter "allias".'],
    ],
    [
      'an unknown parameter in what is said of the costs',
      good.replace('params:', 'costs: The key ${keys} costs a dollar.\nparams:'),
      ['4:8 "${keys}": there is no parameter "keys".'],
    ],
    [
      'an output of a check that comes later or never',
      good.replace('${key.arn}', '${table.arn}'),
      ['17:22 "${table.arn}": no earlier check is called "table".'],
    ],
    [
      'an output that the check does not have',
      good.replace('${key.arn}', '${key.name}'),
      ['17:22 "${key.name}": kms/key-exists has no output "name".'],
    ],
    [
      'a reference that cannot be read',
      good.replace('Make ${alias}.\n', 'Make ${a b}.\n'),
      ['9:12 "${a b}" is not a reference.'],
    ],
    [
      'zero points',
      good.replace('points: 10', 'points: 0'),
      ['6:1 The checks of this lab are worth zero points.'],
    ],
    [
      'no points at all',
      good.replace('        points: 10\n', ''),
      ['11:9 stages[0].checks[0].points is missing.'],
    ],
    [
      'a missing hint',
      good.replace('        hint: Look at the policy.\n', ''),
      ['16:9 stages[0].checks[1].hint is missing.'],
    ],
    [
      'no stages',
      `${good.slice(0, good.indexOf('stages:'))}stages: []\n`,
      ['6:9 stages needs at least one stage, or the lab passes without asking anything.'],
    ],
    [
      'a stage that is undone by nobody',
      good.replace('    guide:', '    undone-by: later\n    guide:'),
      ['9:16 No later stage is called "later".'],
    ],
    [
      'a duplicate stage id',
      good +
        good
          .slice(good.indexOf('  - id: key'))
          .replace('as: key', 'as: other')
          .replace('${key.arn}', '${other.arn}'),
      ['20:9 The stage "key" is there twice.'],
    ],
    [
      'bad indentation',
      good.replace('    title: A key', '   title: A key'),
      ['8:4 This line is indented by 3 columns, which fits nothing around it.'],
    ],
    ['tabs', good.replace('    title: A key', '\ttitle: A key'), ['8:2 This line is indented with a tab.']],
    [
      'a duplicate key',
      good.replace('    title: A key', '    title: A key\n    title: B'),
      ['9:5 Map keys must be unique.'],
    ],
    [
      'a custom tag',
      good.replace('A key', '!!js/function A key'),
      ['8:12 Unresolved tag: tag:yaml.org,2002:js/function.'],
    ],
    [
      'two documents',
      `${good}---\n${good}`,
      ['20:1 Source contains multiple documents; please use YAML.parseAllDocuments().'],
    ],
    ['an empty file', '', ['1:1 The file must be a mapping.']],
    ['a list', '- a\n', ['1:1 The file must be a mapping.']],
  ];
  for (const [title, text, expected] of cases) {
    it(`tells of ${title}, with its place`, () => {
      expect(told(text)).to.have.members(expected);
      for (const problem of problemsOf(text)) expect(problem.fix, problem.message).to.be.a('string');
    });
  }

  it('tells all problems at once, in the order of the file, syntax errors among them', () => {
    const bad = good
      .replace('title: An example', 'titel: An example')
      .replace('kms/key-exists', 'kms/nothing')
      .replace('${key.arn}', '${nobody.arn}')
      .replace('points: 10', 'points: 0');
    expect(told(bad)).to.deep.equal([
      '1:1 title is missing.',
      '2:1 The file has no member "titel".',
      '6:1 The checks of this lab are worth zero points.',
      '11:16 There is no check "kms/nothing".',
      '17:22 "${nobody.arn}": no earlier check is called "nobody".',
    ]);
    const broken = bad.replace('titel', 'title').replace('    title: A key', '   title: A key');
    expect(told(broken)).to.include.members([
      '8:4 This line is indented by 3 columns, which fits nothing around it.',
      '11:16 There is no check "kms/nothing".',
      '17:22 "${nobody.arn}": no earlier check is called "nobody".',
    ]);
  });

  it('says which member of `with` may have been meant, or which there are', () => {
    const fixOf = (text: string) => problemsOf(text).map(({ fix }) => fix);
    const member = (name: string) =>
      fixOf(good.replace('with: { alias: "${alias}" }', `with: { alias: "\${alias}", ${name}: x }`));
    expect(member('keyspec')).to.deep.equal(['Did you mean "keySpec"?']);
    expect(member('colour')[0]).to.match(/^There are: alias, .*keySpec/);
  });

  it('thinks of --checks first where no check of that namespace is known', () => {
    const fixOf = (id: string) => problemsOf(good.replace('kms/key-exists', id)).map(({ fix }) => fix);
    expect(fixOf('my-checks/table-tagged')).to.deep.equal([
      'A check of your own comes with `--checks` and its module.',
    ]);
    expect(fixOf('ksm/key-exists')).to.deep.equal([
      'A check of your own comes with `--checks` and its module. Or did you mean "kms/key-exists"?',
    ]);
  });

  it('refuses more than 1 MiB and a document that aliases multiply', () => {
    expect(told(`${good}# ${'x'.repeat(1024 * 1024)}`)).to.deep.equal(['1:1 The file is larger than 1 MiB.']);
    const bomb = [
      'a: &a [x, x, x, x, x, x, x, x, x]',
      ...'bcdefgh'
        .split('')
        .map((name, at) => `${name}: &${name} [${Array(9).fill(`*${'abcdefg'[at]}`).join(', ')}]`),
    ].join('\n');
    expect(told(bomb).join('\n')).to.include('alias');
  });

  it('shows the source line with a mark below the column', () => {
    const [problem] = problemsOf(good.replace('kms/key-exists', 'kms/nothing'));
    expect(
      formatProblem(problem as Problem)
        .split('\n')
        .slice(0, 3),
    ).to.deep.equal([
      'lab.yaml:11:16 There is no check "kms/nothing".',
      '          - check: kms/nothing',
      '                   ^',
    ]);
  });

  it('never throws anything but problems, whatever the text', () => {
    const mutated = fc
      .tuple(fc.nat(good.length), fc.nat(20), fc.string({ unit: 'binary', maxLength: 12 }))
      .map(([at, length, text]) => good.slice(0, at) + text + good.slice(at + length));
    fc.assert(
      fc.property(fc.oneof(mutated, fc.string(), fc.json()), (text) => void problemsOf(text)),
      { numRuns: 400 },
    );
  });
});
