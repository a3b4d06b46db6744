//! Folders that were dropped: every file in them, at any depth.
//!
//! Browsers show a dropped folder in two ways. As a handle a file is had in a quarter of the time
//! that it takes as an entry (measured in Chromium), but only some browsers give handles, so both
//! ways are gone. Answers that lie ready are handled in one go: so few files are asked for at a
//! time, and the page stays quick.

use std::{collections::VecDeque, rc::Rc};

use futures::{FutureExt, StreamExt, stream::FuturesUnordered};
use js_sys::{Array, Function, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    DataTransferItem, File, FileSystemDirectoryEntry, FileSystemDirectoryHandle, FileSystemEntry,
    FileSystemFileEntry, FileSystemFileHandle, FileSystemHandle, FileSystemHandleKind,
};

use super::{Inner, link::words, load::Running, time::Breath};

/// Folders that are listed at the same time: each answer of the browser takes a millisecond.
const AT_ONCE: usize = 16;
/// Files that are asked for at the same time.
const FILES_AT_ONCE: usize = 32;
/// Files that are handed on together.
const HANDFUL: usize = 128;
/// So many files known and not yet asked for are enough: folders can wait.
const ENOUGH: usize = 4_096;

/// A file or a folder that was dropped.
pub struct Root {
    /// Becomes the handle, where the browser gives handles.
    handle: Option<Promise>,
    entry: FileSystemEntry,
}

impl Root {
    /// Of an item of a drop. Must be called while the drop's event lasts.
    pub(super) fn of(item: &DataTransferItem) -> Option<Root> {
        let ask = Reflect::get(item, &"getAsFileSystemHandle".into()).ok();
        let ask = ask.and_then(|it| it.dyn_into::<Function>().ok());
        let handle = ask.and_then(|it| it.call0(item).ok()?.dyn_into().ok());
        let entry = item.webkit_get_as_entry().ok().flatten()?;
        Some(Root { handle, entry })
    }

    /// The better of the two ways.
    async fn node(self) -> Node {
        let handle = match self.handle {
            Some(promise) => JsFuture::from(promise).await.ok(),
            None => None,
        };
        let handle = handle.filter(JsValue::is_object).map(JsCast::unchecked_into);
        match handle {
            Some(handle) => Node::of_handle("", handle),
            None => Node::of_entry(self.entry),
        }
    }
}

enum Folder {
    Entry(FileSystemDirectoryEntry),
    Handle(String, FileSystemDirectoryHandle),
}

enum Unopened {
    Entry(FileSystemFileEntry),
    Handle(String, FileSystemFileHandle),
}

enum Node {
    Folder(Folder),
    File(Unopened),
}

/// What one folder holds.
#[derive(Default)]
struct Listing {
    folders: Vec<Folder>,
    files: Vec<Unopened>,
    /// The folder, if it could not be read to its end, and why.
    closed: Option<(String, String)>,
}

impl Node {
    fn of_entry(entry: FileSystemEntry) -> Node {
        if entry.is_directory() {
            Node::Folder(Folder::Entry(entry.unchecked_into()))
        } else {
            Node::File(Unopened::Entry(entry.unchecked_into()))
        }
    }

    fn of_handle(folder: &str, handle: FileSystemHandle) -> Node {
        let name = handle.name();
        let path = if folder.is_empty() { name } else { format!("{folder}/{name}") };
        if handle.kind() == FileSystemHandleKind::Directory {
            Node::Folder(Folder::Handle(path, handle.unchecked_into()))
        } else {
            Node::File(Unopened::Handle(path, handle.unchecked_into()))
        }
    }
}

impl Listing {
    fn add(&mut self, node: Node) {
        match node {
            Node::Folder(folder) => self.folders.push(folder),
            Node::File(file) => self.files.push(file),
        }
    }
}

