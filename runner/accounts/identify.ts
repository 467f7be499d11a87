import type { Caller, Identity } from './caller.ts';

/** Asks AWS who the caller is; STS answers this without any permission. @throws CallError */
export async function identify(caller: Caller): Promise<Identity> {
  const { output } = await caller.send('sts:GetCallerIdentity', {});
  const { Account, Arn } = output as { Account?: string; Arn?: string };
  if (!Account || !Arn) throw new Error('GetCallerIdentity answered without an account.');
  return { accountId: Account, arn: Arn };
}
