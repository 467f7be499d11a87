/** CSV that a spreadsheet may open: text in it is never taken for a formula. */
import { stringify } from 'csv-stringify/sync';

export type CsvValue = string | number | undefined;

/**
 * What begins a formula, also in full-width letters, also after spaces (OWASP, "CSV Injection"). A line feed or tab in front
 * hides one.
 */
const formula = /^\s*[=+\-@\uff1d\uff0b\uff0d\uff20]|^[\t\r\n]/u;
const number = /^[-+]?\d+(\.\d+)?$/;

/** A cell's text that no spreadsheet carries out: an apostrophe goes before it. Numbers stay numbers. */
export function harmless(text: string): string {
  return formula.test(text) && !number.test(text) ? `'${text}` : text;
}

/** Rows as CSV with commas. Texts are quoted, so that a reader that splits at semicolons finds none outside quotes. */
export function csv(
  rows: readonly (readonly CsvValue[])[],
  options: { readonly bom?: boolean } = {},
): string {
  return stringify(
    rows.map((row) => row.map((value) => (typeof value === 'string' ? harmless(value) : value))),
    { quoted_string: true, bom: options.bom ?? false, cast: { number: plainNumber } },
  );
}

/** Never with a thousands separator or an exponent; at most two decimals. */
function plainNumber(value: number): string {
  return String(Math.round(value * 100) / 100);
}
