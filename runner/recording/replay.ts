/** An account that answers from a recording: the same question gets the same answers, in the same order. */
import { CallError, type CallName } from '../../checks/call.ts';
import { NotJudged } from '../../checks/not-judged.ts';
import type { Answer, AnswerUse, Caller } from '../accounts/caller.ts';
import { RecordedError } from '../accounts/recorded-error.ts';
import type { Prober } from '../probe/prober.ts';
import { canonical, decode, encode } from './encode.ts';
import type { RecordedCall, RecordedFault, Recording } from './recording.ts';

/** Code of a call that a recording holds no answer to. */
const notRecordedCode = 'NotInRecording';

/** The recording holds no (further) answer to a call, so that what hangs on it cannot be judged. */
export class NotRecorded extends CallError {
  constructor(call: string, why: string) {
    super(call, { code: notRecordedCode, message: why });
    this.name = 'NotRecorded';
  }
}

export interface Replay {
  /** Answers as the owner was answered. */
  readonly owner: Caller;
  /** Answers as the users were answered that were tried. */
  readonly prober: Prober;
}

export function replay({ run, calls }: Recording): Replay {
  const answers = new Answers(calls);
  const principals = new Map(run.acting.map((acting) => [acting.userName, acting]));
  return {
    owner: answers.caller({ by: 'owner', region: run.account.region }),
    prober: {
      async actAs(userName, cleared) {
        await cleared?.();
        const { identity, fault } = principals.get(userName) ?? {};
        if (identity) {
          const { arn } = identity;
          return {
            identity,
            caller: answers.caller({ by: 'probe', principal: arn, region: run.account.region }),
          };
        }
        if (fault) throw thrown(fault);
        throw new NotJudged(
          `Whether ${userName} is let in was not tried when the recording was made.`,
          'Check the account itself again.',
        );
      },
      async renew() {},
      async close() {},
    },
  };
}

function thrown({
  kind,
  message,
  advice,
  call = '',
  code = 'Unknown',
  status,
  requestId,
}: RecordedFault): Error {
  if (kind === 'not judged') return new NotJudged(message, advice);
  if (kind === 'fault') return new Error(message);
  return new CallError(call, {
    code,
    message,
    ...(status !== undefined && { status }),
    ...(requestId !== undefined && { requestId }),
  });
}

interface Asker {
  readonly by: RecordedCall['by'];
  /** Of a probe; the owner is one and the same throughout. */
  readonly principal?: string;
  readonly region: string;
  /** The check that asks for itself alone. */
  readonly check?: string;
}

/** The recorded answers by question, and how far each asker has come with them. */
class Answers {
  /** By question, then by the check that asked for itself (`''` where all shared the answer). */
  readonly #byQuestion = new Map<string, Map<string, RecordedCall[]>>();
  readonly #taken = new Map<string, number>();

  constructor(calls: readonly RecordedCall[]) {
    for (const call of calls) {
      if (call.by === 'steward') continue;
      const question = questionOf(call, call.call, call.input, call.use);
      const askers = this.#byQuestion.get(question) ?? new Map<string, RecordedCall[]>();
      this.#byQuestion.set(question, askers);
      const check = call.check ?? '';
      askers.set(check, [...(askers.get(check) ?? []), call]);
    }
  }

  caller(asker: Asker): Caller {
    return {
      region: asker.region,
      send: async (call, input, _times, use) => this.#answer(asker, call, input, use),
      inRegion: (region) => this.caller({ ...asker, region }),
      onBehalfOf: (check) => this.caller({ ...asker, check }),
      // Its credentials are not in the recording, and not needed: what it was answered is found by its name.
      inSession: ({ arn }) => this.caller({ by: 'probe', principal: arn, region: asker.region }),
      close() {},
    };
  }

  #answer(asker: Asker, call: CallName, input: object, use?: AnswerUse): Answer {
    const question = questionOf(asker, call, encode(input), use && { ...use, given: encode(use.given) });
    const askers = this.#byQuestion.get(question);
    const check = asker.check ?? '';
    // A check that is new to the recording may ask what others asked.
    const answers = askers?.get(check) ?? askers?.get('') ?? askers?.values().next().value;
    if (!answers) throw new NotRecorded(call, 'the recording holds no such call.');
    const taken = this.#taken.get(`${check} ${question}`) ?? 0;
    const answer = answers[taken];
    if (!answer) {
      throw new NotRecorded(
        call,
        `the recording holds ${answers.length} answers to it, and this asks for one more.`,
      );
    }
    this.#taken.set(`${check} ${question}`, taken + 1);
    const { error, output, made, requestId, at, durationMs } = answer;
    const request = requestId !== undefined && { requestId };
    if (error) {
      const { status, ...said } = error;
      throw new RecordedError(
        call,
        { ...said, ...(status !== undefined && { status }), ...request },
        { at, durationMs },
      );
    }
    const used = use && { made: decode(made) };
    return { output: decode(output) as Answer['output'], ...used, ...request, recorded: { at, durationMs } };
  }
}

/** What an answer was for is part of the question: the secret is gone that could have served another use. */
function questionOf(
  { by, principal, region }: Asker,
  call: string,
  input: unknown,
  use?: RecordedCall['use'],
): string {
  const who = by === 'probe' ? (principal ?? '') : 'owner';
  const purpose = use ? ` ${use.name} ${canonical(use.given)}` : '';
  return `${who} ${region} ${call} ${canonical(input)}${purpose}`;
}
