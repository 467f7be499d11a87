export interface Refusal {
  readonly name: string;
  readonly message: string;
  /** Of HTTP; undefined where the client did not get an answer. */
  readonly status: number | undefined;
}

/** What a refused request answered. Fails if the request was carried out. */
export async function refusal(request: Promise<unknown>): Promise<Refusal> {
  try {
    await request;
  } catch (error) {
    const { name, message, $metadata } = error as Error & { $metadata?: { httpStatusCode?: number } };
    return { name, message, status: $metadata?.httpStatusCode };
  }
  throw new Error('The request was carried out; a refusal was expected.');
}
