/** What policies give beyond what is needed: wildcards, other actions, other resources. */
import type { PolicyDocument, Statement } from '../../policy/document.ts';
import { Failed } from '../expect.ts';
import type { HeldPolicy } from './held-policies.ts';

/** What is needed, and no more. */
export interface Need {
  /** Actions such as `dynamodb:Query`. Of their services, nothing else may be allowed. */
  readonly actions: readonly string[];
  /** ARNs that these actions are needed for. */
  readonly resources: readonly string[];
}

/**
 * Holds policies to a need. Whether they give what is needed at all is not asked here.
 *
 * @param holder whose policies they are, for sentences: `The group readers`
 * @throws Failed for the first statement that gives more, and where there is no policy at all
 */
export function refuseExcess(holder: string, policies: readonly HeldPolicy[], need: Need): void {
  if (policies.length === 0) {
    throw new Failed(`${holder} has no policy at all.`, { expected: need.actions, actual: [] });
  }
  for (const { name, document } of policies) {
    for (const [index, statement] of document.Statement.entries()) {
      const more = excessOf(statement, need);
      if (!more) continue;
      throw new Failed(
        `${holder} has more than it needs: ${nameOf(statement, index)} of the policy ${name} ${more.does}.`,
        {
          expected: more.expected,
          actual: more.actual,
        },
      );
    }
  }
}

interface Excess {
  readonly does: string;
  readonly expected: readonly string[];
  readonly actual: readonly string[];
}

function excessOf(statement: Statement, { actions, resources }: Need): Excess | undefined {
  if (statement.Effect === 'Deny') return undefined;
  const { Action, Resource, NotAction = [], NotResource = [] } = statement;
  if (!Action) {
    return { does: `allows everything but ${NotAction.join(', ')}`, expected: actions, actual: NotAction };
  }
  const wild = Action.filter(hasWildcard);
  if (wild.length > 0) return { does: `allows ${wild.join(', ')}`, expected: actions, actual: wild };
  const needed = new Set(actions.map((action) => action.toLowerCase()));
  const services = new Set(actions.map(serviceOf));
  const about = Action.filter((action) => services.has(serviceOf(action)));
  const others = about.filter((action) => !needed.has(action.toLowerCase()));
  if (others.length > 0) return { does: `allows ${others.join(', ')}`, expected: actions, actual: others };
  if (!Resource) {
    return {
      does: `is about everything but ${NotResource.join(', ')}`,
      expected: resources,
      actual: NotResource,
    };
  }
  const wide = Resource.filter(hasWildcard);
  if (wide.length > 0) return { does: `is about ${wide.join(', ')}`, expected: resources, actual: wide };
  const elsewhere = about.length > 0 ? Resource.filter((one) => !resources.includes(one)) : [];
  if (elsewhere.length > 0) {
    return { does: `is about ${elsewhere.join(', ')}`, expected: resources, actual: elsewhere };
  }
  return undefined;
}

/** `*` and `?` are wildcards; inside `${...}` they are not ("IAM JSON policy elements: Variables and tags"). */
function hasWildcard(text: string): boolean {
  return /[*?]/.test(text.replaceAll(/\$\{[^}]*\}/g, ''));
}

function serviceOf(action: string): string {
  return action.slice(0, action.indexOf(':')).toLowerCase();
}

function nameOf({ Sid }: PolicyDocument['Statement'][number], index: number): string {
  return Sid ? `the statement "${Sid}"` : `statement ${index + 1}`;
}
