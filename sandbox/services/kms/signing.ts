/** Signing and verifying with any key that can: the algorithm decides how. */
import { createPublicKey, sign as signMessage, verify as verifyMessage } from 'node:crypto';
import type { MessageType, SigningAlgorithmSpec } from '@aws-sdk/client-kms';
import { AwsError } from '../../aws-error.ts';
import { signDigest, verifyDigest } from './ecdsa-digest.ts';
import { privateKeyOf } from './key-pair.ts';
import { usableKey } from './key-state.ts';
import { checkUsage } from './key-usage.ts';
import type { KmsKey } from './kms-key.ts';
import { signRsa, verifyRsa } from './rsa-signature.ts';
import { digestLengths, type SigningScheme, signingSchemes, type ToSign } from './signing-algorithms.ts';

/** What Sign and Verify are given alike. */
export interface SigningRequest {
  readonly Message: Uint8Array;
  readonly MessageType?: MessageType | undefined;
  readonly SigningAlgorithm: SigningAlgorithmSpec;
}

/**
 * @throws AwsError InvalidKeyUsageException, DisabledException, KMSInvalidStateException; ValidationException for a
 *   message type or a digest that does not go with the algorithm; UnsupportedOperationException for algorithms that
 *   the sandbox does not have
 */
export function sign(key: KmsKey, request: SigningRequest): Buffer {
  const { scheme, what } = prepare(key, 'Sign', request);
  const privateKey = privateKeyOf(key);
  switch (scheme.kind) {
    case 'rsa':
      return signRsa(privateKey, scheme.padding, scheme.hash, what);
    case 'ecdsa':
      return what.type === 'RAW'
        ? signMessage(scheme.hash, what.message, privateKey)
        : signDigest(privateKey, what.message);
    case 'ed25519':
      return signMessage(null, what.message, privateKey);
  }
}

/** @throws AwsError KMSInvalidSignatureException (text, which is empty: as LocalStack gives it), and as {@link sign} */
export function verify(key: KmsKey, request: SigningRequest, signature: Uint8Array): void {
  const { scheme, what } = prepare(key, 'Verify', request);
  if (!isSignature(key, scheme, what, signature)) throw new AwsError('KMSInvalidSignatureException', '');
}

function isSignature(key: KmsKey, scheme: SigningScheme, what: ToSign, signature: Uint8Array): boolean {
  const privateKey = privateKeyOf(key);
  switch (scheme.kind) {
    case 'rsa':
      return verifyRsa(privateKey, scheme.padding, scheme.hash, what, signature);
    case 'ecdsa':
      return what.type === 'RAW'
        ? verifyMessage(scheme.hash, what.message, createPublicKey(privateKey), signature)
        : verifyDigest(privateKey, what.message, signature);
    case 'ed25519':
      return verifyMessage(null, what.message, createPublicKey(privateKey), signature);
  }
}

function prepare(key: KmsKey, operation: 'Sign' | 'Verify', request: SigningRequest) {
  const { SigningAlgorithm: algorithm, MessageType: type = 'RAW', Message: message } = request;
  checkUsage(key, operation, 'SIGN_VERIFY', algorithm);
  usableKey(key);
  const scheme = signingSchemes[algorithm];
  if (!scheme) {
    throw new AwsError(
      'UnsupportedOperationException',
      `The sandbox does not have ${operation} with the algorithm ${algorithm}.`,
    );
  }
  return { scheme, what: readMessage(scheme, algorithm, type, message) };
}

/** The rules are those of Sign's MessageType in the SDK's model; texts as several emulators give them for AWS. */
function readMessage(
  scheme: SigningScheme,
  algorithm: SigningAlgorithmSpec,
  type: MessageType,
  message: Uint8Array,
): ToSign {
  if (type === 'EXTERNAL_MU' || (type === 'DIGEST' && scheme.kind === 'ed25519')) {
    throw invalid(`Message type ${type} is incompatible with algorithm ${algorithm}.`);
  }
  if (type === 'DIGEST' && scheme.kind !== 'ed25519' && message.length !== digestLengths[scheme.hash]) {
    throw invalid(`Digest is invalid length for algorithm ${algorithm}.`);
  }
  return { type, message };
}

function invalid(message: string): AwsError {
  return new AwsError('ValidationException', message);
}
