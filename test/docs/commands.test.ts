/** Every command of every document, typed as its reader types it: in order, into one shell's folder, against a sandbox. */
import { expect } from 'chai';
import { awsCli, redisServer } from '../support/requires.ts';
import { documents, readDocument } from './documents.ts';
import { openScene, type Scene } from './scene.ts';
import { filledIn, prepare, typist } from './scenes.ts';
import { shellBlocks } from './shell-blocks.ts';

/** About a checkout itself; what builds and tests this project does them. */
const ofTheCheckout = /^(npm ci && npm start|npm (ci|test|start|run \S+.*)|git clone .*)$/;

/** Generated from the labs: their commands are the guides', which need their own stages done, one after the other. */
const isHandout = (document: string) => document.startsWith('docs/labs/');

/** Their commands need the files that stand before them, with which examples.test.ts carries them out. */
const isExample = (document: string) => ['docs/api.md', 'docs/own-checks.md'].includes(document);

for (const document of documents.filter((one) => !isHandout(one) && !isExample(one))) {
  const blocks = shellBlocks(readDocument(document)).map((block) => ({
    ...block,
    commands: block.commands
      .split('\n')
      .filter((line) => !ofTheCheckout.test(line.replace(/\s+#.*$/, '')))
      .join('\n'),
  }));
  const typed = blocks.filter(({ commands }) => commands.trim() !== '');
  if (typed.length === 0) continue;

  describe(`the commands of ${document}`, function () {
    this.timeout(120_000);
    let scene: Scene;
    before(async function () {
      scene = await openScene(awsCli.call(this));
      await prepare(scene, document);
    });
    after(() => scene?.close());

    for (const { line, commands } of typed) {
      it(`line ${line}: ${commands.trim().split('\n')[0]}`, async function () {
        if (commands.includes('redis://')) await scene.startRedis(redisServer.call(this));
        const { code, screen } = await scene.type(filledIn(commands, scene), typist(commands));
        expect(code, screen).to.equal(0);
      });
    }
  });
}
