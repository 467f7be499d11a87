/** Every lab proves itself: nothing passes by itself, the solution does, and each mistake is caught where it should be. */
import { expect } from 'chai';
import { openProvingAccount } from '../../api/proving-account.ts';
import { claimsOf } from '../../runner/verify/claims.ts';
import { Rehearsal } from '../../runner/verify/rehearsal.ts';
import { labFolders, readLab } from '../support/labs.ts';

for (const folder of labFolders) {
  const { lab, proof } = await readLab(folder);
  describe(`the lab ${lab.id}`, function () {
    this.timeout(60_000);

    for (const { id, about, prove } of claimsOf(lab, proof)) {
      it(`${id}: ${about}`, async () => {
        expect(await Rehearsal.on({ lab, proof, openAccount: openProvingAccount }, prove)).to.deep.equal([]);
      });
    }
  });
}
