//! What is said of a file once it is read: its status, and its problems in words for a person.

use crate::model::problem::{Problem, ProblemKind};

use super::{
    archive::ArchiveTrouble,
    batch::FileStatus,
    columns::Unread,
    json::Fault,
    shapes::{Foreign, Found, LISTED_REJECTS},
    sniff::{DROP_LOGS, Looks},
    unpack::Trouble,
    words::Lossy,
};

const RAISE: &str =
    "If it is a log, raise the limit in the Files tab and read it again, or split it.";
const FETCH_AGAIN: &str = "Fetch the file again from where it came.";

/// Judges a file by what was found in it, and by what was wrong with its wrapping.
pub(super) fn judge(
    path: &str,
    content: &[u8],
    looks: Looks,
    trouble: Option<Trouble>,
    found: &Found,
    unread: Unread,
) -> (FileStatus, Vec<Problem>) {
    let problem = |kind, message: String| Problem::new(path, kind, message);
    let mut problems: Vec<Problem> = found.rejects.iter().map(|it| reject(path, *it)).collect();
    if found.rejected as usize > LISTED_REJECTS {
        let more = found.rejected as usize - LISTED_REJECTS;
        let message = format!("{more} more records of this file were left out.");
        problems.push(problem(ProblemKind::BadRecord, message));
    }
    let read = found.kept > 0;
    if read && found.foreigners > 0 {
        let things = count(found.foreigners, "object");
        let be = if found.foreigners == 1 { "was" } else { "were" };
        let message = format!("Beside the events there {be} {things} without a CloudTrail record.");
        problems.push(problem(ProblemKind::BadRecord, message));
    }
    problems.extend(unread.no_utf8.map(|it| no_utf8(path, it)));
    problems.extend(unread.no_time.map(|it| no_time(path, it)));
    if let Some(trouble) = trouble {
        problems.push(badly_wrapped(path, trouble, found));
        return (if read { FileStatus::Read } else { FileStatus::Failed }, problems);
    }
    match looks {
        Looks::Empty => {
            problems.push(problem(ProblemKind::Empty, "The file is empty.".to_owned()));
            return (FileStatus::Skipped, problems);
        },
        Looks::Other { kind, what, advice } => {
            let message =
                format!("This is no CloudTrail log that can be read: it is {what}. {advice}");
            problems.push(problem(kind, message));
            return (FileStatus::Failed, problems);
        },
        Looks::Json(_) | Looks::Table => {},
    }
    if let Some(fault) = found.fault {
        problems.push(broken(path, content, fault, found));
    } else if let (Some(foreign), false) = (found.foreign, read) {
        problems.push(not_records(path, foreign, looks));
    } else if let (Some(what), false) = (found.eventless, read) {
        problems.push(problem(ProblemKind::Digest, format!("This is {what}.")));
        return (FileStatus::Skipped, problems);
    } else if !read && found.rejected == 0 {
        let message = "The file holds no events: its list of records is empty.".to_owned();
        problems.push(problem(ProblemKind::Empty, message));
        return (FileStatus::Skipped, problems);
    }
    (if read { FileStatus::Read } else { FileStatus::Failed }, problems)
}

/// What is said of an archive with so many files in it.
pub(super) fn of_archive(
    path: &str,
    members: usize,
    trouble: Option<ArchiveTrouble>,
) -> Option<Problem> {
    let Some(trouble) = trouble else {
        let message = "The archive holds no files.".to_owned();
        return (members == 0).then(|| Problem::new(path, ProblemKind::Empty, message));
    };
    let saved = match members {
        // Whoever stopped a load may have left them out.
        _ if trouble.kind == ProblemKind::Cancelled => {
            format!("It shows {}.", count(members as u32, "file"))
        },
        0 => "No file in it could be read.".to_owned(),
        1 => "One file in it is read.".to_owned(),
        some => format!("{some} files in it are read."),
    };
    let message = format!("The archive was not read whole: {}. {saved}", trouble.cause);
    Some(Problem::new(path, trouble.kind, message).at_byte(trouble.byte))
}

