//! Where calls are made: keeps the dice, the room that is left, and hands records to delivery.

use super::api::{Api, Words};
use super::delivery::Delivery;
use super::dice::Dice;
use super::identity::Caller;
use super::organisation::{ACCOUNTS, REGIONS, US_EAST};
use super::record::{Call, Ending, record};
use crate::model::time::SECOND;

#[derive(Debug)]
pub(super) struct Stage {
    pub(super) dice: Dice,
    pub(super) delivery: Delivery,
    /// The last moment of the log; later calls are made then.
    last_millis: i64,
    /// How many calls the present activity may still make.
    room: u64,
    /// How many records the present activity has made, second copies included.
    made: u64,
    /// Records until one is delivered twice; 0 means never.
    every: u64,
    until_twice: u64,
}

/// About one record in so many is delivered a second time.
const TWICE: u64 = 100;

impl Stage {
    pub(super) fn new(dice: Dice, delivery: Delivery, end_millis: i64) -> Stage {
        let last_millis = end_millis - SECOND;
        Stage { dice, delivery, last_millis, room: 0, made: 0, every: 0, until_twice: TWICE }
    }

    /// Begins background activity that may make so many records.
    pub(super) fn begin(&mut self, room: u64) {
        (self.room, self.made, self.every) = (room, 0, TWICE);
    }

    /// Begins what is planted: it makes all its calls, each delivered once.
    pub(super) fn plant(&mut self) {
        (self.room, self.made, self.every) = (u64::MAX, 0, 0);
    }

    /// How many records the activity has made since it began.
    pub(super) fn made(&self) -> u64 {
        self.made
    }

    /// May the activity make another call?
    pub(super) fn has_room(&self) -> bool {
        self.made < self.room
    }

    /// Makes one call, if there is room for it.
    pub(super) fn call(
        &mut self,
        caller: &Caller,
        region: usize,
        api: &Api,
        millis: i64,
        words: Words<'_>,
        ending: Ending,
    ) {
        if !self.has_room() {
            return;
        }
        self.made += 1;
        let mut twice = false;
        if self.every > 0 {
            self.until_twice -= 1;
            if self.until_twice == 0 && self.has_room() {
                (twice, self.until_twice) = (true, TWICE / 2 + self.dice.below(TWICE));
                self.made += 1;
            }
            self.until_twice = self.until_twice.max(1);
        }
        let region = if api.is_global() { US_EAST } else { region };
        let millis = millis.min(self.last_millis);
        let account = ACCOUNTS[caller.account].id;
        let call = Call { caller, account, region: REGIONS[region], api, millis, words, ending };
        let dice = &mut self.dice;
        self.delivery.add(caller.account, region, millis, twice, |json| record(json, &call, dice));
    }
}
