/** Whether a principal of the account may do something, and why: reads everything that decides, and evaluates it. */
import {
  direct,
  type KnownContext,
  onKey,
  throughDynamoDb,
  together,
} from '../../checks/access/request-context.ts';
import type { Account } from '../../checks/account.ts';
import { keyPolicyAndGrantCalls, readKeyPolicyAndGrants } from '../../checks/kms/key-policy-and-grants.ts';
import { explainAccess, explainKeyAccess } from '../../policy/explanation/explain-access.ts';
import type { Explanation } from '../../policy/explanation/explanation.ts';
import type { AccessRequest } from '../../policy/request.ts';
import { askedAction } from './asked-action.ts';
import { askedPrincipal } from './asked-principal.ts';
import { QuestionError } from './question-error.ts';
import { type KnownPrincipal, principalCalls, readPrincipal } from './read-principal.ts';
import { type KnownResource, readResource, resourceCalls, throughTable } from './read-resource.ts';

/** Everything that an explanation may call; all of it reads. */
export const explainCalls = [...principalCalls, ...resourceCalls, ...keyPolicyAndGrantCalls] as const;

type ReadingAccount = Account<(typeof explainCalls)[number]>;

/** As it is written on a command line. */
export interface Question {
  readonly principal: string;
  readonly action: string;
  readonly resource: string;
  /** The table through which DynamoDB asks for a key. */
  readonly through?: string;
  /** Condition keys of the request, beyond those that follow from the rest. */
  readonly context: KnownContext;
}

/** One request, explained. */
export interface ExplainedRequest {
  readonly request: AccessRequest;
  /** The table for which DynamoDB makes the request on the caller's behalf. */
  readonly through?: string;
  readonly explanation: Explanation;
}

export type Answer = 'allowed' | 'denied' | 'undecided';

export interface ExplainedAccess {
  /** `undecided` where it hangs on condition keys that are not known. */
  readonly answer: Answer;
  /** More than one where a service asks for more on the caller's behalf; all of them have to be allowed. */
  readonly requests: readonly ExplainedRequest[];
}

/**
 * @throws QuestionError for what is no question or not there; Failed for what is not there; NotJudged where it cannot
 * be told; CallError
 */
export async function explain(question: Question, account: ReadingAccount): Promise<ExplainedAccess> {
  const action = askedAction(question.action);
  const asked = askedPrincipal(question.principal, account.id);
  const through = question.through === undefined ? undefined : throughTable(question.through);
  const [known, resource] = await Promise.all([
    readPrincipal(asked, account),
    readResource(question.resource, action, account),
  ]);
  if (through !== undefined && resource.kind !== 'key') {
    throw new QuestionError(`"--through" is for actions on a key, and ${question.resource} is none.`);
  }
  const there = account.inRegion(resource.region);
  const requests = [
    await explainRequest({ known, action, resource, through, context: question.context }, there),
  ];
  if (resource.kind === 'table' && resource.customerKey && readsOrWritesItems.test(action)) {
    const key = { kind: 'key', arn: resource.customerKey, region: resource.region } as const;
    const { context } = question;
    const forKey = { known, action: 'kms:Decrypt', resource: key, through: resource.table, context };
    requests.push(await explainRequest(forKey, there));
  }
  return { answer: overall(requests), requests };
}

/** Actions for which DynamoDB has the caller decrypt the table's key ("How DynamoDB uses AWS KMS"). */
const readsOrWritesItems =
  /^dynamodb:(Scan|Query|(Get|Put|Update|Delete)Item|Batch(Get|Write)Item|ConditionCheckItem|PartiQL\w+)$/;

interface Asked {
  readonly known: KnownPrincipal;
  readonly action: string;
  readonly resource: KnownResource;
  readonly through: string | undefined;
  readonly context: KnownContext;
}

async function explainRequest(
  { known, action, resource, through, context }: Asked,
  there: ReadingAccount,
): Promise<ExplainedRequest> {
  const isKey = resource.kind === 'key';
  const request: AccessRequest = {
    principal: known.principal,
    action,
    resource: resource.arn,
    resourceAccount: there.id,
    ...together(
      known.contextIn(there),
      through === undefined ? direct : throughDynamoDb(through, there),
      ...(isKey ? [onKey(there)] : []),
      context,
    ),
  };
  const named = through === undefined ? {} : { through };
  if (!isKey) return { request, ...named, explanation: explainAccess(request, known.policies) };
  const { keyPolicy, grants } = await readKeyPolicyAndGrants(there, resource.arn);
  const policies = { ...known.policies, resource: keyPolicy, grants };
  return { request, ...named, explanation: explainKeyAccess(request, policies) };
}

/** One denial denies all; what is not known counts where nothing is denied. */
function overall(requests: readonly ExplainedRequest[]): Answer {
  const effects = requests.map(({ explanation }) => explanation.decision.effect);
  if (effects.every((effect) => effect === 'allowed')) return 'allowed';
  return effects.some((effect) => effect === 'implicitDeny' || effect === 'explicitDeny')
    ? 'denied'
    : 'undecided';
}
