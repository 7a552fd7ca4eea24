//! Records.

use pickler::schema::{Checksum, Field, Record};

use super::Printer;
use super::name::Name;

impl Printer<'_> {
    /// What is said of a record in front of its fields, each behind a space.
    pub(super) fn record_head(&mut self, record: &Record) {
        if record.row {
            self.put(" row");
        }
        if let Some(magic) = &record.magic {
            self.put(" ");
            self.magic(magic);
        }
    }

    /// Its fields and conditions.
    pub(super) fn record_body(&mut self, record: &Record) {
        self.block(|printer| {
            for field in &record.fields {
                printer.line();
                printer.field(field, record);
            }
            for assertion in &record.assertions {
                printer.line();
                printer.put(format_args!("assert {assertion}"));
            }
        });
    }

    fn field(&mut self, field: &Field, record: &Record) {
        self.doc("///", &field.doc);
        self.put(format_args!("{}: ", Name::of(&field.name)));
        self.shape(&field.shape);
        if let Some(default) = &field.default {
            self.put(" = ");
            self.value(default, &field.shape);
        }
        if let Some(checksum) = field.checksum {
            self.checksum(checksum, record);
        } else if let Some(derived) = &field.derived {
            self.put(format_args!(" derived {derived}"));
        }
        for assertion in &field.assertions {
            self.put(format_args!(" assert {assertion}"));
        }
    }

    fn checksum(&mut self, checksum: Checksum, record: &Record) {
        self.put(format_args!(" checksum {}(", checksum.algorithm));
        match checksum.fields {
            None => self.put("self"),
            Some((first, last)) => {
                let name = |index: usize| Name::of(&record.fields[index].name);
                self.put(format_args!("{}..={}", name(first), name(last)));
            }
        }
        self.put(")");
    }
}
