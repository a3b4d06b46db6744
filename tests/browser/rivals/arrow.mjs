// Turns groups of files into Arrow, with what browsers have: DecompressionStream and JSON.parse.

import { tableFromArrays, tableToIPC } from 'apache-arrow';

const text = it => (it === undefined || it === null ? null : typeof it === 'string' ? it : JSON.stringify(it));

/** The columns that the page keeps, as far as they are stored and not derived. */
const COLUMNS = {
  eventTime: it => it.eventTime,
  eventName: it => it.eventName,
  eventSource: it => it.eventSource,
  sourceIPAddress: it => it.sourceIPAddress,
  userAgent: it => it.userAgent,
  awsRegion: it => it.awsRegion,
  recipientAccountId: it => it.recipientAccountId,
  errorCode: it => it.errorCode,
  errorMessage: it => it.errorMessage,
  readOnly: it => it.readOnly,
  managementEvent: it => it.managementEvent,
  eventType: it => it.eventType,
  eventCategory: it => it.eventCategory,
  eventVersion: it => it.eventVersion,
  apiVersion: it => it.apiVersion,
  identityType: it => it.userIdentity?.type,
  principalArn: it => it.userIdentity?.arn,
  principalId: it => it.userIdentity?.principalId,
  identityAccountId: it => it.userIdentity?.accountId,
  userName: it => it.userIdentity?.userName,
  accessKeyId: it => it.userIdentity?.accessKeyId,
  invokedBy: it => it.userIdentity?.invokedBy,
  issuerType: it => it.userIdentity?.sessionContext?.sessionIssuer?.type,
  issuerArn: it => it.userIdentity?.sessionContext?.sessionIssuer?.arn,
  issuerUserName: it => it.userIdentity?.sessionContext?.sessionIssuer?.userName,
  mfaAuthenticated: it => it.userIdentity?.sessionContext?.attributes?.mfaAuthenticated,
  creationDate: it => it.userIdentity?.sessionContext?.attributes?.creationDate,
  sourceIdentity: it => it.userIdentity?.sessionContext?.sourceIdentity,
  resourceArns: it => it.resources?.map(resource => resource.ARN),
  resourceTypes: it => it.resources?.map(resource => resource.type),
  tlsVersion: it => it.tlsDetails?.tlsVersion,
  cipherSuite: it => it.tlsDetails?.cipherSuite,
  tlsHost: it => it.tlsDetails?.clientProvidedHostHeader,
  vpcEndpointId: it => it.vpcEndpointId,
  sharedEventID: it => it.sharedEventID,
  requestID: it => it.requestID,
  eventID: it => it.eventID,
};

async function records(bytes) {
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
  return JSON.parse(await new Response(stream).text()).Records ?? [];
}

let greeted = false;

onmessage = async ({ data }) => {
  if (!greeted) {
    greeted = true;
    postMessage(null);
    return;
  }
  const all = new Uint8Array(await new Blob(data).arrayBuffer());
  const columns = Object.fromEntries(Object.keys(COLUMNS).map(name => [name, []]));
  let at = 0;
  const parts = data.map(({ size }) => all.subarray(at, (at += size)));
  for (const list of await Promise.all(parts.map(records))) {
    for (const record of list) {
      for (const name in COLUMNS) columns[name].push(text(COLUMNS[name](record)));
    }
  }
  // A column without any value has no type of its own.
  for (const name in columns) if (columns[name].every(it => it === null)) columns[name][0] = '';
  const bytes = tableToIPC(tableFromArrays(columns), 'stream');
  postMessage({ bytes }, [bytes.buffer]);
};
