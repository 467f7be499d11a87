/** AWS CloudTrail: the event history, without trails. */
import { operationTable, type Service } from '../../operation.ts';
import { awsJson } from '../../protocol/aws-json.ts';
import { describeTrails } from './operations/describe-trails.ts';
import { getTrailStatus } from './operations/get-trail-status.ts';
import { listTrails } from './operations/list-trails.ts';
import { lookupEvents } from './operations/lookup-events.ts';

export const cloudTrail: Service = {
  name: 'cloudtrail',
  protocol: awsJson({ version: '1.1' }),
  operations: operationTable([describeTrails, getTrailStatus, listTrails, lookupEvents]),
};
