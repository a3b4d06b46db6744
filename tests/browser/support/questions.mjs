// Filters with what they mean, as a plain function of one event of the real bucket.

export const FILTERS = [
  ['', () => true],
  ['eventName:PutObject', it => it.is('eventName', 'PutObject')],
  ['EVENTNAME:putobject', it => it.is('eventName', 'PutObject')],
  ['errorCode:AccessDenied', it => it.is('errorCode', 'AccessDenied')],
  ['outcome:denied', it => it.is('outcome', 'denied')],
  ['-outcome:success', it => !it.is('outcome', 'success')],
  ['NOT errorCode:*', it => !it.has('errorCode')],
  ['-errorCode:AccessDenied', it => !it.is('errorCode', 'AccessDenied')],
  ['eventName:Get*', it => it.like('eventName', 'Get*')],
  ['eventName:*Bucket*', it => it.like('eventName', '*Bucket*')],
  ['service:(iam OR sts)', it => it.is('service', 'iam') || it.is('service', 'sts')],
  [
    'service:s3 AND (eventName:GetObject OR eventName:HeadBucket)',
    it => it.is('service', 's3') && (it.is('eventName', 'GetObject') || it.is('eventName', 'HeadBucket')),
  ],
  [
    'service:iam OR service:ec2 readOnly:false',
    it => it.is('service', 'iam') || (it.is('service', 'ec2') && it.is('readOnly', 'false')),
  ],
  [
    'NOT (service:s3 OR service:kms) -eventName:Describe*',
    it => !(it.is('service', 's3') || it.is('service', 'kms')) && !it.like('eventName', 'Describe*'),
  ],
  ['sourceIPAddress:96.253.26.224', it => it.is('sourceIPAddress', '96.253.26.224')],
  ['sourceIPAddress:"AWS Internal"', it => it.is('sourceIPAddress', 'AWS Internal')],
  ['resources.ARN:arn:aws:s3:::falsimentis-log', it => it.is('resources.ARN', 'arn:aws:s3:::falsimentis-log')],
  ['resources.type:AWS::S3::Object', it => it.is('resources.type', 'AWS::S3::Object')],
  ['-resources.type:AWS::S3::Bucket', it => !it.is('resources.type', 'AWS::S3::Bucket')],
  ['NOT resources.ARN:*', it => !it.has('resources.ARN')],
  ['FalsimentisRoot', it => it.says('FalsimentisRoot')],
  ['"access denied"', it => it.says('access denied')],
  ['-falsimentis', it => !it.says('falsimentis')],
  ['userAgent:*aws-cli*', it => it.like('userAgent', '*aws-cli*')],
  ['eventTime:2021-07-30', it => day(it) === '2021-07-30'],
  ['eventTime>=2021-07-30T16:00 eventTime<2021-07-30T17:00', it => it.record.eventTime.startsWith('2021-07-30T16')],
  ['eventTime<=2021-07-29', it => day(it) <= '2021-07-29'],
  ['eventTime>2021-07-31', it => day(it) > '2021-07-31'],
  ['readOnly:true category:Data', it => it.is('readOnly', 'true') && it.is('category', 'Data')],
  ['userIdentity.type!=AWSService', it => !it.is('userIdentity.type', 'AWSService')],
  [
    'principal:*user/* awsRegion:(us-east-1 OR eu-central-1)',
    it => it.like('principal', '*user/*') && (it.is('awsRegion', 'us-east-1') || it.is('awsRegion', 'eu-central-1')),
  ],
  ['eventName:nothingLikeThis', () => false],
];

const day = event => event.record.eventTime.slice(0, 10);

/** The facets that the page must have, and some more. */
export const FACETS = [
  'service',
  'eventName',
  'principal',
  'userIdentity.type',
  'sourceIPAddress',
  'awsRegion',
  'recipientAccountId',
  'outcome',
  'errorCode',
  'category',
  'readOnly',
  'userAgent',
  'session',
  'verb',
  'resources.ARN',
  'resources.type',
  'userIdentity.accessKeyId',
  'eventType',
  'errorMessage',
  'file',
];
