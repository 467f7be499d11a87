/** Writes down the AWS calls of a run while they are made. */
import { CallError, type CallName } from '../../checks/call.ts';
import { NotJudged } from '../../checks/not-judged.ts';
import type { Answer, AnswerUse, Caller } from '../accounts/caller.ts';
import { scrub } from '../accounts/scrub.ts';
import { adviceFor } from '../advice.ts';
import type { Prober } from '../probe/prober.ts';
import { StageComesFirst } from '../stage-order.ts';
import { encode } from './encode.ts';
import type { RecordedActing, RecordedCall, RecordedFault } from './recording.ts';

type By = RecordedCall['by'];

export class Recorder {
  readonly calls: RecordedCall[] = [];
  readonly acting: RecordedActing[] = [];
  /** Of the owner; known once it has been asked. */
  #owner = 'unknown';

  /** The same caller, its calls written down. */
  caller(inner: Caller, by: Exclude<By, 'probe'> = 'owner'): Caller {
    return this.#recording(inner, { by, principal: () => this.#owner });
  }

  /** The same prober, its calls written down. */
  prober(inner: Prober): Prober {
    const told = (one: RecordedActing) => {
      if (!this.acting.some(({ userName }) => userName === one.userName)) this.acting.push(one);
    };
    return {
      actAs: async (userName, cleared) => {
        try {
          const { caller, identity } = await inner.actAs(userName, cleared);
          told({ userName, identity });
          return {
            identity,
            caller: this.#recording(caller, { by: 'probe', principal: () => identity.arn }),
          };
        } catch (error) {
          // Whose turn it is follows from the verdicts, and is found again in the same way.
          if (!(error instanceof StageComesFirst)) told({ userName, fault: faultOf(error) });
          throw error;
        }
      },
      renew: () => inner.renew(),
      close: () => inner.close(),
    };
  }

  /** @param arn of the principal that runs the checks */
  ownerIs(arn: string): void {
    this.#owner = arn;
    for (const [index, call] of this.calls.entries())
      if (call.by !== 'probe') this.calls[index] = { ...call, principal: arn };
  }

  #recording(inner: Caller, who: { by: By; principal: () => string; check?: string }): Caller {
    const { by, principal, check } = who;
    const send = async (call: CallName, input: object, times?: 'once', use?: AnswerUse): Promise<Answer> => {
      const started = performance.now();
      const kept = (answer: Partial<RecordedCall>) => {
        this.calls.push({
          by,
          principal: principal(),
          region: inner.region,
          call,
          ...(check !== undefined && { check }),
          input: encode(input),
          ...(use && { use: { name: use.name, given: encode(use.given) } }),
          ...answer,
          at: new Date().toISOString(),
          durationMs: Math.round(performance.now() - started),
        });
      };
      try {
        const answer = await inner.send(call, input, times);
        const used = use && { made: await use.make(answer.output) };
        kept({
          output: encode(answer.output),
          ...(used && { made: encode(used.made) }),
          ...(answer.requestId && { requestId: answer.requestId }),
        });
        return { ...answer, ...used };
      } catch (error) {
        if (error instanceof CallError) {
          const { code, message, status, requestId } = error;
          const told = { code, message: scrub(message), ...(status !== undefined && { status }) };
          kept({ error: told, ...(requestId && { requestId }) });
        }
        throw error;
      }
    };
    return {
      region: inner.region,
      send,
      inRegion: (region) => this.#recording(inner.inRegion(region), who),
      onBehalfOf: (asker) => this.#recording(inner, { ...who, check: asker }),
      ...(inner.inSession && {
        inSession: (session) => {
          const opened = inner.inSession?.(session) ?? inner;
          return this.#recording(opened, { by, principal: () => session.arn });
        },
      }),
      close: () => inner.close(),
    };
  }
}

function faultOf(error: unknown): RecordedFault {
  const message = scrub(error instanceof Error ? error.message : String(error));
  if (error instanceof NotJudged) return { kind: 'not judged', message, advice: adviceFor(error) };
  if (!(error instanceof CallError)) return { kind: 'fault', message };
  const { call, code, status, requestId } = error;
  return {
    kind: 'call',
    message,
    call,
    code,
    ...(status !== undefined && { status }),
    ...(requestId !== undefined && { requestId }),
  };
}
