//! Types that nothing but expressions mention by their names.

use pickler::schema::Schema;
use pickler::{Derived, Pickle};

use crate::agreement::agree;

#[derive(Pickle, Clone, Copy, Debug, PartialEq)]
#[pickle(tag = u8)]
enum Form {
    Dot,
    Line,
    Box = 5,
}

const BOXED: Form = Form::Box;

#[derive(Pickle, Debug, PartialEq)]
struct Drawing {
    #[pickle(bits = 3, assert = form != Form::Dot)]
    form: Form,
    #[pickle(bits = 5)]
    width: u8,
    #[pickle(if = form == Form::Box)]
    height: Option<u8>,
    #[pickle(count = match form { Form::Line => 2, BOXED => 1, _ => 0 })]
    points: Vec<u8>,
    #[pickle(derived = if form == BOXED { 1 } else { 2 })]
    sides: Derived<u8>,
}

fn drawing(form: Form, height: Option<u8>, points: &[u8]) -> Drawing {
    Drawing {
        form,
        width: 3,
        height,
        points: points.to_vec(),
        sides: Derived::auto(),
    }
}

#[test]
fn a_type_that_is_described_in_place_is_told_by_its_name() {
    assert_eq!(agree(&drawing(Form::Box, Some(9), &[4])), [0xA3, 9, 4, 1]);
    assert_eq!(agree(&drawing(Form::Line, None, &[4, 5])), [0x23, 4, 5, 2]);
    let names = |schema: &Schema| -> Vec<String> {
        let types = schema.types().iter();
        types
            .map(|definition| definition.name.to_string())
            .collect()
    };
    assert_eq!(names(&Schema::of::<Drawing>()), ["Drawing", "Form"]);
}

/// The number of a type that no field has.
#[test]
fn a_type_that_no_field_has_is_told_too() {
    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(context(version: u8))]
    struct Versioned {
        #[pickle(if = version as u8 == Version::Second)]
        more: Option<u8>,
    }
    #[derive(Pickle, Clone, Copy, Debug, PartialEq)]
    #[pickle(tag = u8)]
    enum Version {
        First = 1,
        Second,
    }
    #[derive(Pickle, Debug, PartialEq)]
    struct Whole {
        version: u8,
        #[pickle(given(version))]
        body: Versioned,
        #[pickle(if = version == Version::First)]
        old: Option<u8>,
    }
    let whole = |version, more, old| Whole {
        version,
        body: Versioned { more },
        old,
    };
    assert_eq!(agree(&whole(2, Some(7), None)), [2, 7]);
    assert_eq!(agree(&whole(1, None, Some(8))), [1, 8]);
}

/// What is written of a constant is read when the description is not complete.
#[test]
fn a_constant_may_depend_on_such_a_type() {
    #[derive(Pickle, Debug, PartialEq)]
    struct Ended {
        #[pickle(terminator = BOXED, item(bits = 8, assert = item != Form::Line))]
        forms: Vec<Form>,
    }
    let forms = vec![Form::Dot, Form::Dot];
    assert_eq!(agree(&Ended { forms }), [0, 0, 5]);
}
