//! Types that contain themselves: a description of which it never ends to say
//! what they are is none.

use pickler::dynamic::{Value, decode, encode};
use pickler::schema::{
    Compression, Count, Definition, Ending, Expr, Field, Filter, Origin, Place, Presence, Record,
    Schema, SchemaError, Shape, Size, TypeRef, Until,
};

fn schema(types: impl IntoIterator<Item = (&'static str, Shape)>) -> Result<Schema, SchemaError> {
    let definition = |(name, shape): (&str, Shape)| Definition {
        name: name.into(),
        doc: "".into(),
        parameters: Vec::new(),
        shape,
    };
    let types = types.into_iter().map(definition).collect();
    Schema::new(Shape::Named(TypeRef::at(0)), types)
}

fn named(index: usize) -> Shape {
    Shape::Named(TypeRef::at(index))
}

fn byte() -> Shape {
    Shape::Integer {
        bits: 8,
        signed: false,
    }
}

fn list(item: Shape, count: Count) -> Shape {
    let item = Box::new(item);
    Shape::List { item, count }
}

#[test]
fn a_type_that_is_itself_is_refused() {
    let place = Place {
        at: Expr::Integer(1),
        from: Origin::Message,
        align: 1,
        none: None,
    };
    let until = Until {
        end: Value::Unsigned(0),
        ending: Ending::TAKEN,
        room: None,
    };
    for shape in [
        named(0),
        Shape::Boxed(Box::new(named(0))),
        Shape::Boxed(Box::new(Shape::Boxed(Box::new(named(0))))),
        Shape::Ordered {
            item: Box::new(named(0)),
            bytes: None,
            bits: None,
        },
        Shape::Sized {
            item: Box::new(Shape::Boxed(Box::new(named(0)))),
            size: Size::Prefix {
                prefix: Box::new(byte()),
                counts_itself: false,
            },
            leftover: false,
        },
        Shape::Filtered {
            item: Box::new(named(0)),
            filter: Filter::Compressed(Compression::Zlib),
        },
        Shape::Elsewhere {
            item: Box::new(named(0)),
            place: Box::new(place),
        },
        // It never ends to measure these.
        list(named(0), Count::Until(until)),
        list(named(0), Count::Last(Expr::Integer(1))),
        // Nor to read those.
        list(named(0), Count::Fixed(2)),
        Shape::Tuple(vec![byte(), named(0)]),
        Shape::Record(Box::new(Record::new(vec![Field::new(
            "inner",
            "",
            named(0),
        )]))),
        Shape::Conditional {
            item: Box::new(named(0)),
            presence: Presence::UnlessEnd,
            absent: Value::Null,
        },
    ] {
        let case = format!("{shape:?}");
        let refused = schema([("Loop", shape)]).expect_err(&case);
        let expected = "`Loop` contains `Loop`, and nothing ends that";
        assert_eq!(refused.to_string(), expected, "{case}");
    }
}

#[test]
fn types_that_contain_one_another_are_named() {
    let refused = schema([
        ("Outside", Shape::Tuple(vec![named(1)])),
        ("First", Shape::Boxed(Box::new(named(2)))),
        ("Second", Shape::Boxed(Box::new(named(3)))),
        ("Third", named(1)),
    ]);
    assert_eq!(
        refused.unwrap_err().to_string(),
        "`First` contains `Second`, which contains `Third`, which contains `First`, and nothing \
         ends that"
    );
    let many = (0..200_000).map(|index| ("Link", named((index + 1) % 200_000)));
    assert_eq!(
        schema(many).unwrap_err().to_string(),
        format!(
            "`Link` contains 199992 others, which contain `Link`{}, and nothing ends that",
            ", which contains `Link`".repeat(7)
        )
    );
    assert_eq!(
        schema([("First", named(7))]).unwrap_err().to_string(),
        "there is no type number 7"
    );
}

#[test]
fn a_type_may_contain_itself_where_that_ends() {
    let many = || list(named(0), Count::Prefix(Box::new(byte())));
    let boxed = Shape::Conditional {
        item: Box::new(Shape::Boxed(Box::new(named(0)))),
        presence: Presence::UnlessEnd,
        absent: Value::Null,
    };
    for (shape, bytes) in [
        (many(), &[2, 0, 1, 0][..]),
        (Shape::Tuple(vec![byte(), many()]), &[1, 1, 2, 0]),
        (Shape::Tuple(vec![byte(), boxed]), &[1, 2, 3]),
    ] {
        let schema = schema([("Tree", shape)]).unwrap();
        assert!(!matches!(schema.resolve(schema.root()), Shape::Named(_)));
        let value = decode(&schema, bytes).unwrap();
        assert_eq!(encode(&schema, &value).unwrap(), bytes);
    }
}
