/** What Handlebars makes of a template's source, ready to run. */
export type PrecompiledTemplate = object;

/**
 * Our own templates by path in `templates/`. There are none here: a template is compiled when it is first used. The build puts them in
 * (`build/precompile-templates.ts`), since compiling them takes several times as long as rendering a document.
 */
export const precompiled: ReadonlyMap<string, PrecompiledTemplate> = new Map();
