//! What is listed of the incidents that were found.

use std::sync::Arc;

use super::mute::Mute;
use crate::model::{cut::Cut, insight::Incident};

/// What is listed, and what is not though it was found.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Listing {
    /// Most surprising first.
    pub shown: Vec<Arc<Incident>>,
    /// Left out since a person called them normal; most surprising first.
    pub muted: Vec<Arc<Incident>>,
}

/// Cuts what was found.
pub fn list(found: &[Arc<Incident>], cut: &Cut, mutes: &[Mute]) -> Listing {
    let listed = found.iter().filter(|it| cut.lists(it)).cloned();
    let (muted, shown) = listed.partition(|it| mutes.iter().any(|mute| mute.covers(it)));
    Listing { shown, muted }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::cut::tests::incident;

    #[test]
    fn what_is_muted_is_told_apart_from_what_is_cut() {
        let found: Vec<Arc<Incident>> = [
            incident(9.0, "a", "GetObject", 0),
            incident(8.0, "a", "GetObject", 100),
            incident(7.0, "b", "GetObject", 0),
            incident(6.0, "a", "PutObject", 0),
            incident(0.1, "a", "GetObject", 300),
        ]
        .map(Arc::new)
        .to_vec();
        let told = |mutes: &[Mute]| {
            let Listing { shown, muted } = list(&found, &Cut::default(), mutes);
            let names = |list: Vec<Arc<Incident>>| list.iter().map(|it| it.e).collect::<Vec<_>>();
            (names(shown), names(muted))
        };
        assert_eq!(told(&[]), (vec![9.0, 8.0, 7.0, 6.0], vec![]));
        let mute = Mute::of(&found[0]);
        assert_eq!(told(std::slice::from_ref(&mute)), (vec![7.0, 6.0], vec![9.0, 8.0]));
        let from_millis = Some(found[1].range.start_millis);
        assert_eq!(told(&[Mute { from_millis, ..mute }]), (vec![9.0, 7.0, 6.0], vec![8.0]));
    }
}
