/** What policies give beyond what is needed: wildcards, other actions, other resources. */
import type { Statement } from '../../policy/document.ts';
import { Failed } from '../expect.ts';
import type { HeldPolicy } from './held-policies.ts';
import { statementName } from './statement-name.ts';

/** What is needed, and no more. */
export interface Need {
  /** Actions such as `dynamodb:Query`. Of their services, nothing else may be allowed. */
  readonly actions: readonly string[];
  /** ARNs that these actions are needed for. */
  readonly resources: readonly string[];
  /** Actions of other services that may be allowed too; absent, any of them may. */
  readonly besides?: readonly string[];
  /** Actions that do not count, on whatever. */
  readonly harmless?: readonly string[];
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
        `${holder} has more than it needs: ${statementName(statement, index)} of the policy ${name} ${more.does}.`,
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

function excessOf(statement: Statement, need: Need): Excess | undefined {
  const { actions, resources, besides, harmless = [] } = need;
  if (statement.Effect === 'Deny') return undefined;
  const { Action, Resource, NotAction = [], NotResource = [] } = statement;
  if (!Action) {
    return { does: `allows everything but ${NotAction.join(', ')}`, expected: actions, actual: NotAction };
  }
  const isHarmless = namedIn(harmless);
  if (Action.every(isHarmless)) return undefined;
  const wild = Action.filter(hasWildcard);
  if (wild.length > 0) return { does: `allows ${wild.join(', ')}`, expected: actions, actual: wild };
  const isNeeded = namedIn(actions);
  const isApart = besides && namedIn([...besides, ...harmless]);
  const services = new Set(actions.map(serviceOf));
  const about = Action.filter((action) => services.has(serviceOf(action)));
  const others = Action.filter((action) =>
    services.has(serviceOf(action)) ? !isNeeded(action) : isApart && !isApart(action),
  );
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

/** Names of actions are compared without regard to case. */
function namedIn(actions: readonly string[]): (action: string) => boolean {
  const names = new Set(actions.map((action) => action.toLowerCase()));
  return (action) => names.has(action.toLowerCase());
}

/** `*` and `?` are wildcards; inside `${...}` they are not ("IAM JSON policy elements: Variables and tags"). */
function hasWildcard(text: string): boolean {
  return /[*?]/.test(text.replaceAll(/\$\{[^}]*\}/g, ''));
}

function serviceOf(action: string): string {
  return action.slice(0, action.indexOf(':')).toLowerCase();
}
