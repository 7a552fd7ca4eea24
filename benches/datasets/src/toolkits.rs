//! Each toolkit as its own documentation advises: into a buffer that is used
//! again, where it can.

use wincode::config::Configuration;

/// What its documentation says for more than 4 MiB of anything.
pub const WINCODE: Configuration<true, { 64 << 20 }> =
    Configuration::default().with_preallocation_size_limit::<{ 64 << 20 }>();

/// All toolkits, for a value of an owned type and, where there is one, the type
/// that borrows.
macro_rules! entries {
    ($value:expr, $owned:ty) => {
        $crate::toolkits::entries!(@ $value, $owned, [None] [None] [None] [None] [None])
    };
    ($value:expr, $owned:ty, $borrowed:ty) => {
        $crate::toolkits::entries!(@ $value, $owned,
            [Some(|bytes| {
                std::hint::black_box(&pickler::decode::<$borrowed>(bytes).expect("reads"));
            })]
            [Some(|bytes| {
                let config = $crate::toolkits::WINCODE;
                let value = wincode::config::deserialize::<$borrowed, _>(bytes, config);
                std::hint::black_box(&value.expect("reads"));
            })]
            [Some(|bytes| {
                std::hint::black_box(&bitcode::decode::<$borrowed>(bytes).expect("reads"));
            })]
            [Some(|bytes| {
                let value = <$borrowed as speedy::Readable<speedy::LittleEndian>>::read_from_buffer(
                    bytes,
                );
                std::hint::black_box(&value.expect("reads"));
            })]
            [Some(|bytes| {
                let config = bincode::config::standard();
                let value = bincode::borrow_decode_from_slice::<$borrowed, _>(bytes, config);
                std::hint::black_box(&value.expect("reads"));
            })]
        )
    };
    (@ $value:expr, $owned:ty, [$ours:expr] [$wincode:expr] [$bitcode:expr] [$speedy:expr] [$bincode:expr]) => {
        vec![
            $crate::entry(
                "`#[derive(Pickle)]`",
                $value,
                |value, out: &mut Vec<u8>| {
                    out.clear();
                    pickler::encode_into(value, out).expect("fits");
                },
                |bytes| pickler::decode::<$owned>(bytes).expect("reads"),
                $ours,
            ),
            $crate::entry(
                "wincode 0.6",
                $value,
                |value, out: &mut Vec<u8>| {
                    out.clear();
                    wincode::config::serialize_into(out, value, $crate::toolkits::WINCODE)
                        .expect("fits");
                },
                |bytes| {
                    wincode::config::deserialize::<$owned, _>(bytes, $crate::toolkits::WINCODE)
                        .expect("reads")
                },
                $wincode,
            ),
            {
                let buffer = std::cell::RefCell::new(bitcode::Buffer::new());
                $crate::entry(
                    "bitcode 0.6",
                    $value,
                    move |value, out: &mut Vec<u8>| {
                        let mut buffer = buffer.borrow_mut();
                        let bytes = buffer.encode(value);
                        // It lends its own buffer, which is kept only for the check.
                        if out.is_empty() {
                            out.extend_from_slice(bytes);
                        }
                    },
                    |bytes| bitcode::decode::<$owned>(bytes).expect("reads"),
                    $bitcode,
                )
            },
            $crate::entry(
                "rkyv 0.8",
                $value,
                |value, out: &mut rkyv::util::AlignedVec| {
                    let mut buffer = std::mem::take(out);
                    buffer.clear();
                    *out = rkyv::api::high::to_bytes_in::<_, rkyv::rancor::Failure>(value, buffer)
                        .expect("fits");
                },
                |bytes| rkyv::from_bytes::<$owned, rkyv::rancor::Failure>(bytes).expect("reads"),
                None,
            ),
            $crate::entry(
                "speedy 0.8",
                $value,
                |value, out: &mut Vec<u8>| {
                    use speedy::Writable;
                    let size = Writable::<speedy::LittleEndian>::bytes_needed(value).expect("fits");
                    out.resize(size, 0);
                    value
                        .write_to_buffer_with_ctx(speedy::LittleEndian {}, out)
                        .expect("fits");
                },
                |bytes| {
                    <$owned as speedy::Readable<speedy::LittleEndian>>::read_from_buffer(bytes)
                        .expect("reads")
                },
                $speedy,
            ),
            $crate::entry(
                "savefile 0.20",
                $value,
                |value, out: &mut Vec<u8>| {
                    out.clear();
                    savefile::save_noschema(out, 0, value).expect("fits");
                },
                |mut bytes| savefile::load_noschema::<$owned>(&mut bytes, 0).expect("reads"),
                None,
            ),
            $crate::entry(
                "nanoserde 0.2",
                $value,
                |value, out: &mut Vec<u8>| {
                    out.clear();
                    nanoserde::SerBin::ser_bin(value, out);
                },
                |bytes| nanoserde::DeBin::deserialize_bin(bytes).expect("reads"),
                None,
            ),
            $crate::entry(
                "bincode 2",
                $value,
                |value, out: &mut Vec<u8>| {
                    out.clear();
                    let config = bincode::config::standard();
                    bincode::encode_into_std_write(value, out, config).expect("fits");
                },
                |bytes| {
                    let config = bincode::config::standard();
                    bincode::decode_from_slice::<$owned, _>(bytes, config).expect("reads").0
                },
                $bincode,
            ),
        ]
    };
}
pub(crate) use entries;
