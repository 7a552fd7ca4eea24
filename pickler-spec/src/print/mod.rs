//! Descriptions as text.

mod definition;
mod keyed;
mod modifier;
mod name;
mod record;
mod shape;
mod union;
mod value;

use std::collections::HashMap;
use std::fmt::{Display, Write};

use pickler::schema::{Definition, Protocol, Schema, TypeRef};

use name::Name;

/// The spec of a protocol: the text from which the same protocol is read.
///
/// ```
/// use pickler::{Pickle, schema::{Protocol, Schema}};
///
/// /// How much a player bets.
/// #[derive(Pickle)]
/// struct Bet {
///     /// Who bets.
///     player: u16,
///     #[pickle(default = 10)]
///     amount: u32,
/// }
///
/// let protocol = Protocol::new("bets", Schema::of::<Bet>());
/// assert_eq!(
///     pickler_spec::print(&protocol),
///     "\
/// protocol bets
/// root Bet
///
/// /// How much a player bets.
/// record Bet {
///     /// Who bets.
///     player: u16
///     amount: u32 = 10
/// }
/// ",
/// );
/// ```
pub fn print(protocol: &Protocol) -> String {
    let mut printer = Printer::new(&protocol.schema);
    printer.head(protocol);
    for (index, definition) in protocol.schema.types().iter().enumerate() {
        printer.definition(TypeRef::at(index), definition);
    }
    printer.text
}

/// Writes the text.
struct Printer<'a> {
    schema: &'a Schema,
    text: String,
    /// How many braces are open.
    depth: usize,
    /// What tells each type apart from others of its name: 1 of the first.
    numbers: Vec<usize>,
}

impl<'a> Printer<'a> {
    fn new(schema: &'a Schema) -> Self {
        let mut counts: HashMap<&str, usize> = HashMap::new();
        let number = |definition: &'a Definition| {
            let count = counts.entry(&definition.name).or_default();
            *count += 1;
            *count
        };
        Self {
            schema,
            text: String::new(),
            depth: 0,
            numbers: schema.types().iter().map(number).collect(),
        }
    }

    /// Appends some text.
    fn put(&mut self, text: impl Display) {
        // Writing to a string does not fail.
        let _ = write!(self.text, "{text}");
    }

    /// Begins a new line.
    fn line(&mut self) {
        self.put(format_args!("\n{:1$}", "", 4 * self.depth));
    }

    /// Something in braces, each part on a line of its own.
    fn block(&mut self, body: impl FnOnce(&mut Self)) {
        self.put("{");
        let start = self.text.len();
        self.depth += 1;
        body(self);
        self.depth -= 1;
        if self.text.len() > start {
            self.line();
        }
        self.put("}");
    }

    /// What something says of itself, on lines in front of it.
    fn doc(&mut self, marker: &str, doc: &str) {
        for line in doc.lines() {
            self.put(marker);
            if !line.is_empty() {
                self.put(format_args!(" {line}"));
            }
            self.line();
        }
    }

    /// Things with commas between them.
    fn commas<T>(
        &mut self,
        items: impl IntoIterator<Item = T>,
        mut each: impl FnMut(&mut Self, T),
    ) {
        for (index, item) in items.into_iter().enumerate() {
            if index > 0 {
                self.put(", ");
            }
            each(self, item);
        }
    }

    /// A type that is mentioned.
    fn type_name(&mut self, reference: TypeRef) {
        let definition = self.schema.definition(reference);
        self.put(Name::of_type(&definition.name));
        match self.numbers[reference.index()] {
            1 => {}
            number => self.put(format_args!("#{number}")),
        }
    }

    fn head(&mut self, protocol: &Protocol) {
        for line in protocol.doc.lines() {
            self.put(format_args!("{}\n", format!("//! {line}").trim_end()));
        }
        if !protocol.doc.is_empty() {
            self.put("\n");
        }
        self.put(format_args!("protocol {}", Name::of(&protocol.name)));
        if let Some(version) = &protocol.version {
            self.put(format_args!(" {version:?}"));
        }
        self.put("\n");
        if let Some(handshake) = &protocol.handshake {
            let (client, server) = (&handshake.client, &handshake.server);
            if client == server {
                self.put(format_args!("handshake b\"{}\"\n", client.escape_ascii()));
            } else {
                self.put(format_args!(
                    "handshake client b\"{}\" server b\"{}\"\n",
                    client.escape_ascii(),
                    server.escape_ascii()
                ));
            }
        }
        if let Some(keep_alive) = &protocol.keep_alive {
            let (message, after) = (Name::of(&keep_alive.message), keep_alive.after_ms);
            self.put(format_args!("keep-alive {message} after {after} ms\n"));
        }
        if let Some(bytes) = protocol.max_message {
            self.put(format_args!("max-message {bytes}\n"));
        }
        self.put("root ");
        self.shape(protocol.schema.root());
        self.put("\n");
    }
}
