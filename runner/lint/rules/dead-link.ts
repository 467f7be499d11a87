import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { anchorsIn, linksIn } from '../markdown/links-in.ts';
import type { Remark, Rule } from '../rule.ts';
import { markdownOf } from '../texts-of.ts';

export const deadLink: Rule = {
  id: 'dead-link',
  severity: 'error',
  why: 'A link that leads nowhere costs a learner more time than none.',
  look({ file, data, folder }) {
    return markdownOf(data).flatMap(({ path, text }): Remark[] => {
      const say = (place: number, message: string, fix: string) => [
        file.problemWithin(path, place, message, fix),
      ];
      return linksIn(text).flatMap(({ address, place }) => {
        if (address.startsWith('#')) {
          if (anchorsIn(text).has(decoded(address.slice(1)).toLowerCase())) return [];
          return say(
            place,
            `No heading of this text is called "${address}".`,
            'Correct it, or name the part in words.',
          );
        }
        if (URL.canParse(address)) {
          if (/^(?:https?|mailto):$/.test(new URL(address).protocol)) return [];
          return say(
            place,
            `"${address}" is no address that a document shows.`,
            'Link to an http, https or mailto address.',
          );
        }
        const [target = ''] = address.split(/[?#]/, 1);
        if (target !== '' && !target.startsWith('/') && existsSync(join(folder, decoded(target)))) return [];
        return say(
          place,
          `There is no "${address}" beside the lab file.`,
          'Correct the path, relative to the lab file.',
        );
      });
    });
  },
};

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
