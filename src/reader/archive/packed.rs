//! Archives that are packed as a whole. Such bytes can only be read from the beginning, so each
//! member is handed out as it comes by, a piece at a time.

use std::{
    io::{Cursor, Read},
    rc::Rc,
};

use super::{
    ArchiveTrouble, Container, Found, TAR_BYTES, bare,
    budget::{Budget, Counted, Spent},
    tape::{PIECE_BYTES, Passing, pieces},
    tar,
};
use crate::{
    model::{limits::Limits, member::Coding},
    reader::unpack,
};

/// A file without the packing around it.
pub(super) struct Bare<'a> {
    head: Vec<u8>,
    rest: Box<dyn Read + 'a>,
}

/// Takes off as many layers as an ordinary file may have, as far as that can be told from the first
/// bytes.
pub(super) fn begin<'a>(source: impl Read + 'a, coding: Coding) -> std::io::Result<Bare<'a>> {
    let mut rest = unpack::stream(unpack::stream(unpack::stream_of(source, coding)?));
    let mut head = vec![0; TAR_BYTES];
    let filled = unpack::fill(&mut rest, &mut head);
    head.truncate(filled);
    Ok(Bare { head, rest })
}

impl Bare<'_> {
    pub(super) fn kind(&self) -> Option<Container> {
        bare(&self.head)
    }
}

/// Unpacks an archive, and gives each file in it to `take`, a piece at a time.
pub(super) async fn walk(
    source: impl Read,
    coding: Coding,
    limits: Limits,
    take: &mut impl AsyncFnMut(Found<'_>) -> bool,
) -> Result<(), ArchiveTrouble> {
    let budget = Rc::new(Budget::new(limits));
    let counted = Counted { source, budget: Rc::clone(&budget) };
    let archive = begin(counted, coding).map_err(|error| ArchiveTrouble::unreadable(&error, 0))?;
    let kind = archive.kind();
    let rest = Spent { source: archive.rest, budget: Rc::clone(&budget) };
    let whole = Cursor::new(archive.head).chain(rest);
    match kind {
        Some(Container::Tar) => {
            tar::members(&mut Passing { source: whole, budget }, take).await.map(|_| ())
        },
        Some(Container::Zip) => handed_on(whole, &budget, take).await,
        None => Ok(()),
    }
}

/// A zip's list stands at its end, so it is handed on whole, under the same name, and taken apart
/// there.
async fn handed_on(
    zip: impl Read,
    budget: &Budget,
    take: &mut impl AsyncFnMut(Found<'_>) -> bool,
) -> Result<(), ArchiveTrouble> {
    let mut zip = zip.take(budget.limits().json_bytes);
    let mut piece = vec![0; PIECE_BYTES];
    let read = pieces(&mut zip, &mut piece, async |it| take(Found::Bytes(it)).await).await;
    if let Ok(false) = read {
        return Ok(());
    }
    take(Found::File(String::new())).await;
    read.map(|_| ()).map_err(|error| budget.broken(&error))
}
