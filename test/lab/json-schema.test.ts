/** labs/lab.schema.json, held against the loader: the same text, the same answer. */
import { readFile } from 'node:fs/promises';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import { expect } from 'chai';
import fc from 'fast-check';
import { parse, stringify } from 'yaml';
import { z } from 'zod';
import { defineCheck } from '../../checks/check.ts';
import { registry } from '../../checks/registry.ts';
import { labJsonSchema } from '../../runner/lab/json-schema/lab-json-schema.ts';
import { proofJsonSchema } from '../../runner/lab/json-schema/proof-json-schema.ts';
import { inAnyCase, toJsonSchema } from '../../runner/lab/json-schema/to-json-schema.ts';
import { parseLab } from '../../runner/lab/load-lab.ts';
import { LabProblems } from '../../runner/lab/problem.ts';
import { labFolders } from '../support/labs.ts';
import { changedLab, sparseLab } from './mutations.ts';

const labs = new URL('../../labs/', import.meta.url);
/** Strict but for what is only style: types and members that are named in the schema around. */
const settings = { strict: true, strictTypes: false, strictRequired: false };
const compiled = (schema: object) => addFormats.default(new Ajv(settings)).compile(schema);
const fits = compiled(labJsonSchema(registry.values()));

/** What the loader minds of a text. */
function minded(text: string): string[] {
  try {
    parseLab('lab.yaml', text, registry);
    return [];
  } catch (error) {
    if (error instanceof LabProblems) return error.problems.map(({ message }) => message);
    throw error;
  }
}

/**
 * What JSON Schema has no words for, each with the reason. The loader says all of these; an editor, by the schema, none.
 */
const beyondJsonSchema: Readonly<Record<string, RegExp>> = {
  'a name stands for something elsewhere in the file':
    /^"\$\{.*\}": (?:there is no parameter|no earlier check|.* has no output)/,
  'a check is named that comes before or after':
    /^No (?:earlier check|later stage|check of the lab) is called/,
  'a name is taken twice, in lists that are not beside each other': / is there twice/,
  'a sum over the whole file': /worth zero points/,
  'a part of the drawing is named elsewhere in it': /^There is no part|^An arrow leads from/,
  'a name in the lab stands for one parameter of it': /is not a parameter of the lab|is not the name of a/,
  'one name may be that of several checks': /is \d+ checks of the lab/,
  'how patterns of answers are written is a language of its own': /^The pattern ".*" cannot be read/,
  'an answer is judged as in grading': /^The correction of ".*" would itself be taken/,
  'which kinds of things have policies': /^Only an iam.user has policies/,
};

function isBeyondJsonSchema(message: string, data: unknown): boolean {
  if (Object.values(beyondJsonSchema).some((form) => form.test(message))) return true;
  // What a reference stands for is held against the check's own schema by the loader only.
  const [, path] = /^(stages\[\d+\]\.checks\[\d+\]\.with\.\S+)/.exec(message) ?? [];
  const value = path
    ?.split(/[.[\]]+/)
    .filter((step) => step !== '')
    .reduce<unknown>((part, step) => (part as Record<string, unknown> | undefined)?.[step], data);
  return typeof value === 'string' && value.includes('${');
}

