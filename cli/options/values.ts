/** Reads what is written after options. Each throws Commander's error, which names the option. */
import { InvalidArgumentError } from 'commander';

export function port(text: string): number {
  const number = Number(text);
  if (!/^\d+$/.test(text) || number > 65_535)
    throw new InvalidArgumentError('A port is a number from 0 to 65535.');
  return number;
}

export function accountCount(text: string): number {
  const number = Number(text);
  if (!/^\d{1,3}$/.test(text) || number < 1 || number > 100)
    throw new InvalidArgumentError('Write a number from 1 to 100.');
  return number;
}

export function sideBySide(text: string): number {
  const number = Number(text);
  if (!/^\d{1,3}$/.test(text) || number < 1 || number > 500)
    throw new InvalidArgumentError('Write a number from 1 to 500.');
  return number;
}

export function share(text: string): number {
  const number = Number(text);
  if (!/^[\d.]+$/.test(text) || !(number >= 0 && number <= 1))
    throw new InvalidArgumentError('Write a number from 0 to 1.');
  return number;
}

export function wholeNumber(text: string): number {
  if (!/^\d{1,6}$/.test(text)) throw new InvalidArgumentError('Write a whole number of at most six digits.');
  return Number(text);
}

export function accountId(text: string): string {
  if (!/^\d{12}$/.test(text)) throw new InvalidArgumentError('Write the twelve digits of an AWS account.');
  return text;
}

export function regionName(text: string): string {
  if (!/^[a-z]{2}(-[a-z]+)+-\d{1,2}$/.test(text))
    throw new InvalidArgumentError('Write a Region like eu-central-1.');
  return text;
}
