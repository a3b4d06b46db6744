//! A worker, from the program that was compiled when the page began.

use js_sys::{Array, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use wasm_bindgen_futures::JsFuture;
use web_sys::{ErrorEvent, Event, MessageEvent, MessagePort, Worker, WorkerOptions};

use super::time::window;

/// What a worker is started from: as often as need be, without a request.
pub(super) struct Program {
    /// A `blob:` address of its script: only so does a worker inherit the page's policy.
    url: String,
    module: JsValue,
}

/// What the page's first script left for its program.
pub(super) fn boot() -> JsValue {
    Reflect::get(&window(), &"trailglassBoot".into()).unwrap_or_default()
}

impl Program {
    /// The program of that name, when it is compiled.
    pub(super) async fn load(name: &str) -> Result<Program, String> {
        let promise = Reflect::get(&boot(), &name.into()).map_err(|it| words(&it))?;
        let promise: Promise =
            promise.dyn_into().map_err(|_| format!("there is no program {name}"))?;
        let both = JsFuture::from(promise).await.map_err(|it| words(&it))?;
        let part = |name: &str| Reflect::get(&both, &name.into()).unwrap_or_default();
        Ok(Program { url: part("url").as_string().unwrap_or_default(), module: part("module") })
    }
}

/// A running worker. Dropping it ends the worker at once.
pub(super) struct Link {
    worker: Worker,
    _hear: Closure<dyn Fn(MessageEvent)>,
    _fail: Closure<dyn Fn(Event)>,
}

impl Link {
    /// Starts a worker; `hear` gets the data of its messages, `fail` is told when it trapped.
    pub(super) fn start(
        program: &Program,
        name: &str,
        hear: impl Fn(JsValue) + 'static,
        fail: impl Fn(String) + 'static,
    ) -> Result<Link, String> {
        let options = WorkerOptions::new();
        options.set_name(name);
        let worker = Worker::new_with_options(&program.url, &options).map_err(|it| words(&it))?;
        let hear =
            Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| hear(event.data()));
        let fail = Closure::<dyn Fn(Event)>::new(move |event: Event| {
            let message = event.dyn_ref::<ErrorEvent>().map(ErrorEvent::message);
            fail(
                message
                    .filter(|it| !it.is_empty())
                    .unwrap_or_else(|| "the worker did not start".to_owned()),
            );
        });
        worker.set_onmessage(Some(hear.as_ref().unchecked_ref()));
        worker.set_onerror(Some(fail.as_ref().unchecked_ref()));
        worker.post_message(&program.module).map_err(|it| words(&it))?;
        Ok(Link { worker, _hear: hear, _fail: fail })
    }

    /// Another handle, for posting.
    pub(super) fn worker(&self) -> Worker {
        self.worker.clone()
    }

    /// Sends a message; the buffers of `moved` change hands.
    pub(super) fn post(&self, message: &JsValue, moved: &Array) {
        self.worker.post_message_with_transfer(message, moved).ok();
    }

    /// Gives the worker one end of a channel.
    pub(super) fn give(&self, port: &MessagePort) {
        self.post(&JsValue::NULL, &Array::of1(port));
    }
}

impl Drop for Link {
    fn drop(&mut self) {
        self.worker.set_onmessage(None);
        self.worker.set_onerror(None);
        self.worker.terminate();
    }
}

/// What the browser says of an error, as text.
pub(super) fn words(error: &JsValue) -> String {
    let message = Reflect::get(error, &"message".into()).ok().and_then(|it| it.as_string());
    message.or_else(|| error.as_string()).unwrap_or_else(|| "the browser gave no reason".to_owned())
}
