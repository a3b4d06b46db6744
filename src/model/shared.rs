//! Lists of shared values travel as lists of the values: for `#[serde(with = "shared")]`.

use std::sync::Arc;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

pub(super) fn serialize<T, S>(values: &[Arc<T>], to: S) -> Result<S::Ok, S::Error>
where
    T: Serialize,
    S: Serializer,
{
    to.collect_seq(values.iter().map(Arc::as_ref))
}

pub(super) fn deserialize<'de, T, D>(from: D) -> Result<Vec<Arc<T>>, D::Error>
where
    T: Deserialize<'de>,
    D: Deserializer<'de>,
{
    Ok(Vec::<T>::deserialize(from)?.into_iter().map(Arc::new).collect())
}
