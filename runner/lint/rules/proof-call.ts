import { nearNames } from '../../lab/near-names.ts';
import { localOperations } from '../../proof/local-steps.ts';
import type { ProofStep } from '../../proof/schema.ts';
import { serviceOf } from '../aws-cli/model.ts';
import { answerFault, fixOf } from '../proof-calls/answer-fault.ts';
import type { CallFault } from '../proof-calls/call-fault.ts';
import { inputFaults, noMember } from '../proof-calls/input-faults.ts';
import { stepsOf } from '../proof-calls/steps-of.ts';
import type { Remark, Rule } from '../rule.ts';

export const proofCall: Rule = {
  id: 'proof-call',
  severity: 'error',
  why: 'A call that is not there, or a name in its input or its answer, breaks every claim that comes after it, far from where it is written.',
  async look({ proof }) {
    if (!proof) return [];
    const remarks: Remark[] = [];
    for (const { step, path } of stepsOf(proof.data)) {
      for (const { path: inner, where, message, fix } of await faultsOf(step))
        remarks.push(proof.file.problem([...path, ...inner], message, fix, where));
    }
    return remarks;
  },
};

async function faultsOf(step: ProofStep): Promise<CallFault[]> {
  const { keep = {}, until = {}, region: _region, fails: _fails, ...calls } = step;
  const [call, input] = Object.entries(calls)[0] ?? [];
  if (call === undefined) return [];
  const [service = '', name = ''] = call.split('.');
  const known = service === 'local' ? localCall(call, name) : await awsCall(call, service, name);
  if (!known) return [];
  if ('path' in known) return [known];
  const lost = (path: string) => known.lost(path);
  return [
    ...known.faults(input),
    ...Object.entries(keep).flatMap(([as, path]) => noAnswer(call, path, lost(path), ['keep', as], 'value')),
    ...Object.keys(until).flatMap((path) => noAnswer(call, path, lost(path), ['until', path], 'key')),
  ];
}

/** What can be said of a call that is there. */
interface KnownCall {
  readonly faults: (input: unknown) => CallFault[];
  /** What to do about a path that its answer does not have. */
  readonly lost: (path: string) => string | undefined;
}

async function awsCall(
  call: string,
  service: string,
  name: string,
): Promise<KnownCall | CallFault | undefined> {
  const operations = [...((await serviceOf(service))?.operations.values() ?? [])];
  if (operations.length === 0) return undefined;
  const operation = operations.find((one) => one.name === name);
  if (!operation)
    return noCall(
      call,
      name,
      operations.map((one) => one.name),
    );
  return {
    faults: (input) => (operation.input.isStructSchema() ? inputFaults(operation.input, input, [call]) : []),
    lost: (path) => answerFault(operation.output, path),
  };
}

function localCall(call: string, name: string): KnownCall | CallFault {
  const operation = Object.hasOwn(localOperations, name) ? localOperations[name] : undefined;
  if (!operation) return noCall(call, name, Object.keys(localOperations));
  const { takes, gives } = operation;
  return {
    faults: (input) =>
      Object.keys(input as object)
        .filter((member) => !takes.includes(member))
        .map((member) => noMember(member, takes, [call])),
    lost: (path) => (gives.includes(path) ? undefined : fixOf('', path, gives)),
  };
}

function noCall(call: string, name: string, names: readonly string[]): CallFault {
  const [service] = call.split('.');
  const near = nearNames(name, names);
  // `MakeRole`: what can be done with a role.
  const [noun = name] = /[A-Z][a-z]+$/.exec(name) ?? [];
  const others = names.filter((one) => one.endsWith(noun)).slice(0, 8);
  const shown = (near.length > 0 ? near : others).map((one) => `${service}.${one}`);
  const fix =
    shown.length === 0 ? "Look it up in the service's API reference." : `Did you mean ${shown.join(' or ')}?`;
  return { path: [call], where: 'key', message: `There is no call ${call}.`, fix };
}

function noAnswer(
  call: string,
  path: string,
  fix: string | undefined,
  place: CallFault['path'],
  where: CallFault['where'],
): CallFault[] {
  return fix === undefined
    ? []
    : [{ path: place, where, message: `The answer of ${call} has no "${path}".`, fix }];
}
