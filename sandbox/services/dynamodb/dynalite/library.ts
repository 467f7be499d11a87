/**
 * dynalite's modules, each loaded when it is first used. Every account can have a DynamoDB, but a sandbox should not
 * have to load dynalite, and the databases that dynalite loads, before it can listen.
 */
import { createRequire } from 'node:module';
import type getItem from 'dynalite/actions/getItem.js';
import type database from 'dynalite/db/index.js';
import type getItemValidation from 'dynalite/validations/getItem.js';
import type bodyChecks from 'dynalite/validations/index.js';
import { useLinearParsers } from './linear-parsers.ts';

const require = createRequire(import.meta.url);
const loaded = new Map<string, unknown>();

/** Carries out an operation of dynalite's. @param operation `GetItem` */
export function action(operation: string): typeof getItem {
  return load(`actions/${lowerFirst(operation)}`) as typeof getItem;
}

/** Checks of bodies that operations share. */
export function checks(): typeof bodyChecks {
  return load('validations/index') as typeof bodyChecks;
}

/** The types and checks of an operation's body. @param operation `GetItem` */
export function validation(operation: string): typeof getItemValidation {
  return load(`validations/${lowerFirst(operation)}`) as typeof getItemValidation;
}

/** Functions on items and their keys. */
export function db(): typeof database {
  return load('db/index') as typeof database;
}

function load(path: string): unknown {
  const known = loaded.get(path);
  if (known !== undefined) return known;
  if (loaded.size === 0) useLinearParsers();
  const module: unknown = require(`dynalite/${path}.js`);
  loaded.set(path, module);
  return module;
}

function lowerFirst(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1);
}
