/** Who may ask the server of `labwright serve`. */
import { networkInterfaces } from 'node:os';
import { expect } from 'chai';
import { labwright } from '../../support/labwright.ts';
import { type RunningServe, runServe } from '../../support/running-serve.ts';
import { ask, ServeClient } from '../../support/serve-client.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const lab = 'encrypt-data-with-kms';

describe('who may ask labwright serve', function () {
  this.timeout(60_000);
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let serve: RunningServe;
  let tab: ServeClient;

  before(async () => {
    folder = await temporaryFolder();
    serve = await runServe([lab, '--sandbox'], { cwd: folder.path });
    tab = await ServeClient.open(serve);
  });
  after(async () => {
    await serve?.stop();
    await folder.remove();
  });

  const paths = ['/', '/page.js', '/style.css', '/events', '/write-up.html', '/nothing'];

  it('is refused without the token, and with a wrong one', async () => {
    for (const path of paths) {
      expect((await ask(serve.origin, path)).status, path).to.equal(403);
      expect((await ask(serve.origin, `${path}?token=wrong`)).status, path).to.equal(403);
      const cookie = tab.cookie.replace(/=.*/, '=wrong');
      expect((await ask(serve.origin, path, { headers: { cookie } })).status, path).to.equal(403);
    }
    const { body } = await ask(serve.origin, '/');
    expect(body).to.include('labwright serve').and.to.not.include(serve.token);
  });

  it('gets a cookie that no script reads and no other site sends', async () => {
    const { status, headers } = await ask(serve.origin, serve.url);
    expect(status).to.equal(200);
    expect(headers['set-cookie']?.[0]).to.match(
      /^labwright-\d+=[\w-]{32}; Path=\/; HttpOnly; SameSite=Strict$/,
    );
    expect(headers['set-cookie']?.[0]).to.not.include(serve.token);
    expect((await tab.get('/page.js')).status).to.equal(200);
  });

  it('is refused under a name that is not loopback', async () => {
    const { port } = new URL(serve.origin);
    for (const host of [
      `evil.example:${port}`,
      `127.0.0.1.evil.example:${port}`,
      '127.0.0.1:1',
      'localhost',
    ]) {
      for (const path of ['/', `/?token=${serve.token}`, '/write-up.html'])
        expect((await tab.get(path, { host })).status, `${host} ${path}`).to.equal(403);
      expect((await tab.post('/stop', {}, { host, origin: `http://${host}` })).status, host).to.equal(403);
    }
    expect((await tab.get('/', { host: `localhost:${port}` })).status).to.equal(200);
  });

  it('is refused for other pages, those of other ports of this machine too', async () => {
    for (const origin of [
      'https://evil.example',
      'http://127.0.0.1:1',
      'null',
      serve.origin.replace('http', 'https'),
    ]) {
      expect((await tab.post('/stop', {}, { origin })).status, origin).to.equal(403);
      expect((await tab.get('/write-up.html', { origin })).status, origin).to.equal(403);
    }
    for (const site of ['cross-site', 'same-site'])
      expect((await tab.get('/write-up.html', { 'sec-fetch-site': site })).status, site).to.equal(403);
    const headers = { cookie: tab.cookie, 'content-type': 'application/json' };
    expect((await ask(serve.origin, '/stop', { method: 'POST', headers, body: '{}' })).status).to.equal(403);
  });

  it('opens from a link elsewhere, since that has the token', async () => {
    const { status } = await ask(serve.origin, serve.url, { headers: { 'sec-fetch-site': 'cross-site' } });
    expect(status).to.equal(200);
  });

  it('takes only JSON of the right shape and size, and lives on', async () => {
    const form = { 'content-type': 'application/x-www-form-urlencoded' };
    expect((await tab.post('/stop', 'a=b', form)).status).to.equal(415);
    for (const body of ['', '{', '[]', 'null', '{"stages":1}', '{"stages":[],"more":1}'])
      expect((await tab.post('/check', body)).status, body).to.equal(400);
    const long = { id: 'goal', text: 'x'.repeat(3_000_000), base: '' };
    expect((await tab.post('/answers', long)).status).to.equal(413);
    expect((await tab.get('/../../package.json')).status).to.equal(404);
    expect((await tab.get('/%00')).status).to.equal(404);
    expect((await tab.get('/')).status).to.equal(200);
  });

  it('lets nothing be kept, framed or loaded from elsewhere', async () => {
    for (const path of ['/', '/style.css', '/page.js', '/write-up.html', '/nothing']) {
      const { headers, body } = await tab.get(path);
      expect(headers['cache-control'], path).to.equal('no-store');
      expect(headers['x-content-type-options'], path).to.equal('nosniff');
      expect(headers['referrer-policy'], path).to.equal('no-referrer');
      expect(headers['cross-origin-resource-policy'], path).to.equal('same-origin');
      expect(headers['content-security-policy'], path).to.match(/^default-src 'none'; /);
      expect(headers['access-control-allow-origin'], path).to.equal(undefined);
      if (path === '/')
        expect(body)
          .to.not.include(serve.token)
          .and.to.not.match(/<script>|style="/);
    }
  });

  it('is loopback only', async () => {
    const { port } = new URL(serve.origin);
    const addresses = Object.values(networkInterfaces())
      .flat()
      .filter((one) => one && !one.internal && one.family === 'IPv4');
    for (const one of addresses) {
      const refused = await ask(`http://${one?.address}:${port}`, '/').catch((error: Error) => error);
      expect(refused).to.be.instanceOf(Error);
    }
  });

  it('says which port is taken', async () => {
    const { port } = new URL(serve.origin);
    const { code, stderr } = await labwright(['serve', lab, '--port', port], { cwd: folder.path });
    expect(code).to.equal(2);
    expect(stderr).to.include(`The port ${port} is taken`).and.to.include('--port');
  });
});
