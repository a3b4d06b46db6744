//! The engine's worker: an inbox of the page's questions and the readers' batches, and a heartbeat
//! that does a little work at a time so that the inbox is heard in between.

use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};

use js_sys::Array;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{MessageChannel, MessageEvent, MessagePort};

use super::wire;
use crate::service::{Gauges, Server};

/// Bytes of a page of linear memory.
const PAGE_BYTES: u64 = 65_536;

struct Inbox {
    server: RefCell<Server>,
    /// The heart: a message to ourselves is a fresh task behind whatever arrived meanwhile.
    beat: MessagePort,
    beating: Cell<bool>,
}

/// Starts to listen, and tells the page.
pub fn run() {
    let Ok(channel) = MessageChannel::new() else { return };
    let inbox = Rc::new(Inbox {
        server: RefCell::new(Server::new(Gauges {
            memory_bytes,
            now_millis: wire::now_millis,
            random,
        })),
        beat: channel.port1(),
        beating: Cell::new(false),
    });
    let at_heart = Rc::clone(&inbox);
    wire::listen_to(&channel.port2(), move |_| at_heart.step());
    wire::listen(move |event| inbox.hear(&event));
    wire::post(&Server::ready());
}

impl Inbox {
    /// A question of the page, or the port of a new reader.
    fn hear(self: &Rc<Inbox>, event: &MessageEvent) {
        if let Some(port) = event.ports().get(0).dyn_ref::<MessagePort>() {
            let inbox = Rc::clone(self);
            wire::listen_to(port, move |event| inbox.take(&event.data()));
        } else if let Some(bytes) = wire::bytes(&event.data()) {
            self.server.borrow_mut().receive(&bytes);
            self.wake();
        }
    }

    /// A reader's batch: the number of its group, and its bytes.
    fn take(&self, message: &JsValue) {
        let Some(message) = message.dyn_ref::<Array>() else { return };
        if let (Some(group), Some(bytes)) = (message.get(0).as_f64(), wire::bytes(&message.get(1)))
        {
            self.server.borrow_mut().take_batch(group as u32, &bytes);
            self.wake();
        }
    }

    fn wake(&self) {
        if !self.beating.replace(true) {
            self.beat.post_message(&JsValue::NULL).ok();
        }
    }

    fn step(&self) {
        self.beating.set(false);
        let progress = self.server.borrow_mut().step();
        for message in progress.messages {
            wire::post(&message);
        }
        if progress.more {
            self.wake();
        }
    }
}

fn random() -> u64 {
    // Without it a log that was written to be slow is slow; no other would be.
    getrandom::u64().unwrap_or_default()
}

fn memory_bytes() -> u64 {
    core::arch::wasm32::memory_size(0) as u64 * PAGE_BYTES
}
