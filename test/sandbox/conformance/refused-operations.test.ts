/** What the sandbox does not have is refused by its name, never answered and never mistaken for something else. */
import { expect } from 'chai';
import { type Sandbox, startSandbox } from '../../../sandbox/sandbox.ts';
import { services } from '../services.ts';
import { JavaScriptSdk } from './clients/javascript-sdk.ts';

describe('an operation that the sandbox does not have', () => {
  let sandbox: Sandbox;
  let sdk: JavaScriptSdk;
  before(async () => {
    sandbox = await startSandbox();
    sdk = new JavaScriptSdk(sandbox.url);
  });
  after(async () => {
    sdk.close();
    await sandbox.close();
  });

  for (const { title, name: service, refused } of services) {
    it(`is refused by its name in ${title}`, async () => {
      const { administrator: caller, region } = sandbox;
      const code = service === 'iam' || service === 'sts' ? 'InvalidAction' : 'UnknownOperationException';
      for (const operation of refused) {
        expect(await sdk.call({ service, operation, input: {}, caller, region })).to.deep.equal({
          kind: 'refusal',
          code,
          status: 400,
          message: `The sandbox does not have the operation ${service}:${operation}.`,
        });
      }
    });
  }
});
