import { expect } from 'chai';
import fc from 'fast-check';
import { AwsError } from '../../../../sandbox/aws-error.ts';
import { DynaliteEngine } from '../../../../sandbox/services/dynamodb/dynalite/dynalite-engine.ts';
import { parseStatement } from '../../../../sandbox/services/dynamodb/partiql/parse-statement.ts';

const engine = new DynaliteEngine();
const parse = (text: string, parameters: readonly unknown[] = []) =>
  parseStatement(text, { parameters, readValue: (value) => engine.readValue(value) });

/** What the parser says of a statement: that it understood it, or why not. Anything else fails the test. */
function verdict(text: string, parameters: readonly unknown[] = []): string {
  try {
    return parse(text, parameters).kind;
  } catch (error) {
    if (error instanceof AwsError && error.status === 400) return error.code;
    throw error;
  }
}

const words = (
  'SELECT INSERT INTO VALUE VALUES UPDATE DELETE FROM WHERE SET REMOVE RETURNING ALL MODIFIED OLD NEW * AND OR NOT IN ' +
  'BETWEEN IS MISSING NULL TRUE ORDER BY DESC EXISTS begins_with contains size set_add list_append ( ) [ ] { } << >> ' +
  '= <> < >= , . : ; ? - + \'text\' "quoted" table 5 1e3 .5 \' " -- /* */ __proto__'
).split(' ');

