/** Carries out a scenario with one client. */
import { hasOpenReference, type Name, resolve } from '../../../runner/lab/reference.ts';
import { at, embedJson } from '../../../runner/proof/carry-out.ts';
import type { ClientCall, ClientCaller, ConformanceClient, Credentials } from './client.ts';
import { problemsOf } from './expectation.ts';
import { callOf, type Scenario, type Step } from './scenario.ts';

/** What a scenario runs on; `${account}` and `${region}` refer to it. */
export interface ScenarioOptions {
  readonly client: ConformanceClient;
  readonly administrator: Credentials;
  readonly region: string;
  readonly account: string;
  /** Whether botocore is in the client, which holds inputs against its model of AWS before it sends them. */
  readonly isBotocore: boolean;
}

/** @returns one text for each step that went otherwise than expected */
export async function carryOut(scenario: Scenario, options: ScenarioOptions): Promise<string[]> {
  const run = new ScenarioRun(options);
  const problems: string[] = [];
  for (const caller of Object.entries(scenario.callers)) run.introduce(...caller);
  for (const [index, step] of scenario.steps.entries()) {
    const found = await run.step(step);
    const { service, operation } = callOf(step);
    problems.push(...found.map((problem) => `step ${index + 1}, ${service}.${operation}: ${problem}`));
  }
  return problems;
}

class ScenarioRun {
  readonly #options: ScenarioOptions;
  readonly #kept: Record<string, unknown>;
  readonly #callers: Record<string, ClientCaller>;

  constructor(options: ScenarioOptions) {
    this.#options = options;
    this.#kept = { account: options.account, region: options.region };
    this.#callers = { administrator: options.administrator, unsigned: 'unsigned' };
  }

  introduce(name: string, credentials: Credentials): void {
    this.#callers[name] = credentials;
  }

  async step(written: Step): Promise<string[]> {
    const { client, isBotocore } = this.#options;
    if (written.unknownTo && isBotocore) return [];
    const caller = this.#callers[written.as ?? 'administrator'];
    if (!caller) return [`nobody is called ${written.as}`];
    if (hasOpenReference([written, caller], this.#lookup))
      return ['refers to what no step before it has kept'];
    const step = embedJson(resolve(written, this.#lookup)) as Step;
    const seen = await client.call(this.#callOf(step, resolve(caller, this.#lookup)));
    const problems = problemsOf(step, seen, isBotocore);
    if (seen.kind === 'answer') problems.push(...this.#keep(step, seen.output));
    return problems;
  }

  readonly #lookup = ({ name, output }: Name): unknown => {
    if (output) return at(this.#callers[name], output);
    return this.#kept[name];
  };

  #callOf(step: Step, caller: ClientCaller): ClientCall {
    const { service, operation, input } = callOf(step);
    const region = step.region ?? this.#options.region;
    return { service, operation, input: input as ClientCall['input'], caller, region };
  }

  #keep({ keep = {}, signIn }: Step, output: unknown): string[] {
    const problems: string[] = [];
    for (const [name, path] of Object.entries(keep)) {
      this.#kept[name] = at(output, path);
      if (this.#kept[name] === undefined) problems.push(`the answer lacks ${path}`);
    }
    if (signIn !== undefined) {
      const key = (at(output, 'AccessKey') ?? at(output, 'Credentials')) as Record<string, string>;
      const { AccessKeyId = '', SecretAccessKey = '', SessionToken } = key;
      this.introduce(signIn, {
        accessKeyId: AccessKeyId,
        secretAccessKey: SecretAccessKey,
        ...(SessionToken !== undefined && { sessionToken: SessionToken }),
      });
    }
    return problems;
  }
}
