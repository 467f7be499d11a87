/** Why a folder cannot be used, in words for whoever named it. */

const reasons = {
  foreign:
    'It holds other things than a sandbox puts there, or some of its files are missing. Name an empty folder.',
  'other format': 'Another version of Labwright wrote it. Use that version, or name an empty folder.',
  damaged:
    'Its files are damaged, or a later Node.js wrote them. Bring back a copy of it, or name an empty folder.',
  'in use': 'Another sandbox is using it. Stop that one, or name another folder.',
} as const;

/** The accounts cannot be kept in a folder. The message names the folder, what is wrong, and what to do. */
export class DataFolderProblem extends Error {
  constructor(message: string, cause?: unknown) {
    super(message, { cause });
    this.name = 'DataFolderProblem';
  }
}

/** A folder that is not fit to be opened. */
export function unfit(path: string, reason: keyof typeof reasons, cause?: unknown): DataFolderProblem {
  return new DataFolderProblem(`The sandbox cannot keep its accounts in ${path}. ${reasons[reason]}`, cause);
}

/** What LevelDB or the file system threw while the folder was opened or read. */
export function openingProblem(path: string, error: unknown): DataFolderProblem {
  if (error instanceof DataFolderProblem) return error;
  const { code } = deepest(error);
  if (code === 'LEVEL_LOCKED') return unfit(path, 'in use', error);
  if (code === 'LEVEL_CORRUPTION') return unfit(path, 'damaged', error);
  return new DataFolderProblem(`The sandbox cannot keep its accounts in ${path}: ${reasonOf(error)}.`, error);
}

/** What LevelDB threw while it wrote. */
export function writingProblem(path: string, error: unknown): DataFolderProblem {
  const what = `The sandbox could not write to the disk, in ${path}: ${reasonOf(error)}`;
  return new DataFolderProblem(
    `${what}. What it answered before is kept; it tries again at the next call.`,
    error,
  );
}

/** `No space left on device`, without LevelDB's name of the file. */
function reasonOf(error: unknown): string {
  const { message = String(error) } = deepest(error);
  return message.replace(/^IO error: .*?: (?=[^:]*$)/, '');
}

/** LevelDB's reason is the cause of an error that only says that opening failed. */
function deepest(error: unknown): { readonly code?: unknown; readonly message?: string } {
  return error instanceof Error && error.cause instanceof Error ? deepest(error.cause) : (error as Error);
}
