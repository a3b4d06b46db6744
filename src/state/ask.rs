//! The only bridge from signals to the engine, and to whatever else answers later.

use std::future::Future;

use futures::future::{AbortHandle, abortable};
use leptos::prelude::*;

use crate::{
    client::Client,
    protocol::{Call, failure::Failure},
};

/// The newest answer to a question that changes.
pub struct Asked<T: 'static> {
    /// `None` until the first answer; afterwards the newest one, also while a newer question waits.
    pub answer: ReadSignal<Option<Result<T, Failure>>, LocalStorage>,
    /// Whether a newer question is under way.
    pub waiting: ReadSignal<bool>,
}

impl<T: 'static> Clone for Asked<T> {
    fn clone(&self) -> Asked<T> {
        *self
    }
}

impl<T: 'static> Copy for Asked<T> {}

impl<T: 'static> Asked<T> {
    /// Reads the newest good answer; `None` before it, or when the question failed.
    pub fn with<U>(self, read: impl FnOnce(&T) -> U) -> Option<U> {
        self.answer.with(|it| it.as_ref().and_then(|it| it.as_ref().ok()).map(read))
    }

    /// Why the newest answer is none.
    pub fn failure(self) -> Option<Failure> {
        self.answer.with(|it| it.as_ref().and_then(|it| it.as_ref().err()).cloned())
    }
}

/// A question to the engine, and the state of the data that it is about: the same question over
/// newer data is a new one.
#[derive(Clone, Debug, PartialEq)]
pub struct Dated<C> {
    /// Moves with the data.
    pub generation: u64,
    /// What is asked.
    pub call: C,
}

/// Keeps asking: each new value of `question` replaces, and cancels, the one before it. While it is
/// `None` nothing is asked and the answer is forgotten.
pub fn ask<C>(client: Client, question: Memo<Option<C>>) -> Asked<C::Answer>
where
    C: Call + Clone + PartialEq + Send + Sync + 'static,
{
    follow(question, move |question: C| {
        let client = client.clone();
        async move { client.call(question).await }
    })
}

/// As [`ask`], for questions that do not themselves say which data they are about.
pub fn ask_dated<C>(client: Client, question: Memo<Option<Dated<C>>>) -> Asked<C::Answer>
where
    C: Call + Clone + PartialEq + Send + Sync + 'static,
{
    follow(question, move |question: Dated<C>| {
        let client = client.clone();
        async move { client.call(question.call).await }
    })
}

/// Keeps fetching what belongs to the newest value of `question`, as [`ask`] does.
pub fn follow<Q, A, F>(question: Memo<Option<Q>>, fetch: impl Fn(Q) -> F + 'static) -> Asked<A>
where
    Q: Clone + PartialEq + Send + Sync + 'static,
    A: 'static,
    F: Future<Output = Result<A, Failure>> + 'static,
{
    let (answer, set_answer) = signal_local(None);
    let (waiting, set_waiting) = signal(false);
    let running: StoredValue<Option<AbortHandle>, LocalStorage> = StoredValue::new_local(None);
    let stop = move || {
        if let Some(stale) = running.try_update_value(Option::take).flatten() {
            stale.abort();
        }
    };
    on_cleanup(stop);
    Effect::new(move |_| {
        stop();
        let Some(question) = question.get() else {
            set_answer.set(None);
            set_waiting.set(false);
            return;
        };
        let (call, abort) = abortable(fetch(question));
        running.set_value(Some(abort));
        set_waiting.set(true);
        leptos::task::spawn_local(async move {
            let Ok(result) = call.await else { return };
            // The part of the page that asked may be gone.
            set_answer.try_set(Some(result));
            set_waiting.try_set(false);
        });
    });
    Asked { answer, waiting }
}
