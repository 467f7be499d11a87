/** Reads AWS's access denied messages. */

/** What an access denied message names. */
export interface Denial {
  readonly principal: string;
  readonly action: string;
  /** Absent where AWS names none ("on this resource because ..."). */
  readonly resource?: string;
  /** `no identity-based policy allows the kms:Decrypt action`, `an explicit deny in ...`. */
  readonly reason?: string;
}

/**
 * @param message of an AccessDenied or AccessDeniedException; DynamoDB wraps KMS's in more text
 * @returns undefined for texts that name no action, such as KMS's wording before 2022, which says the same of
 * a key that does not exist
 *
 * Grammar: "Troubleshoot access denied error messages", IAM user guide. ARNs in quotes were seen as well.
 */
export function readDenial(message: string): Denial | undefined {
  const who = /User: "?(arn:[^\s"]+)"? is not authorized to perform: ([a-z0-9-]+:\w+)/i.exec(message);
  if (!who?.[1] || !who[2]) return undefined;
  const rest = message.slice(who.index + who[0].length);
  const resource = /^ on resource: "?([^\s"]+)"?/.exec(rest)?.[1];
  const reason = /(?:because|with) (an? [^(]*|no [^(]*)/.exec(rest)?.[1]?.trim().replace(/\.$/, '');
  return { principal: who[1], action: who[2], ...(resource && { resource }), ...(reason && { reason }) };
}
