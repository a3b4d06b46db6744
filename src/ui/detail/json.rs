//! JSON with its members in the order in which they stand, which a map would lose.

use std::fmt;

use serde::{
    Deserialize, Deserializer,
    de::{MapAccess, SeqAccess, Visitor},
};

/// A JSON value.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Json {
    /// `null`, `true`, `false` or a number, as text.
    Plain(String),
    /// A string.
    Text(String),
    /// An array.
    List(Vec<Json>),
    /// An object; a name may occur twice.
    Object(Vec<(String, Json)>),
}

impl Json {
    /// Reads a record; `None` if it is no JSON.
    pub(crate) fn parse(text: &str) -> Option<Json> {
        serde_json::from_str(text).ok()
    }

    /// The value at a path of names.
    pub(crate) fn at(&self, path: &[&str]) -> Option<&Json> {
        let Some((name, rest)) = path.split_first() else { return Some(self) };
        match self {
            Json::Object(members) => members.iter().find(|(it, _)| it == name)?.1.at(rest),
            _ => None,
        }
    }

    /// A value without parts, as a person reads it; `null` is none.
    pub(crate) fn leaf(&self) -> Option<&str> {
        match self {
            Json::Plain(text) if text == "null" => None,
            Json::Plain(text) | Json::Text(text) => Some(text),
            Json::List(_) | Json::Object(_) => None,
        }
    }
}

impl<'de> Deserialize<'de> for Json {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Json, D::Error> {
        deserializer.deserialize_any(Reader)
    }
}

struct Reader;

impl<'de> Visitor<'de> for Reader {
    type Value = Json;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("JSON")
    }

    fn visit_unit<E>(self) -> Result<Json, E> {
        Ok(Json::Plain("null".to_owned()))
    }

    fn visit_bool<E>(self, it: bool) -> Result<Json, E> {
        Ok(Json::Plain(it.to_string()))
    }

    fn visit_i64<E>(self, it: i64) -> Result<Json, E> {
        Ok(Json::Plain(it.to_string()))
    }

    fn visit_u64<E>(self, it: u64) -> Result<Json, E> {
        Ok(Json::Plain(it.to_string()))
    }

    fn visit_f64<E>(self, it: f64) -> Result<Json, E> {
        Ok(Json::Plain(it.to_string()))
    }

    fn visit_str<E>(self, it: &str) -> Result<Json, E> {
        Ok(Json::Text(it.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Json, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = seq.next_element()? {
            items.push(item);
        }
        Ok(Json::List(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Json, A::Error> {
        let mut members = Vec::new();
        while let Some(member) = map.next_entry()? {
            members.push(member);
        }
        Ok(Json::Object(members))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn members_keep_their_order() {
        let json = Json::parse(r#"{"z":1,"a":{"b":[true,null,-2.5,"x"]},"z":2}"#).unwrap();
        let Json::Object(members) = &json else { panic!("no object") };
        let names: Vec<&str> = members.iter().map(|it| it.0.as_str()).collect();
        assert_eq!(names, ["z", "a", "z"]);
        assert_eq!(json.at(&["z"]).and_then(Json::leaf), Some("1"));
        let Some(Json::List(items)) = json.at(&["a", "b"]) else { panic!("no list") };
        let leaves: Vec<Option<&str>> = items.iter().map(Json::leaf).collect();
        assert_eq!(leaves, [Some("true"), None, Some("-2.5"), Some("x")]);
        assert_eq!(json.at(&["a", "c", "d"]), None);
    }

    #[test]
    fn what_is_no_json_is_none() {
        assert_eq!(Json::parse("{"), None);
        assert_eq!(Json::parse(""), None);
    }
}