describe('the JSON Schema of labs', () => {
  for (const [name, schema] of Object.entries({
    'lab.schema.json': labJsonSchema(registry.values()),
    'proof.schema.json': proofJsonSchema(),
  })) {
    it(`is what labs/${name} holds`, async () => {
      const kept: unknown = JSON.parse(await readFile(new URL(name, labs), 'utf8'));
      expect(kept, 'run `npm run generate`').to.deep.equal(JSON.parse(JSON.stringify(schema)));
    });
  }

  it('has one branch for each check, with its own parameters described', () => {
    const schema = labJsonSchema(registry.values()) as unknown as Branches;
    const branches = schema.properties.stages.items.properties.checks.items.oneOf;
    expect(branches.map(({ properties }) => properties.check.const)).to.deep.equal([...registry.keys()]);
    for (const { title, properties } of branches) {
      const check = registry.get(title);
      expect(Object.keys(properties.with.properties), title).to.deep.equal(
        Object.keys(check?.params.shape ?? {}),
      );
      for (const [name, parameter] of Object.entries(properties.with.properties))
        expect(parameter.description, `${title}: ${name}`).to.be.a('string');
    }
  });

  for (const folder of labFolders) {
    it(`accepts ${folder.split('/').at(-2)}, its proof too`, async () => {
      const data: unknown = parse(await readFile(`${folder}lab.yaml`, 'utf8'), { merge: true });
      expect(fits(data), JSON.stringify(fits.errors)).to.equal(true);
      const proof: unknown = parse(await readFile(`${folder}proof.yaml`, 'utf8'), { merge: true });
      const proves = compiled(proofJsonSchema());
      expect(proves(proof), JSON.stringify(proves.errors)).to.equal(true);
    });
  }

  it('and the loader agree on 1,000 files, good and bad', async function () {
    this.timeout(300_000);
    const sources = await Promise.all(
      labFolders.map(async (folder) => parse(await readFile(`${folder}lab.yaml`, 'utf8'), { merge: true })),
    );
    const files = fc
      .tuple(fc.constantFrom(...sources), fc.constantFrom(1, 2, 3, Number.POSITIVE_INFINITY))
      .map(([source, length]) => sparseLab(source, length))
      .chain((lab) => changedLab(lab, registry));
    const seen = { good: 0, bad: 0, beyond: 0 };
    const disagreements: unknown[] = [];
    for (const { lab, changes } of fc.sample(files, { numRuns: 1000, seed: 7 })) {
      const text = stringify(lab, { aliasDuplicateObjects: false });
      const data: unknown = parse(text);
      const messages = minded(text);
      const isFitting = fits(data);
      const isBeyond = messages.length > 0 && messages.every((one) => isBeyondJsonSchema(one, data));
      if (isFitting && isBeyond) seen.beyond++;
      else if (isFitting === (messages.length === 0)) seen[isFitting ? 'good' : 'bad']++;
      else
        disagreements.push({
          changes,
          messages,
          errors: fits.errors?.slice(0, 2).map(({ instancePath, message }) => `${instancePath} ${message}`),
        });
    }
    expect(disagreements, JSON.stringify(disagreements.slice(0, 5), null, 1)).to.deep.equal([]);
    expect(seen.good, JSON.stringify(seen)).to.be.above(200);
    expect(seen.bad, JSON.stringify(seen)).to.be.above(200);
  });

  it('moves what a check defines for itself to where it is found', () => {
    const deep = defineCheck({
      id: 'own/deep',
      title: 'A check with a parameter of any depth',
      calls: [],
      params: z.strictObject({ policy: z.json().describe('Whatever.') }),
      outputs: z.object({}),
      run: async () => ({ message: 'Seen.', outputs: {} }),
    });
    const fitsDeep = compiled(labJsonSchema([deep]));
    const stage = { id: 'one', title: 'One', guide: 'Do it.' };
    const entry = { check: 'own/deep', with: { policy: { a: [1, { b: null }] } }, points: 1, hint: 'Look.' };
    const lab = { id: 'l', title: 'L', about: 'A lab.', stages: [{ ...stage, checks: [entry] }] };
    expect(fitsDeep(lab), JSON.stringify(fitsDeep.errors)).to.equal(true);
  });

  it('says of texts what zod says: around white space, and in any case', () => {
    const trimmed = compiled(toJsonSchema(z.string().trim().min(1)));
    expect([trimmed('a'), trimmed('  '), trimmed('')]).to.deep.equal([true, false, false]);
    expect(inAnyCase('^[a-z0-9-]+:\\w-b$')).to.equal('^[a-zA-Z0-9-]+:\\w-[bB]$');
  });
});

interface Branches {
  properties: {
    stages: {
      items: {
        properties: {
          checks: {
            items: {
              oneOf: {
                title: string;
                properties: {
                  check: { const: string };
                  with: { properties: Record<string, { description?: string }> };
                };
              }[];
            };
          };
        };
      };
    };
  };
}
