/** `labwright keygen`: the key with which an instructor signs results. */
import { makeKeyFile } from '../../runner/integrity/signing-key.ts';

/** Prints the public half on stdout; the private half is only in the file. */
export async function keygen(file: string): Promise<void> {
  const key = await makeKeyFile(file);
  process.stdout.write(`${key}\n`);
  process.stderr.write(
    `Above is your public key: give it to whoever is to verify results. The private half is in ${file}, which only you may read; ` +
      'who has that file can sign in your name.\n',
  );
}
