import type { Cell } from './roster.ts';

const asText = 'Format the column as text in the spreadsheet, and enter the twelve digits anew.';

/** An account's id: twelve digits, which AWS's console writes in groups of four. */
export function accountCell(text: string): Cell<string> {
  const digits = text.replace(/(?<=\d)[ -](?=\d)/g, '');
  if (/^\d{12}$/.test(digits)) return { value: digits };
  if (/^\d+[.,]?\d*E\+?\d+$/i.test(text)) {
    return {
      message: `The account "${text}" is a number that a spreadsheet has shortened; its last digits are lost.`,
      fix: asText,
    };
  }
  if (/^\d{9,11}$/.test(digits)) {
    return {
      message: `The account "${text}" has ${digits.length} digits, not twelve. A spreadsheet may have taken leading zeros away: ${digits.padStart(12, '0')}?`,
      fix: asText,
    };
  }
  return {
    message: `The account "${text}" is no AWS account id.`,
    fix: 'Write its twelve digits, as `aws sts get-caller-identity` shows them.',
  };
}
