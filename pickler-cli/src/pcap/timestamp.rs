//! Times of packets, as text.

use time::OffsetDateTime;

/// Nanoseconds since 1970, as RFC 3339 writes them; `None` in years that it
/// cannot write.
pub fn timestamp(nanoseconds: i128) -> Option<String> {
    let time = OffsetDateTime::from_unix_timestamp_nanos(nanoseconds).ok()?;
    let year = u16::try_from(time.year()).ok()?;
    let (hour, minute, second) = time.to_hms();
    let date = format!("{year:04}-{:02}-{:02}", u8::from(time.month()), time.day());
    let fraction = match time.nanosecond() {
        nanos if nanos % 1000 == 0 => format!("{:06}", nanos / 1000),
        nanos => format!("{nanos:09}"),
    };
    Some(format!(
        "{date}T{hour:02}:{minute:02}:{second:02}.{fraction}Z"
    ))
}

#[cfg(test)]
mod tests {
    use super::timestamp;

    #[test]
    fn times_are_those_of_the_calendar() {
        let of = |nanoseconds| timestamp(nanoseconds);
        assert_eq!(of(0).as_deref(), Some("1970-01-01T00:00:00.000000Z"));
        assert_eq!(
            of(1_340_954_905_298_858_001).as_deref(),
            Some("2012-06-29T07:28:25.298858001Z")
        );
        assert_eq!(of(i128::MAX), None);
        assert_eq!(of(-1_000_000_000_000_000_000_000), None);
    }
}
