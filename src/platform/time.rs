//! The clock and the event loop.

use std::{cell::RefCell, collections::VecDeque, rc::Rc};

use futures::channel::oneshot;
use js_sys::{Function, Promise};
use wasm_bindgen::{JsCast, JsValue, prelude::Closure};
use wasm_bindgen_futures::JsFuture;
use web_sys::{MessageChannel, Window};

/// The page holds the browser for no longer than this at a time.
const SLICE_MILLIS: f64 = 10.0;

/// The window; there is always one, since this is the page's program.
pub(super) fn window() -> Window {
    js_sys::global().unchecked_into()
}

/// Milliseconds since the page began; never goes back.
pub(super) fn now_millis() -> f64 {
    window().performance().map_or_else(js_sys::Date::now, |it| it.now())
}

/// Waits; a page in the background may be let wait longer.
pub(super) async fn sleep(millis: i32) {
    let promise = Promise::new(&mut |resolve: Function, _| {
        window().set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, millis).ok();
    });
    JsFuture::from(promise).await.ok();
}

thread_local! {
    /// Who waits for the next task, and the channel that is its messenger: to make one each time
    /// would cost more than most of what is done in between.
    static TURNS: Option<Turns> = Turns::new();
}

struct Turns {
    channel: MessageChannel,
    waiting: Rc<RefCell<VecDeque<oneshot::Sender<()>>>>,
    _heard: Closure<dyn FnMut()>,
}

impl Turns {
    fn new() -> Option<Turns> {
        let channel = MessageChannel::new().ok()?;
        let waiting: Rc<RefCell<VecDeque<oneshot::Sender<()>>>> = Rc::default();
        let queue = Rc::clone(&waiting);
        let heard = Closure::new(move || {
            let next = queue.borrow_mut().pop_front();
            next.map(|it| it.send(()).ok());
        });
        channel.port1().set_onmessage(Some(heard.as_ref().unchecked_ref()));
        Some(Turns { channel, waiting, _heard: heard })
    }

    fn wait(&self) -> oneshot::Receiver<()> {
        let (turn, turned) = oneshot::channel();
        self.waiting.borrow_mut().push_back(turn);
        self.channel.port2().post_message(&JsValue::NULL).ok();
        turned
    }
}

/// Lets the browser do whatever waits, and comes back at once.
pub(super) async fn next_task() {
    match TURNS.with(|it| it.as_ref().map(Turns::wait)) {
        Some(turn) => drop(turn.await),
        None => sleep(0).await,
    }
}

/// Keeps long work in slices.
pub(super) struct Breath {
    since_millis: f64,
}

impl Breath {
    pub(super) fn new() -> Breath {
        Breath { since_millis: now_millis() }
    }

    /// Whether it is time to let the browser have its turn.
    pub(super) fn is_due(&self) -> bool {
        now_millis() - self.since_millis > SLICE_MILLIS
    }

    /// Lets the browser have its turn.
    pub(super) async fn take(&mut self) {
        next_task().await;
        self.since_millis = now_millis();
    }
}
