/** The script of `labwright serve`'s page. */
import { startAnswers } from './answers.ts';
import { startCalls } from './calls.ts';
import { startChecks } from './checks.ts';
import { addCopyButtons } from './copy-buttons.ts';
import { onReplaced } from './fragments.ts';
import { startNames } from './names.ts';
import { startSections } from './sections.ts';
import { listen } from './stream.ts';
import { startTabs } from './tabs.ts';
import { startWriteUp } from './write-up.ts';

// The cookie stands for the token from here on; it need not stay where it can be read or copied by mistake.
if (location.search) history.replaceState(null, '', location.pathname + location.hash);

const answers = startAnswers();
startSections();
startChecks();
startNames();
startTabs();
startWriteUp();
startCalls();
addCopyButtons(document.body);
onReplaced(addCopyButtons);
listen({ hasUnsaved: answers.hasUnsaved, onBack: answers.saveAll });
