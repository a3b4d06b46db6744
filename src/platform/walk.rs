//! Folders that were dropped: every file in them, at any depth.
//!
//! Browsers show a dropped folder in two ways. As a handle a file is had in a quarter of the time
//! that it takes as an entry (measured in Chromium), but only some browsers give handles, and not
//! of every file, so both ways are gone. Answers that lie ready are handled in one go: so few files
//! are asked for at a time, and the page stays quick.

use std::{
    collections::{BTreeMap, VecDeque},
    rc::Rc,
};

use futures::{
    FutureExt, StreamExt,
    stream::{FuturesOrdered, FuturesUnordered},
};
use js_sys::{Array, Function, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    DataTransferItem, File, FileSystemDirectoryEntry, FileSystemDirectoryHandle, FileSystemEntry,
    FileSystemFileEntry, FileSystemFileHandle, FileSystemHandle, FileSystemHandleKind,
};

use super::{Inner, link::words, running::Running, time::Breath};
use crate::model::path::is_shadow;

/// Folders that are listed at the same time: each answer of the browser takes a millisecond.
const AT_ONCE: usize = 16;
/// Files that are asked for together, and how many such handfuls at the same time: the browser
/// answers some while the page takes in others.
const HANDFUL: usize = 32;
const HANDS: usize = 3;
/// Files that are handed on together.
const GIVEN: usize = 128;
/// So many handles are kept, 3 KB each. Handles that nobody holds are ended all at once, each in 10 µs,
/// whenever garbage is collected: those of a few thousand files would block the page. Those of the files
/// past them are ended so: all handles of a very large folder would take too much memory.
const KEPT_HANDLES: usize = 8_192;
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

    /// As the browser names it.
    pub(super) fn name(&self) -> String {
        self.entry.name()
    }

    async fn node(self) -> Node {
        let handle = match self.handle {
            Some(promise) => JsFuture::from(promise).await.ok(),
            None => None,
        };
        let handle = handle.filter(JsValue::is_object).map(JsCast::unchecked_into);
        Node { entry: self.entry, handle }
    }
}

/// A file or a folder: as an entry, which there always is, and as a handle, which is better.
struct Node {
    entry: FileSystemEntry,
    handle: Option<FileSystemHandle>,
}

/// What one folder holds.
#[derive(Default)]
struct Listing {
    folders: Vec<Node>,
    files: Vec<Node>,
    /// The folder, if it could not be read to its end, and why.
    closed: Option<(String, String)>,
}

impl Listing {
    fn add(&mut self, node: Node) {
        let name = node.entry.name();
        if node.entry.is_directory() {
            if !is_shadow(&format!("{name}/")) {
                self.folders.push(node);
            }
        } else if !is_shadow(&name) {
            self.files.push(node);
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
        let (mut listed, mut opened) = (FuturesUnordered::new(), FuturesOrdered::new());
        let mut some = Vec::new();
        let mut breath = Breath::new();
        while self.is_current(running) && !running.is_stopped() {
            while listed.len() < AT_ONCE
                && files.len() < ENOUGH
                && let Some(folder) = folders.pop()
            {
                listed.push(folder.list());
            }
            while opened.len() < HANDS && !files.is_empty() {
                let asked = files.drain(..files.len().min(HANDFUL)).collect();
                opened.push_back(open_files(asked));
            }
            let listing = if opened.is_empty() {
                listed.next().await
            } else {
                listed.next().now_or_never().flatten()
            };
            if let Some(listing) = listing {
                listing.closed.iter().for_each(|(path, reason)| self.not_shown(path, reason, 0));
                folders.extend(listing.folders.into_iter().rev());
                files.extend(listing.files);
                continue;
            }
            let Some(handful) = opened.next().await else { break };
            for (node, file) in handful {
                match file {
                    Ok(file) => some.push((node.path(), file)),
                    Err(reason) => self.not_shown(&node.path(), &reason, 1),
                }
                self.load.keep_handle(node.handle, KEPT_HANDLES);
            }
            if some.len() >= GIVEN || (opened.is_empty() && !some.is_empty()) {
                self.take_found(running, std::mem::take(&mut some));
            }
            if breath.is_due() {
                breath.take().await;
            }
        }
        let more = [folders.is_empty(), files.is_empty(), listed.is_empty(), opened.is_empty()];
        if running.is_stopped() && more.contains(&false) {
            running.unexplored.set(true);
        }
        self.take_found(running, some);
    }
}

impl Node {
    fn path(&self) -> String {
        self.entry.full_path().trim_start_matches('/').to_owned()
    }

