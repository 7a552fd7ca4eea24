//! Text in bytes.

#[cfg(feature = "alloc")]
use alloc::string::String;
use core::str::Utf8Error;

#[cfg(feature = "alloc")]
use super::copied;

/// The text that bytes hold: [`core::str::from_utf8`], but quicker where they
/// are few and ASCII.
///
/// ```
/// use pickler::cursor::utf8;
///
/// assert_eq!(utf8(b"river"), Ok("river"));
/// assert!(utf8(&[0xFF]).is_err());
/// ```
///
/// # Errors
/// If the bytes are no UTF-8.
#[inline(always)]
pub fn utf8(bytes: &[u8]) -> Result<&str, Utf8Error> {
    if is_short_ascii(bytes) {
        // SAFETY: bytes below 0x80 are UTF-8, each a character.
        Ok(unsafe { core::str::from_utf8_unchecked(bytes) })
    } else {
        any_utf8(bytes)
    }
}

#[inline(never)]
fn any_utf8(bytes: &[u8]) -> Result<&str, Utf8Error> {
    core::str::from_utf8(bytes)
}

/// The same text in a `String` of its own.
#[cfg(feature = "alloc")]
#[inline(always)]
pub(crate) fn owned_text(text: &str) -> String {
    // SAFETY: the bytes of a `str` are UTF-8.
    unsafe { String::from_utf8_unchecked(copied(text.as_bytes())) }
}

/// Up to 32 bytes, all below 0x80: without a loop.
#[inline(always)]
fn is_short_ascii(bytes: &[u8]) -> bool {
    // The first `N` bytes and the last `N`, which may overlap.
    macro_rules! ends {
        ($type:ident) => {
            if let (Some(first), Some(last)) = (bytes.first_chunk(), bytes.last_chunk()) {
                let high = $type::from_ne_bytes([0x80; size_of::<$type>()]);
                return ($type::from_ne_bytes(*first) | $type::from_ne_bytes(*last)) & high == 0;
            }
        };
    }
    if bytes.len() > 32 {
        return false;
    }
    ends!(u128);
    ends!(u64);
    ends!(u32);
    ends!(u16);
    ends!(u8);
    true
}

#[cfg(all(test, feature = "alloc"))]
mod tests {
    use alloc::vec::Vec;

    use super::*;

    #[test]
    fn it_is_what_the_standard_library_says() {
        for length in 0..70 {
            let mut bytes: Vec<u8> = (0..length).map(|index| b'a' + index % 26).collect();
            assert_eq!(utf8(&bytes), core::str::from_utf8(&bytes));
            for index in 0..bytes.len() {
                for byte in [0x7F, 0x80, 0xFF, 0xC3] {
                    let before = core::mem::replace(&mut bytes[index], byte);
                    assert_eq!(utf8(&bytes), core::str::from_utf8(&bytes), "{bytes:?}");
                    bytes[index] = before;
                }
            }
            let text = utf8(&bytes).unwrap();
            assert_eq!(owned_text(text), text);
        }
        assert_eq!(utf8("Jörg".as_bytes()), Ok("Jörg"));
    }
}
