//! The types of the data sets `log`, `mesh`, `minecraft_savedata` and `mk48` of
//! <https://github.com/djkoloski/rust_serialization_benchmark>, with values of
//! our own in the same distributions.

pub mod log;
pub mod mesh;
pub mod minecraft;
pub mod mk48;

/// Types that all toolkits take part with.
macro_rules! owned {
    ($($item:item)*) => { $(
        #[derive(
            pickler::Pickle,
            wincode::SchemaRead,
            wincode::SchemaWrite,
            bincode::Decode,
            bincode::Encode,
            bitcode::Decode,
            bitcode::Encode,
            nanoserde::DeBin,
            nanoserde::SerBin,
            rkyv::Archive,
            rkyv::Deserialize,
            rkyv::Serialize,
            savefile_derive::Savefile,
            speedy::Readable,
            speedy::Writable,
            Clone,
            Debug,
            PartialEq,
        )]
        $item
    )* };
}
pub(crate) use owned;

/// The same types, whose texts stay in the input: for toolkits that can borrow.
macro_rules! borrowed {
    ($($item:item)*) => { $(
        #[derive(
            pickler::Pickle,
            wincode::SchemaRead,
            bincode::BorrowDecode,
            bitcode::Decode,
            speedy::Readable,
            Debug,
        )]
        $item
    )* };
}
pub(crate) use borrowed;
