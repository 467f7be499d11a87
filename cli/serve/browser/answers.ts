/** Answers are saved as they are typed. What could not be saved stays in the page, and the page says so. */
import { button, byId, textElement } from './elements.ts';
import { inWords, post, Refused } from './post.ts';

/** Milliseconds of silence after which an answer is saved. */
const pauseMs = 600;

interface Answer {
  readonly area: HTMLTextAreaElement;
  readonly id: string;
  /** What the file holds, as far as the page knows. */
  base: string;
  timer: ReturnType<typeof setTimeout> | undefined;
  saving: boolean;
  /** Set while the file holds another answer, about which the learner decides. */
  conflict: boolean;
}

const answers = new Map<string, Answer>();

export interface Answers {
  readonly hasUnsaved: () => boolean;
  /** Tries again what could not be saved. */
  readonly saveAll: () => void;
}

export function startAnswers(): Answers {
  for (const area of document.querySelectorAll<HTMLTextAreaElement>('textarea[data-question]')) {
    const id = area.dataset.question ?? '';
    // A browser may have kept what was typed over a reload; what the server sent is what is saved.
    const answer: Answer = {
      area,
      id,
      base: area.defaultValue,
      timer: undefined,
      saving: false,
      conflict: false,
    };
    answers.set(id, answer);
    area.addEventListener('focus', () => grow(area));
    area.addEventListener('input', () => {
      grow(area);
      say(answer, 'Not saved yet');
      schedule(answer, pauseMs);
    });
    area.addEventListener('blur', () => {
      if (isUnsaved(answer)) schedule(answer, 0);
    });
    if (isUnsaved(answer)) schedule(answer, 0);
  }
  growAll();
  window.addEventListener('hashchange', growAll);
  window.addEventListener('beforeunload', (event) => {
    if (hasUnsaved()) event.preventDefault();
  });
  return { hasUnsaved, saveAll };
}

/** Takes over what the file holds, from another tab or from the begin of a stream. */
export function receiveAnswer(id: string, text: string): void {
  const answer = answers.get(id);
  // The server cleans what it shows; one's own words come back as they were typed.
  if (!answer || answer.saving || answer.conflict || answer.base === text) return;
  if (isUnsaved(answer)) return;
  answer.base = text;
  answer.area.value = text;
  grow(answer.area);
  say(answer, text === '' ? 'Saved as you type' : 'Saved');
}

function hasUnsaved(): boolean {
  return [...answers.values()].some(isUnsaved);
}

function saveAll(): void {
  for (const answer of answers.values()) if (isUnsaved(answer)) schedule(answer, 0);
}

function isUnsaved({ area, base }: Answer): boolean {
  return area.value !== base;
}

function schedule(answer: Answer, delayMs: number): void {
  clearTimeout(answer.timer);
  answer.timer = setTimeout(() => void save(answer), delayMs);
}

async function save(answer: Answer): Promise<void> {
  if (answer.saving || answer.conflict) return;
  if (!isUnsaved(answer)) return say(answer, 'Saved');
  const text = answer.area.value;
  answer.saving = true;
  say(answer, 'Saving …');
  try {
    await post('answers', { id: answer.id, text, base: answer.base });
    answer.base = text;
    say(answer, 'Saved');
  } catch (error) {
    if (error instanceof Refused && error.stored !== undefined) showConflict(answer, error.stored);
    else {
      say(answer, `Not saved: ${inWords(error)} What you typed stays in this page.`, true);
      if (!(error instanceof Refused)) schedule(answer, 5000);
    }
    return;
  } finally {
    answer.saving = false;
  }
  if (isUnsaved(answer)) schedule(answer, pauseMs);
}

/** The file was changed elsewhere: nobody's words are lost without being asked. */
function showConflict(answer: Answer, stored: string): void {
  answer.conflict = true;
  say(answer, 'Not saved: answers.yaml has another answer by now.', true);
  const place = document.querySelector<HTMLElement>(`[data-conflict="${CSS.escape(answer.id)}"]`);
  if (!place) return;
  const decide = (text: string) => {
    answer.conflict = false;
    answer.base = stored;
    answer.area.value = text;
    place.hidden = true;
    place.replaceChildren();
    grow(answer.area);
    answer.area.focus();
    void save(answer);
  };
  place.replaceChildren(
    textElement('p', 'The file says:'),
    textElement('blockquote', stored || '(nothing)'),
    button('Keep mine', () => decide(answer.area.value)),
    button('Take the file’s', () => decide(stored)),
  );
  place.hidden = false;
}

function say(answer: Answer, words: string, isTrouble = false): void {
  const place = byId(`saved-${answer.id}`);
  if (place.textContent !== words) place.textContent = words;
  place.classList.toggle('saved-not', isTrouble);
  answer.area.setAttribute('aria-invalid', String(isTrouble));
}

/** Those of a part that has just been shown, which had no height before. */
function growAll(): void {
  requestAnimationFrame(() => {
    for (const { area } of answers.values()) grow(area);
  });
}

/** As high as its text, within reason. */
function grow(area: HTMLTextAreaElement): void {
  if (area.offsetParent === null) return;
  area.style.height = 'auto';
  area.style.height = `${Math.min(area.scrollHeight + 4, 520)}px`;
}
