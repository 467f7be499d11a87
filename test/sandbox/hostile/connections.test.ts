import { setTimeout as delay } from 'node:timers/promises';
import { expect } from 'chai';
import { jsonRequest, queryRequest, type RawRequest } from '../gateway/signed-request.ts';
import { headOf, openSocket, readAll } from './raw-socket.ts';
import { HostileScene } from './scene.ts';

describe('hostile connections', function () {
  this.timeout(90_000);
  let scene: HostileScene;

  before(async () => {
    scene = await HostileScene.start();
  });
  after(() => scene.close());

  const whoAmI: RawRequest = queryRequest({ Action: 'GetCallerIdentity', Version: '2011-06-15' });
  const open = (count: number) =>
    Promise.all(Array.from({ length: count }, () => openSocket(scene.sandbox.url)));

  it('a thousand that say nothing', async () => {
    await scene.endures(async () => {
      const sockets = await open(1000);
      await delay(500);
      for (const socket of sockets) socket.destroy();
    });
  });

  it('a thousand that ask at once, each answered', async () => {
    await scene.endures(async () => {
      const sockets = await open(1000);
      const signed = scene.signed('sts', whoAmI);
      const request = { ...signed, headers: { ...signed.headers, connection: 'close' } };
      const answers = await Promise.all(
        sockets.map((socket) => {
          socket.write(headOf(request));
          socket.write(request.body);
          return readAll(socket);
        }),
      );
      const statuses = new Set(answers.map((answer) => answer.slice(0, 12)));
      expect([...statuses]).to.deep.equal(['HTTP/1.1 200']);
    });
  });

  it('five hundred that send their headers byte by byte', async () => {
    await scene.endures(async () => {
      const sockets = await open(500);
      const head = headOf(scene.signed('sts', whoAmI));
      for (let at = 0; at < 40; at++) {
        for (const socket of sockets) socket.write(head.charAt(at));
        await delay(20);
      }
      for (const socket of sockets) socket.destroy();
    });
  });

  it('senders of large bodies that never end, of which the memory holds some only', async () => {
    await scene.endures(async () => {
      const sockets = await open(60);
      const head = 'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 16000000\r\n\r\n';
      const part = Buffer.alloc(1024 * 1024, 'a');
      for (const socket of sockets) socket.write(head);
      for (let sent = 0; sent < 15; sent++) {
        for (const socket of sockets) if (!socket.destroyed) socket.write(part);
        await delay(50);
      }
      // 60 times 15 MB are under way, and 128 MB may be held.
      const dropped = () => sockets.filter((socket) => socket.destroyed).length;
      for (const until = Date.now() + 30_000; dropped() < 40 && Date.now() < until; ) await delay(50);
      expect(dropped()).to.be.at.least(40);
      for (const socket of sockets) socket.destroy();
    });
  });

  it('requests and garbage in one pipe', async () => {
    await scene.endures(async () => {
      const signed = scene.signed('sts', whoAmI);
      const whole = headOf(signed) + signed.body.toString();
      const socket = await openSocket(scene.sandbox.url);
      socket.write(`${whole.repeat(50)}\u0000\u0001 garbage\r\n\r\n${whole}`);
      const text = await readAll(socket);
      // Node gives up the connection at the garbage, and what was not yet answered with it.
      expect(text.match(/<GetCallerIdentityResult>/g)?.length).to.be.within(1, 50);
    });
  });

  it('a pipe of requests whose answers nobody reads', async () => {
    await scene.endures(async () => {
      const signed = scene.signed('kms', jsonRequest('TrentService.GenerateRandom', { NumberOfBytes: 1024 }));
      const whole = headOf(signed) + signed.body.toString();
      const socket = await openSocket(scene.sandbox.url);
      socket.pause();
      for (let sent = 0; sent < 2000 && !socket.destroyed; sent++) socket.write(whole);
      await delay(1000);
      socket.destroy();
    });
  });

  for (const [name, head] of [
    ['one huge header', `GET / HTTP/1.1\r\nHost: x\r\nX: ${'a'.repeat(200_000)}\r\n\r\n`],
    ['ten thousand headers', `GET / HTTP/1.1\r\nHost: x\r\n${'a: b\r\n'.repeat(10_000)}\r\n`],
    ['a huge path', `GET /${'a'.repeat(200_000)} HTTP/1.1\r\nHost: x\r\n\r\n`],
    ['two lengths', 'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab'],
    [
      'a length and chunks',
      'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n',
    ],
    ['a negative length', 'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n'],
    ['a chunk of no size', 'POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n'],
    ['another protocol', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'],
    ['TLS', '\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001'],
  ] as const) {
    it(`is not led astray by ${name}`, async () => {
      await scene.endures(async () => {
        const socket = await openSocket(scene.sandbox.url);
        socket.end(Buffer.from(head, 'latin1'));
        expect(await readAll(socket)).to.match(/^HTTP\/1\.1 4\d\d |^$/);
      });
    });
  }
});
