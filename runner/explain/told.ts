/** An explanation as it is told, in text or as JSON: plain data, nothing of the evaluator. */
import { denialReason } from '../../policy/explain.ts';
import type { Explanation, Remedy } from '../../policy/explanation/explanation.ts';
import { statementName } from '../../policy/explanation/words.ts';
import type { Answer, ExplainedAccess, ExplainedRequest } from './explain.ts';

/** The public and versioned form of an answer. */
export interface ToldAccess {
  readonly schema: 'labwright/explanation/v1';
  readonly answer: Answer;
  readonly requests: readonly ToldRequest[];
  /** What has a say on AWS and was not looked at. */
  readonly notConsidered: readonly string[];
}

export interface ToldRequest {
  /** ARN. */
  readonly principal: string;
  readonly action: string;
  /** ARN, or `*`. */
  readonly resource: string;
  /** The table for which DynamoDB makes the request on the principal's behalf. */
  readonly through?: string;
  readonly answer: Answer;
  /** The statement or grant that decided, or what would have to allow it and does not. */
  readonly decidedBy?: string;
  /** Condition keys that it hangs on and that are not known. */
  readonly dependsOn?: readonly string[];
  readonly because: readonly string[];
  /** What would give what is denied, least privilege first; what would end what is allowed. */
  readonly remedies: readonly Remedy[];
}

const notConsidered = [
  "the organization's policies (SCPs and RCPs)",
  'VPC endpoint policies',
  'resource policies other than key policies',
  'session policies',
  'whether a key is enabled',
];

export function toldAccess({ answer, requests }: ExplainedAccess): ToldAccess {
  return { schema: 'labwright/explanation/v1', answer, requests: requests.map(toldRequest), notConsidered };
}

function toldRequest({ request, through, explanation }: ExplainedRequest): ToldRequest {
  const { decision, because, remedies } = explanation;
  const { principal, action, resource } = request;
  return {
    principal: principal.kind === 'service' ? principal.service : principal.arn,
    action,
    resource,
    ...(through !== undefined && { through }),
    answer: answers[decision.effect],
    ...decidedBy(decision, action),
    because,
    remedies,
  };
}

const answers = {
  allowed: 'allowed',
  implicitDeny: 'denied',
  explicitDeny: 'denied',
  undecided: 'undecided',
} as const;

function decidedBy(
  decision: Explanation['decision'],
  action: string,
): Pick<ToldRequest, 'decidedBy' | 'dependsOn'> {
  if (decision.effect === 'undecided') return { dependsOn: decision.dependsOn };
  // AWS's own words, as an access denied message has them.
  if (decision.effect === 'implicitDeny') {
    return { decidedBy: denialReason(decision, action).replace(/^because /, '') };
  }
  if (decision.statement) return { decidedBy: statementName(decision.statement) };
  if (decision.effect === 'allowed' && decision.grantId) {
    return { decidedBy: `the grant ${decision.grantId}` };
  }
  return {};
}
