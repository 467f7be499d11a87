/**
 * A refusal as AWS would send it: code, message and HTTP status. Operations throw it; the protocol of the
 * service decides how it looks on the wire.
 */
export class AwsError extends Error {
  readonly code: string;
  readonly status: number;
  /** What the error carries beside its message: the item that failed a condition. */
  readonly members?: Readonly<Record<string, unknown>>;

  /** @param status HTTP status; KMS and DynamoDB answer nearly every error with 400, whatever their models say. */
  constructor(code: string, message: string, status = 400, members?: Readonly<Record<string, unknown>>) {
    super(message);
    this.name = code;
    this.code = code;
    this.status = status;
    this.members = members;
  }
}