fn reject(path: &str, it: super::shapes::Reject) -> Problem {
    let message = format!("Record {} was left out: {}.", it.record + 1, it.why);
    Problem::new(path, ProblemKind::BadRecord, message).at_byte(it.byte as u64).at_record(it.record)
}

fn no_utf8(path: &str, lossy: Lossy) -> Problem {
    let values = count(lossy.values, "value");
    let are = if lossy.values == 1 { "is" } else { "are" };
    let message = format!(
        "{values} of this file {are} no UTF-8. The events were kept, with \u{fffd} for what could not be \
         read. If another program saved the file, take the one that it was made of."
    );
    Problem::new(path, ProblemKind::BadRecord, message).at_byte(u64::from(lossy.first))
}

fn no_time(path: &str, lossy: Lossy) -> Problem {
    let events = count(lossy.values, "event");
    let (have, are) = if lossy.values == 1 { ("has", "It is") } else { ("have", "They are") };
    let message = format!(
        "{events} {have} no readable time. {are} kept, but in no span of time and in no chart."
    );
    Problem::new(path, ProblemKind::BadRecord, message).at_byte(u64::from(lossy.first))
}

fn not_records(path: &str, foreign: Foreign, looks: Looks) -> Problem {
    match foreign {
        Foreign::Known(what) => {
            let message = format!(
                "This looks like {what}, which is not read. Drop the files of the trail's bucket, or \
                 a file with one CloudTrail record a line."
            );
            Problem::new(path, ProblemKind::Unsupported, message)
        },
        Foreign::Other(what) => {
            let message = format!("This holds {what}, and no CloudTrail records. {DROP_LOGS}");
            Problem::new(path, ProblemKind::NotCloudTrail, message)
        },
        Foreign::Unknown => {
            let message = match looks {
                Looks::Table => format!("This is a table without CloudTrail events. {DROP_LOGS}"),
                _ => format!("This is JSON, but has no list of CloudTrail records. {DROP_LOGS}"),
            };
            Problem::new(path, ProblemKind::NotCloudTrail, message)
        },
    }
}

fn broken(path: &str, content: &[u8], fault: Fault, found: &Found) -> Problem {
    let met = found.kept + found.rejected;
    let (byte, how) = match fault {
        Fault::End => (content.len(), "breaks off"),
        Fault::Wrong(at) => (at, "is wrong"),
    };
    let problem = |kind, message: String| Problem::new(path, kind, message).at_byte(byte as u64);
    if met == 0 && !found.list && matches!(fault, Fault::Wrong(_)) {
        let message = format!("This is no JSON, or no CloudTrail log. {DROP_LOGS}");
        return problem(ProblemKind::NotCloudTrail, message);
    }
    let (records, kept) = (count(met, "record"), saved(found));
    let message = format!("The JSON {how} at byte {byte}, after {records}. {kept} {FETCH_AGAIN}");
    problem(ProblemKind::BadJson, message).at_record(met)
}

fn badly_wrapped(path: &str, trouble: Trouble, found: &Found) -> Problem {
    let Trouble { kind, cause, byte } = trouble;
    let (what, advice) = match kind {
        ProblemKind::TooLarge => ("was not read to its end", RAISE),
        ProblemKind::TruncatedGzip => ("is cut short", FETCH_AGAIN),
        _ => ("is damaged", FETCH_AGAIN),
    };
    let message = format!("The file {what}: {cause}. {} {advice}", saved(found));
    Problem::new(path, kind, message).at_byte(byte)
}

fn saved(found: &Found) -> String {
    match found.kept {
        0 => "No event could be saved.".to_owned(),
        1 => "The event before that was kept.".to_owned(),
        kept => format!("The {kept} events before that were kept."),
    }
}

fn count(number: u32, what: &str) -> String {
    format!("{number} {what}{}", if number == 1 { "" } else { "s" })
}