    /// What the folder holds. Browsers leave names out of a folder's handles that they do not
    /// trust, so what counts is the list of entries; those that have a handle get it.
    async fn list(self) -> Listing {
        let mut listing = Listing::default();
        let (end, mut handles) =
            futures::join!(list_entries(self.entry.unchecked_ref(), &mut listing), async {
                match &self.handle {
                    Some(handle) => handles_by_name(handle.unchecked_ref()).await,
                    None => BTreeMap::new(),
                }
            },);
        listing.closed = end.err().map(|error| (self.path(), words(&error)));
        for node in listing.folders.iter_mut().chain(&mut listing.files) {
            let is_folder = node.entry.is_directory();
            let same_kind =
                |it: &FileSystemHandle| is_folder == (it.kind() == FileSystemHandleKind::Directory);
            node.handle = handles.remove(&node.entry.name()).filter(same_kind);
        }
        listing
    }

    fn open(&self) -> Promise {
        match &self.handle {
            Some(handle) => handle.unchecked_ref::<FileSystemFileHandle>().get_file(),
            None => self.open_entry(),
        }
    }

    fn open_entry(&self) -> Promise {
        let entry: &FileSystemFileEntry = self.entry.unchecked_ref();
        Promise::new(&mut |resolve: Function, reject: Function| {
            entry.file_with_callback_and_callback(&resolve, &reject);
        })
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
            listing.add(Node { entry: entry.unchecked_into(), handle: None });
        }
    }
}

/// The browser gives handles one by one. Where it stops early, the rest has none.
async fn handles_by_name(folder: &FileSystemDirectoryHandle) -> BTreeMap<String, FileSystemHandle> {
    let mut handles = BTreeMap::new();
    let values = folder.values();
    let mut breath = Breath::new();
    while let Ok(next) = values.next() {
        let Ok(next) = JsFuture::from(next).await else { break };
        let part = |name: &str| Reflect::get(&next, &name.into()).unwrap_or_default();
        if !part("value").is_object() {
            break;
        }
        let handle: FileSystemHandle = part("value").unchecked_into();
        handles.insert(handle.name(), handle);
        if breath.is_due() {
            breath.take().await;
        }
    }
    handles
}

/// The files; or why there is none.
async fn open_files(asked: Vec<Node>) -> Vec<(Node, Result<File, String>)> {
    if asked.is_empty() {
        return Vec::new();
    }
    let promises: Array = asked.iter().map(Node::open).collect();
    let Ok(settled) = JsFuture::from(Promise::all_settled(&promises)).await else {
        return Vec::new();
    };
    let settled: Array = settled.unchecked_into();
    let mut opened = Vec::with_capacity(asked.len());
    for (node, settled) in asked.into_iter().zip(settled.iter()) {
        let part = |name: &str| Reflect::get(&settled, &name.into()).unwrap_or_default();
        let mut file = part("value").dyn_into::<File>().map_err(|_| words(&part("reason")));
        if file.is_err() && node.handle.is_some() {
            let second = JsFuture::from(node.open_entry()).await;
            file = second.map(JsCast::unchecked_into).map_err(|it| words(&it));
        }
        opened.push((node, file));
    }
    opened
}
