/**
 * Trailglass from a script: everything the page can do, as functions of `window.trailglass`.
 *
 * What these functions open the page shows, and what a person drops these functions see. Nothing
 * leaves the browser. All calls return promises and may come before the engine is ready: they wait.
 *
 * A rejected promise carries a {@link TrailglassError}: an `Error` whose `name` says what kind it
 * is, and whose message can be shown to a person.
 *
 * @example
 * const report = await trailglass.open(document.querySelector("input[type=file]").files);
 * const denied = await trailglass.count({ filter: "outcome:denied" });
 * const who = await trailglass.facet({ field: "principal", filter: "eventName:Delete*" });
 */
interface Trailglass {
  /** The version of the page. */
  readonly version: string;

  /** Resolves when the engine answers; rejects if it cannot run in this browser. */
  readonly ready: Promise<void>;

  /**
   * Takes files in, as an `<input>` or a drop gives them, or as pairs where the folder is known:
   * `.json.gz` and `.json` files of CloudTrail, in any number. What was opened before stays. Calls
   * queue. Resolves with the report of everything since the last {@link Trailglass.close}.
   *
   * Bad files do not reject: they are in the report's problems. Aborting rejects with `Cancelled`;
   * what has arrived stays, and {@link Trailglass.report} tells.
   */
  open(files: Iterable<File | { path: string; file: File }>, options?: OpenOptions): Promise<Report>;

  /** What was taken in since the page began or was last closed. */
  report(): Promise<Report>;

  /** Forgets everything. The engine is ended, so its memory is free again, and started afresh. */
  close(): Promise<void>;

  /** How many events match. */
  count(q?: { filter?: Filter }): Promise<number>;

  /** A window of the events that match, newest first unless sorted otherwise. */
  page(q?: {
    filter?: Filter;
    /** Ties go by recipientAccountId, eventID and file; events that lack the column come last. */
    sort?: Sort[];
    /** How many events are passed over. 0 if absent. */
    offset?: number;
    /** 100 if absent, at most 10,000. */
    limit?: number;
    /**
     * If absent: eventTime, eventName, eventSource, principal, sourceIPAddress, awsRegion, outcome.
     */
    columns?: Field[];
  }): Promise<Page>;

  /** How often each value of a field occurs, most frequent first, then by value. */
  facet(q: {
    field: Field;
    filter?: Filter;
    /** How many values. 10 if absent, at most 10,000. */
    limit?: number;
  }): Promise<Facet>;

  /** Counts by one or two fields. */
  group(q: {
    /** An event with several values of a field is in the group of each. */
    by: Field[];
    filter?: Filter;
    /** By the names of the answer's columns; most events first if absent. */
    sort?: Sort[];
    /** 1,000 if absent, at most 10,000. */
    limit?: number;
  }): Promise<Group>;

  /**
   * Counts over time. Insight and Aggregated records are no calls: they count only where the
   * filter names a `category`.
   */
  histogram(q?: {
    filter?: Filter;
    /**
     * At most so many bars, of a round length; but two where events lie on both sides of 1970, the edge
     * of a bar of any length. 60 if absent.
     */
    buckets?: number;
    /** Splits each bar by the ten largest values of a field, `…other`, and null for missing. */
    split?: Field;
  }): Promise<Histogram>;

  /** One event, read again from its file. */
  event(
    /** One of a page's `ids`. Valid until `close()`; other at the next load. */
    id: number
  ): Promise<{
    /** The record parsed. What breaks JSON's rules in it, such as `007` or `\\q`, is text here. */
    record: object;
    /**
     * The record byte for byte as it stands in its file: out of its string, where another tool packed it
     * into one; put together from its columns, where a CSV has no record.
     */
    text: string;
    /** The path of the file. */
    file: string;
  }>;

  /** What is unusual, most surprising first. */
  insights(q?: {
    /** Picks incidents with a matching event; what is usual is always learnt from the whole log. */
    filter?: Filter;
    /** Only incidents with at least this `e`. 0.5 if absent. */
    threshold?: number;
  }): Promise<InsightsReport>;

