//! What is filtered, as a file to take away.

use std::rc::Rc;

use futures::{StreamExt, stream};
use leptos::prelude::*;

use super::{Inner, save::Writer};
use crate::{
    model::{
        field::{DEFAULT_COLUMNS, Field},
        question::{PageQuery, PageShape, PlacesQuery, Selection},
    },
    protocol::{failure::Failure, reading::RecordForm},
    state::{csv, host::ExportForm},
};

/// Rows of one question.
const ROWS: u32 = 10_000;
/// Files that are read again at the same time.
const FILES_AT_ONCE: usize = 8;

impl Inner {
    /// Writes the matching events; how many.
    pub(super) async fn export(
        self: Rc<Inner>,
        selection: Selection,
        form: ExportForm,
    ) -> Result<u64, Failure> {
        match form {
            ExportForm::Csv => self.export_csv(selection).await,
            ExportForm::JsonLines => self.export_lines(selection).await,
        }
    }

    /// The columns of the table, in its order.
    async fn export_csv(&self, selection: Selection) -> Result<u64, Failure> {
        let view = self.app().view.get_untracked();
        let columns = if view.columns.is_empty() { DEFAULT_COLUMNS.to_vec() } else { view.columns };
        let mut writer = Writer::new();
        writer.push(&csv::line(columns.iter().copied().map(Field::name)));
        let mut offset = 0;
        loop {
            let shape = PageShape {
                sort: view.sort.clone(),
                offset,
                limit: ROWS,
                columns: columns.clone(),
            };
            let page = self.client.call(PageQuery { selection: selection.clone(), shape }).await?;
            for row in &page.rows {
                let cells: Vec<String> = row.iter().map(|it| it.text()).collect();
                writer.push(&csv::line(cells.iter().map(String::as_str)));
            }
            offset += page.rows.len() as u64;
            if page.rows.is_empty() || offset >= page.total {
                break;
            }
        }
        save(writer, "trailglass.csv", "text/csv;charset=utf-8")?;
        Ok(offset)
    }

    /// The whole records, one a line, read again from their files.
    async fn export_lines(self: &Rc<Inner>, selection: Selection) -> Result<u64, Failure> {
        let places = self.client.call(PlacesQuery { selection }).await?;
        let mut writer = Writer::new();
        let mut events = 0;
        let mut read = stream::iter(places.files)
            .map(|(file, offsets)| self.records(file, offsets, RecordForm::Lines))
            .buffered(FILES_AT_ONCE);
        while let Some(lines) = read.next().await {
            for line in lines? {
                writer.push(&line);
                writer.push("\n");
                events += 1;
            }
        }
        drop(read);
        save(writer, "trailglass.jsonl", "application/x-ndjson")?;
        Ok(events)
    }
}

fn save(writer: Writer, name: &str, media_type: &str) -> Result<(), Failure> {
    writer.save(name, media_type).map_err(|message| Failure::Engine { message })
}
