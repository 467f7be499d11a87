/** Clients that nobody here wrote, on the built command, through the lab and through the errors of AWS. */
import { expect } from 'chai';
import { awsCli, pythonWithBoto3 } from '../../support/requires.ts';
import { type RunningSandbox, runSandbox } from '../../support/running-sandbox.ts';
import { carryOut } from './carry-out.ts';
import type { ConformanceClient, Credentials } from './client.ts';
import { AwsCli } from './clients/aws-cli.ts';
import { Boto3 } from './clients/boto3.ts';
import { JavaScriptSdk } from './clients/javascript-sdk.ts';
import { loadScenarios, type Scenario } from './scenario.ts';

const scenarios = loadScenarios();

interface ClientUnderTest {
  readonly name: string;
  readonly scenarios: readonly Scenario[];
  /** Whether botocore is in it, which holds inputs against its model of AWS before it sends them. */
  readonly isBotocore: boolean;
  /** Scenarios at a time. */
  readonly sideBySide: number;
  /** Skips the suite where the client is not installed. */
  find(context: Mocha.Context): (endpoint: string) => ConformanceClient;
}

const clients: readonly ClientUnderTest[] = [
  {
    name: 'the AWS SDK for JavaScript',
    scenarios,
    isBotocore: false,
    sideBySide: 1,
    find: () => (endpoint) => new JavaScriptSdk(endpoint),
  },
  {
    name: 'boto3',
    scenarios,
    isBotocore: true,
    sideBySide: 1,
    find(context) {
      const python = pythonWithBoto3.call(context);
      return (endpoint) => new Boto3(endpoint, python);
    },
  },
  {
    name: 'the AWS CLI',
    scenarios: scenarios.filter(({ awsCli: worthIt }) => worthIt),
    isBotocore: true,
    // Two processes keep two cores busy; more would only make each of them slower.
    sideBySide: 2,
    find(context) {
      const command = awsCli.call(context);
      return (endpoint) => new AwsCli(endpoint, command);
    },
  },
];

for (const one of clients) {
  describe(`${one.name} on the sandbox`, function () {
    // Far more than it takes: on a busy machine a command of the AWS CLI takes seconds.
    this.timeout(600_000);
    let sandbox: RunningSandbox | undefined;
    let client: ConformanceClient | undefined;
    let outcomes: ReadonlyMap<Scenario, Promise<string[]>>;

    before(async function () {
      const open = one.find(this);
      sandbox = await runSandbox();
      client = open(sandbox.url);
      const region = sandbox.env.AWS_DEFAULT_REGION ?? '';
      const administrator = {
        accessKeyId: sandbox.env.AWS_ACCESS_KEY_ID ?? '',
        secretAccessKey: sandbox.env.AWS_SECRET_ACCESS_KEY ?? '',
      };
      const account = await accountOf(client, administrator, region);
      const options = { client, isBotocore: one.isBotocore, region, account, administrator };
      outcomes = startAll(one.scenarios, one.sideBySide, (scenario) => carryOut(scenario, options));
    });
    after(async () => {
      client?.close();
      await sandbox?.stop();
    });

    for (const scenario of one.scenarios) {
      it(scenario.title, async () => {
        expect(await outcomes.get(scenario)).to.deep.equal([]);
      });
    }
  });
}

async function accountOf(client: ConformanceClient, caller: Credentials, region: string): Promise<string> {
  const call = { service: 'sts', operation: 'GetCallerIdentity', input: {}, caller, region };
  const seen = await client.call(call);
  if (seen.kind !== 'answer') throw new Error(`The sandbox does not know its administrator: ${seen.message}`);
  return (seen.output as { Account: string }).Account;
}

/** Works on all items, a few at a time, and gives each one's outcome as soon as it is there. */
function startAll<Item, Outcome>(
  items: readonly Item[],
  sideBySide: number,
  work: (item: Item) => Promise<Outcome>,
): ReadonlyMap<Item, Promise<Outcome>> {
  const outcomes = new Map<Item, Promise<Outcome>>();
  for (const [index, item] of items.entries()) {
    const before = items[index - sideBySide];
    const earlier = before === undefined ? undefined : outcomes.get(before);
    const outcome = Promise.resolve(earlier).then(
      () => work(item),
      () => work(item),
    );
    // A test waits for it in its own time; until then a failure is not unheard of.
    outcome.catch(() => undefined);
    outcomes.set(item, outcome);
  }
  return outcomes;
}
