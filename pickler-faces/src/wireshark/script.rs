//! The script as a whole: types, fields, what stands around them.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use pickler::schema::{Protocol, Schema, Shape, TypeRef};

use super::names::{filter_name, indented, quoted, quoted_doc};
use super::{FRAMES, RUNTIME, Unsupported};

/// A message of a protocol that tells no greatest size may have so many bytes.
const MOST_MESSAGE: u64 = 1 << 30;

/// What is being written.
pub struct Script<'a> {
    pub protocol: &'a Protocol,
    pub schema: &'a Schema,
    /// Each filter's name, and what kind of field it is.
    filters: BTreeMap<String, String>,
    /// The name of each type in Lua, and the start of its fields' filters.
    types: Vec<(String, String)>,
}

/// Where something stands: what its field is called.
#[derive(Clone)]
pub struct Place {
    /// The filter.
    pub filter: String,
    /// What is shown.
    pub label: String,
    /// What it says of itself.
    pub doc: String,
    /// Nothing of it is shown: another field shows what it stands for.
    pub quiet: bool,
}

impl Place {
    /// A part of it.
    pub fn child(&self, name: &str) -> Self {
        Self {
            filter: format!("{}.{}", self.filter, filter_name(name)),
            label: name.into(),
            doc: String::new(),
            quiet: self.quiet,
        }
    }

    /// The same, of which this is said.
    pub fn said(self, doc: &str) -> Self {
        Self {
            doc: doc.into(),
            ..self
        }
    }

    /// The same, shown by another field.
    pub fn quiet(&self) -> Self {
        Self {
            quiet: true,
            ..self.clone()
        }
    }

    /// The error of something that has no form in Lua.
    pub fn unsupported(&self, what: impl Into<String>) -> Unsupported {
        Unsupported {
            what: what.into(),
            path: self.filter.clone(),
        }
    }
}

impl<'a> Script<'a> {
    pub fn new(protocol: &'a Protocol) -> Self {
        let schema = &protocol.schema;
        let name = filter_name(&protocol.name);
        let mut taken: BTreeMap<String, usize> = BTreeMap::new();
        let mut types = Vec::new();
        for definition in schema.types() {
            let count = taken.entry(definition.name.to_string()).or_default();
            *count += 1;
            let suffix = if *count > 1 {
                format!("_{count}")
            } else {
                String::new()
            };
            types.push((
                format!("{}{suffix}", definition.name),
                format!("{name}.{}{suffix}", filter_name(&definition.name)),
            ));
        }
        // Messages are the protocol itself.
        if let Shape::Named(root) = schema.root() {
            types[root.index()].1.clone_from(&name);
        }
        // These are the protocol's own.
        let own = ["", ".malformed", ".wrong"].map(|own| (format!("{name}{own}"), String::new()));
        Self {
            protocol,
            schema,
            filters: own.into(),
            types,
        }
    }

    /// The name of a type in Lua.
    pub fn type_name(&self, reference: TypeRef) -> &str {
        &self.types[reference.index()].0
    }

    /// A field of Wireshark, of one of its types; `names` are those of its
    /// values, as a table of Lua.
    pub fn field(&mut self, kind: &str, at: &Place, names: Option<&str>) -> String {
        if at.quiet {
            return "nil".into();
        }
        let declared = format!("{kind} {}", names.unwrap_or_default());
        let wanted = if at.filter == filter_name(&self.protocol.name) {
            at.child(&at.label).filter
        } else {
            at.filter.clone()
        };
        let mut filter = wanted.clone();
        let mut count = 1;
        while self.filters.get(&filter).is_some_and(|it| *it != declared) {
            count += 1;
            filter = format!("{wanted}_{count}");
        }
        let arguments = [
            quoted(kind.as_bytes()),
            quoted(filter.as_bytes()),
            quoted(at.label.as_bytes()),
            quoted_doc(&at.doc),
        ];
        self.filters.insert(filter, declared);
        let mut call = format!("field({}", arguments.join(", "));
        if let Some(names) = names {
            write!(call, ", {names}").unwrap_or_default();
        } else if at.doc.trim().is_empty() {
            call.truncate(call.len() - ", nil".len());
        }
        call + ")"
    }

