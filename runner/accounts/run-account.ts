/** The account as one check of one run sees it: declared calls only, equal reads asked once, everything kept as evidence. */

import { trialSessionName } from '../../checks/access/session.ts';
import { type AskedRole, HarmfulProbe, type TriedAccount, UndeclaredCall } from '../../checks/account.ts';
import { CallError, type CallInput, type CallName, type CallOutput } from '../../checks/call.ts';
import { changesItems } from '../../checks/dynamodb/harmless-delete.ts';
import type { SecretUse } from '../../checks/secret-use.ts';
import type { Evidence } from '../result.ts';
import { sessionKeyIn } from './assumed-role.ts';
import type { Answer, AnswerUse, Caller, Identity, Recorded } from './caller.ts';
import { toEvidence } from './evidence.ts';
import { RecordedError } from './recorded-error.ts';

/** The shortest session there is ("AssumeRole", STS API reference). */
const trialSeconds = 900;

/** An answered call and what is kept of it. */
interface Asked {
  readonly evidence: Evidence;
  readonly answer:
    | { readonly output: Answer['output']; readonly made?: unknown }
    | { readonly error: unknown };
}

/** The answers of one run, shared by its checks. */
export class Memory {
  readonly #asked = new Map<string, Promise<Asked>>();

  /** The answer to an equal call, asked now if nobody did before. */
  recall(key: string, ask: () => Promise<Asked>): Promise<Asked> {
    let asked = this.#asked.get(key);
    if (!asked) {
      asked = ask();
      this.#asked.set(key, asked);
    }
    return asked;
  }
}

export interface RunAccountOptions {
  readonly check: string;
  readonly calls: readonly CallName[];
  readonly caller: Caller;
  readonly identity: Identity;
  /** Absent for probes and polls, which are never answered from memory. */
  readonly memory?: Memory;
  /** Whether it asks in another Region than the run's. */
  readonly elsewhere?: boolean;
  /** Set where a recording answers: the time at which it was made. */
  readonly recordedAt?: Date | undefined;
  /** Filled with the calls that the check made, in the order of their answers. */
  readonly evidence: Evidence[];
}

export class RunAccount implements TriedAccount {
  readonly id: string;
  readonly arn: string;
  readonly region: string;
  readonly #options: RunAccountOptions;
  readonly #declared: ReadonlySet<string>;

  constructor(options: RunAccountOptions) {
    this.id = options.identity.accountId;
    this.arn = options.identity.arn;
    this.region = options.caller.region;
    this.#options = options;
    this.#declared = new Set(options.calls);
  }

  now(): Date {
    return this.#options.recordedAt ?? new Date();
  }

  inRegion(region: string): RunAccount {
    const caller = this.#options.caller.inRegion(region);
    return new RunAccount({ ...this.#options, caller, elsewhere: region !== this.region });
  }

  async inRole({ roleArn, externalId }: AskedRole): Promise<RunAccount> {
    const { caller } = this.#options;
    const answer = await this.call('sts:AssumeRole', {
      RoleArn: roleArn,
      RoleSessionName: trialSessionName,
      DurationSeconds: trialSeconds,
      ...(externalId !== undefined && { ExternalId: externalId }),
    });
    const arn = answer.AssumedRoleUser?.Arn;
    if (!arn) throw new Error('AssumeRole answered without the session it opened.');
    if (!caller.inSession) throw new Error('These credentials cannot be tried in a session.');
    const session = caller.inSession({ key: sessionKeyIn(answer), arn });
    return new RunAccount({ ...this.#options, caller: session, identity: { accountId: this.id, arn } });
  }

  async call<Name extends CallName>(name: Name, input: CallInput<Name>): Promise<CallOutput<Name>> {
    const { memory, evidence } = this.#options;
    this.#guard(name, input as object);
    const ask = () => this.#ask(name, input as object);
    const asked = await (memory
      ? memory.recall(`${this.region} ${name} ${JSON.stringify(input)}`, ask)
      : ask());
    evidence.push(asked.evidence);
    if ('error' in asked.answer) throw asked.answer.error;
    return asked.answer.output as CallOutput<Name>;
  }

  async useSecret<Name extends CallName, Given, Made>(
    name: Name,
    input: CallInput<Name>,
    use: SecretUse<Name, Given, Made>,
  ): Promise<Made> {
    this.#guard(name, input as object);
    const asked = await this.#ask(name, input as object, {
      name: use.name,
      given: use.given,
      make: (output) => use.make(output as CallOutput<Name>, use.given),
    });
    this.#options.evidence.push(asked.evidence);
    if ('error' in asked.answer) throw asked.answer.error;
    return asked.answer.made as Made;
  }

  #guard(name: CallName, input: object): void {
    const { check } = this.#options;
    if (!this.#declared.has(name)) throw new UndeclaredCall(check, name);
    if (changesItems(name, input)) throw new HarmfulProbe(check, name);
  }

  async #ask(call: CallName, input: object, use?: AnswerUse): Promise<Asked> {
    const { caller, check, memory } = this.#options;
    const started = performance.now();
    const kept = (recorded: Recorded | undefined, more: Partial<Evidence>): Evidence => ({
      call,
      principal: this.arn,
      ...(this.#options.elsewhere && { region: this.region }),
      input: toEvidence(input),
      at: recorded?.at ?? new Date().toISOString(),
      durationMs: recorded?.durationMs ?? Math.round(performance.now() - started),
      ...more,
    });
    const asker = memory && !use ? caller : (caller.onBehalfOf?.(check) ?? caller);
    try {
      const answer = await asker.send(call, input, undefined, use);
      const { output, requestId, recorded } = answer;
      const evidence = kept(recorded, { output: toEvidence(output), ...(requestId && { requestId }) });
      if (!use) return { evidence, answer: { output } };
      const made = 'made' in answer ? answer.made : await use.make(output);
      return { evidence, answer: { output: {}, made } };
    } catch (error) {
      if (!(error instanceof CallError)) throw error;
      const { code, message, status, requestId } = error;
      return {
        evidence: kept(error instanceof RecordedError ? error.recorded : undefined, {
          error: { code, message, ...(status && { status }) },
          ...(requestId && { requestId }),
        }),
        answer: { error },
      };
    }
  }
}
