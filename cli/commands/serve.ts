import { labPageRenderer } from '../../reports/lab-page.ts';
import type { CallRecord } from '../../sandbox/gateway/gateway.ts';
import { interruptSignal } from '../interrupt.ts';
import { chosenLab } from '../labs/chosen-lab.ts';
import { openBrowser } from '../open-browser.ts';
import type { AccountFlags } from '../options/account.ts';
import type { ChecksFlags } from '../options/checks.ts';
import type { ProbeChoice } from '../options/probe.ts';
import { createOutput } from '../output.ts';
import { startPageServer } from '../serve/page-server.ts';
import { ServedAccount } from '../serve/served-account.ts';
import { ServedLab } from '../serve/served-lab.ts';
import { Workbench } from '../serve/workbench.ts';

export interface ServeFlags extends AccountFlags, ChecksFlags {
  readonly port: number;
  readonly open?: boolean;
  readonly probe?: ProbeChoice;
  readonly set: Record<string, string>;
  readonly color: boolean;
}

/** `labwright serve`: a lab in the browser, until Ctrl-C. */
export async function serve(labName: string | undefined, flags: ServeFlags): Promise<void> {
  const { print, note, style } = createOutput(!flags.color);
  const served = await ServedLab.open(labName ?? (await chosenLab()), flags);
  const renderer = await labPageRenderer();
  let workbench: Workbench | undefined;
  const onCall = (record: CallRecord) => workbench?.addCall(record);
  const account = await ServedAccount.prepare(flags, onCall);
  try {
    workbench = new Workbench({ served, account, renderer, ...(flags.probe && { probe: flags.probe }) });
    const server = await startPageServer(workbench, flags.port);
    const { signal } = interruptSignal();
    const met = workbench.meetAccount();
    print(`${server.url}\n`);
    note(style.dim('Open this address in a browser on this machine. Stop with Ctrl-C.\n'));
    if (flags.open)
      openBrowser(server.url, () => note('No browser could be opened. Open the address yourself.\n'));
    if (!signal.aborted) {
      await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
    }
    await workbench.close();
    await met;
    await server.close();
  } finally {
    await account.close();
  }
}
