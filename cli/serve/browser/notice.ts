/** One message above everything, for what concerns the page as a whole. */
import { button, byId, textElement } from './elements.ts';

/** Shows a message. @param action a button beside it */
export function showNotice(
  words: string,
  action?: { readonly words: string; readonly run: () => void },
): void {
  const notice = byId('notice');
  notice.replaceChildren(textElement('p', words, 'trouble-message'));
  if (action) notice.append(button(action.words, action.run));
  notice.hidden = false;
}

export function hideNotice(): void {
  const notice = byId('notice');
  notice.hidden = true;
  notice.replaceChildren();
}
