import { readFile } from 'node:fs/promises';
import { parsePublicKey } from '../../runner/integrity/signing-key.ts';
import { UserError } from '../user-error.ts';

/** The key that `--key` names: itself, or a file with it. @throws UserError */
export async function readPublicKey(text: string): Promise<string> {
  if (parsePublicKey(text)) return text.trim();
  const inFile = await readFile(text, 'utf8').catch(() => undefined);
  if (inFile !== undefined && parsePublicKey(inFile)) return inFile.trim();
  const seen =
    inFile === undefined ? 'is neither a public key nor a file' : 'is a file that holds no public key';
  throw new UserError(
    `What \`--key\` names ${seen}. Name the line that \`labwright keygen\` printed, ed25519:..., or a file that holds that line alone.`,
  );
}
