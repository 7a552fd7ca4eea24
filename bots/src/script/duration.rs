//! Lengths of time as scripts write them: `30s`, `200ms`, `0.2s..1.5s`.

use std::ops::RangeInclusive;
use std::time::Duration;

/// The units, the longest spelling first.
const UNITS: [(&str, f64); 4] = [("ms", 0.001), ("s", 1.0), ("m", 60.0), ("h", 3600.0)];

/// A length of time.
///
/// # Errors
/// What is wrong with it, in words.
pub fn parse(text: &str) -> Result<Duration, String> {
    let wrong =
        || format!("`{text}` is no length of time; write one like \"30s\", \"200ms\" or \"2m\"");
    let trimmed = text.trim();
    let (number, unit) = UNITS
        .iter()
        .find_map(|(unit, seconds)| Some((trimmed.strip_suffix(unit)?, *seconds)))
        .ok_or_else(wrong)?;
    let number: f64 = number.trim().parse().map_err(|_| wrong())?;
    seconds(number * unit).ok_or_else(wrong)
}

/// A length of time in seconds, if it is one and no longer than ten years.
pub fn seconds(number: f64) -> Option<Duration> {
    let duration = Duration::try_from_secs_f64(number).ok()?;
    (duration.as_secs() <= 10 * 366 * 86_400).then_some(duration)
}

/// A length of time, or two with `..` between them.
///
/// # Errors
/// What is wrong with it, in words.
pub fn parse_range(text: &str) -> Result<RangeInclusive<Duration>, String> {
    let Some((from, to)) = text.split_once("..") else {
        let exact = parse(text)?;
        return Ok(exact..=exact);
    };
    let to = parse(to)?;
    // `0.2..1.5s`: the unit of the end counts for both.
    let from = match from.trim().parse::<f64>() {
        Ok(_) => {
            let unit = text
                .trim_end()
                .trim_start_matches(|c: char| !c.is_alphabetic());
            parse(&format!("{from}{unit}"))?
        }
        Err(_) => parse(from)?,
    };
    if from > to {
        return Err(format!(
            "`{text}` runs backwards: the shorter time comes first"
        ));
    }
    Ok(from..=to)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_have_a_unit() {
        for (text, millis) in [
            ("30s", 30_000),
            ("200ms", 200),
            ("0.5 m", 30_000),
            ("1h", 3_600_000),
        ] {
            assert_eq!(parse(text), Ok(Duration::from_millis(millis)), "{text}");
        }
        for text in [
            "",
            "30",
            "s",
            "-1s",
            "1e400s",
            "NaNs",
            "infs",
            "3 weeks",
            "100000000h",
        ] {
            assert!(parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn ranges_run_forwards() {
        let millis = |from, to| Duration::from_millis(from)..=Duration::from_millis(to);
        assert_eq!(parse_range("0.2s..1.5s"), Ok(millis(200, 1500)));
        assert_eq!(parse_range("200ms..1.5s"), Ok(millis(200, 1500)));
        assert_eq!(parse_range("0.2..1.5s"), Ok(millis(200, 1500)));
        assert_eq!(parse_range("2s"), Ok(millis(2000, 2000)));
        for text in ["2s..1s", "1s..", "..1s", "1s..2s..3s"] {
            assert!(parse_range(text).is_err(), "{text}");
        }
    }
}
