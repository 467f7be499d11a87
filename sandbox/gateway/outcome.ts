import type { WireRequest, WireResponse } from '../protocol/protocol.ts';

/** What becomes of a request: an answer, an answer that dawdles, or a connection that breaks. */
export type Outcome =
  | { readonly kind: 'answer' | 'slow'; readonly response: WireResponse }
  | { readonly kind: 'reset' };

/** What a server hands requests to. */
export type Handler = (request: WireRequest, sourceIp: string) => Promise<Outcome>;
