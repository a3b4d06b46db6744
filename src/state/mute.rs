//! What a person called normal: incidents of one principal and API that need not be listed.

use serde_json::{Value, json};

use crate::model::{derived::service, field::Field, insight::Incident};

/// Incidents that are not listed, and why.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mute {
    /// Who; empty where nobody in particular stood behind the incident.
    pub principal: String,
    /// The service, as the log names it.
    pub event_source: String,
    /// The API; empty for the service as a whole.
    pub event_name: String,
    /// Only what begins at this moment or later; `None` is at any time.
    pub from_millis: Option<i64>,
    /// Why it is normal, in the person's words.
    pub reason: String,
}

impl Mute {
    /// What an incident is about: the principal and the API of its leading series.
    pub fn of(incident: &Incident) -> Mute {
        let Some(lead) = incident.insights.first() else { return Mute::default() };
        let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        let only_name = || {
            let names = lead.attributions.iter().find(|it| it.field == Field::EventName)?;
            let mut all = names.values.iter();
            all.find(|it| it.inside == lead.insight.count).map(|it| it.value.clone())
        };
        Mute {
            principal: some(&lead.key.principal)
                .or_else(|| incident.principal.clone())
                .unwrap_or_default(),
            event_source: lead.key.event_source.clone(),
            event_name: some(&lead.key.event_name).or_else(only_name).unwrap_or_default(),
            from_millis: None,
            reason: String::new(),
        }
    }

    /// `s3:GetObject`, or `s3` where it is more than one API.
    pub fn api(&self) -> String {
        let service = service(&self.event_source);
        if self.event_name.is_empty() {
            service.to_owned()
        } else {
            format!("{service}:{}", self.event_name)
        }
    }

    /// Whether an incident is what was called normal.
    pub fn covers(&self, incident: &Incident) -> bool {
        let it = Mute::of(incident);
        let same = (&it.principal, &it.event_source, &it.event_name)
            == (&self.principal, &self.event_source, &self.event_name);
        same && self.from_millis.is_none_or(|from| from <= incident.range.start_millis)
    }
}

/// As the browser keeps it: JSON.
pub fn print(mutes: &[Mute]) -> String {
    let one = |it: &Mute| {
        json!({
            "principal": it.principal,
            "eventSource": it.event_source,
            "eventName": it.event_name,
            "fromMillis": it.from_millis,
            "reason": it.reason,
        })
    };
    Value::from(mutes.iter().map(one).collect::<Vec<_>>()).to_string()
}

/// What cannot be read is left out.
pub fn parse(print: &str) -> Vec<Mute> {
    let Ok(Value::Array(list)) = serde_json::from_str(print) else { return Vec::new() };
    let one = |it: &Value| {
        let text = |name: &str| it.get(name).and_then(Value::as_str).map(str::to_owned);
        Some(Mute {
            principal: text("principal")?,
            event_source: text("eventSource")?,
            event_name: text("eventName")?,
            from_millis: it.get("fromMillis").and_then(Value::as_i64),
            reason: text("reason").unwrap_or_default(),
        })
    };
    list.iter().filter_map(one).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_comes_back() {
        let mutes = [
            Mute {
                principal: "arn:aws:iam::1:user/a\"<b>".to_owned(),
                event_source: "s3.amazonaws.com".to_owned(),
                event_name: "GetObject".to_owned(),
                from_millis: Some(-5),
                reason: "the nightly copy".to_owned(),
            },
            Mute::default(),
        ];
        assert_eq!(parse(&print(&mutes)), mutes);
        assert_eq!(mutes[0].api(), "s3:GetObject");
    }

    #[test]
    fn junk_is_left_out() {
        for junk in ["", "x", "{}", "[1, {\"principal\": 3}]", "[null]"] {
            assert_eq!(parse(junk), [], "{junk}");
        }
    }
}
