// What the answers should be, worked out the plain way: all records in memory, a loop for each
// question. It follows the written semantics and knows nothing of the product's code.

import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';

/** All files below a folder, as {path, absolute}; paths begin with the folder's own name. */
export function filesBelow(folder) {
  const found = [];
  const walk = (at, name) => {
    for (const entry of readdirSync(at, { withFileTypes: true })) {
      const below = path.join(at, entry.name);
      if (entry.isDirectory()) walk(below, `${name}/${entry.name}`);
      else found.push({ path: `${name}/${entry.name}`, absolute: below });
    }
  };
  walk(folder, path.basename(folder));
  return found.sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** The records of a folder without duplicates: of equals the one with the smallest path stays. */
export function readLogs(folder) {
  const files = filesBelow(folder);
  const kept = [];
  const bodies = new Map();
  let read = 0;
  for (const file of files) {
    let bytes = readFileSync(file.absolute);
    if (bytes[0] === 0x1f && bytes[1] === 0x8b) bytes = gunzipSync(bytes);
    for (const record of JSON.parse(bytes.toString('utf8')).Records) {
      read += 1;
      if (record.eventID) {
        const key = `${record.eventID} ${record.recipientAccountId ?? ''}`;
        const body = JSON.stringify(record);
        const known = bodies.get(key);
        if (known?.has(body)) continue;
        if (known) known.add(body);
        else bodies.set(key, new Set([body]));
      }
      kept.push(new Event(record, file.path));
    }
  }
  return { files, read, events: kept, duplicates: read - kept.length };
}

const list = it => (it === undefined || it === null ? [] : [typeof it === 'string' ? it : JSON.stringify(it)]);
const at = (record, field) => field.split('.').reduce((value, key) => value?.[key], record);
const unique = values => [...new Set(values)];

export class Event {
  constructor(record, file) {
    this.record = record;
    this.file = file;
    this.millis = Date.parse(record.eventTime);
    this.memo = new Map();
  }

  /** The values of a field: none, one, or for lists several. */
  values(field) {
    let values = this.memo.get(field);
    if (!values) this.memo.set(field, (values = this.work(field)));
    return values;
  }

  work(field) {
    const { record } = this;
    const identity = record.userIdentity ?? {};
    const issuer = identity.sessionContext?.sessionIssuer;
    switch (field) {
      case 'file':
        return [this.file];
      case 'service':
        return list(record.eventSource?.replace(/\.amazonaws\.com(\.cn)?$/, ''));
      case 'verb':
        return list(record.eventName?.match(/^.\p{Ll}*/u)?.[0]);
      case 'principal': {
        if (['AssumedRole', 'FederatedUser', undefined].includes(identity.type) && issuer?.arn) {
          return [issuer.arn];
        }
        const account = [identity.accountId, identity.type].filter(Boolean).join(':');
        return list(identity.arn || identity.invokedBy || account || undefined);
      }
      case 'session':
        return identity.type === 'AssumedRole'
          ? list(identity.principalId?.split(':').slice(1).join(':') || undefined)
          : [];
      case 'outcome':
        return [outcome(record)];
      case 'category':
        return [category(record)];
      case 'resources.ARN':
        return unique((record.resources ?? []).flatMap(it => list(it.ARN ?? it.ARNPrefix)));
      case 'resources.type':
        return unique((record.resources ?? []).flatMap(it => list(it.type)));
      case 'resources.accountId':
        return unique((record.resources ?? []).flatMap(it => list(it.accountId)));
      default:
        return list(at(record, field));
    }
  }

  /** The whole value, ignoring case. */
  is(field, value) {
    const wanted = value.toLowerCase();
    return this.values(field).some(it => it.toLowerCase() === wanted);
  }

  /** `*` stands for any text. */
  like(field, pattern) {
    const escaped = pattern.split('*').map(it => it.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
    const regex = new RegExp(`^${escaped.join('[^]*')}$`, 'i');
    return this.values(field).some(it => regex.test(it));
  }

  has(field) {
    return this.values(field).length > 0;
  }

  /** A bare word: anywhere in any text column. */
  says(word) {
    const wanted = word.toLowerCase();
    return TEXT_FIELDS.some(field => this.values(field).some(it => it.toLowerCase().includes(wanted)));
  }
}

/** The columns in which a bare word is looked for. */
const TEXT_FIELDS = `eventName eventSource service verb principal session outcome category
  sourceIPAddress userAgent awsRegion recipientAccountId errorCode errorMessage eventType
  eventCategory eventVersion apiVersion userIdentity.type userIdentity.arn userIdentity.principalId
  userIdentity.accountId userIdentity.userName userIdentity.accessKeyId userIdentity.invokedBy
  userIdentity.identityProvider userIdentity.credentialId
  userIdentity.sessionContext.sessionIssuer.type userIdentity.sessionContext.sessionIssuer.arn
  userIdentity.sessionContext.sessionIssuer.principalId
  userIdentity.sessionContext.sessionIssuer.accountId
  userIdentity.sessionContext.sessionIssuer.userName
  userIdentity.sessionContext.attributes.mfaAuthenticated
  userIdentity.sessionContext.attributes.creationDate userIdentity.sessionContext.sourceIdentity
  userIdentity.sessionContext.ec2RoleDelivery resources.ARN resources.type resources.accountId
  tlsDetails.tlsVersion tlsDetails.cipherSuite tlsDetails.clientProvidedHostHeader vpcEndpointId
  vpcEndpointAccountId sessionCredentialFromConsole addendum.reason sharedEventID requestID eventID
  file`.split(/\s+/);

function outcome(record) {
  const code = record.errorCode?.replace(/^(Client|Server)\./, '');
  const onlyMessage = !code && record.errorMessage;
  if (record.eventName === 'ConsoleLogin' && record.responseElements?.ConsoleLogin === 'Failure') {
    return 'denied';
  }
  if (onlyMessage) return record.eventType === 'AwsConsoleSignIn' ? 'denied' : 'error';
  if (!code) return 'success';
  if (/AccessDenied|Unauthorized|Forbidden/.test(code)) return 'denied';
  if (/Throttl|^RequestLimitExceeded$|^TooManyRequests|^SlowDown$/.test(code)) return 'throttled';
  if (/^NoSuch|NotFound/.test(code)) return 'not-found';
  if (/Invalid|Validation|Malformed/.test(code)) return 'invalid';
  return 'error';
}

function category(record) {
  if (record.eventCategory) return record.eventCategory;
  if (record.eventType === 'AwsCloudTrailInsight') return 'Insight';
  if (record.managementEvent === true) return 'Management';
  if (record.managementEvent === false) return 'Data';
  return 'Management';
}

const byCountThenValue = (a, b) =>
  b.count - a.count || (a.value < b.value ? -1 : a.value > b.value ? 1 : 0);

/** Values with their counts: an event counts once for each different value that it has. */
export function facet(events, field) {
  const counts = new Map();
  let missing = 0;
  for (const event of events) {
    const values = event.values(field);
    if (values.length === 0) missing += 1;
    for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  const values = [...counts].map(([value, count]) => ({ value, count })).sort(byCountThenValue);
  return { total: events.length, distinct: values.length, missing, values };
}

/** Groups by one field: count, different principals, first and last moment, share of errors. */
export function groupBy(events, fields) {
  const groups = new Map();
  for (const event of events) {
    const keys = fields.map(field => (event.has(field) ? event.values(field) : [null]));
    for (const key of keys.reduce((all, next) => all.flatMap(it => next.map(k => [...it, k])), [[]])) {
      const name = JSON.stringify(key);
      const group = groups.get(name) ?? { key, count: 0, principals: new Set(), first: Infinity, last: -Infinity, errors: 0 };
      groups.set(name, group);
      group.count += 1;
      event.values('principal').forEach(it => group.principals.add(it));
      group.first = Math.min(group.first, event.millis);
      group.last = Math.max(group.last, event.millis);
      if (!event.is('outcome', 'success')) group.errors += 1;
    }
  }
  return [...groups.values()];
}

/** Newest first; ties by account, eventID and file. */
export function newestFirst(events) {
  const tie = it => [it.record.recipientAccountId ?? '', it.record.eventID ?? '', it.file];
  const compare = (a, b) => (a < b ? -1 : a > b ? 1 : 0);
  return [...events].sort((a, b) => {
    const [x, y] = [tie(a), tie(b)];
    return b.millis - a.millis || compare(x[0], y[0]) || compare(x[1], y[1]) || compare(x[2], y[2]);
  });
}
