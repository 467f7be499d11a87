/** The licences of the packages whose code is in the bundle, as they ask for. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * One text for all packages, each licence once.
 *
 * @param files of the bundle, relative to the project
 * @throws Error for a package that names no licence, which must not be bundled
 */
export async function licencesOf(files: readonly string[]): Promise<string> {
  const folders = new Set(
    files.flatMap((file) => /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0] ?? []),
  );
  const packages = await Promise.all([...folders].sort().map(readLicence));
  const texts = [...new Set(packages.map(({ text }) => text))];
  const parts = texts.map((text) => {
    const titles = packages.filter((one) => one.text === text).map(({ title }) => title);
    return [...titles, '', text].join('\n');
  });
  return `The command contains code of these packages.\n\n${parts.join('\n\n----\n\n')}\n`;
}

async function readLicence(folder: string): Promise<{ title: string; text: string }> {
  const { name, version, license } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as {
    name: string;
    version: string;
    license?: string;
  };
  const files = (await readdir(folder)).filter((file) => /^(licen[cs]e|notice|copying)/i.test(file));
  if (license === undefined && files.length === 0) throw new Error(`${folder} names no licence.`);
  const texts = await Promise.all(files.map((file) => readFile(join(folder, file), 'utf8')));
  return { title: `${name} ${version} (${license})`, text: texts.map((text) => text.trim()).join('\n\n') };
}
