import { CreateUserRequest$ } from '@aws-sdk/client-iam';
import { EncryptRequest$ } from '@aws-sdk/client-kms';
import { expect } from 'chai';
import { validateInput } from '../../../sandbox/protocol/validate-input.ts';

describe('what a refused input is quoted as', () => {
  it('is the text, or the list with the members of its structures', () => {
    const Tags = ['a', 'b'].map((Key) => ({ Key, Value: '1' }));
    const constraints = { UserName: { length: [1, 2] }, Tags: { length: [0, 1] } } as const;
    expect(() => validateInput(CreateUserRequest$, { UserName: 'ann', Tags }, { constraints })).to.throw(
      "2 validation errors detected: Value 'ann' at 'userName' failed to satisfy constraint: Member must have length less than or equal to 2; Value '[Tag(key=a, value=1), Tag(key=b, value=1)]' at 'tags' failed to satisfy constraint: Member must have length less than or equal to 1",
    );
  });

  it('is nothing for secrets and bytes', () => {
    const input = { KeyId: 'key', Plaintext: Buffer.from('secret') };
    const constraints = { Plaintext: { length: [0, 1] } } as const;
    expect(() => validateInput(EncryptRequest$, input, { constraints })).to.throw(
      "1 validation error detected: Value at 'plaintext' failed to satisfy constraint: Member must have length less than or equal to 1",
    );
  });
});
