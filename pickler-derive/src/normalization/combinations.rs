//! Attributes of a field that do not go together.

use super::field::Raw;
use super::tree;
use crate::errors::Errors;
use crate::mistakes;

impl Raw<'_> {
    /// Attributes that say different things of the same thing.
    pub fn check_combinations(&self, errors: &mut Errors) {
        let it = &self.attributes;
        let filter = |name| match &it.filter {
            Some((span, filter)) if filter.name() == name => Some(*span),
            _ => None,
        };
        let given = [
            ("deku", it.deku),
            ("bitflags", it.bitflags),
            ("with", it.with.as_ref().map(|it| it.0)),
            ("bits", it.bits.as_ref().map(|it| it.0)),
            ("zigzag", it.leaf.zigzag),
            ("terminator", it.terminator.as_ref().map(|it| it.0)),
            ("bcd", it.leaf.bcd),
            ("half", it.leaf.half),
            ("encoding", it.leaf.encoding.as_ref().map(|it| it.0)),
            ("scale", it.leaf.scale.as_ref().map(|it| it.0)),
            ("flags", it.leaf.flags.as_ref().map(|it| it.0)),
            ("varint", it.leaf.varint.as_ref().map(|it| it.0)),
            ("count", it.count.as_ref().map(|it| it.0)),
            ("last", it.last.as_ref().map(|it| it.0)),
            // With `at`, it is of the offset.
            (
                "none",
                it.none.as_ref().filter(|_| it.at.is_none()).map(|it| it.0),
            ),
            ("derived", it.derived.as_ref().map(|it| it.0)),
            ("constant", it.constant.as_ref().map(|it| it.0)),
            ("size", it.size.as_ref().map(|it| it.0)),
            ("default", it.default.as_ref().map(|it| it.0)),
            ("shown", it.shown.as_ref().map(|it| it.0)),
            ("json", it.json),
            ("given", it.given.as_ref().map(|it| it.0)),
            ("flag", it.flag.as_ref().map(|it| it.0)),
            ("if", it.condition.as_ref().map(|it| it.0)),
            ("rest", it.rest),
            ("skip_if_default", it.skip_if_default),
            ("item", it.item.as_ref().map(|it| it.0)),
            ("at", it.at.as_ref().map(|it| it.0)),
            ("shared", it.shared.as_ref().map(|it| it.0)),
            ("xor", filter("xor")),
            ("rotate_left", filter("rotate_left")),
            ("rotate_right", filter("rotate_right")),
            ("compression", filter("compression")),
        ];
        let excluded = [
            ("xor", "derived"),
            ("xor", "deku"),
            ("rotate_left", "derived"),
            ("rotate_left", "deku"),
            ("rotate_right", "derived"),
            ("rotate_right", "deku"),
            ("compression", "derived"),
            ("compression", "deku"),
            ("shared", "derived"),
            ("shared", "constant"),
            ("shared", "none"),
            ("at", "derived"),
            ("at", "flag"),
            ("at", "skip_if_default"),
            ("bitflags", "with"),
            ("bitflags", "deku"),
            ("bitflags", "count"),
            ("bitflags", "flags"),
            ("bitflags", "none"),
            ("bitflags", "derived"),
            ("bitflags", "constant"),
            ("deku", "with"),
            ("deku", "bits"),
            ("deku", "count"),
            ("deku", "none"),
            ("deku", "derived"),
            ("deku", "constant"),
            ("with", "bits"),
            ("with", "count"),
            ("with", "none"),
            ("with", "derived"),
            ("with", "varint"),
            ("terminator", "with"),
            ("terminator", "bits"),
            ("terminator", "varint"),
            ("terminator", "count"),
            ("terminator", "none"),
            ("terminator", "constant"),
            ("last", "with"),
            ("last", "bits"),
            ("last", "varint"),
            ("last", "count"),
            ("last", "rest"),
            ("last", "terminator"),
            ("last", "none"),
            ("last", "constant"),
            ("last", "derived"),
            ("last", "given"),
            ("last", "encoding"),
            ("with", "zigzag"),
            ("with", "bcd"),
            ("with", "half"),
            ("with", "encoding"),
            ("zigzag", "bcd"),
            ("zigzag", "half"),
            ("zigzag", "varint"),
            ("zigzag", "constant"),
            ("bcd", "half"),
            ("bcd", "varint"),
            ("bcd", "constant"),
            ("half", "varint"),
            ("half", "bits"),
            ("half", "none"),
            ("half", "constant"),
            ("encoding", "bits"),
            ("encoding", "varint"),
            ("encoding", "none"),
            ("encoding", "constant"),
            ("encoding", "json"),
            ("scale", "flags"),
            ("scale", "constant"),
            ("flags", "constant"),
            ("bits", "varint"),
            ("bits", "count"),
            ("varint", "count"),
            ("varint", "size"),
            ("varint", "json"),
            ("bits", "size"),
            ("bits", "json"),
            ("count", "none"),
            ("count", "derived"),
            ("count", "constant"),
            ("count", "size"),
            ("none", "derived"),
            ("none", "constant"),
            ("none", "json"),
            ("derived", "constant"),
            ("derived", "size"),
            ("derived", "default"),
            ("derived", "shown"),
            ("derived", "json"),
            ("constant", "size"),
            ("constant", "default"),
            ("constant", "shown"),
            ("constant", "json"),
            ("with", "given"),
            ("bits", "given"),
            ("count", "given"),
            ("none", "given"),
            ("constant", "given"),
            ("derived", "given"),
            ("flag", "if"),
            ("flag", "rest"),
            ("flag", "derived"),
            ("flag", "constant"),
            ("if", "derived"),
            ("if", "skip_if_default"),
            ("rest", "count"),
            ("rest", "derived"),
            ("rest", "constant"),
            ("rest", "skip_if_default"),
            ("item", "with"),
            ("item", "bits"),
            ("item", "derived"),
            ("item", "constant"),
            ("item", "json"),
        ];
        let is_option = tree::option_of(&self.field.ty).is_some();
        let excluded = excluded.into_iter().chain([if is_option {
            // Both say when it is there.
            ("if", "rest")
        } else {
            ("rest", "size")
        }]);
        if let (Some(span), None) = (it.leaf.lenient, &it.leaf.varint) {
            errors.push(
                span,
                mistakes::OUT_OF_PLACE.says("`lenient` is for a `varint`"),
            );
        }
        if let (Some((span, _)), None) = (it.leaf.padding_ignored, it.leaf.pad) {
            errors.push(
                span,
                mistakes::OUT_OF_PLACE.says("`padding` is for a field with `pad`"),
            );
        }
        let span = |key| given.iter().find(|(name, _)| *name == key)?.1;
        for (first, second) in excluded {
            if let (Some(_), Some(at)) = (span(first), span(second)) {
                errors.push(
                    at,
                    mistakes::NOT_TOGETHER.says(format!(
                        "`{first}` and `{second}` do not go together on one field"
                    )),
                );
            }
        }
        if let (Some(at), None) = (it.skip_if_default, &it.flag) {
            errors.push(
                at,
                mistakes::OUT_OF_PLACE.says(
                    "`skip_if_default` needs a `flag`, or nothing would tell that it was skipped",
                ),
            );
        }
    }
}