    pub fn finish(mut self) -> Result<String, Unsupported> {
        let mut types = String::new();
        for (definition, (name, filter)) in self.schema.types().iter().zip(self.types.clone()) {
            if !self.is_composite(&definition.shape) {
                continue;
            }
            let place = Place {
                filter,
                label: definition.name.to_string(),
                doc: definition.doc.to_string(),
                quiet: false,
            };
            let reader = self.body(&definition.shape, &place)?;
            for line in definition.doc.trim().lines() {
                let line = format!("-- {line}");
                writeln!(types, "{}", line.trim_end()).unwrap_or_default();
            }
            let name = quoted(name.as_bytes());
            writeln!(types, "types[{name}] = {reader}\n").unwrap_or_default();
        }
        let mut place = self.root_place();
        // The protocol itself is the subtree of a message.
        if !self.has_own_subtree(self.schema.root()) {
            place = place.child("value");
        }
        let root = self.body(self.schema.root(), &place)?;
        let mut script = self.head();
        let own_fields = self.own_fields();
        for part in RUNTIME {
            script.push('\n');
            script.push_str(part);
        }
        write!(
            script,
            "\n-- The format.\n\n{own_fields}\n{types}root = {root}\n\n{FRAMES}"
        )
        .unwrap_or_default();
        Ok(script)
    }

    fn root_place(&self) -> Place {
        let name = filter_name(&self.protocol.name);
        Place {
            filter: name,
            label: self.protocol.name.clone(),
            doc: String::new(),
            quiet: false,
        }
    }

    /// What comes in front: the protocol.
    fn head(&mut self) -> String {
        let protocol = self.protocol;
        let mut head = String::new();
        let version = protocol.version.as_deref().unwrap_or_default();
        let title = format!("{} {version}", protocol.name);
        let title = title.trim_end();
        let name = filter_name(&protocol.name);
        let mut line = |text: &str| writeln!(head, "{}", text.trim_end()).unwrap_or_default();
        line(&format!("-- A dissector of {title} for Wireshark."));
        for said in protocol.doc.trim().lines() {
            line(&format!("-- {said}"));
        }
        line("");
        line(&format!(
            "local declared_name, title = {}, {}",
            quoted(name.as_bytes()),
            quoted(title.as_bytes())
        ));
        line("local proto_name, proto = declared_name, nil");
        line("local is_free, made = pcall(Proto, proto_name, title)");
        line("if is_free then");
        line("  proto = made");
        line("else");
        line("  -- Wireshark has a protocol of that name.");
        line("  proto_name = \"pickler_\" .. declared_name");
        line("  proto = Proto(proto_name, title .. \" (pickler)\")");
        line("end");
        line("local proto_port = 0");
        let message = match self.schema.root() {
            Shape::Named(root) => &self.schema.definition(*root).name,
            _ => protocol.name.as_str(),
        };
        line(&format!(
            "local message_name = {}",
            quoted(message.as_bytes())
        ));
        let most = protocol.max_message.unwrap_or(MOST_MESSAGE);
        line(&format!("local MOST_MESSAGE = {most}"));
        line("local types, root = {}, nil");
        line("local leftover, padding, handshake");
        line("local experts = {");
        line("  malformed = ProtoExpert.new(proto_name .. \".malformed\", \"Malformed\",");
        line("    expert.group.MALFORMED, expert.severity.ERROR),");
        line("  wrong = ProtoExpert.new(proto_name .. \".wrong\", \"Wrong value\",");
        line("    expert.group.PROTOCOL, expert.severity.WARN),");
        line("}");
        head + "\n"
    }

    /// What the runtime refers to: fields of its own, and the handshake.
    fn own_fields(&mut self) -> String {
        let root = self.root_place();
        let leftover = self.field("bytes", &root.child("leftover"), None);
        let padding = self.field("bytes", &root.child("padding"), None);
        let greeting = self.field("bytes", &root.child("handshake"), None);
        let sent = match &self.protocol.handshake {
            None => String::new(),
            Some(sent) => format!(
                "client = {}, server = {}, ",
                quoted(&sent.client),
                quoted(&sent.server)
            ),
        };
        format!(
            "leftover, padding = {leftover}, {padding}\nhandshake = {{ {sent}field = {greeting} }}\n"
        )
    }

    /// A call over several lines.
    pub fn call(name: &str, arguments: &[String]) -> String {
        let short = arguments.join(", ");
        if short.len() < 90 && !short.contains('\n') {
            return format!("{name}({short})");
        }
        let mut text = format!("{name}(");
        for (index, argument) in arguments.iter().enumerate() {
            let comma = if index == 0 { "" } else { "," };
            write!(text, "{comma}\n  {}", indented(argument)).unwrap_or_default();
        }
        text + "\n)"
    }
}
