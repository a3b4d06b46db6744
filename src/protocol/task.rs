//! Work that can be put down between two steps.

use super::failure::Failure;

/// Work for a service `S` that ends in a `T`.
pub enum Task<S, T> {
    /// Already over.
    Done(Result<T, Failure>),
    /// Goes on each time it is called, about 50 ms at a time. Dropping it cancels the work.
    Steps(Steps<S, T>),
}

/// What goes on each time it is called.
pub type Steps<S, T> = Box<dyn FnMut(&mut S) -> Step<T>>;

/// How far a step came.
pub enum Step<T> {
    More { done: u64, of: u64 },
    Done(Result<T, Failure>),
}

impl<S, T> Task<S, T> {
    pub fn steps(step: impl FnMut(&mut S) -> Step<T> + 'static) -> Task<S, T> {
        Task::Steps(Box::new(step))
    }

    /// The same work with another wrapping of its result.
    pub fn map<U>(self, wrap: impl Fn(T) -> U + 'static) -> Task<S, U>
    where
        S: 'static,
        T: 'static,
    {
        match self {
            Task::Done(result) => Task::Done(result.map(wrap)),
            Task::Steps(mut step) => Task::Steps(Box::new(move |service| match step(service) {
                Step::More { done, of } => Step::More { done, of },
                Step::Done(result) => Step::Done(result.map(&wrap)),
            })),
        }
    }

    /// Does all of it at once, as tests do.
    pub fn finish(self, service: &mut S) -> Result<T, Failure> {
        match self {
            Task::Done(result) => result,
            Task::Steps(mut step) => loop {
                if let Step::Done(result) = step(service) {
                    return result;
                }
            },
        }
    }
}
