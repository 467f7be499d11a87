import type { CommandLine } from './command-line.ts';

export const keygenLine: CommandLine = {
  name: 'keygen',
  about: 'Make the key with which you sign results, and print its public half.',
  takes: [['[file]', 'write the private half there; there must be no such file', 'labwright-instructor.key']],
  define(command) {
    command.action(async (file: string) => (await import('../commands/keygen.ts')).keygen(file));
  },
};
