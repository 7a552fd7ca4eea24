//! What was seen before in a message, for values that are shared.

use alloc::collections::BTreeMap;
use alloc::string::String;
use alloc::sync::Arc;
use alloc::vec::Vec;

/// How many values a table holds at the most; more are written as they are.
pub(crate) const GREATEST_TABLE: u64 = 65_535;

/// The table of what is referred to by its offset.
pub(super) const OFFSETS: &str = "\0offsets";

/// What was seen before, reading or writing.
#[derive(Debug, Default)]
pub(crate) struct Seen {
    read: Vec<(String, ReadTable)>,
    /// How many values were added to tables that are read: fewer than all while
    /// one is read again.
    pub(super) now: u64,
    /// How many were added in all.
    all: u64,
    written: Vec<(String, Arc<WrittenTable>)>,
    /// Where what is shared starts that is being read, in bytes: only what
    /// stands in front of that can be referred to.
    pub(super) limit: Option<usize>,
    /// Values are written as they are: to compare them. What in them may be a
    /// reference elsewhere.
    pub(super) plain: Option<Vec<Part>>,
}

/// What a value is compared by: values are the same if what refers to the one
/// can be read as the other.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Key {
    /// Its bytes, without references.
    pub bytes: Vec<u8>,
    /// What in it may be a reference. The same bytes without such parts are read
    /// otherwise.
    pub parts: Vec<Part>,
}

/// A part of a value that may be a reference.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Part {
    /// Where it starts in the value without references, in bits.
    pub start: u64,
    /// The table that it is in.
    pub table: String,
    /// How a reference to it looks: two of them.
    pub reference: Vec<u8>,
}

/// What was read up to some place.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct SeenMark {
    limit: Option<usize>,
    now: u64,
    all: u64,
}

/// The values that were read of one table.
#[derive(Debug, Default)]
pub(super) struct ReadTable {
    values: Vec<ReadValue>,
}

/// A value that was read.
#[derive(Clone, Copy, Debug)]
pub(super) struct ReadValue {
    /// Where it starts, in bits.
    pub start: u64,
    /// How many values had been added, to all tables, when it began.
    pub begun: u64,
    /// The same when it was added itself.
    added: u64,
}

impl ReadTable {
    /// How many values were there when so many had been added to all tables.
    pub fn count(&self, now: u64) -> u64 {
        self.values.partition_point(|value| value.added < now) as u64
    }

    pub fn get(&self, number: u64) -> Option<ReadValue> {
        self.values.get(usize::try_from(number).ok()?).copied()
    }
}

/// The values that were written of one table.
#[derive(Clone, Debug, Default)]
struct WrittenTable {
    /// What was there when a part was only counted.
    before: Option<Arc<Self>>,
    /// Where or which they are.
    values: BTreeMap<Key, u64>,
    count: u64,
}

impl Seen {
    /// For a writer that writes values to be compared.
    pub(super) fn plain() -> Self {
        Self {
            plain: Some(Vec::new()),
            ..Self::default()
        }
    }

    /// For a writer that only counts what comes next.
    pub(super) fn counting(&self) -> Self {
        let written = self.written.iter().map(|(name, table)| {
            let own = WrittenTable {
                before: Some(table.clone()),
                values: BTreeMap::new(),
                count: table.count,
            };
            (name.clone(), Arc::new(own))
        });
        Self {
            written: written.collect(),
            plain: self.plain.as_ref().map(|_| Vec::new()),
            ..Self::default()
        }
    }

    /// What was read so far, to go back to.
    pub(super) fn mark(&self) -> SeenMark {
        SeenMark {
            limit: self.limit,
            now: self.now,
            all: self.all,
        }
    }

    /// Forgets what was read since.
    pub(super) fn go_back(&mut self, mark: SeenMark) {
        self.limit = mark.limit;
        self.now = mark.now;
        self.all = mark.all;
        for (_, table) in &mut self.read {
            // They stand in the order in which they were added; looking at all
            // of them at each try would take time beyond bounds.
            let count = table.values.partition_point(|value| value.added < mark.all);
            table.values.truncate(count);
        }
    }

    /// Adds a value that was read to a table of at most so many.
    pub(super) fn add_read(&mut self, table: &str, start: u64, begun: u64, most: u64) {
        let added = self.now;
        let table = self.read_table(table);
        let count = table.count(added);
        if count >= most {
            return;
        }
        // One that is read again is there.
        if count == table.values.len() as u64 {
            table.values.push(ReadValue {
                start,
                begun,
                added,
            });
            self.all = added + 1;
        }
        self.now = added + 1;
    }

    pub(super) fn read_table(&mut self, name: &str) -> &mut ReadTable {
        let place = self.read.iter().position(|(known, _)| *known == *name);
        let place = place.unwrap_or_else(|| {
            self.read.push((name.into(), ReadTable::default()));
            self.read.len() - 1
        });
        &mut self.read[place].1
    }

    /// The number of a value that was written, or its offset.
    pub(super) fn find(&self, table: &str, key: &Key) -> Option<u64> {
        let mut table = Some(self.written_table(table)?);
        while let Some(it) = table {
            if let Some(found) = it.values.get(key) {
                return Some(*found);
            }
            table = it.before.as_deref();
        }
        None
    }

    /// How many values of a table were written.
    pub(super) fn count(&self, table: &str) -> u64 {
        self.written_table(table).map_or(0, |table| table.count)
    }

    /// Adds a value, by its offset or else its number, to a table of at most
    /// so many. What cannot be compared is counted.
    pub(super) fn add(&mut self, table: &str, key: Option<Key>, offset: Option<u64>, most: u64) {
        let place = self.written.iter().position(|(known, _)| *known == *table);
        let place = place.unwrap_or_else(|| {
            self.written.push((table.into(), Arc::default()));
            self.written.len() - 1
        });
        // Who counts has only its own table, and leaves this one alone.
        let table = Arc::make_mut(&mut self.written[place].1);
        if table.count < most {
            let number = table.count;
            if let Some(key) = key {
                table.values.insert(key, offset.unwrap_or(number));
            }
            table.count += 1;
        }
    }

    fn written_table(&self, name: &str) -> Option<&WrittenTable> {
        let found = self.written.iter().find(|(known, _)| *known == *name);
        found.map(|(_, table)| &**table)
    }
}
