/** The learner's names. */
import { byId } from './elements.ts';
import { inWords, post } from './post.ts';

export function startNames(): void {
  const form = document.getElementById('names-form');
  if (!(form instanceof HTMLFormElement)) return;
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const names = Object.fromEntries(
      [...new FormData(form)].map(([name, value]) => [name, String(value).trim()]),
    );
    const saved = byId('names-saved');
    post('names', { names }).then(
      () => {
        saved.textContent = 'The guide and the checks use these names now.';
      },
      (error: unknown) => {
        saved.textContent = `${inWords(error).replace(/ Choose another with `--set`\./, '')}`;
      },
    );
  });
}

/** Takes over names that another tab chose, except in a field that is being written in. */
export function receiveNames(names: Readonly<Record<string, string>>): void {
  for (const [name, value] of Object.entries(names)) {
    const input = document.getElementById(`name-${name}`);
    if (!(input instanceof HTMLInputElement) || document.activeElement === input) continue;
    if (input.value !== input.defaultValue) continue;
    input.defaultValue = value;
    input.value = value;
  }
}
