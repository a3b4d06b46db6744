//! Counts by one or two fields.

use crate::model::question::{Group, GroupQuery};

use super::{Select, Step, Work, rows::check_rows};
use crate::engine::{Engine, Error, group::GroupCount};

/// [`GroupQuery`].
pub struct GroupWork {
    select: Select,
    query: Option<GroupQuery>,
    count: Option<GroupCount>,
    chunk: usize,
}

impl GroupWork {
    pub fn new(engine: &Engine, query: GroupQuery) -> GroupWork {
        GroupWork {
            select: Select::new(engine, &query.selection),
            query: Some(query),
            count: None,
            chunk: 0,
        }
    }
}

impl Work for GroupWork {
    type Answer = Group;

    fn step(&mut self, engine: &mut Engine) -> Result<Step<Group>, Error> {
        let Some(mask) = self.select.step(engine) else { return Ok(self.select.more(2)) };
        if let Some(query) = self.query.take() {
            check_rows(query.limit)?;
            self.count =
                Some(GroupCount::new(&engine.table, query, mask.count, engine.free_bytes())?);
        }
        let Some(mut count) = self.count.take() else {
            return Err(Error::Polars { message: "the groups were counted already".to_owned() });
        };
        if self.chunk < mask.chunks() {
            count.add(&engine.table, &mask, self.chunk)?;
            self.chunk += 1;
            self.count = Some(count);
            let of = mask.chunks() as u64;
            return Ok(Step::More { done: of + self.chunk as u64, of: 2 * of });
        }
        Ok(Step::Done(count.finish(&engine.table)?))
    }
}
