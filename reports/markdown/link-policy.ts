/** Which addresses a document may lead to. */

const linkSchemes = new Set(['http:', 'https:', 'mailto:']);
const inlineImage = /^data:image\/(?:png|jpe?g|gif|webp|avif);base64,[a-z0-9+/=]*$/i;

/** Whether a link may lead there: an absolute http, https or mailto address. */
export function isSafeLink(address: string): boolean {
  return URL.canParse(address) && linkSchemes.has(new URL(address).protocol);
}

/** Whether the address is a picture on another machine. */
export function isRemoteImage(address: string): boolean {
  return isSafeLink(address) && !address.toLowerCase().startsWith('mailto:');
}

/** Whether the address holds the picture itself. SVG is left out: it can carry scripts and requests. */
export function isInlineImage(address: string): boolean {
  return inlineImage.test(address);
}

/** Whether the address is a path, and neither a web address nor another scheme's nor empty. */
export function isLocalPath(address: string): boolean {
  return address !== '' && !URL.canParse(address) && !/^[/\\#?]/.test(address);
}
