/** What the tables of cases share: principals and documents by name, and policies in short forms. */
import { readFileSync } from 'node:fs';
import type { PolicyDocument } from '../../policy/document.ts';
import type { NamedPolicy, Policies } from '../../policy/evaluate.ts';
import { parsePolicy } from '../../policy/parse-policy.ts';
import type { Principal } from '../../policy/request.ts';

/** A document's name, a document, or a whole named policy. */
type PolicySource =
  | string
  | { readonly name?: string; readonly arn?: string; readonly document?: string | object };

/** The policies of a case, by what they are attached to. */
export interface PolicySources {
  readonly identity: readonly PolicySource[];
  readonly resource?: PolicySource;
  readonly boundary?: PolicySource;
  readonly session?: readonly PolicySource[];
}

interface Named {
  readonly principals: Readonly<Record<string, Principal>>;
  readonly documents: Readonly<Record<string, object>>;
}

/** @param path below test/policy */
export function readJson<T>(path: string): T {
  return JSON.parse(readFileSync(new URL(path, import.meta.url), 'utf8'));
}

const named = readJson<Named>('./named.json');

export function principalNamed(name: string): Principal {
  const principal = named.principals[name];
  if (principal === undefined) throw new Error(`named.json has no principal ${name}`);
  return principal;
}

function policyFrom(source: PolicySource): NamedPolicy {
  if (typeof source === 'string') return { name: source, document: documentFrom(source) };
  const { name = 'inline', arn, document = source } = source;
  return { name, ...(arn !== undefined && { arn }), document: documentFrom(document) };
}

function documentFrom(source: string | object): PolicyDocument {
  if (typeof source !== 'string') return parsePolicy(source);
  const document = named.documents[source];
  if (document === undefined) throw new Error(`named.json has no document ${source}`);
  return parsePolicy(document);
}

export function policiesFrom({ identity, resource, boundary, session }: PolicySources): Policies {
  return {
    identity: identity.map(policyFrom),
    ...(resource !== undefined && { resource: policyFrom(resource) }),
    ...(boundary !== undefined && { boundary: policyFrom(boundary) }),
    ...(session !== undefined && { session: session.map(policyFrom) }),
  };
}
