//! What stands between the contents of a tar: headers, what they say of the next one, and zeros.

use std::io::ErrorKind;

use ::tar::{EntryType, Header};

use super::{TAR_BYTES, is_sum_right, layout::Layout, looks_like, pax::Pax};
use crate::{
    model::problem::ProblemKind,
    reader::archive::{
        ArchiveTrouble,
        tape::{Tape, broken, fill},
    },
};

/// What headers say of the next one, as a long name, takes no more bytes than this.
const MOST_SAID: u64 = 1 << 20;
/// Zeros that are passed over at once.
const ZERO_BLOCKS: usize = 512;

pub(super) enum Next {
    /// Its content follows.
    Member(Ahead),
    /// Zeros, of which there may be many more.
    Zeros,
    End,
}

/// The member that follows.
pub(super) struct Ahead {
    pub(super) path: Vec<u8>,
    pub(super) is_file: bool,
    /// Bytes of it that follow in the archive.
    pub(super) size: u64,
    pub(super) layout: Layout,
}

/// Reads one header after another.
#[derive(Default)]
pub(super) struct Headers {
    /// Since the last member there were zeros, which mark the end.
    marked: bool,
}

/// What was said of a member before its own header.
#[derive(Default)]
struct Said {
    long_name: Option<Vec<u8>>,
    pax: Pax,
    /// How much was said, with the headers.
    bytes: u64,
}

fn wrong(tape: &impl Tape, what: &str) -> ArchiveTrouble {
    ArchiveTrouble::new(ProblemKind::CorruptGzip, what, tape.byte())
}

fn wrong_header(tape: &impl Tape) -> ArchiveTrouble {
    wrong(tape, "a header in it is wrong")
}

fn cut(tape: &impl Tape, what: &str) -> ArchiveTrouble {
    ArchiveTrouble::new(ProblemKind::TruncatedGzip, what, tape.byte())
}

impl Headers {
    pub(super) fn next(&mut self, tape: &mut impl Tape) -> Result<Next, ArchiveTrouble> {
        let mut said = Said::default();
        let mut block = [0; TAR_BYTES];
        let mut zeros = 0;
        loop {
            let filled = fill(tape, &mut block).map_err(|error| broken(tape, &error))?;
            let is_zero = block[..filled].iter().all(|it| *it == 0);
            let is_header = match (is_zero, self.marked) {
                (true, true) => false,
                // Anything may follow the end; between members there is nothing but a header.
                (false, true) => looks_like(&block[..filled]),
                (_, false) => filled == TAR_BYTES && is_sum_right(&block),
            };
            if is_zero && (filled == TAR_BYTES || self.marked) {
                if said.bytes > 0 {
                    return Err(wrong_header(tape));
                }
                self.marked = true;
                zeros += 1;
                if filled < TAR_BYTES {
                    return Ok(Next::End);
                }
                if zeros == ZERO_BLOCKS {
                    return Ok(Next::Zeros);
                }
                continue;
            }
            if !is_header {
                return Err(match (self.marked, filled) {
                    (true, _) => wrong(tape, "something that is no tar follows its end"),
                    (false, TAR_BYTES) => wrong_header(tape),
                    (false, _) if is_zero => {
                        cut(tape, "it has no mark at its end, so it may be cut short")
                    },
                    (false, _) => cut(tape, "it breaks off inside a header"),
                });
            }
            self.marked = false;
            if let Some(ahead) = header(tape, &block, &mut said)? {
                return Ok(Next::Member(ahead));
            }
        }
    }
}

/// Takes in a header: the member that it is of, unless it only says something of the next one.
fn header(
    tape: &mut impl Tape,
    block: &[u8; TAR_BYTES],
    said: &mut Said,
) -> Result<Option<Ahead>, ArchiveTrouble> {
    let header = Header::from_byte_slice(block);
    let kind = header.entry_type();
    // The oldest archives have other kinds.
    let is_extended = header.as_ustar().is_some() || header.as_gnu().is_some();
    let Ok(size) = header.entry_size() else { return Err(wrong_header(tape)) };
    let says = kind.is_gnu_longname() || kind.is_pax_local_extensions();
    if is_extended && (says || kind.is_gnu_longlink()) {
        said.bytes = said.bytes.saturating_add(TAR_BYTES as u64).saturating_add(size);
        if said.bytes > MOST_SAID {
            return Err(wrong_header(tape));
        }
        let text = text_of(tape, size)?;
        if kind.is_gnu_longname() {
            let end = text.iter().position(|it| *it == 0).unwrap_or(text.len());
            said.long_name = Some(text[..end].to_vec());
        } else if says {
            said.pax.take_in(&text);
        }
        return Ok(None);
    }
    let Said { long_name, mut pax, .. } = std::mem::take(said);
    let mut size = pax.size.unwrap_or(size);
    let short_name = || header.path_bytes().into_owned();
    let path = pax.path.take().or(long_name).unwrap_or_else(short_name);
    let is_sparse = is_extended && kind.is_gnu_sparse();
    let is_plain = matches!(kind, EntryType::Regular | EntryType::Continuous);
    // The oldest archives tell a folder by its name only.
    let is_file = is_sparse || is_plain && !path.ends_with(b"/");
    let layout = match (is_sparse, is_plain) {
        (true, _) => Layout::of_gnu(tape, header, size)?,
        (_, true) => Layout::of_pax(tape, &pax, &mut size)?,
        _ => Some(Layout::whole(size)),
    };
    let Some(layout) = layout else {
        let path = String::from_utf8_lossy(&path).into_owned();
        return Err(wrong(tape, &format!("where the holes of {path} are is said wrongly")));
    };
    Ok(Some(Ahead { path, is_file, size, layout }))
}

/// What a header of such a size says of the next one.
fn text_of(tape: &mut impl Tape, size: u64) -> Result<Vec<u8>, ArchiveTrouble> {
    let mut text = vec![0; size as usize];
    let filled = fill(tape, &mut text).map_err(|error| broken(tape, &error))?;
    if filled < text.len() {
        return Err(cut(tape, "it breaks off inside a header"));
    }
    fill_up(tape, size)?;
    Ok(text)
}

/// Passes over what fills up the last block of so many bytes.
pub(super) fn fill_up(tape: &mut impl Tape, bytes: u64) -> Result<(), ArchiveTrouble> {
    let block = TAR_BYTES as u64;
    let missing = ((block - bytes % block) % block) as usize;
    let mut filling = [0; TAR_BYTES];
    let filled = match tape.leap(missing as u64) {
        Ok(true) => Ok(missing),
        Ok(false) => fill(tape, &mut filling[..missing]),
        Err(error) => Err(error),
    };
    let short = "it breaks off behind its last file, so it may be cut short";
    match filled {
        Ok(filled) if filled == missing => Ok(()),
        Ok(_) => Err(cut(tape, short)),
        Err(error) if error.kind() == ErrorKind::UnexpectedEof => Err(cut(tape, short)),
        Err(error) => Err(broken(tape, &error)),
    }
}
