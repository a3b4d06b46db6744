//! What the page shows, as one value. Its print is the text after `#` in the address, a promise to
//! everyone who kept a link: a later version reads what an earlier one printed.

use std::collections::BTreeMap;

use super::{
    cut::Cut,
    field::Field,
    question::{EventKey, GroupColumn, Sort},
    time::{self, TimeRange},
};

mod percent;

/// What the page shows. The same view over the same files is the same screen.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct View {
    /// As it was typed, also when it is no filter.
    pub filter: String,
    /// The zoom; `None` is all time.
    pub range: Option<TimeRange>,
    /// Empty: newest first.
    pub sort: Vec<Sort>,
    /// Empty: the default columns.
    pub columns: Vec<Field>,
    /// Which part of the page is open.
    pub tab: Tab,
    /// The event whose details are open.
    pub event: Option<EventKey>,
    /// The fields that events are grouped by: none, one or two.
    pub group: Vec<Field>,
    /// How groups are sorted, `true` for descending. Empty: most events first.
    pub group_sort: Vec<(GroupColumn, bool)>,
    /// The incident that is open.
    pub incident: Option<String>,
    /// Which incidents are listed.
    pub cut: Cut,
    /// The row of the table that is at its upper edge, from 0.
    pub row: u64,
    /// Widths of columns that were dragged, in pixels.
    pub widths: BTreeMap<Field, u32>,
}

/// A part of the page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Tab {
    /// The table of events.
    #[default]
    Events,
    /// Events counted by one or two fields.
    Groups,
    /// What is unusual.
    Insights,
    /// What was read, and what could not be.
    Files,
}

impl Tab {
    /// From left to right.
    pub const ALL: [Tab; 4] = [Tab::Events, Tab::Groups, Tab::Insights, Tab::Files];

    /// As addresses spell it.
    pub fn as_str(self) -> &'static str {
        match self {
            Tab::Events => "events",
            Tab::Groups => "groups",
            Tab::Insights => "insights",
            Tab::Files => "files",
        }
    }
}

/// The parts of an address in their order: names, and values that are still encoded.
type Parts = Vec<(String, String)>;

/// What makes the parts of version `n + 1` out of those of version `n`, beginning with 1. To change
/// the meaning of a name, add a line here; the names of old addresses stay readable for ever.
const UPGRADES: &[fn(Parts) -> Parts] = &[];

/// The version that is printed.
const VERSION: usize = UPGRADES.len() + 1;

impl View {
    /// The text after `#`. What is as in the default view is left out; the default view is empty.
    pub fn print(&self) -> String {
        let fields = |list: &[Field]| list.iter().map(|it| it.name()).collect::<Vec<_>>().join(",");
        let mut parts: Vec<(&str, String)> = Vec::new();
        if !self.filter.is_empty() {
            parts.push(("filter", percent::encode(&self.filter)));
        }
        if let Some(TimeRange { start_millis, end_millis }) = self.range {
            let span = format!("{}/{}", time::iso(start_millis), time::iso(end_millis));
            parts.push(("range", span));
        }
        if self.tab != Tab::default() {
            parts.push(("tab", self.tab.as_str().to_owned()));
        }
        if !self.sort.is_empty() {
            let sort = self.sort.iter().map(|it| signed(it.field.name(), it.descending));
            parts.push(("sort", sort.collect::<Vec<_>>().join(",")));
        }
        if !self.columns.is_empty() {
            parts.push(("columns", fields(&self.columns)));
        }
        if !self.group.is_empty() {
            parts.push(("group", fields(&self.group)));
        }
        if !self.group_sort.is_empty() {
            let sort = self.group_sort.iter();
            let sort = sort.map(|(column, descending)| signed(&group_column(*column), *descending));
            parts.push(("groupSort", sort.collect::<Vec<_>>().join(",")));
        }
        if let Some(EventKey { account, event_id }) = &self.event {
            let account = percent::encode_without(account, b"/");
            parts.push(("event", format!("{account}/{}", percent::encode(event_id))));
        }
        if let Some(incident) = &self.incident {
            parts.push(("incident", percent::encode(incident)));
        }
        if self.cut != Cut::default() {
            parts.push(("incidents", self.cut.print()));
        }
        if self.row > 0 {
            parts.push(("row", self.row.to_string()));
        }
        if !self.widths.is_empty() {
            let widths = self.widths.iter().map(|(field, px)| format!("{}:{px}", field.name()));
            parts.push(("widths", widths.collect::<Vec<_>>().join(",")));
        }
        if parts.is_empty() {
            return String::new();
        }
        let parts = parts.iter().map(|(name, value)| format!("&{name}={value}"));
        percent::guard_end(format!("v={VERSION}{}", parts.collect::<String>()))
    }

