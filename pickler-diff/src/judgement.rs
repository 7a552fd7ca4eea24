//! What bytes say of a change.

use pickler::dynamic::Value;
use pickler::schema::Schema;

use crate::changes::{Aliases, Change};
use crate::proof::{Probe, Reading, Sample, trial};
use crate::report::best;

/// With fewer values in which the change takes part, more are made for it.
const ENOUGH: usize = 16;

/// What was written by one version and read by the other.
#[derive(Default)]
pub struct Tried {
    pub samples: Vec<Sample>,
    /// Those in which the change takes part, by their places.
    taking: Vec<usize>,
    /// Those in which there is a place for what has changed.
    around: Vec<usize>,
    probe: Option<Probe>,
}

/// What comes of a change where one version writes and the other reads.
pub enum Judgement<'a> {
    /// What is written is read; a value that shows it, unless other changes are
    /// in the way of that.
    Works(Option<&'a Sample>),
    /// A value that shows that it is not.
    Fails(&'a Sample),
    /// No value was made in which the change takes part.
    NotKnown,
}

impl Tried {
    /// Values that are written by one and read by the other.
    pub fn new(
        schemas: (&Schema, &Schema),
        aliases: &Aliases,
        values: &[Value],
        probe: Option<Probe>,
    ) -> Self {
        let mut tried = Self {
            probe,
            ..Self::default()
        };
        tried.add(trial(schemas.0, schemas.1, aliases, values));
        tried
    }

    /// Tries other values, too, if the change takes part in few.
    pub fn steer(
        &mut self,
        schemas: (&Schema, &Schema),
        aliases: &Aliases,
        values: impl FnOnce() -> Option<Vec<Value>>,
    ) {
        if self.probe.is_some()
            && self.taking.len() < ENOUGH
            && let Some(values) = values()
        {
            self.add(trial(schemas.0, schemas.1, aliases, &values));
        }
    }

    fn add(&mut self, samples: Vec<Sample>) {
        for sample in samples {
            if self.probe.as_ref().is_some_and(|it| it.is_in(&sample)) {
                self.taking.push(self.samples.len());
                self.around.push(self.samples.len());
            } else if sample.reading.is_wrong()
                && self.probe.as_ref().is_some_and(|it| it.is_around(&sample))
            {
                self.around.push(self.samples.len());
            }
            self.samples.push(sample);
        }
    }

    fn taking(&self) -> impl Iterator<Item = &Sample> {
        self.taking.iter().map(|place| &self.samples[*place])
    }

    /// What goes wrong with the change, or where it is absent.
    fn wrong(&self, is_absent: bool) -> impl Iterator<Item = &Sample> {
        let places = if is_absent {
            &self.around
        } else {
            &self.taking
        };
        let samples = places.iter().map(|place| &self.samples[*place]);
        samples.filter(|sample| sample.reading.is_wrong())
    }

    fn is_wrong(&self) -> bool {
        self.samples.iter().any(|sample| sample.reading.is_wrong())
    }

    /// Something of what was written is refused.
    pub fn is_refused(&self) -> bool {
        let mut samples = self.samples.iter();
        samples.any(|sample| matches!(sample.reading, Reading::Refused(_)))
    }
}

/// What the change alone does, shown by the two versions as they are; where it
/// makes no sense alone, what they do.
pub fn judged<'a>(isolated: Option<Tried>, real: &'a Tried, change: &Change) -> Judgement<'a> {
    let isolated = isolated.filter(|it| !it.samples.is_empty());
    // What may be absent is to be told from what other changes do.
    let is_alone = isolated.as_ref().is_some_and(Tried::is_wrong);
    let right = || {
        let right = real.taking().filter(|it| !it.reading.is_wrong());
        best(right, &change.field)
    };
    if let Some(isolated) = isolated
        && !isolated.is_wrong()
        && !isolated.taking.is_empty()
    {
        return Judgement::Works(right());
    }
    let wrong = best(real.wrong(false), &change.field);
    let absent = || best(real.wrong(true), &change.field).filter(|_| is_alone);
    match (wrong.or_else(absent), right()) {
        (Some(sample), _) => Judgement::Fails(sample),
        (None, Some(sample)) => Judgement::Works(Some(sample)),
        (None, None) => Judgement::NotKnown,
    }
}
