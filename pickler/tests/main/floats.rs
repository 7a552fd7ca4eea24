//! Floating-point numbers.

use pickler::dynamic::{self, Value};
use pickler::schema::{Schema, Shape};
use pickler::{ErrorKind, Pickle};

use crate::agreement::{agree, agree_on_bytes};

#[derive(Pickle, Debug, PartialEq)]
struct Sample {
    half: f32,
    #[pickle(endian = little)]
    third: f64,
    #[pickle(count = u8)]
    more: Vec<f32>,
}

#[test]
fn bytes_are_those_of_ieee_754() {
    let sample = Sample {
        half: -0.5,
        third: 1.0 / 3.0,
        more: vec![1.0, f32::INFINITY],
    };
    let bytes = agree(&sample);
    // 0.5 is 1.0 x 2^-1; a third is 0x3FD5555555555555.
    assert_eq!(
        bytes,
        [
            0xBF, 0, 0, 0, 0x55, 0x55, 0x55, 0x55, 0x55, 0x55, 0xD5, 0x3F, 2, 0x3F, 0x80, 0, 0,
            0x7F, 0x80, 0, 0
        ]
    );
}

#[test]
fn all_nans_keep_their_bits() {
    let schema = Schema::of::<f32>();
    for bits in [0x7F80_0001_u32, 0x7FC0_0000, 0xFFFF_FFFF, 0xFF80_0001] {
        let value: f32 = agree_on_bytes(&schema, &bits.to_be_bytes()).unwrap();
        assert_eq!(value.to_bits(), bits);
    }
}

#[test]
fn floats_stand_within_bytes() {
    #[derive(Pickle, Debug, PartialEq)]
    struct Shifted {
        #[pickle(bits = 4)]
        flags: u8,
        value: f32,
        #[pickle(bits = 4)]
        more: u8,
    }
    let bytes = agree(&Shifted {
        flags: 0xA,
        value: 1.0,
        more: 0xB,
    });
    assert_eq!(bytes, [0xA3, 0xF8, 0, 0, 0x0B]);
}

#[test]
fn a_value_that_no_f32_holds_is_refused() {
    let schema = Schema::of::<f32>();
    assert_eq!(schema.root(), &Shape::Float { bits: 32 });
    assert_eq!(
        dynamic::encode(&schema, &Value::from(0.1_f64)),
        Ok(0.1_f32.to_be_bytes().to_vec())
    );
    assert_eq!(
        dynamic::encode(&schema, &Value::from(3_u8)),
        Ok(3.0_f32.to_be_bytes().to_vec())
    );
    for value in [Value::from(1e300), Value::from("1"), Value::from(i128::MAX)] {
        let error = dynamic::encode(&schema, &value).unwrap_err();
        assert!(
            matches!(error.kind(), ErrorKind::WrongType { .. }),
            "{error}"
        );
    }
}

#[cfg(feature = "json")]
#[test]
fn json_says_floats() {
    use pickler::dynamic::json::{from_json, to_json};
    let schema = Schema::of::<f64>();
    for (value, text) in [
        (0.1, "0.1"),
        (-2.0, "-2.0"),
        (f64::NEG_INFINITY, r#"{"$float":"0xfff0000000000000"}"#),
    ] {
        let json = to_json(&value.into(), &schema);
        assert_eq!(json.to_string(), text);
        assert_eq!(from_json(&json, &schema), Ok(value.into()));
    }
    assert_eq!(from_json(&serde_json::json!(2), &schema), Ok(2.0.into()));
}
