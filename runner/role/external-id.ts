import { randomBytes } from 'node:crypto';

/**
 * An external id for one learner: nobody can guess it, and no two are alike. It is no secret towards AWS ("The confused
 * deputy problem", IAM user guide), and the one who assumes the role chooses it, not the learner.
 */
export function newExternalId(): string {
  return `labwright-${randomBytes(16).toString('hex')}`;
}

/** 2 to 1,224 characters: "AssumeRole", STS API reference. */
export function isExternalId(text: string): boolean {
  return /^[\w+=,.@:/-]{2,1224}$/.test(text);
}
