/** Reads off a request which operation it asks for: the JSON protocols say it in a header, Query in the body. */
export function operationOnTheWire(request: unknown): string | undefined {
  const { headers = {}, body } = request as { headers?: Record<string, string>; body?: unknown };
  const target = Object.entries(headers).find(([name]) => name.toLowerCase() === 'x-amz-target')?.[1];
  if (target) return target.slice(target.lastIndexOf('.') + 1);
  if (typeof body === 'string') return new URLSearchParams(body).get('Action') ?? undefined;
  return undefined;
}
