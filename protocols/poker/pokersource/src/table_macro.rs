//! One table of messages: their codes, bodies and directions.

/// An enum of messages, with what follows from the same table: `From` for each
/// body, code and direction.
///
/// A row is `#[pickle(tag = CODE)] Variant(Body) => Direction`, without `(Body)`
/// where there are no fields.
macro_rules! message_table {
    (
        $(#[$attribute:meta])*
        pub enum $name:ident {
            $(
                $(#[doc = $doc:literal])*
                #[pickle(tag = $code:literal)]
                $variant:ident $(($($body:tt)+))? => $direction:ident,
            )*
        }
    ) => {
        $(#[$attribute])*
        pub enum $name {
            $(
                $(#[doc = $doc])*
                #[pickle(tag = $code)]
                $variant $(($($body)+))?,
            )*
        }

        impl $name {
            /// The codes of all messages, in ascending order.
            pub const CODES: &[u8] = &[$($code),*];

            /// The code that the message has on the wire.
            pub const fn code(&self) -> u8 {
                match self {
                    $(Self::$variant { .. } => $code,)*
                }
            }

            /// Who sends the message.
            ///
            /// ```
            /// use pokersource::{Direction, Message};
            ///
            /// assert_eq!(Message::Ping.direction(), Direction::ToServer);
            /// ```
            pub const fn direction(&self) -> Direction {
                match self {
                    $(Self::$variant { .. } => Direction::$direction,)*
                }
            }
        }

        impl Direction {
            /// Who sends the message with this code, if there is one.
            pub const fn of_code(code: u8) -> Option<Self> {
                match code {
                    $($code => Some(Self::$direction),)*
                    _ => None,
                }
            }
        }

        $($(
            impl From<$($body)+> for $name {
                fn from(body: $($body)+) -> Self {
                    Self::$variant(body)
                }
            }
        )?)*
    };
}

pub(crate) use message_table;