describe('the PartiQL parser', () => {
  it('answers anything with a statement or a refusal', () => {
    const garbage = fc.oneof(
      fc.string({ maxLength: 200, unit: 'binary' }),
      fc.array(fc.constantFrom(...words), { maxLength: 60 }).map((tokens) => tokens.join(' ')),
      fc
        .tuple(
          fc.constantFrom(
            'SELECT a FROM tab WHERE ',
            "INSERT INTO tab VALUE {'a': ",
            'UPDATE tab SET a = ',
            "DELETE FROM tab WHERE a = 'b' ",
          ),
          fc.array(fc.constantFrom(...words), { maxLength: 40 }),
        )
        .map(([start, tokens]) => start + tokens.join(' ')),
    );
    fc.assert(
      fc.property(garbage, fc.array(fc.jsonValue(), { maxLength: 3 }), (text, parameters) => {
        expect(verdict(text, parameters)).to.match(/^([a-z]+|ValidationException|SerializationException)$/);
      }),
      { numRuns: 1000 },
    );
  });

  it('is done in no time, however the longest statements are nested', () => {
    const fill = (start: string, piece: string, end = '') =>
      (start + piece.repeat(8192)).slice(0, 8192) + end;
    const hostile = [
      fill('SELECT * FROM tab WHERE ', '('),
      fill('SELECT * FROM tab WHERE ', 'NOT '),
      fill("INSERT INTO tab VALUE {'a': ", '['),
      fill("INSERT INTO tab VALUE {'a': ", "{'a':"),
      fill("INSERT INTO tab VALUE {'a': ", '<<'),
      fill('SELECT * FROM tab WHERE a = 1', ' AND (a = 1 OR b = 1'),
      fill('SELECT * FROM tab WHERE a = 1', ' OR a = 1'),
      fill('SELECT a', '.a'),
      fill('', "'"),
      fill("'", "''"),
      fill('', '/*'),
      fill('', '-'),
      fill('', '9'),
      fill('SELECT * FROM tab WHERE a = ', '9'),
    ];
    for (const text of hostile) {
      const start = performance.now();
      verdict(text);
      expect(performance.now() - start, text.slice(0, 50)).to.be.below(250);
    }
  });

  it('reads back every value that it is given as a literal', () => {
    const { value } = fc.letrec<{ value: Value }>((tie) => ({
      value: fc.oneof(
        { maxDepth: 4 },
        fc.string().map((S): Value => [{ S }, `'${S.replaceAll("'", "''")}'`]),
        fc.integer().map((n): Value => [{ N: String(n) }, String(n)]),
        fc.boolean().map((BOOL): Value => [{ BOOL }, String(BOOL)]),
        fc.constant<Value>([{ NULL: true }, 'NULL']),
        fc
          .array(tie('value'), { maxLength: 3 })
          .map(
            (inner): Value => [
              { L: inner.map(([wire]) => wire) },
              `[${inner.map(([, text]) => text).join(', ')}]`,
            ],
          ),
        fc
          .dictionary(
            fc.string().filter((name) => name !== '__proto__'),
            tie('value'),
            { maxKeys: 3, noNullPrototype: true },
          )
          .map((map): Value => {
            const entries = Object.entries(map);
            return [
              { M: Object.fromEntries(entries.map(([name, [wire]]) => [name, wire])) },
              `{${entries.map(([name, [, text]]) => `'${name.replaceAll("'", "''")}': ${text}`).join(', ')}}`,
            ];
          }),
      ),
    }));
    fc.assert(
      fc.property(value, ([wire, text]) => {
        const literal = parse(`INSERT INTO tab VALUE {'a': ${text}}`);
        expect(literal).to.deep.include({ kind: 'insert', item: { a: wire } });
        expect(parse("INSERT INTO tab VALUE {'a': ?}", [wire])).to.deep.equal(literal);
      }),
    );
  });

  it('takes no parameter for anything but an attribute value', () => {
    for (const parameter of [
      { type: 'function', name: 'size', args: [['a']] },
      ['a'],
      { S: 'a', N: '1' },
      {},
      null,
      'text',
      { S: { type: 'and', args: [] } },
    ]) {
      expect(verdict('SELECT * FROM tab WHERE a = ?', [parameter])).to.match(/Exception$/);
    }
  });

  /** Texts observed on AWS (nubo-db/dynamodb-conformance, tests/tier3/error-messages). */
  describe('says why it does not understand', () => {
    const envelope = "Statement wasn't well formed, can't be processed: ";
    const leftOver = `${envelope}Unexpected token after expression`;
    const refusals: Record<string, string> = {
      'SLECT * FROM tab': `${envelope}Expected data manipulation`,
      'SELECT * FROM tab WHERE pk = 1 foo': leftOver,
      'SELECT * FROM tab WHERE pk = 1 e5': leftOver,
      "INSERT INTO tab VALUE {'pk': 1} foo": leftOver,
      'DELETE FROM tab WHERE pk = 1 ORDER BY pk': leftOver,
      'SELECT * FROM tab ORDER BY pk WHERE pk = 1': leftOver,
      "INSERT INTO tab t VALUE {'pk': 'x'}": leftOver,
      'SELECT * FROM tab WHERE pk = 1e2147483648': envelope,
      'SELECT * FROM tab WHERE pk = 1.5e-2147483647': envelope,
      'SELECT * FROM tab WHERE pk = 1 # note': envelope,
      'SELECT * FROM tab WHERE pk = 1 /* note': envelope,
      "SELECT * FROM tab t WHERE pk = 'x'": 'Aliasing is not supported',
      "UPDATE tab AS t SET a = 3 WHERE pk = 'x'": 'Aliasing is not supported',
      'SELECT * FROM tab WHERE pk = 1e126':
        'Number overflow. Attempting to store a number with magnitude larger than supported range under root',
      "INSERT INTO tab VALUE {'pk': 1, 'm': {'x': 1e-131}}":
        'Number underflow. Attempting to store a number with magnitude smaller than supported range under root.x',
      "INSERT INTO tab VALUE {'pk': 1, 'l': [1, 123456789012345678901234567890123456789]}":
        'Attempting to store more than 38 significant digits in a Number under root[1]',
      'SELECT * FROM tab WHERE': `${envelope}Unexpected term`,
      'SELECT * FROM tab WHERE;': `${envelope}Unexpected term`,
      'SELECT * FROM tab WHERE (': `${envelope}Unexpected term`,
      'SELECT * FROM': `${envelope}Unexpected term`,
      "SELECT * FROM tab WHERE pk = 'p' AND": `${envelope}Missing right-hand side expression of infix operator`,
      'SELECT * FROM tab WHERE ORDER BY pk': `${envelope}Unexpected keyword`,
      'SELECT * FROM tab WHERE x IS FOO': `${envelope}Expected type name`,
      'SELECT * FROM tab WHERE IS NULL': `${envelope}Unexpected operator`,
      'SELECT * FROM tab WHERE pk = LIKE': `${envelope}Unexpected operator`,
      'DELETE FROM;': `${envelope}Expected identifier for simple path`,
      'SELECT * FROM ""': 'Path component cannot be an empty string',
      'SELECT * FROM "tab"."index"."more"': 'A path may contain at most 2 components in the FROM clause',
      'SELECT * FROM tab LIMIT 5': 'Unsupported clause: LIMIT',
    };
    for (const [statement, message] of Object.entries(refusals)) {
      it(statement, () => {
        expect(() => parse(statement))
          .to.throw(AwsError)
          .with.property('message', message);
      });
    }
  });
});

/** On the wire, and as a literal. */
type Value = [wire: object, literal: string];
