/** Loads an author's module with checks. That runs its code, so it is only done for a module that the user names. */
import { stat } from 'node:fs/promises';
import { dirname, isAbsolute, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Check } from '../../checks/check.ts';
import { ChecksProblem, checksIn } from '../../checks/own-checks.ts';
import { resolvePackage } from './resolve-package.ts';

export interface OwnChecks {
  /** As it was named. */
  readonly source: string;
  readonly checks: readonly Check[];
}

/**
 * @param name a file (`./checks.mjs`), or a package that is installed in the folder or above it
 * @param folder that relative files and packages are looked for in
 * @throws ChecksProblem when it cannot be loaded, exports no check, or a malformed one
 */
export async function loadChecks(name: string, folder: string): Promise<OwnChecks> {
  const url = await urlOf(name, folder);
  const module = await importModule(url, name);
  return { source: name, checks: checksIn(module, name) };
}

async function urlOf(name: string, folder: string): Promise<string> {
  const path = resolve(folder, name);
  const found = await stat(path).catch(() => undefined);
  const isPath = /^\.{1,2}([\\/]|$)/.test(name) || isAbsolute(name);
  if (found?.isFile()) return pathToFileURL(path).href;
  if (found?.isDirectory() && isPath)
    throw new ChecksProblem(name, 'that is a folder. Name the module in it, such as its index.js.');
  const installed = isPath ? undefined : await resolvePackage(name, folder);
  if (installed !== undefined) return installed;
  throw new ChecksProblem(
    name,
    isPath || /\.[cm]?[jt]s$/.test(name)
      ? 'there is no such file.'
      : `there is neither a file of that name nor such a package in ${folder} or above it. Write a file as ./${name}, or install the package: npm install ${name}`,
  );
}

async function importModule(url: string, name: string): Promise<Record<string, unknown>> {
  try {
    return (await import(url)) as Record<string, unknown>;
  } catch (error) {
    throw new ChecksProblem(name, `the module cannot be loaded. ${whyNot(error, url)}`);
  }
}

/** Of the Labwright that runs. */
function ownFolder(): string {
  return dirname(fileURLToPath(import.meta.resolve('labwright/package.json')));
}

function shellWord(text: string): string {
  return /^[\w./:\\-]+$/.test(text) ? text : JSON.stringify(text);
}

/** Without the stack. */
function whyNot(error: unknown, url: string): string {
  if (!(error instanceof Error)) return String(error);
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === 'ERR_UNKNOWN_FILE_EXTENSION')
    return 'This version of Node.js runs no TypeScript. Compile it to JavaScript, or use Node.js 22.18 or later.';
  if (code === 'ERR_MODULE_NOT_FOUND' && /Cannot find package '(?:[^']*[\\/])?labwright[\\/']/.test(message))
    return `It imports labwright, which is not installed beside it. Install the one that runs here, in ${dirname(fileURLToPath(url))}:
  npm init -y
  npm install ${shellWord(ownFolder())}`;
  const said = `${error.name}: ${message}`;
  // Node tells the place of such an error only to who runs the file.
  const isInText = error instanceof SyntaxError && !/requested module/.test(message);
  return isInText ? `${said}. This says where: node --check ${fileURLToPath(url)}` : said;
}
