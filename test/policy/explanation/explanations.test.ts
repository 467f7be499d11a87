/** Runs cases.json: each case is a request, the policies that apply, and the explanation word by word. */
import { expect } from 'chai';
import { explainAccess, explainKeyAccess } from '../../../policy/explanation/explain-access.ts';
import type { Remedy } from '../../../policy/explanation/explanation.ts';
import type { KeyGrant } from '../../../policy/kms.ts';
import type { AccessRequest } from '../../../policy/request.ts';
import { type PolicySources, policiesFrom, principalNamed, readJson } from '../named.ts';

interface Case {
  readonly name: string;
  readonly request: Omit<AccessRequest, 'principal' | 'resourceAccount'> & { readonly principal: string };
  /** With a resource policy the request is about a key. */
  readonly policies: PolicySources & { readonly grants?: readonly KeyGrant[] };
  readonly expected: {
    readonly effect: string;
    readonly because: readonly string[];
    /** What each way says; a list where more is needed besides. */
    readonly remedies: readonly (string | readonly string[])[];
  };
}

const { cases } = readJson<{ cases: readonly Case[] }>('./explanation/cases.json');

function explain({ request, policies }: Case) {
  const asked = {
    ...request,
    principal: principalNamed(request.principal),
    resourceAccount: '111122223333',
  };
  const { resource, ...others } = policiesFrom(policies);
  return resource
    ? explainKeyAccess(asked, { ...others, resource, grants: policies.grants ?? [] })
    : explainAccess(asked, others);
}

const saidBy = ({ what, also }: Remedy) => (also ? [what, ...also.map((other) => other.what)] : what);

describe('explanations', () => {
  for (const each of cases) {
    it(`tell that ${each.name}`, () => {
      const { decision, because, remedies } = explain(each);
      expect({ effect: decision.effect, because, remedies: remedies.map(saidBy) }).to.deep.equal(
        each.expected,
      );
    });
  }

  it('begin every sentence with a capital letter, unless with a name', () => {
    for (const each of cases) {
      const { because, remedies } = explain(each);
      const names = /^(student|visitor|dynamodb\.)/;
      for (const sentence of [...because, ...remedies.flatMap(saidBy)]) {
        expect(sentence).to.match(names.test(sentence) ? /\.$/ : /^[A-Z].*\.$/);
      }
    }
  });

  it('limit a grant to the encryption context of the request, in words that a shell takes as they are', () => {
    const [first] = cases;
    if (!first) throw new Error('cases.json is empty');
    const table = "it's; $(reboot)";
    const context = { 'kms:EncryptionContext:aws:dynamodb:tableName': table };
    const { remedies } = explain({ ...first, request: { ...first.request, context } });
    const command = remedies.find((remedy) => remedy.command)?.command ?? '';
    const constraints = JSON.stringify({ EncryptionContextSubset: { 'aws:dynamodb:tableName': table } });
    expect(command).to.include(`--constraints '${constraints.replaceAll("'", `'\\''`)}'`);
    expect(command).to.include('--operations Decrypt');
  });
});
