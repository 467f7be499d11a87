/** Which calls leave an account as it is. */

const reads = /^\w+:(Get|List|Lookup|Describe|Scan|Query|BatchGet|TransactGet|Simulate)/;

/** They use a key, and change nothing: "Cryptographic operations", KMS developer guide. */
const usesOfKeys =
  /^kms:(Encrypt|Decrypt|ReEncrypt|GenerateDataKey\w*|GenerateMac|VerifyMac|GenerateRandom|Sign|Verify|DeriveSharedSecret)$/;

/** Whether the call neither makes nor changes nor removes anything. */
export function isReading(call: string): boolean {
  return reads.test(call) || usesOfKeys.test(call);
}
