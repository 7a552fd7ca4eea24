//! Checksums over fields.

use alloc::vec::Vec;
use core::fmt;

/// A checksum over fields of the record that it stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Checksum {
    /// How it is computed.
    pub algorithm: Algorithm,
    /// The first and the last of the fields, by their place; `None` for all of
    /// the record, its magic, too.
    pub fields: Option<(usize, usize)>,
}

macro_rules! algorithms {
    ($(
        $(#[$doc:meta])*
        $variant:ident $name:literal = $type:ident $constant:path;
    )*) => {
        /// How a checksum is computed.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[non_exhaustive]
        pub enum Algorithm {
            /// The complement of the sum of 16-bit words in ones' complement:
            /// RFC 1071.
            Internet,
            /// Adler-32: RFC 1950.
            Adler32,
            /// Fletcher-16: two sums modulo 255.
            Fletcher16,
            /// All bytes, combined by exclusive or.
            Xor8,
            /// The sum of all bytes, of which the low eight bits are left.
            Sum8,
            $( $(#[$doc])* #[cfg(feature = "crc")] $variant, )*
            /// MD5: RFC 1321. A digest: bytes, not a number.
            #[cfg(feature = "digest")]
            Md5,
            /// SHA-1: FIPS 180-4. A digest.
            #[cfg(feature = "digest")]
            Sha1,
            /// SHA-256: FIPS 180-4. A digest.
            #[cfg(feature = "digest")]
            Sha256,
        }

        impl Algorithm {
            /// All that there are, with the features that are on.
            pub const ALL: &[Self] = &[
                Self::Internet,
                Self::Adler32,
                Self::Fletcher16,
                Self::Xor8,
                Self::Sum8,
                $( #[cfg(feature = "crc")] Self::$variant, )*
                #[cfg(feature = "digest")]
                Self::Md5,
                #[cfg(feature = "digest")]
                Self::Sha1,
                #[cfg(feature = "digest")]
                Self::Sha256,
            ];

            /// The name in declarations.
            pub const fn name(self) -> &'static str {
                match self {
                    Self::Internet => "internet",
                    Self::Adler32 => "adler32",
                    Self::Fletcher16 => "fletcher16",
                    Self::Xor8 => "xor8",
                    Self::Sum8 => "sum8",
                    $( #[cfg(feature = "crc")] Self::$variant => $name, )*
                    #[cfg(feature = "digest")]
                    Self::Md5 => "md5",
                    #[cfg(feature = "digest")]
                    Self::Sha1 => "sha1",
                    #[cfg(feature = "digest")]
                    Self::Sha256 => "sha256",
                }
            }

            /// The checksum of some bytes; of a digest, its first eight bytes.
            pub fn of(self, bytes: &[u8]) -> u64 {
                match self {
                    Self::Internet => internet(bytes),
                    Self::Adler32 => {
                        let (low, high) = two_sums(bytes, 1, 65_521);
                        high << 16 | low
                    }
                    Self::Fletcher16 => {
                        let (low, high) = two_sums(bytes, 0, 255);
                        high << 8 | low
                    }
                    Self::Xor8 => bytes.iter().fold(0, |sum, byte| sum ^ byte).into(),
                    Self::Sum8 => bytes.iter().fold(0_u8, |sum, byte| sum.wrapping_add(*byte)).into(),
                    #[cfg(feature = "digest")]
                    Self::Md5 | Self::Sha1 | Self::Sha256 => {
                        let digest = self.digest(bytes).unwrap_or_default();
                        digest.first_chunk().map_or(0, |first| u64::from_be_bytes(*first))
                    }
                    $(
                        #[cfg(feature = "crc")]
                        Self::$variant => {
                            const CRC: crc::Crc<$type> = crc::Crc::<$type>::new(&$constant);
                            CRC.checksum(bytes).into()
                        }
                    )*
                }
            }
        }
    };
}

impl Algorithm {
    /// How many bytes a digest has; `None` of a checksum that is a number.
    pub const fn digest_size(self) -> Option<usize> {
        match self {
            #[cfg(feature = "digest")]
            Self::Md5 => Some(16),
            #[cfg(feature = "digest")]
            Self::Sha1 => Some(20),
            #[cfg(feature = "digest")]
            Self::Sha256 => Some(32),
            _ => None,
        }
    }

    /// The digest of some bytes; `None` of a checksum that is a number.
    pub fn digest(self, bytes: &[u8]) -> Option<Vec<u8>> {
        let _ = bytes;
        match self {
            #[cfg(feature = "digest")]
            Self::Md5 => Some(<md5::Md5 as md5::Digest>::digest(bytes).to_vec()),
            #[cfg(feature = "digest")]
            Self::Sha1 => Some(<sha1::Sha1 as sha1::Digest>::digest(bytes).to_vec()),
            #[cfg(feature = "digest")]
            Self::Sha256 => Some(<sha2::Sha256 as sha2::Digest>::digest(bytes).to_vec()),
            _ => None,
        }
    }
}

algorithms! {
    /// CRC-8/SMBUS.
    Crc8 "crc8" = u8 crc::CRC_8_SMBUS;
    /// CRC-16/ARC.
    Crc16Arc "crc16_arc" = u16 crc::CRC_16_ARC;
    /// CRC-16/MODBUS.
    Crc16Modbus "crc16_modbus" = u16 crc::CRC_16_MODBUS;
    /// CRC-16/XMODEM.
    Crc16Xmodem "crc16_xmodem" = u16 crc::CRC_16_XMODEM;
    /// CRC-16/KERMIT.
    Crc16Kermit "crc16_kermit" = u16 crc::CRC_16_KERMIT;
    /// CRC-16/IBM-SDLC: X.25, HDLC, PPP.
    Crc16X25 "crc16_x25" = u16 crc::CRC_16_IBM_SDLC;
    /// CRC-16/IBM-3740, often called CCITT-FALSE.
    Crc16CcittFalse "crc16_ccitt_false" = u16 crc::CRC_16_IBM_3740;
    /// CRC-24/OPENPGP.
    Crc24 "crc24" = u32 crc::CRC_24_OPENPGP;
    /// CRC-24 of Mode S transponders (ICAO Annex 10, volume IV), ADS-B.
    Crc24ModeS "crc24_mode_s" = u32 CRC_24_MODE_S;
    /// CRC-32/ISO-HDLC: Ethernet, zip, PNG.
    Crc32 "crc32" = u32 crc::CRC_32_ISO_HDLC;
    /// CRC-32/ISCSI, Castagnoli's.
    Crc32C "crc32c" = u32 crc::CRC_32_ISCSI;
    /// CRC-32/BZIP2.
    Crc32Bzip2 "crc32_bzip2" = u32 crc::CRC_32_BZIP2;
    /// CRC-32/MPEG-2.
    Crc32Mpeg2 "crc32_mpeg2" = u32 crc::CRC_32_MPEG_2;
    /// CRC-64/XZ.
    Crc64Xz "crc64_xz" = u64 crc::CRC_64_XZ;
}

/// That of Mode S, which the catalogue of CRCs does not have.
#[cfg(feature = "crc")]
const CRC_24_MODE_S: crc::Algorithm<u32> = crc::Algorithm {
    width: 24,
    poly: 0x00FF_F409,
    init: 0,
    refin: false,
    refout: false,
    xorout: 0,
    check: 0x0005_4268,
    residue: 0,
};

fn internet(bytes: &[u8]) -> u64 {
    let (words, odd) = bytes.as_chunks::<2>();
    let last = odd.first().map_or(0, |byte| u64::from(*byte) << 8);
    let mut sum = words
        .iter()
        .fold(last, |sum, word| sum + u64::from(u16::from_be_bytes(*word)));
    while sum > 0xFFFF {
        sum = (sum >> 16) + (sum & 0xFFFF);
    }
    !sum & 0xFFFF
}

fn two_sums(bytes: &[u8], first: u64, modulus: u64) -> (u64, u64) {
    bytes.iter().fold((first, 0), |(low, high), byte| {
        let low = (low + u64::from(*byte)) % modulus;
        (low, (high + low) % modulus)
    })
}

impl Checksum {
    /// The checksum in a record, whose first byte is the first of `bytes`.
    ///
    /// `start` is where the record starts, `places` where each field starts
    /// and the last ends, all in bits. The fields in `zeroed` are taken as
    /// zero. `None` if a place is within a byte or out of bounds.
    pub(crate) fn of(
        self,
        bytes: &[u8],
        start: u64,
        places: &[u64],
        zeroed: impl IntoIterator<Item = usize>,
    ) -> Option<u64> {
        let range = Self::range(self, bytes, start, places, zeroed)?;
        Some(self.algorithm.of(&range))
    }

    /// The digest in a record, as [`of`](Self::of).
    pub(crate) fn digest(
        self,
        bytes: &[u8],
        start: u64,
        places: &[u64],
        zeroed: impl IntoIterator<Item = usize>,
    ) -> Option<Vec<u8>> {
        let range = Self::range(self, bytes, start, places, zeroed)?;
        self.algorithm.digest(&range)
    }

    /// The bytes that are summed up.
    fn range(
        self,
        bytes: &[u8],
        start: u64,
        places: &[u64],
        zeroed: impl IntoIterator<Item = usize>,
    ) -> Option<Vec<u8>> {
        let byte = |place: u64| -> Option<usize> {
            let bits = place.checked_sub(start)?;
            bits.is_multiple_of(8).then_some((bits / 8) as usize)
        };
        let (from, to) = match self.fields {
            Some((first, last)) => (byte(*places.get(first)?)?, byte(*places.get(last + 1)?)?),
            None => (0, byte(*places.last()?)?),
        };
        let mut bytes: Vec<u8> = bytes.get(..to)?.to_vec();
        for index in zeroed {
            let (from, to) = (byte(*places.get(index)?)?, byte(*places.get(index + 1)?)?);
            if let Some(field) = bytes.get_mut(from..) {
                let size = (to - from).min(field.len());
                field[..size].fill(0);
            }
        }
        Some(bytes.split_off(from.min(bytes.len())))
    }
}

impl fmt::Display for Algorithm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::Algorithm;

    /// The check values of the catalogue of CRCs, and of the other algorithms
    /// by hand.
    #[test]
    fn of_the_digits() {
        let digits = b"123456789";
        assert_eq!(Algorithm::Adler32.of(digits), 0x091E_01DE);
        assert_eq!(Algorithm::Fletcher16.of(digits), 0x1EDE);
        assert_eq!(Algorithm::Xor8.of(digits), 0x31);
        assert_eq!(Algorithm::Sum8.of(digits), 0xDD);
        // RFC 1071, section 3: the sum is DDF2.
        let words = [0x00, 0x01, 0xF2, 0x03, 0xF4, 0xF5, 0xF6, 0xF7];
        assert_eq!(Algorithm::Internet.of(&words), 0xFFFF - 0xDDF2);
        #[cfg(feature = "crc")]
        for (algorithm, expected) in [
            (Algorithm::Crc8, 0xF4),
            (Algorithm::Crc16Arc, 0xBB3D),
            (Algorithm::Crc16Modbus, 0x4B37),
            (Algorithm::Crc16Xmodem, 0x31C3),
            (Algorithm::Crc16Kermit, 0x2189),
            (Algorithm::Crc16X25, 0x906E),
            (Algorithm::Crc16CcittFalse, 0x29B1),
            (Algorithm::Crc24, 0x0021_CF02),
            (Algorithm::Crc24ModeS, 0x0005_4268),
            (Algorithm::Crc32, 0xCBF4_3926),
            (Algorithm::Crc32C, 0xE306_9283),
            (Algorithm::Crc32Bzip2, 0xFC89_1918),
            (Algorithm::Crc32Mpeg2, 0x0376_E6E7),
            (Algorithm::Crc64Xz, 0x995D_C9BB_DF19_39FA),
        ] {
            assert_eq!(algorithm.of(digits), expected, "{algorithm}");
        }
    }

    /// A squitter that a receiver took in (The 1090 Megahertz Riddle, 2.5).
    #[cfg(feature = "crc")]
    #[test]
    fn of_a_squitter() {
        let squitter = [
            0x8D, 0x48, 0x40, 0xD6, 0x20, 0x2C, 0xC3, 0x71, 0xC3, 0x2C, 0xE0,
        ];
        assert_eq!(Algorithm::Crc24ModeS.of(&squitter), 0x0057_6098);
    }

    /// The examples of RFC 1321 and of FIPS 180.
    #[cfg(feature = "digest")]
    #[test]
    fn of_three_letters() {
        for (algorithm, expected) in [
            (Algorithm::Md5, 0x9001_5098_3CD2_4FB0),
            (Algorithm::Sha1, 0xA999_3E36_4706_816A),
            (Algorithm::Sha256, 0xBA78_16BF_8F01_CFEA),
        ] {
            assert_eq!(algorithm.of(b"abc"), expected, "{algorithm}");
            let digest = algorithm.digest(b"abc").unwrap();
            assert_eq!(Some(digest.len()), algorithm.digest_size());
        }
        assert_eq!(Algorithm::Sum8.digest(b"abc"), None);
    }
}