    /// Reads the text after `#`, with or without it. What is missing, unknown or wrong is as in the
    /// default view, each part by itself.
    pub fn parse(text: &str) -> View {
        let text = text.strip_prefix('#').unwrap_or(text);
        let mut parts: Parts = text
            .split('&')
            .map(|part| part.split_once('=').unwrap_or((part, "")))
            .map(|(name, value)| (percent::decode(name), value.to_owned()))
            .collect();
        let version: usize = value(&parts, "v").and_then(|it| it.parse().ok()).unwrap_or(VERSION);
        for upgrade in UPGRADES.iter().skip(version.saturating_sub(1)) {
            parts = upgrade(parts);
        }
        let list = |name: &str| -> Vec<String> {
            value(&parts, name).unwrap_or_default().split(',').map(str::to_owned).collect()
        };
        let fields = |name: &str| list(name).iter().filter_map(|it| Field::parse(it)).collect();
        let sort = list("sort").into_iter().filter_map(|it| {
            let (name, descending) = unsigned(&it);
            Field::parse(name).map(|field| Sort { field, descending })
        });
        let group_sort = list("groupSort").into_iter().filter_map(|it| {
            let (name, descending) = unsigned(&it);
            parse_group_column(name).map(|column| (column, descending))
        });
        let tab = value(&parts, "tab");
        let widths = list("widths").into_iter().filter_map(|it| {
            let (name, px) = it.split_once(':')?;
            Some((Field::parse(name)?, px.parse().ok()?))
        });
        View {
            filter: value(&parts, "filter").unwrap_or_default(),
            range: value(&parts, "range").and_then(|it| parse_range(&it)),
            sort: sort.collect(),
            columns: fields("columns"),
            tab: Tab::ALL
                .into_iter()
                .find(|it| tab.as_deref() == Some(it.as_str()))
                .unwrap_or_default(),
            event: encoded(&parts, "event").and_then(parse_event),
            group: fields("group"),
            group_sort: group_sort.collect(),
            incident: value(&parts, "incident"),
            cut: value(&parts, "incidents").map(|it| Cut::parse(&it)).unwrap_or_default(),
            row: value(&parts, "row").and_then(|it| it.parse().ok()).unwrap_or(0),
            widths: widths.collect(),
        }
    }
}

/// The first part of that name.
fn encoded<'a>(parts: &'a Parts, name: &str) -> Option<&'a str> {
    parts.iter().find(|(it, _)| it == name).map(|(_, value)| value.as_str())
}

fn value(parts: &Parts, name: &str) -> Option<String> {
    encoded(parts, name).map(percent::decode)
}

fn signed(name: &str, descending: bool) -> String {
    let sign = if descending { "-" } else { "" };
    format!("{sign}{name}")
}

fn unsigned(text: &str) -> (&str, bool) {
    text.strip_prefix('-').map_or((text, false), |name| (name, true))
}

fn parse_range(text: &str) -> Option<TimeRange> {
    let (start, end) = text.split_once('/')?;
    Some(TimeRange::between(time::parse(start)?, time::parse(end)?))
}

/// Takes the two halves apart before it decodes them, since an account may hold a slash too.
fn parse_event(encoded: &str) -> Option<EventKey> {
    let (account, event_id) = encoded.split_once('/')?;
    Some(EventKey { account: percent::decode(account), event_id: percent::decode(event_id) })
}

/// `by1` and `by2` are the fields grouped by.
fn group_column(column: GroupColumn) -> String {
    match column {
        GroupColumn::By(at) => return format!("by{}", u16::from(at) + 1),
        GroupColumn::Count => "count",
        GroupColumn::Principals => "principals",
        GroupColumn::First => "first",
        GroupColumn::Last => "last",
        GroupColumn::ErrorShare => "errorShare",
    }
    .to_owned()
}

fn parse_group_column(name: &str) -> Option<GroupColumn> {
    if let Some(at) = name.strip_prefix("by") {
        let at: u16 = at.parse().ok()?;
        return u8::try_from(at.checked_sub(1)?).ok().map(GroupColumn::By);
    }
    let columns = [
        GroupColumn::Count,
        GroupColumn::Principals,
        GroupColumn::First,
        GroupColumn::Last,
        GroupColumn::ErrorShare,
    ];
    columns.into_iter().find(|it| group_column(*it) == name)
}

