/** Every lab proves itself: nothing passes by itself, the solution does, and each mistake is caught where it should be. */
import { expect } from 'chai';
import { openProvingAccount } from '../../api/proving-account.ts';
import { claimsOf } from '../../runner/verify/claims.ts';
import { type ProvenClaim, verifyLab } from '../../runner/verify/verify-lab.ts';
import { labFolders, readLab } from '../support/labs.ts';

for (const folder of labFolders) {
  const { lab, proof } = await readLab(folder);
  describe(`the lab ${lab.id}`, () => {
    let proven: readonly ProvenClaim[];

    before(async function () {
      this.timeout(300_000);
      proven = await verifyLab({ lab, proof, openAccount: openProvingAccount });
    });

    for (const { id, about } of claimsOf(lab, proof)) {
      it(`${id}: ${about}`, () => {
        expect(proven.find((claim) => claim.id === id)?.problems).to.deep.equal([]);
      });
    }
  });
}
