/** The banner with which AWS refused. */
import type { DenialView } from '../view/denial.ts';
import { frame } from './card.ts';
import { icon } from './icons.ts';
import type { Palette } from './palette.ts';
import { type Drawing, element } from './svg.ts';
import { wrap, writeLines } from './words.ts';

export function drawDenial(denial: DenialView, width: number, palette: Palette): Drawing {
  const left = 58;
  const room = width - left - 20;
  const said = wrap(denial.message, room, { size: 13 }, 16);
  const facts = [
    ['User', denial.principal],
    ['Action', 'kms:Decrypt'],
    ['Resource', denial.resource],
    ['Context', denial.reason],
  ].flatMap(([name = '', value]) => (value === undefined ? [] : [{ name, value }]));
  let y = 58;
  let body = writeLines(said, { size: 13, x: left, y, fill: palette.ink, leading: 19 });
  y += said.length * 19 + 2;
  body += element('path', { d: `M${left} ${y - 8}H${width - 20}`, stroke: palette.strongRule });
  y += 14;
  for (const { name, value } of facts) {
    const lines = wrap(value, room - 84, { size: 13, mono: name !== 'Context' }, 4);
    body += writeLines([name], { size: 13, x: left, y, fill: palette.quiet });
    body += writeLines(lines, {
      size: 13,
      mono: name !== 'Context',
      x: left + 84,
      y,
      fill: palette.ink,
      leading: 19,
    });
    y += lines.length * 19 + 4;
  }
  const height = y - 4;
  return {
    width,
    height,
    title: `Access denied: ${denial.principalName} may not use kms:Decrypt`,
    description: `${denial.message} ${facts.map(({ name, value }) => `${name}: ${value}.`).join(' ')}`,
    body: [
      element('rect', { ...frame(width, height), fill: palette.failTint, stroke: palette.fail }),
      element('rect', { x: 1.5, y: 10, width: 6, height: height - 20, rx: 3, fill: palette.fail }),
      icon('lock-closed', 21, 15, palette.fail),
      writeLines(['Access denied'], { size: 15, bold: true, x: left, y: 33, fill: palette.fail }),
      body,
    ].join(''),
  };
}
