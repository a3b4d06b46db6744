//! `window.trailglass`
use crate::platform::Browser;
/// Offers it.
pub fn offer(_browser: &Browser) {}
