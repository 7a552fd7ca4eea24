//! Amounts of parts as decimal numbers of units, exact.

use alloc::format;
use alloc::string::String;

use crate::dynamic::Value;

/// How many decimals tell one part, if `scale` is a power of ten.
fn decimals(scale: u64) -> Option<usize> {
    let decimals = scale.checked_ilog10()?;
    (10_u64.checked_pow(decimals) == Some(scale) && scale > 1).then_some(decimals as usize)
}

/// `1005` parts of which 100 make one: `"10.05"`.
pub(super) fn to_decimal(value: &Value, scale: u64) -> Option<String> {
    let decimals = decimals(scale)?;
    let (sign, parts) = match value {
        Value::Unsigned(value) => ("", *value),
        Value::Negative(value) => ("-", value.unsigned_abs()),
        _ => return None,
    };
    let (units, parts) = (parts / u128::from(scale), parts % u128::from(scale));
    Some(format!("{sign}{units}.{parts:0decimals$}"))
}

/// How many parts a decimal number of units is, if that is a whole number.
pub(super) fn from_decimal(text: &str, scale: u64) -> Option<Value> {
    let decimals = decimals(scale)?;
    let (negative, digits) = match text.strip_prefix('-') {
        Some(digits) => (true, digits),
        None => (false, text),
    };
    let (units, parts) = digits.split_once('.').unwrap_or((digits, ""));
    let is_number = |digits: &str| digits.bytes().all(|digit| digit.is_ascii_digit());
    if units.is_empty() || parts.len() > decimals || !is_number(units) || !is_number(parts) {
        return None;
    }
    let parts: u128 = format!("{units}{parts:0<decimals$}").parse().ok()?;
    if negative {
        0_i128.checked_sub_unsigned(parts).map(Value::integer)
    } else {
        Some(Value::Unsigned(parts))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_rounded() {
        for (parts, text) in [(1_005_i128, "10.05"), (0, "0.00"), (-7, "-0.07")] {
            let value = Value::integer(parts);
            assert_eq!(to_decimal(&value, 100).as_deref(), Some(text));
            assert_eq!(from_decimal(text, 100), Some(value));
        }
        assert_eq!(from_decimal("12", 100), Some(Value::Unsigned(1_200)));
        assert_eq!(from_decimal("1.5", 100), Some(Value::Unsigned(150)));
        for text in ["1.005", "", ".5", "+1", "1e2", "--1", "1.-1"] {
            assert_eq!(from_decimal(text, 100), None, "{text}");
        }
        assert_eq!(to_decimal(&Value::Unsigned(1), 60), None);
    }
}
