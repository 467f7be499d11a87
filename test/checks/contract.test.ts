/** What every check must keep to. A check that is added is held to it without touching this file. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { registry } from '../../checks/registry.ts';

const folder = fileURLToPath(new URL('../../checks', import.meta.url));
const definitions = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .filter((file) => /= defineCheck\(/.test(readFileSync(join(folder, file), 'utf8')))
  .map((file) => relative('.', file).replace(/\.ts$/, ''));

/**
 * What else may be tried as somebody else: a session is opened and thrown away, and of deleting an item only the form that
 * deletes none leaves the program (test/checks/harmless-delete.test.ts).
 */
const harmless: ReadonlySet<string> = new Set(['sts:AssumeRole', 'dynamodb:DeleteItem']);

describe('the checks', () => {
  it('are all registered, under the path of their file', () => {
    expect([...registry.keys()].sort()).to.deep.equal(definitions.sort());
    for (const [id, check] of registry) expect(check.id).to.equal(id);
  });

  it('reach AWS through the account alone: types of the SDK they may use, its clients not', () => {
    const importing = readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts'))
      .filter((file) =>
        /^import (?!type\b)[^;]*'(@aws-sdk|@smithy|node:)/m.test(readFileSync(join(folder, file), 'utf8')),
      );
    expect(importing).to.deep.equal([]);
  });

  for (const check of registry.values()) {
    describe(check.id, () => {
      it('says what holds when it passes', () => {
        expect(check.title).to.match(/^[A-Z].*[^.]$/);
      });

      it('declares only reads, and describes its parameters', () => {
        const probes = check.probes.filter((call) => !harmless.has(call));
        for (const call of [...check.calls, ...probes]) {
          // Decrypting changes nothing; what comes out is kept nowhere (see test/runner/secret-use.test.ts).
          expect(call).to.match(
            /^(cloudtrail|kms|dynamodb|iam|sts):(Get|List|Lookup|Describe|Scan|Query|BatchGet|Decrypt$)/,
          );
        }
        for (const [name, param] of Object.entries(check.params.shape)) {
          const { description } = param as { description?: string };
          const inner = (param as { def?: { innerType?: { description?: string } } }).def?.innerType
            ?.description;
          expect(description ?? inner, name).to.be.a('string');
        }
      });
    });
  }
});
