/**
 * What a request says about its signature, in the Authorization header or, presigned, in the query string.
 *
 * The texts of the refusals: as DynamoDB sends them, recorded by dynalite, and "Troubleshoot Signature Version 4
 * signing" in the IAM user guide.
 */
import type { WireRequest } from '../protocol/protocol.ts';
import { SignatureFault } from './signature-fault.ts';

export const algorithm = 'AWS4-HMAC-SHA256';

/** Where a request says it is going and who signed it: parsed, not yet verified. */
export interface SignatureClaim {
  readonly accessKeyId: string;
  /** `YYYYMMDD` */
  readonly date: string;
  readonly region: string;
  readonly service: string;
  /** Last part of the credential scope: `aws4_request` in every good claim. */
  readonly terminator: string;
  readonly signedHeaders: readonly string[];
  readonly signature: string;
  /** When it was signed: `YYYYMMDDTHHMMSSZ`. */
  readonly timestamp: string;
  readonly sessionToken?: string;
  /** Set for a presigned request; `expires` is `X-Amz-Expires` as it stands there, in seconds. */
  readonly presigned?: { readonly expires?: string };
}

/** The parts of a claim as they stand in the request. */
interface Parts {
  readonly algorithm: string;
  readonly credential: string;
  readonly signedHeaders: string;
  readonly signature: string;
  readonly timestamp: string;
  readonly sessionToken: string | undefined;
  readonly presigned?: { readonly expires?: string };
}

/** @throws SignatureFault when the request carries no readable claim. */
export function readClaim(request: WireRequest): SignatureClaim {
  const header = request.headers.authorization;
  const query = queryOf(request);
  const presigned = query.has('X-Amz-Algorithm');
  if (header !== undefined && presigned) {
    throw new SignatureFault(
      'mismatch',
      "Found both 'X-Amz-Algorithm' as a query-string param and 'Authorization' as HTTP header.",
    );
  }
  if (!presigned && !header?.startsWith('AWS4-'))
    throw new SignatureFault('missing', 'Request is missing Authentication Token');
  return toClaim(presigned ? partsOfQuery(query, request) : partsOfHeader(header ?? '', request));
}

function queryOf({ url }: WireRequest): URLSearchParams {
  const at = url.indexOf('?');
  return new URLSearchParams(at < 0 ? '' : url.slice(at + 1));
}

function partsOfHeader(header: string, { headers }: WireRequest): Parts {
  const [name = '', rest = ''] = splitOnce(header, ' ');
  const values = new Map(rest.split(',').map((part) => splitOnce(part.trim(), '=')));
  const timestamp = headers['x-amz-date'] ?? headers.date;
  const problems = ['Credential', 'Signature', 'SignedHeaders']
    .filter((part) => !values.get(part))
    .map((part) => `Authorization header requires '${part}' parameter. `);
  if (!timestamp) {
    problems.push("Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header. ");
  }
  if (problems.length > 0)
    throw new SignatureFault('incomplete', `${problems.join('')}Authorization=${header}`);
  return {
    algorithm: name,
    credential: values.get('Credential') ?? '',
    signedHeaders: values.get('SignedHeaders') ?? '',
    signature: values.get('Signature') ?? '',
    timestamp: timestamp ?? '',
    sessionToken: headers['x-amz-security-token'],
  };
}

function partsOfQuery(query: URLSearchParams, { headers }: WireRequest): Parts {
  const problems = [
    'X-Amz-Algorithm',
    'X-Amz-Credential',
    'X-Amz-Signature',
    'X-Amz-SignedHeaders',
    'X-Amz-Date',
  ]
    .filter((name) => !query.get(name))
    .map((name) => `AWS query-string parameters must include '${name}'. `);
  if (problems.length > 0) {
    throw new SignatureFault('incomplete', `${problems.join('')}Re-examine the query-string parameters.`);
  }
  return {
    algorithm: query.get('X-Amz-Algorithm') ?? '',
    credential: query.get('X-Amz-Credential') ?? '',
    signedHeaders: query.get('X-Amz-SignedHeaders') ?? '',
    signature: query.get('X-Amz-Signature') ?? '',
    timestamp: query.get('X-Amz-Date') ?? '',
    sessionToken: query.get('X-Amz-Security-Token') ?? headers['x-amz-security-token'],
    presigned: { expires: query.get('X-Amz-Expires') ?? undefined },
  };
}

function toClaim({ credential, signedHeaders, ...parts }: Parts): SignatureClaim {
  if (!isBasicDate(parts.timestamp)) {
    throw new SignatureFault(
      'incomplete',
      `Date must be in ISO-8601 'basic format'. Got '${parts.timestamp}'. See http://en.wikipedia.org/wiki/ISO_8601`,
    );
  }
  if (parts.algorithm !== algorithm) {
    throw new SignatureFault(
      'incomplete',
      `Unsupported AWS 'algorithm': '${parts.algorithm}' (only ${algorithm} for now). `,
    );
  }
  const [accessKeyId, date, region, service, terminator, ...rest] = credential.split('/');
  if (!accessKeyId || !date || !region || !service || !terminator || rest.length > 0) {
    throw new SignatureFault(
      'incomplete',
      `Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, got '${credential}'`,
    );
  }
  return {
    accessKeyId,
    date,
    region,
    service,
    terminator,
    signedHeaders: signedHeaders.split(';').map((name) => name.toLowerCase()),
    signature: parts.signature,
    timestamp: parts.timestamp,
    sessionToken: parts.sessionToken,
    presigned: parts.presigned,
  };
}

function isBasicDate(text: string): boolean {
  return /^\d{8}T\d{6}Z$/.test(text) && !Number.isNaN(fromBasicDate(text));
}

/** Milliseconds since the epoch of `YYYYMMDDTHHMMSSZ`. */
export function fromBasicDate(text: string): number {
  return Date.parse(text.replace(/^(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})Z$/, '$1-$2-$3T$4:$5:$6Z'));
}

function splitOnce(text: string, separator: string): [string, string] {
  const at = text.indexOf(separator);
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
}
