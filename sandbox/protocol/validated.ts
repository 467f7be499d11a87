/**
 * An input after its protocol held it against the schema: members that the schema requires are there.
 *
 * The SDK types every member as possibly undefined; those without a question mark are the required ones.
 */
export type Validated<Input> = Input extends Date | Uint8Array
  ? Input
  : Input extends readonly (infer Item)[]
    ? Validated<Item>[]
    : Input extends object
      ? {
          [Name in keyof Input]: undefined extends Input[Name]
            ? Record<never, never> extends Pick<Input, Name>
              ? Validated<Input[Name]>
              : Validated<Exclude<Input[Name], undefined>>
            : Validated<Input[Name]>;
        }
      : Input;