#[cfg(test)]
mod tests {
    use expect_test::expect;
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn an_address_is_readable() {
        let view = View {
            filter: "eventName:Get* -userAgent:\"a b\" arn:aws:iam::1:user/홍".to_owned(),
            range: Some(TimeRange {
                start_millis: 1_627_660_800_000,
                end_millis: 1_627_664_400_500,
            }),
            sort: vec![
                Sort { field: Field::EventName, descending: true },
                Sort { field: Field::AwsRegion, descending: false },
            ],
            columns: vec![Field::EventTime, Field::IdentityArn],
            tab: Tab::Groups,
            event: Some(EventKey {
                account: "123456789012".to_owned(),
                event_id: "0a-1".to_owned(),
            }),
            group: vec![Field::Principal],
            group_sort: vec![(GroupColumn::ErrorShare, true), (GroupColumn::By(0), false)],
            incident: Some("2021-07-30 x".to_owned()),
            cut: Cut { tenths: 12, without_reads: true, ..Cut::default() },
            row: 1200,
            widths: BTreeMap::from([(Field::EventTime, 90), (Field::IdentityArn, 300)]),
        };
        expect![[r#"
            v=1
            filter=eventName:Get*%20-userAgent:%22a%20b%22%20arn:aws:iam::1:user/%ED%99%8D
            range=2021-07-30T16:00:00Z/2021-07-30T17:00:00.500Z
            tab=groups
            sort=-eventName,awsRegion
            columns=eventTime,userIdentity.arn
            group=principal
            groupSort=-errorShare,by1
            event=123456789012/0a-1
            incident=2021-07-30%20x
            incidents=1.2,-reads
            row=1200
            widths=eventTime:90,userIdentity.arn:300"#]]
        .assert_eq(&view.print().replace('&', "\n"));
        assert_eq!(View::default().print(), "");
    }

    #[test]
    fn junk_falls_back_part_by_part() {
        let check = |text: &str, wanted: View| assert_eq!(View::parse(text), wanted, "{text}");
        for text in [
            "",
            "#",
            "&&=&x",
            "v=1",
            "v=999&tab=moon&range=x/y&sort=,-&event=1",
            "v=%FF&groupSort=by0,by257,byx",
            "row=-1&widths=eventName,eventName:,nope:3,:,eventTime:-4",
        ] {
            check(text, View::default());
        }
        let tab = View { tab: Tab::Files, ..View::default() };
        check("#sort=nope&tab=files&range=2021-07-30&unknown=%", tab.clone());
        check("tab=files&tab=groups", tab);
        let columns = vec![Field::EventName, Field::File];
        check("columns=EVENTNAME,nope,file", View { columns, ..View::default() });
        let filter = "a=b +%zz".to_owned();
        check("filter=a=b%20+%zz", View { filter, ..View::default() });
        let range = Some(TimeRange { start_millis: 0, end_millis: time::DAY });
        check("range=1970-01-02/1970-01-01T00:00", View { range, ..View::default() });
    }

    /// Any text, with the signs of addresses more often than chance allows.
    fn text() -> impl Strategy<Value = String> {
        let signs = vec![
            "%", "&", "#", "+", "=", "/", " ", ",", "-", "%2", "%20", "\"", "<", "`", "\n", "한",
            "*",
        ];
        let signs = prop::collection::vec(prop::sample::select(signs), 0..8);
        prop_oneof![any::<String>(), signs.prop_map(|it| it.concat())]
    }

    fn fields() -> impl Strategy<Value = Vec<Field>> {
        prop::collection::vec(prop::sample::select(Field::ALL.to_vec()), 0..4)
    }

    fn group_columns() -> impl Strategy<Value = GroupColumn> {
        prop_oneof![
            any::<u8>().prop_map(GroupColumn::By),
            prop::sample::select(vec![
                GroupColumn::Count,
                GroupColumn::Principals,
                GroupColumn::First,
                GroupColumn::Last,
                GroupColumn::ErrorShare,
            ]),
        ]
    }

    prop_compose! {
        fn views()(
            (filter, columns, group) in (text(), fields(), fields()),
            range in prop::option::of((-60_000_000_000_000..200_000_000_000_000_i64, 0..4_000_000_000_000_i64)),
            sort in prop::collection::vec((prop::sample::select(Field::ALL.to_vec()), any::<bool>()), 0..3),
            tab in prop::sample::select(Tab::ALL.to_vec()),
            event in prop::option::of((text(), text())),
            group_sort in prop::collection::vec((group_columns(), any::<bool>()), 0..3),
            incident in prop::option::of(text()),
            (tenths, without_reads) in (0..=Cut::FEWEST, any::<bool>()),
            row in any::<u64>(),
            widths in prop::collection::btree_map(prop::sample::select(Field::ALL.to_vec()), any::<u32>(), 0..3),
        ) -> View {
            View {
                filter,
                range: range.map(|(start, len)| TimeRange::between(start, start + len)),
                sort: sort.into_iter().map(|(field, descending)| Sort { field, descending }).collect(),
                columns,
                tab,
                event: event.map(|(account, event_id)| EventKey { account, event_id }),
                group,
                group_sort,
                incident,
                cut: Cut { tenths, without_reads, ..Cut::default() },
                row,
                widths,
            }
        }
    }

    proptest! {
        #[test]
        fn what_is_printed_is_read_back(view in views()) {
            let print = view.print();
            prop_assert_eq!(&View::parse(&print), &view);
            prop_assert_eq!(&View::parse(&format!("#{print}")), &view);
            // Nothing that a browser would write in another way.
            prop_assert!(print.bytes().all(|it| it.is_ascii_graphic() && !b"\"<>`#".contains(&it)), "{}", print);
        }

        #[test]
        fn any_text_is_a_view(text in text()) {
            View::parse(&text);
        }
    }
}
