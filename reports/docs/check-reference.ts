/** The reference of checks for authors of labs. */
import { loadTemplate } from '../handlebars.ts';
import { cleanJson } from '../plain-text.ts';
import { slugOf } from './slug.ts';

export interface CheckReference {
  readonly checks: readonly ReferredCheck[];
}

export interface ReferredCheck {
  /** `kms/key-exists` */
  readonly id: string;
  /** What holds when it passes. */
  readonly title: string;
  readonly params: readonly ReferredValue[];
  readonly outputs: readonly ReferredValue[];
  readonly calls: readonly { readonly call: string; readonly optional: boolean }[];
  /** What AWS asks of the owner besides: `kms:Decrypt`. */
  readonly alsoNeeds: readonly string[];
  /** Calls as somebody else. */
  readonly probes: readonly string[];
  /** How it reaches its answer unless it tries: `observed`, `history` or `reasoned`. */
  readonly basis: string;
  /** How a lab uses it, YAML. */
  readonly example?: string;
  /** The labs that use it. */
  readonly labs: readonly { readonly id: string; readonly title: string }[];
}

/** A parameter or an output. */
export interface ReferredValue {
  readonly name: string;
  /** In words: `text`, `a whole number, 1 to 25`. */
  readonly type: string;
  readonly required: boolean;
  /** JSON; absent when there is none. */
  readonly default?: string;
  readonly about?: string;
}

export interface CheckReferenceOptions {
  /** Where the page of a lab is, by its id; without it labs are only named. */
  readonly labPage?: (id: string) => string;
}

/** Renders the reference as Markdown. @throws TemplateError when a template is damaged */
export async function renderCheckReference(
  reference: CheckReference,
  { labPage }: CheckReferenceOptions = {},
): Promise<string> {
  const template = await loadTemplate<object>('check-reference', 'md');
  const { checks } = cleanJson(reference);
  const folders = [...new Set(checks.map(({ id }) => folderOf(id)))];
  return template({
    folders: folders.map((folder) => ({
      folder,
      checks: checks
        .filter(({ id }) => folderOf(id) === folder)
        .map(({ id, title }) => ({ id, title, anchor: anchorOf(id) })),
    })),
    checks: checks.map((check) => ({
      ...check,
      tries: check.probes.length > 0,
      params: check.params.map(valueView),
      outputs: check.outputs.map(valueView),
      example: check.example,
      labs: check.labs.map((lab) => ({ ...lab, page: labPage?.(lab.id) })),
    })),
  });
}

function valueView(value: ReferredValue): object {
  return { ...value, default: value.default, about: value.about };
}

function folderOf(id: string): string {
  return id.includes('/') ? id.slice(0, id.indexOf('/')) : id;
}

/** Where a check stands in the reference. */
export function anchorOf(checkId: string): string {
  return slugOf(checkId);
}
