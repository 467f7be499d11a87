/** The awsQuery protocol (form in, XML out), server side, on the SDK's own XML serializer. */
import { XmlShapeSerializer } from '@aws-sdk/core/protocols';
import { NormalizedSchema } from '@smithy/core/schema';
import type { StaticOperationSchema } from '@smithy/types';
import { AwsError } from '../aws-error.ts';
import type { SignatureFaultKind } from '../gateway/signature-fault.ts';
import type { Constraints } from './constraints.ts';
import type { Protocol, WireResponse } from './protocol.ts';
import { queryForm } from './query-form.ts';
import { readQuery } from './read-query.ts';
import { validateInput } from './validate-input.ts';

const faults: Record<SignatureFaultKind, { code: string; status: number }> = {
  missing: { code: 'MissingAuthenticationToken', status: 403 },
  incomplete: { code: 'IncompleteSignature', status: 400 },
  'unknown-key': { code: 'InvalidClientTokenId', status: 403 },
  'bad-token': { code: 'InvalidClientTokenId', status: 403 },
  'expired-token': { code: 'ExpiredToken', status: 403 },
  mismatch: { code: 'SignatureDoesNotMatch', status: 403 },
  expired: { code: 'SignatureDoesNotMatch', status: 403 },
};

/**
 * @param namespace of the answers' XML, for example `https://iam.amazonaws.com/doc/2010-05-08/`
 * @param constraints on input members that the schemas leave out
 */
export function awsQuery(namespace: string, constraints: Constraints = {}): Protocol {
  const serializer = new XmlShapeSerializer({
    timestampFormat: { useTrait: true, default: 5 },
    httpBindings: false,
    xmlNamespace: '',
    serviceNamespace: namespace,
  });

  const respond = (status: number, xml: string, requestId: string): WireResponse => ({
    status,
    headers: { 'content-type': 'text/xml', 'x-amzn-requestid': requestId },
    body: Buffer.from(xml),
  });

  return {
    operationName(request) {
      return queryForm(request).get('Action') ?? undefined;
    },
    parse(schema, _body, request) {
      const input = readQuery(schema[4], queryForm(request));
      validateInput(schema[4], input, { code: 'ValidationError', constraints });
      return input;
    },
    serialise(schema: StaticOperationSchema, _body, output, requestId) {
      const name = schema[2];
      const result = writeResult(serializer, schema, output);
      return respond(
        200,
        `<${name}Response xmlns="${namespace}">${result}<ResponseMetadata><RequestId>${requestId}</RequestId></ResponseMetadata></${name}Response>`,
        requestId,
      );
    },
    serialiseError(error, requestId) {
      const type = error.status >= 500 ? 'Receiver' : 'Sender';
      return respond(
        error.status,
        `<ErrorResponse xmlns="${namespace}"><Error><Type>${type}</Type><Code>${escapeXml(error.code)}</Code><Message>${escapeXml(error.message)}</Message></Error><RequestId>${requestId}</RequestId></ErrorResponse>`,
        requestId,
      );
    },
    denied: (message) => new AwsError('AccessDenied', message, 403),
    rejected: (fault) => new AwsError(faults[fault.kind].code, fault.message, faults[fault.kind].status),
    misaddressed(request) {
      // The sentence of IAM and STS, in many public logs of requests without a version.
      const form = queryForm(request);
      const action = form.get('Action');
      if (action === null) return new AwsError('InvalidAction', noAction);
      return new AwsError(
        'InvalidAction',
        `Could not find operation ${action} for version ${form.get('Version') ?? 'NO_VERSION_SPECIFIED'}`,
      );
    },
    unknownOperation: (service, operation) =>
      new AwsError(
        'InvalidAction',
        operation === undefined
          ? noAction
          : `The sandbox does not have the operation ${service}:${operation}.`,
      ),
  };
}

const noAction = 'The request names no Action.';

/** `<GetUserResult>...</GetUserResult>`, or nothing for an operation that answers nothing. */
function writeResult(serializer: XmlShapeSerializer, schema: StaticOperationSchema, output: unknown): string {
  const shape = NormalizedSchema.of(schema[5]);
  if (shape.isUnitSchema() || output === undefined) return '';
  serializer.write(shape, output);
  const xml = String(serializer.flush());
  // The serializer names the outer element after the shape; the wire wants `<Operation>Result`.
  const tag = shape.getName() ?? '';
  const inner = xml.startsWith(`<${tag}>`) ? xml.slice(tag.length + 2, -(tag.length + 3)) : '';
  return `<${schema[2]}Result>${inner}</${schema[2]}Result>`;
}

function escapeXml(text: string): string {
  return text.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);
}