impl Inner {
    /// Walks all roots, in slices; files are handed on as they are found.
    pub(super) async fn walk(self: &Rc<Inner>, running: &Rc<Running>, roots: Vec<Root>) {
        let mut found = Listing::default();
        for root in roots {
            found.add(root.node().await);
        }
        let Listing { mut folders, files, .. } = found;
        // The first folder that was dropped is read first.
        folders.reverse();
        let mut files = VecDeque::from(files);
        let mut under_way = FuturesUnordered::new();
        let mut some = Vec::new();
        let mut breath = Breath::new();
        while self.is_current(running) && !running.is_stopped() {
            while under_way.len() < AT_ONCE
                && files.len() < ENOUGH
                && let Some(folder) = folders.pop()
            {
                under_way.push(folder.list());
            }
            let listing = if files.is_empty() {
                under_way.next().await
            } else {
                under_way.next().now_or_never().flatten()
            };
            if let Some(listing) = listing {
                listing.closed.iter().for_each(|(path, reason)| self.not_shown(path, reason));
                folders.extend(listing.folders.into_iter().rev());
                files.extend(listing.files);
            } else if files.is_empty() && folders.is_empty() {
                break;
            }
            let asked: Vec<_> = files.drain(..files.len().min(FILES_AT_ONCE)).collect();
            for (path, file) in open_files(asked).await {
                match file {
                    Ok(file) => some.push((path, file)),
                    Err(reason) => self.not_shown(&path, &reason),
                }
            }
            if some.len() >= HANDFUL || (files.is_empty() && !some.is_empty()) {
                self.take_found(running, std::mem::take(&mut some));
            }
            if breath.is_due() {
                breath.take().await;
            }
        }
        self.take_found(running, some);
    }
}

impl Folder {
    async fn list(self) -> Listing {
        let mut listing = Listing::default();
        let (path, end) = match self {
            Folder::Entry(folder) => {
                let end = list_entries(&folder, &mut listing).await;
                (path_of(&folder), end)
            },
            Folder::Handle(path, folder) => {
                let end = list_handles(&path, &folder, &mut listing).await;
                (path, end)
            },
        };
        listing.closed = end.err().map(|error| (path, words(&error)));
        listing
    }
}

/// The browser gives entries in portions, until one is empty.
async fn list_entries(
    folder: &FileSystemDirectoryEntry,
    listing: &mut Listing,
) -> Result<(), JsValue> {
    let reader = folder.create_reader();
    loop {
        let portion = Promise::new(&mut |resolve: Function, reject: Function| {
            if let Err(error) = reader.read_entries_with_callback_and_callback(&resolve, &reject) {
                reject.call1(&JsValue::NULL, &error).ok();
            }
        });
        let portion: Array = JsFuture::from(portion).await?.unchecked_into();
        if portion.length() == 0 {
            return Ok(());
        }
        for entry in portion.iter() {
            listing.add(Node::of_entry(entry.unchecked_into()));
        }
    }
}

/// The browser gives handles one by one.
async fn list_handles(
    path: &str,
    folder: &FileSystemDirectoryHandle,
    listing: &mut Listing,
) -> Result<(), JsValue> {
    let values = folder.values();
    let mut breath = Breath::new();
    loop {
        let next = JsFuture::from(values.next()?).await?;
        if Reflect::get(&next, &"done".into())?.is_truthy() {
            return Ok(());
        }
        let handle = Reflect::get(&next, &"value".into())?.unchecked_into();
        listing.add(Node::of_handle(path, handle));
        if breath.is_due() {
            breath.take().await;
        }
    }
}

/// The files, with their paths; or why there is none.
async fn open_files(asked: Vec<Unopened>) -> Vec<(String, Result<File, String>)> {
    if asked.is_empty() {
        return Vec::new();
    }
    let promises: Array = asked.iter().map(Unopened::open).collect();
    let Ok(settled) = JsFuture::from(Promise::all_settled(&promises)).await else {
        return Vec::new();
    };
    let settled: Array = settled.unchecked_into();
    let opened = asked.into_iter().zip(settled.iter()).map(|(unopened, settled)| {
        let part = |name: &str| Reflect::get(&settled, &name.into()).unwrap_or_default();
        let file = part("value").dyn_into::<File>().map_err(|_| words(&part("reason")));
        (unopened.path(), file)
    });
    opened.collect()
}

impl Unopened {
    fn open(&self) -> Promise {
        match self {
            Unopened::Entry(entry) => Promise::new(&mut |resolve: Function, reject: Function| {
                entry.file_with_callback_and_callback(&resolve, &reject);
            }),
            Unopened::Handle(_, handle) => handle.get_file(),
        }
    }

    fn path(self) -> String {
        match self {
            Unopened::Entry(entry) => path_of(&entry),
            Unopened::Handle(path, _) => path,
        }
    }
}

fn path_of(entry: &FileSystemEntry) -> String {
    entry.full_path().trim_start_matches('/').to_owned()
}
