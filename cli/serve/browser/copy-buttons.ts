/** A button at every block of commands that copies it. */
import { button } from './elements.ts';

export function addCopyButtons(within: HTMLElement): void {
  for (const block of within.querySelectorAll<HTMLElement>('.guide pre, .panel details pre')) {
    if (block.parentElement?.classList.contains('copyable')) continue;
    const frame = document.createElement('div');
    frame.className = 'copyable';
    block.replaceWith(frame);
    const copy = button('Copy', () => {
      const said = (words: string) => {
        copy.textContent = words;
        setTimeout(() => {
          copy.textContent = 'Copy';
        }, 2000);
      };
      navigator.clipboard.writeText(block.textContent ?? '').then(
        () => said('Copied'),
        () => said('Not copied: select it instead'),
      );
    });
    copy.className = 'copy';
    frame.append(block, copy);
  }
}
