/**
 * An SDK request type with its required members present, as the protocol has made sure of: the SDK declares
 * every member as possibly undefined.
 */
export type RequiredMembers<Request, Names extends keyof Request> = Request & {
  readonly [Name in Names]-?: NonNullable<Request[Name]>;
};