  /** The counts around an incident, for a chart. */
  insightSeries(id: string): Promise<InsightSeries>;
}

/**
 * A text in the filter language; empty matches everything.
 *
 * `field:value` matches the whole value ignoring case, `*` stands for any text, `"…"` keeps spaces.
 * A space means AND; `-` or NOT binds tightest, then AND, then OR; parentheses group;
 * `field:(a OR b)` is any of several values. `eventTime>=2021-07-30T16:00` compares; a date alone is
 * its whole UTC day. A bare word matches anywhere inside the text columns. `-field:value` is the
 * exact complement, so it includes events without the field.
 */
type Filter = string;

/**
 * CloudTrail's own name or dotted path (`eventName`, `userIdentity.arn`, `resources.ARN`), or one of
 * `principal`, `session`, `outcome`, `category`, `service`, `verb`, `agent`, `ipKind`, `file`.
 * Capitals do not matter; answers use CloudTrail's.
 */
type Field = string;

interface Sort {
  column: string;
  /** False if absent. */
  descending?: boolean;
}

/** The time of an event as ISO 8601 in UTC, such as `2021-07-30T16:32:46Z`. */
type Time = string;

interface OpenOptions {
  /** Stops the load. */
  signal?: AbortSignal;
  /** Is called about ten times a second while files are read. */
  onProgress?: (progress: Progress) => void;
}

interface Progress {
  filesDone: number;
  filesTotal: number;
  bytesDone: number;
  bytesTotal: number;
  /** Read so far, duplicates among them. */
  events: number;
}

interface Report {
  /** found = read + skipped + failed */
  files: {
    found: number;
    read: number;
    /** Hold no events by design, or were left out: by choice, or after a cancel. */
    skipped: number;
    /** Should have been read and could not. */
    failed: number;
  };
  /** read = kept + duplicates + rejected */
  events: { read: number; kept: number; duplicates: number; rejected: number };
  bytes: { compressed: number; json: number };
  /** From the oldest to the newest event; null before there is one. */
  timeRange: { from: Time; to: Time } | null;
  /** How long all loads took together. */
  elapsedMs: number;
  /** The engine's linear memory. */
  memoryBytes: number;
  problems: Problem[];
}

interface Problem {
  /** The file; empty where a problem is of no one file. */
  path: string;
  kind:
    | "empty"
    | "not-cloudtrail"
    | "digest"
    | "truncated-gzip"
    | "corrupt-gzip"
    | "bad-json"
    | "bad-record"
    | "too-large"
    | "unsupported"
    | "unreadable"
    | "cancelled"
    | "memory";
  /** English: what happened, what was kept, what to do. */
  message: string;
  /** The record in the file, from 0. */
  record?: number;
  /** Where in the file, or in what it unpacks to. */
  byte?: number;
}

/** A time is text; what an event lacks is null; fields of lists are arrays. */
type Cell = string | number | boolean | string[] | null;

interface Page {
  /** How many events match. */
  total: number;
  columns: string[];
  rows: Cell[][];
  /** The event behind each row, for `event(id)`. */
  ids: number[];
}

interface Facet {
  /** How many events match. */
  total: number;
  /** Different values among them. */
  distinct: number;
  /** Events that have none. */
  missing: number;
  values: { value: string; count: number }[];
}

interface Group {
  /** How many groups there are. */
  total: number;
  /** The fields, then count, principals, first, last, errorShare. */
  columns: string[];
  /** Where events lack a field its cell is null; errorShare is from 0 to 1. */
  rows: (string | number | null)[][];
}

interface Histogram {
  /** Start of the first bar. */
  start: Time;
  /** Length of a bar in seconds. */
  step: number;
  /** All counts add up to the calls that match. */
  series: { value: string | null; counts: number[] }[];
}

