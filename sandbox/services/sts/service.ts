/** AWS Security Token Service. */
import { operationTable, type Service } from '../../operation.ts';
import { awsQuery } from '../../protocol/aws-query.ts';
import { getCallerIdentity } from './operations/get-caller-identity.ts';

export const sts: Service = {
  name: 'sts',
  protocol: awsQuery('https://sts.amazonaws.com/doc/2011-06-15/'),
  operations: operationTable([getCallerIdentity]),
};
