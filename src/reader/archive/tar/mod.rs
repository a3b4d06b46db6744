//! Tar: headers and contents in turn, and zeros at the end. Archives that were put behind one another
//! go on after those.

mod headers;
mod layout;
mod pax;

use super::{
    ArchiveTrouble, Found, MOST_MEMBERS, TAR_BYTES, shown_path,
    tape::{PIECE_BYTES, Tape, broken, pass, pieces},
};
use crate::model::{
    member::{Coding, Member},
    path::is_shadow,
    problem::ProblemKind,
};
use headers::{Headers, Next, fill_up};
use layout::Content;

/// The end of an archive is filled up to no more zeros than this: twenty blocks by nearly all programs.
const MOST_ZEROS: usize = 1 << 16;
/// Where a header holds a name.
const NAME_BYTES: usize = 100;

/// A header whose sum is right, and whose first field is a name filled up with zeros: among many
/// logs there is one whose text happens to hold the right sum.
pub(super) fn looks_like(bytes: &[u8]) -> bool {
    let Some(header) = bytes.get(..TAR_BYTES) else { return false };
    let name = &header[..NAME_BYTES];
    let len = name.iter().position(|it| *it == 0).unwrap_or(NAME_BYTES);
    let is_filled_up = name[len..].iter().all(|it| *it == 0);
    let is_marked = &header[257..262] == b"ustar";
    len > 0 && is_filled_up && (len < NAME_BYTES || is_marked) && is_sum_right(header)
}

/// A tar of no files: nothing but the zeros at its end, which are whole blocks. Zeros that something
/// else was lost to are rarely that, or more of them.
pub(super) fn is_empty(bytes: &[u8]) -> bool {
    let is_so_long = (2 * TAR_BYTES..=MOST_ZEROS).contains(&bytes.len());
    is_so_long && bytes.len().is_multiple_of(TAR_BYTES) && bytes.iter().all(|it| *it == 0)
}

fn is_sum_right(header: &[u8]) -> bool {
    let sum: u32 = header
        .iter()
        .enumerate()
        // The sum counts its own place as blanks.
        .map(|(at, byte)| if (148..156).contains(&at) { 32 } else { u32::from(*byte) })
        .sum();
    let digits = header[148..156].iter().filter(|it| (b'0'..=b'7').contains(it));
    let said = digits.fold(0_u32, |sum, it| sum.wrapping_mul(8) + u32::from(it - b'0'));
    said == sum
}

/// Gives all members that are files to `take`, in the order of the archive: where they lie, or, where
/// that is at no one place, their bytes. Whether it came to the end, and `take` did not leave before.
pub(super) async fn members(
    tape: &mut impl Tape,
    take: &mut impl AsyncFnMut(Found<'_>) -> bool,
) -> Result<bool, ArchiveTrouble> {
    let mut large = None;
    let done = each(tape, &mut large, take).await;
    let Some(Large { path, byte, others }) = large else { return done };
    let mut cause = match others {
        0 => format!("{path} in it is larger than the limit for one file"),
        _ => format!("{path} and {others} more in it are larger than the limit for one file"),
    };
    if let Err(trouble) = done {
        cause = format!("{cause}, and {}", trouble.cause);
    }
    Err(ArchiveTrouble::new(ProblemKind::TooLarge, cause, byte))
}

/// Members that are passed over, as they are too large: the first, and how many more.
struct Large {
    path: String,
    byte: u64,
    others: usize,
}

async fn each(
    tape: &mut impl Tape,
    large: &mut Option<Large>,
    take: &mut impl AsyncFnMut(Found<'_>) -> bool,
) -> Result<bool, ArchiveTrouble> {
    let mut headers = Headers::default();
    let mut piece = vec![0; PIECE_BYTES];
    let mut given = 0;
    loop {
        let header = match headers.next(tape)? {
            Next::Member(header) => header,
            Next::Zeros if take(Found::Nothing).await => continue,
            Next::Zeros => return Ok(false),
            Next::End => return Ok(true),
        };
        let (byte, size) = (tape.byte(), header.size);
        let path = shown_path(&header.path);
        let is_log = header.is_file && !is_shadow(&path);
        if is_log && given >= MOST_MEMBERS {
            let cause = format!("it lists more than {MOST_MEMBERS} files");
            return Err(ArchiveTrouble::new(ProblemKind::TooLarge, cause, byte));
        }
        given += usize::from(is_log);
        if !is_log && !take(Found::Nothing).await {
            return Ok(false);
        }
        let part = tape.part(size).filter(|_| is_log && header.layout.is_whole());
        let is_large = part.is_none() && header.layout.len() > tape.budget().limits().json_bytes;
        let mut left = size;
        if let Some((start, end)) = part {
            // A member that is cut short is read as far as it goes, like any file.
            let member = Member { path, start, end, coding: Coding::Plain };
            if !take(Found::Part(member)).await {
                return Ok(false);
            }
        } else if is_log && !is_large {
            let mut content = Content::new(tape, header.layout);
            let give = async |it: &[u8]| take(Found::Bytes(it)).await;
            let read = pieces(&mut content, &mut piece, give).await;
            if let Ok(false) = read {
                return Ok(false);
            }
            let more = take(Found::File(path)).await;
            read.map_err(|error| inside(tape, &error))?;
            if !more {
                return Ok(false);
            }
            left = 0;
        } else if is_log {
            match large {
                Some(first) => first.others += 1,
                None => *large = Some(Large { path, byte, others: 0 }),
            }
        }
        let passed = pass(tape, left, &mut piece, take).await;
        if !passed.map_err(|error| inside(tape, &error))? {
            return Ok(false);
        }
        fill_up(tape, size)?;
    }
}

fn inside(tape: &impl Tape, error: &std::io::Error) -> ArchiveTrouble {
    let trouble = broken(tape, error);
    match trouble.kind {
        ProblemKind::TruncatedGzip => {
            ArchiveTrouble { cause: "it breaks off inside its last file".to_owned(), ..trouble }
        },
        _ => trouble,
    }
}
