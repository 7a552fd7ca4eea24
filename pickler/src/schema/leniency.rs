//! Why a value may have several forms on the wire.

use alloc::string::String;
use core::fmt;

/// Why a value may have several forms on the wire, all of which are read as it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Leniency {
    /// A named mapping, of which nothing is known.
    Mapped {
        /// Where, from the type that holds it: `Table.seats.stack`.
        path: String,
        /// The mapping's name.
        name: String,
    },
    /// Fields with keys may come in another order, or be written where they
    /// need not be, or with what is passed over between them.
    Keys {
        /// Where.
        path: String,
    },
    /// A codec of which nothing is known.
    Opaque {
        /// Where.
        path: String,
        /// The codec's name.
        name: String,
    },
    /// Padding that is not looked at.
    IgnoredPadding {
        /// Where.
        path: String,
    },
    /// A constant that is not looked at.
    IgnoredConstant {
        /// Where.
        path: String,
    },
    /// A varint of which over-long forms are read, too.
    OverlongVarint {
        /// Where.
        path: String,
    },
    /// Padding that may be anything.
    Padding {
        /// Where, from the type that holds it.
        path: String,
    },
    /// The first of several forms that can be read, of which another may be
    /// written.
    Choice {
        /// Where.
        path: String,
    },
    /// A piece of which what is left over is ignored.
    Leftover {
        /// Where, from the type that holds it.
        path: String,
    },
    /// Something that stands at an offset may stand anywhere, and with other
    /// things between.
    Elsewhere {
        /// Where, from the type that holds it.
        path: String,
    },
    /// Items may come in any order.
    Order {
        /// Where, from the type that holds it.
        path: String,
    },
    /// Something seen before may be there again, and not as a reference.
    Shared {
        /// Where, from the type that holds it.
        path: String,
    },
    /// Text in an encoding in which some characters can be written in two ways.
    Encoding {
        /// Where, from the type that holds it.
        path: String,
    },
    /// What is compressed may be compressed in many ways.
    Compressed {
        /// Where, from the type that holds it.
        path: String,
    },
    /// What ends something may be missing at the end of the input or of its
    /// piece, and is written.
    Terminator {
        /// Where, from the type that holds it.
        path: String,
    },
    /// Something that may be left out where it has its default, but also be
    /// there with it.
    Default {
        /// Where, from the type that holds it.
        path: String,
    },
}

impl fmt::Display for Leniency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Mapped { path, name } => write!(
                f,
                "{path}: the mapping `{name}` may take several wire values for one"
            ),
            Self::Keys { path } => {
                write!(f, "{path}: fields with keys may be written in several ways")
            }
            Self::Opaque { path, name } => {
                write!(
                    f,
                    "{path}: the codec `{name}` may read several forms of one value"
                )
            }
            Self::IgnoredPadding { path } => {
                write!(f, "{path}: what stands in its padding is ignored")
            }
            Self::IgnoredConstant { path } => {
                write!(f, "{path}: a constant that is not looked at")
            }
            Self::OverlongVarint { path } => {
                write!(f, "{path}: an integer may take more bytes than it needs")
            }
            Self::Choice { path } => {
                write!(f, "{path}: a value may be read from several forms")
            }
            Self::Padding { path } => write!(f, "{path}: the padding is ignored"),
            Self::Leftover { path } => {
                write!(f, "{path}: what is left over of its size is ignored")
            }
            Self::Elsewhere { path } => {
                write!(f, "{path}: what stands at an offset may stand anywhere")
            }
            Self::Order { path } => write!(f, "{path}: items may come in any order"),
            Self::Shared { path } => {
                write!(f, "{path}: what was seen before may be there again")
            }
            Self::Encoding { path } => {
                write!(f, "{path}: some characters can be written in two ways")
            }
            Self::Compressed { path } => {
                write!(f, "{path}: it may be compressed in many ways")
            }
            Self::Terminator { path } => {
                write!(f, "{path}: what ends it may be missing at the end")
            }
            Self::Default { path } => {
                write!(f, "{path}: the default may be left out, or be there")
            }
        }
    }
}
