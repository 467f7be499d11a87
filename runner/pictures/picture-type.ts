/** The kinds of picture that every browser and GitHub show, and that cannot carry scripts or requests, as SVG can. */
export type PictureType = 'gif' | 'jpeg' | 'png' | 'webp';

/**
 * What kind of picture a file holds, by its first bytes; its name says nothing. Sources: PNG, "PNG file signature"; JPEG, the SOI
 * marker; GIF89a, "Header"; "WebP Container Specification".
 */
export function pictureType(bytes: Uint8Array): PictureType | undefined {
  const start = Buffer.from(bytes.subarray(0, 12)).toString('latin1');
  if (start.startsWith('\x89PNG\r\n\x1a\n')) return 'png';
  if (start.startsWith('\xff\xd8\xff')) return 'jpeg';
  if (/^GIF8[79]a/.test(start)) return 'gif';
  return /^RIFF[\s\S]{4}WEBP$/.test(start) ? 'webp' : undefined;
}
