/** Asks an address whether it is still there. Never throws. */

export type Answer =
  | { readonly kind: 'there' }
  /** The other side says that there is nothing. */
  | { readonly kind: 'gone'; readonly why: string }
  /** Nobody knows: no network, no answer in time, a refusal to machines, trouble over there. */
  | { readonly kind: 'not asked'; readonly why: string };

const patienceMs = 10_000;

export async function askAddress(address: string, signal?: AbortSignal): Promise<Answer> {
  const head = await ask(address, 'HEAD', signal);
  // Some servers know no HEAD, or answer it otherwise than GET.
  return head.kind === 'there' ? head : ask(address, 'GET', signal);
}

async function ask(address: string, method: 'HEAD' | 'GET', signal?: AbortSignal): Promise<Answer> {
  try {
    const patience = AbortSignal.timeout(patienceMs);
    const response = await fetch(address, {
      method,
      redirect: 'follow',
      signal: signal ? AbortSignal.any([signal, patience]) : patience,
      headers: { 'user-agent': 'labwright-lint' },
    });
    // Only the answer's head matters.
    await response.body?.cancel();
    if (response.ok) return { kind: 'there' };
    const why = `${response.status}${response.statusText === '' ? '' : ` ${response.statusText}`}`;
    return response.status === 404 || response.status === 410
      ? { kind: 'gone', why }
      : { kind: 'not asked', why };
  } catch (error) {
    return { kind: 'not asked', why: whyOf(error) };
  }
}

function whyOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.name === 'TimeoutError') return `no answer in ${patienceMs / 1000} seconds`;
  const { cause } = error;
  return cause instanceof Error ? ((cause as NodeJS.ErrnoException).code ?? cause.message) : error.message;
}
