import { setTimeout as delay } from 'node:timers/promises';
import { expect } from 'chai';
import { NotJudged } from '../../checks/not-judged.ts';
import { askingProber } from '../../runner/probe/asking.ts';
import type { ActingAs, Prober } from '../../runner/probe/prober.ts';

describe('asking before a user is tried', () => {
  const tried: string[] = [];
  const prober: Prober = {
    async actAs(userName) {
      tried.push(userName);
      return {} as ActingAs;
    },
    async renew() {},
    async close() {},
  };

  it('asks about one user after the other, and about each once', async () => {
    const said: string[] = [];
    const asking = askingProber(async (userName) => {
      said.push(`${userName}?`);
      await delay(10);
      said.push(userName === 'ana' ? 'yes' : 'no');
      return userName === 'ana';
    }, prober);

    const [ana, operator, again] = await Promise.allSettled(
      ['ana', 'operator', 'ana'].map((userName) => asking.actAs(userName)),
    );
    expect(said).to.deep.equal(['ana?', 'yes', 'operator?', 'no']);
    expect(tried).to.deep.equal(['ana', 'ana']);
    expect([ana?.status, again?.status]).to.deep.equal(['fulfilled', 'fulfilled']);
    expect(operator?.status === 'rejected' && operator.reason).to.be.instanceOf(NotJudged);
  });
});
