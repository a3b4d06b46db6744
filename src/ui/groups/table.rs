//! The groups as a table; a click shows the events of one.

use leptos::prelude::*;

use crate::{
    model::{
        field::Field,
        filter::edit,
        question::{Group, GroupColumn, GroupRow},
    },
    state::command::Command,
    ui::{
        context::page,
        format::{grouped, instant, share_percent, visible},
        widget::{Icon, Shape},
    },
};

/// The filter after one group was picked.
pub(crate) fn picked(filter: &str, by: &[Field], row: &GroupRow) -> String {
    let values = by.iter().zip(&row.by);
    values
        .fold(filter.to_owned(), |text, (field, value)| edit::only(&text, *field, value.as_deref()))
}

/// The order after a click on a column: numbers begin with the largest, names with A.
fn sorted_by(column: GroupColumn, now: &[(GroupColumn, bool)]) -> bool {
    let first = !matches!(column, GroupColumn::By(_));
    let current = now.first().copied().unwrap_or((GroupColumn::Count, true));
    if current.0 == column { !current.1 } else { first }
}

/// One page of groups.
#[component]
pub(crate) fn GroupTable(
    /// What is shown.
    group: Group,
) -> impl IntoView {
    let page = page();
    let words = page.words;
    let by = group.by.clone();
    let largest = group.rows.iter().map(|it| it.count).max().unwrap_or(0);
    let fields = by.iter().enumerate();
    let fields = fields.map(|(at, field)| (GroupColumn::By(at as u8), field.name()));
    let columns: Vec<(GroupColumn, &'static str)> = fields
        .chain([
            (GroupColumn::Count, words.group_count()),
            (GroupColumn::Principals, words.group_principals()),
            (GroupColumn::First, words.group_first_seen()),
            (GroupColumn::Last, words.group_last_seen()),
            (GroupColumn::ErrorShare, words.group_errors()),
        ])
        .collect();
    let head = columns.into_iter().map(|(column, name)| view! { <HeadCell column name /> });
    let rows = group.rows.into_iter().map(|row| {
        let by = by.clone();
        view! { <GroupLine row by largest /> }
    });
    view! {
        <table class="data-table">
            <thead><tr>{head.collect_view()}</tr></thead>
            <tbody>{rows.collect_view()}</tbody>
        </table>
    }
}

/// The name of a column; a click sorts by it.
#[component]
fn HeadCell(
    /// Which.
    column: GroupColumn,
    /// Its name.
    name: &'static str,
) -> impl IntoView {
    let page = page();
    let direction = Memo::new(move |_| {
        let sort = page.app.view.with(|it| it.group_sort.first().copied());
        let (by, descending) = sort.unwrap_or((GroupColumn::Count, true));
        (by == column).then_some(descending)
    });
    let sort = move |_| {
        let descending = page.app.view.with_untracked(|it| sorted_by(column, &it.group_sort));
        page.screen.group_offset.set(0);
        page.send(Command::SortGroups(column, descending));
    };
    let arrow = move || {
        direction.get().map(|descending| {
            let shape = if descending { Shape::Down } else { Shape::Up };
            view! { <Icon shape /> }
        })
    };
    view! {
        <th
            scope="col"
            class:is-number=!matches!(column, GroupColumn::By(_))
            aria-sort=move || match direction.get() {
                Some(true) => "descending",
                Some(false) => "ascending",
                None => "none",
            }
        >
            <button type="button" class="head-name" on:click=sort>{name}{arrow}</button>
        </th>
    }
}

/// One group.
#[component]
fn GroupLine(
    /// What was counted.
    row: GroupRow,
    /// The fields grouped by.
    by: Vec<Field>,
    /// The count of the largest group in sight, for the bar.
    largest: u64,
) -> impl IntoView {
    let page = page();
    let words = page.words;
    let shown =
        |it: &Option<String>| visible(it.as_deref().unwrap_or(words.no_value())).into_owned();
    let names: Vec<String> = row.by.iter().map(shown).collect();
    let width = format!("{:.1}%", row.count as f64 * 100.0 / largest.max(1) as f64);
    let time = |millis: Option<i64>| millis.map_or_else(|| "–".to_owned(), instant);
    let (first, last) = (time(row.first_millis), time(row.last_millis));
    let (count, principals, errors) = (row.count, row.principals, row.error_share);
    let errors_are_many = errors > 0.5;
    let pick = move |_| {
        let filter = page.app.view.with_untracked(|it| picked(&it.filter, &by, &row));
        let range = page.app.view.with_untracked(|it| it.range);
        page.send(Command::Focus { filter, range, incident: None });
    };
    let cells = names.into_iter().enumerate().map(|(at, name)| {
        let text = name.clone();
        let view = if at == 0 {
            let pick = pick.clone();
            view! {
                <button type="button" class="link" on:click=pick>{text}</button>
            }
            .into_any()
        } else {
            view! { <span>{text}</span> }.into_any()
        };
        view! { <td class="group-name" title=name>{view}</td> }
    });
    let cells = cells.collect_view();
    view! {
        <tr data-testid="group-row" data-count=count.to_string()>
            {cells}
            <td class="is-number has-bar">
                <i class="cell-bar" style:width=width></i>
                <span>{grouped(count)}</span>
            </td>
            <td class="is-number">{grouped(principals)}</td>
            <td class="is-number">{first}</td>
            <td class="is-number">{last}</td>
            <td class="is-number" class:is-bad=errors_are_many>{share_percent(errors)}</td>
        </tr>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn picking_a_group_adds_its_values() {
        let row = GroupRow {
            by: vec![Some("s3".to_owned()), None],
            count: 1,
            principals: 1,
            first_millis: None,
            last_millis: None,
            error_share: 0.0,
        };
        let by = [Field::Service, Field::ErrorCode];
        assert_eq!(
            picked("awsRegion:us-east-1", &by, &row),
            "awsRegion:us-east-1 service:s3 -errorCode:*"
        );
    }

    #[test]
    fn numbers_begin_with_the_largest() {
        assert!(!sorted_by(GroupColumn::Count, &[]));
        assert!(sorted_by(GroupColumn::Last, &[]));
        assert!(!sorted_by(GroupColumn::By(0), &[]));
        assert!(sorted_by(GroupColumn::By(0), &[(GroupColumn::By(0), false)]));
    }
}
