//! Why a call rejects: an `Error` with a name of its own.

use js_sys::Reflect;
use wasm_bindgen::JsValue;

use crate::{model::filter::FilterError, protocol::failure::Failure};

/// Becomes a JavaScript `Error`.
#[derive(Debug)]
pub(super) struct Error {
    name: &'static str,
    message: String,
}

impl Error {
    pub(super) fn bad_argument(message: impl Into<String>) -> Error {
        Error { name: "BadArgument", message: message.into() }
    }

    pub(super) fn bad_filter(message: impl Into<String>) -> Error {
        Error { name: "BadFilter", message: message.into() }
    }

    pub(super) fn not_found(message: impl Into<String>) -> Error {
        Error { name: "NotFound", message: message.into() }
    }

    pub(super) fn internal(message: impl Into<String>) -> Error {
        Error { name: "Internal", message: message.into() }
    }

    /// A filter that is none; says where, counted in characters from 1.
    pub(super) fn of_filter(text: &str, error: &FilterError) -> Error {
        let at = text.get(..error.start).map_or(0, |it| it.chars().count()) + 1;
        Error::bad_filter(format!("{error} (at character {at} of the filter)"))
    }
}

impl From<Failure> for Error {
    fn from(failure: Failure) -> Error {
        Error { name: failure.api_name(), message: failure.to_string() }
    }
}

impl From<Error> for JsValue {
    fn from(error: Error) -> JsValue {
        let value = js_sys::Error::new(&error.message);
        // Own and hidden, as `name` of the built-in errors is.
        Reflect::set(&value, &"name".into(), &error.name.into()).ok();
        value.into()
    }
}
