import type { WireRequest } from './protocol.ts';

/** Read once for each request, which may be large and is not yet known to come from anybody. */
const forms = new WeakMap<WireRequest, URLSearchParams>();

/** The fields of a Query request: of its query string (a GET, or presigned), then of its body. */
export function queryForm(request: WireRequest): URLSearchParams {
  let form = forms.get(request);
  if (!form) {
    const at = request.url.indexOf('?');
    const query = at < 0 ? '' : `${request.url.slice(at + 1)}&`;
    form = new URLSearchParams(query + request.body.toString('utf8'));
    forms.set(request, form);
  }
  return form;
}
