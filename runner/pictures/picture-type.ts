/**
 * What kind of picture a file holds, by its first bytes; its name says nothing. SVG is none of them: it can carry scripts
 * and requests.
 */
export function pictureType(bytes: Uint8Array): 'png' | 'jpg' | 'gif' | 'webp' | undefined {
  const text = (from: number, to: number) => String.fromCharCode(...bytes.subarray(from, to));
  if (text(0, 8) === '\u0089PNG\r\n\u001a\n') return 'png';
  if (text(0, 3) === '\u00ff\u00d8\u00ff') return 'jpg';
  if (/^GIF8[79]a$/.test(text(0, 6))) return 'gif';
  if (text(0, 4) === 'RIFF' && text(8, 12) === 'WEBP') return 'webp';
  return undefined;
}
