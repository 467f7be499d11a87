/** Callers of a grading on one connection, against a sandbox. */
import type { Agent } from 'node:http';
import { expect } from 'chai';
import { AwsCaller } from '../../../runner/accounts/aws-caller.ts';
import { Connections } from '../../../runner/accounts/connections.ts';
import { type Sandbox, startSandbox } from '../../../sandbox/sandbox.ts';
import '../../support/quiet-sdk.ts';

describe('connections shared by callers', function () {
  this.timeout(60_000);
  let sandbox: Sandbox;
  const connections = new Connections();

  before(async () => {
    sandbox = await startSandbox();
  });
  after(() => sandbox.close());

  const caller = () => {
    const { accessKeyId, secretAccessKey } = sandbox.administrator;
    const { region, url: endpoint } = sandbox;
    return new AwsCaller({ region, endpoint, connections, credentials: { accessKeyId, secretAccessKey } });
  };
  const agent = connections.agents.httpAgent as Agent;
  const open = () => Object.values(agent.freeSockets).flatMap((sockets) => sockets ?? []);
  const ask = async (one: AwsCaller) => {
    await one.send('sts:GetCallerIdentity', {});
    // A socket counts as free a moment after its answer.
    await new Promise((resolve) => setImmediate(resolve));
  };

  it('outlive the caller that opened them, and serve the next', async () => {
    const first = caller();
    await ask(first);
    const [socket] = open();
    expect(socket).not.to.equal(undefined);
    first.close();
    const second = caller();
    await ask(second);
    second.close();
    expect(open()).to.deep.equal([socket]);
    expect(socket?.destroyed).to.equal(false);
  });

  it('are closed when nobody used them for a while, and opened anew', async () => {
    const one = caller();
    await ask(one);
    const [socket] = open();
    await new Promise((resolve) => setTimeout(resolve, 3000));
    expect(open()).to.deep.equal([]);
    expect(socket?.destroyed).to.equal(true);
    await ask(one);
    one.close();
  });
});
