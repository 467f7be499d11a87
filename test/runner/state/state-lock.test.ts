import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { expect } from 'chai';
import { FolderInUse, lockFolder } from '../../../runner/state/state-lock.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const lockModule = new URL('../../../runner/state/state-lock.ts', import.meta.url).href;

/** A process that takes the lock, says so, and keeps it until it is killed. */
async function holder(folder: string) {
  const code = `import { lockFolder } from ${JSON.stringify(lockModule)};
    await lockFolder(${JSON.stringify(folder)}); console.log('held'); setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ['--import', 'tsx/esm', '--input-type=module', '--eval', code], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(child.stdout, 'data');
  return child;
}

describe('the lock of a state folder', () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let state: string;
  beforeEach(async () => {
    folder = await temporaryFolder();
    state = join(folder.path, 'lab');
  });
  afterEach(() => folder.remove());

  it('lets one run in at a time, however many come at once', async () => {
    let inside = 0;
    const most: number[] = [];
    const runs = Array.from({ length: 6 }, async () => {
      const release = await lockFolder(state);
      inside += 1;
      await delay(20);
      most.push(inside);
      inside -= 1;
      await release();
    });
    await Promise.all(runs);
    expect(most).to.deep.equal([1, 1, 1, 1, 1, 1]);
    expect(await readdir(state)).to.deep.equal([]);
  });

  it('waits for another process, and is not held up by one that was killed', async () => {
    const child = await holder(state);
    const waited: number[] = [];
    await expectRefused(lockFolder(state, { patienceMs: 300, onWait: ({ pid }) => waited.push(pid) }));
    expect(waited).to.deep.equal([child.pid]);

    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
    expect(await readdir(state)).to.have.length(1);
    await (await lockFolder(state, { patienceMs: 0 }))();
    expect(await readdir(state)).to.deep.equal([]);
  });

  it('takes a number that belongs to somebody else by now for a leftover', async () => {
    const release = await lockFolder(state);
    const [file = ''] = await readdir(state);
    await release();
    const [, , , host] = file.split('-');
    // Before this machine was started, by a process number that is alive today; and this process's own number.
    await writeFile(join(state, `run-${process.ppid}-1000-${host}-00000000.lock`), '');
    await writeFile(join(state, `run-${process.pid}-${Date.now()}-${host}-00000000.lock`), '');
    await (await lockFolder(state, { patienceMs: 0 }))();
    expect(await readdir(state)).to.deep.equal([]);
  });

  it('respects the run of another machine, and says which file stands for it', async () => {
    await mkdir(state);
    const file = `run-1-${Date.now()}-00000000-00000000.lock`;
    await writeFile(join(state, file), '');
    const error = await expectRefused(lockFolder(state, { patienceMs: 0 }));
    expect(error.message).to.include(join(state, file));
    expect(await readdir(state)).to.deep.equal([file]);
  });

  it('stops waiting when it is told to', async () => {
    const release = await lockFolder(state);
    const controller = new AbortController();
    const waiting = lockFolder(state, { signal: controller.signal, onWait: () => controller.abort() });
    const outcome = await waiting.then(
      () => 'locked',
      (error: unknown) => (error as Error).name,
    );
    expect(outcome).to.equal('AbortError');
    expect(await readdir(state)).to.have.length(1);
    await release();
  });

  it('needs no lock where nothing can be written', async () => {
    await writeFile(state, 'a file, where the folder should be');
    await (await lockFolder(state))();
  });
});

async function expectRefused(locking: Promise<unknown>): Promise<FolderInUse> {
  try {
    await locking;
  } catch (error) {
    if (error instanceof FolderInUse) return error;
    throw error;
  }
  throw new Error('The lock was given.');
}
