/** AWS Security Token Service. */
import { operationTable, type Service } from '../../operation.ts';
import { awsQuery } from '../../protocol/aws-query.ts';
import { stsConstraints } from './constraints.ts';
import { assumeRole } from './operations/assume-role.ts';
import { getAccessKeyInfo } from './operations/get-access-key-info.ts';
import { getCallerIdentity } from './operations/get-caller-identity.ts';
import { getFederationToken } from './operations/get-federation-token.ts';
import { getSessionToken } from './operations/get-session-token.ts';

export const sts: Service = {
  name: 'sts',
  protocol: awsQuery('https://sts.amazonaws.com/doc/2011-06-15/', stsConstraints),
  operations: operationTable([
    assumeRole,
    getAccessKeyInfo,
    getCallerIdentity,
    getFederationToken,
    getSessionToken,
  ]),
};