interface InsightsReport {
  /** What was looked at, so that an empty list says something. */
  tested: {
    /** Series of counts, over all levels. */
    series: number;
    levels: string[];
    coveredDays: number;
    missingDays: number;
    /** What a series is compared with, in words. */
    baseline: string;
    elapsedMs: number;
  };
  incidents: Incident[];
  /** What CloudTrail Insights itself wrote into the files, Start and End joined. */
  recorded: RecordedInsight[];
}

interface InsightSeries {
  start: Time;
  /** Seconds. */
  step: number;
  counts: number[];
  /** Where 90 in 100 ordinary counts lie. */
  band: [low: number, high: number][];
  /** The largest count of a step outside of the incident. */
  record: number;
  /** Spans that the files do not cover. */
  holes: [from: Time, to: Time][];
}

interface Incident {
  /** The same after a reload. */
  id: string;
  /** English. */
  title: string;
  titleKind:
    | "burst"
    | "provisioning"
    | "limits"
    | "iam-burst"
    | "probing"
    | "errors"
    | "gap"
    | "late"
    | "extra"
    | "silence"
    | "new";
  kind: "call-rate" | "error-rate" | "gap" | "silence" | "first-seen";
  tier: "info" | "low" | "medium" | "high" | "critical";
  /** 10^-e such windows are to be expected by chance in the leading series. */
  e: number;
  start: Time;
  end: Time | null;
  /** Who made most of it. */
  principal: string | null;
  accounts: string[];
  regions: string[];
  /** The leading one first. */
  insights: Insight[];
}

interface Insight {
  level: "api" | "principal-service" | "principal-api" | "api-error";
  /** What the series is of: recipientAccountId, awsRegion, eventSource, eventName, errorCode, principal. */
  key: Record<string, string>;
  type: "ApiCallRateInsight" | "ApiErrorRateInsight" | "Gap" | "Silence" | "FirstSeen";
  start: Time;
  /** null while it may go on where the log ends. */
  end: Time | null;
  e: number;
  /** The share of false ones to expect among insights of this level that are as surprising. */
  q: number;
  /** Whether CloudTrail Insights recorded the same. */
  agreement: "ours" | "both";
  /** Averages are for each minute; the baseline is of the 7 days before, as far as there are any. */
  baseline: { average: number; minutes: number };
  insight: { average: number; minutes: number; count: number };
  attributions: {
    dimension: Field;
    values: { value: string; insight: number; baseline: number; isNew: boolean }[];
  }[];
  /** What made it stand out. */
  why:
    | { of: "rate"; windowMinutes: number; record: number; season: boolean }
    | { of: "share"; errors: number; calls: number; expectedShare: number }
    | { of: "beats"; periodMinutes: number; at: Time[]; lastSeen: Time | null; nextDue: Time }
    | { of: "silence"; expected: number }
    | { of: "new"; field: Field; value: string; activeHours: number };
  /** As CloudTrail would write it: Start, and End unless it is open. Empty for other types. */
  record: object[];
}

interface RecordedInsight {
  sharedEventID: string;
  type: "ApiCallRateInsight" | "ApiErrorRateInsight";
  key: Record<string, string>;
  /** "Management", "Data", or "" in old records. */
  category: string;
  start: Time | null;
  end: Time | null;
  baseline: { average: number; minutes: number | null };
  insight: { average: number; minutes: number | null };
  attributions: {
    attribute: string;
    insight: { value: string; average: number }[];
    baseline: { value: string; average: number }[];
  }[];
  agreement: "both" | "theirs";
  /** The id of the incident that agrees. */
  incident: string | null;
  /** The records as they lay in the files. */
  record: object[];
}

interface TrailglassError extends Error {
  name:
    | "Cancelled"
    | "BadArgument"
    /** The message says where. */
    | "BadFilter"
    | "NotFound"
    | "OutOfMemory"
    | "Internal";
}

interface Window {
  readonly trailglass: Trailglass;
}

declare const trailglass: Trailglass;
