/** Pictures of the learner's own: which a write-up wants, and where each of them stands in a document. */
import type { Result } from '../runner/result.ts';
import { parseUntrusted } from './markdown/parse.ts';
import { cleanText } from './plain-text.ts';

/** The kinds of picture that every browser and GitHub show, and that cannot carry scripts. */
type PictureType = 'gif' | 'jpeg' | 'png' | 'webp';

export interface Picture {
  readonly type: PictureType;
  readonly bytes: Uint8Array;
}

/** Pictures by the path that the learner wrote. */
export type Pictures = ReadonlyMap<string, Picture>;

/** Where a document finds the picture of a path; undefined when there is none. */
export type PictureAddress = (path: string) => string | undefined;

/** A picture that is written beside the Markdown. */
export interface PictureFile {
  readonly path: string;
  readonly content: Uint8Array;
}

/** Paths of the local pictures that answers, sections and screenshots name, each once, in order. */
export function picturesOf(result: Result): string[] {
  const { opening, sections = [], screenshots = [] } = result.additions ?? {};
  const texts = [
    opening,
    ...result.questions.map(({ answer }) => answer),
    ...sections.map(({ text }) => text),
  ];
  const paths = new Set<string>();
  for (const text of texts) {
    parseUntrusted(text ?? '', 1, (path) => {
      paths.add(path);
      return undefined;
    });
  }
  for (const { file } of screenshots) paths.add(cleanText(file));
  return [...paths];
}

/** Pictures inside the page itself. */
export function embeddedPictures(pictures: Pictures): PictureAddress {
  return (path) => {
    const picture = pictures.get(path);
    return picture && `data:image/${picture.type};base64,${Buffer.from(picture.bytes).toString('base64')}`;
  };
}

/** Pictures in files of the folder; their names are numbers, so that none says or takes what another one does. */
export function pictureFiles(
  pictures: Pictures,
  folder: string,
): { files: readonly PictureFile[]; address: PictureAddress } {
  const paths = new Map<string, string>();
  const files = [...pictures].map(([written, { type, bytes }], index) => {
    const path = `${folder}/picture-${index + 1}.${type === 'jpeg' ? 'jpg' : type}`;
    paths.set(written, path);
    return { path, content: bytes };
  });
  return { files, address: (path) => paths.get(path) };
}
