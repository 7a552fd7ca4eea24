//! Definitions of named types.

use pickler::schema::{Definition, KeyFormat, Pairs, Shape, TypeRef};

use super::Printer;
use super::modifier::{modified, told};
use super::name::Name;

impl Printer<'_> {
    /// A definition, behind an empty line.
    pub(super) fn definition(&mut self, reference: TypeRef, definition: &Definition) {
        self.put("\n");
        self.doc("///", &definition.doc);
        match innermost(&definition.shape) {
            Shape::Record(record) => {
                self.begin("record", reference, definition);
                self.record_head(record);
                self.modifiers(&definition.shape);
                self.put(" ");
                self.record_body(record);
            }
            Shape::Union(union) => {
                self.begin("union", reference, definition);
                self.put(" ");
                self.union_head(union);
                self.modifiers(&definition.shape);
                self.put(" ");
                self.union_body(union);
            }
            Shape::Enumeration(enumeration) => {
                self.begin("enum", reference, definition);
                self.put(" ");
                self.prefix(&enumeration.tag);
                self.modifiers(&definition.shape);
                self.put(" ");
                self.enumeration_body(enumeration);
            }
            Shape::Keyed(keyed) => {
                self.begin(Self::kind_of(keyed), reference, definition);
                self.keyed_head(keyed);
                self.modifiers(&definition.shape);
                self.put(" ");
                self.keyed_body(keyed);
            }
            _ => {
                self.begin("type", reference, definition);
                self.put(" = ");
                self.shape(&definition.shape);
            }
        }
        self.put("\n");
    }

    /// What kind of type it is, its name and its parameters.
    fn begin(&mut self, kind: &str, reference: TypeRef, definition: &Definition) {
        self.put(format_args!("{kind} "));
        self.type_name(reference);
        if !definition.parameters.is_empty() {
            self.put("(");
            self.commas(&definition.parameters, |printer, parameter| {
                printer.put(format_args!("{}: ", Name::of(&parameter.name)));
                printer.shape(&parameter.shape);
            });
            self.put(")");
        }
    }
}

/// The shape in front of all that can be put behind one in a definition; all of
/// it where that would be read as something else.
fn innermost(shape: &Shape) -> &Shape {
    let (mut inner, mut around) = (told(shape), None);
    while let Some((item, grouped)) = modified(inner) {
        // Nothing can be put into parentheses there.
        if grouped {
            return shape;
        }
        (inner, around) = (item, Some(inner));
    }
    // What comes first is said of the record itself.
    let is_own = match (inner, around) {
        (Shape::Record(record), Some(Shape::Behind { .. })) => record.magic.is_none(),
        (Shape::Keyed(keyed), Some(Shape::Sized { .. })) => {
            matches!(keyed.format, KeyFormat::Pairs(Pairs { size: None, .. }))
        }
        _ => false,
    };
    if is_own { shape } else { inner }
}
