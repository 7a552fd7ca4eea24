//! Addresses of the internet.

#[cfg(feature = "alloc")]
use alloc::boxed::Box;
use core::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

#[cfg(feature = "alloc")]
use super::alternatives::union;
use crate::cursor::{Align, Fault, Order, Reader, Sink, Writer};
use crate::error::ErrorKind;
use crate::pickle::Pickle;
#[cfg(feature = "alloc")]
use crate::schema::{Count, Describer, Field, Meaning, Record, Shape};
use crate::width::Width;

macro_rules! address {
    ($($type:ident $bytes:literal $doc:literal;)*) => { $(
        #[doc = $doc]
        impl<'de> Pickle<'de> for $type {
            const NAME: &'static str = "";
            const WIDTH: Width = Width::fixed($bytes * 8);
            const WHOLE: bool = true;

            #[inline(always)]
            fn read<O: Order, A: Align>(r: &mut Reader<'de, O, A>) -> Result<Self, Fault> {
                r.array::<$bytes>().map(Self::from)
            }

            #[inline(always)]
            fn write<S: Sink, O: Order, A: Align>(
                &self,
                w: &mut Writer<S, O, A>,
            ) -> Result<(), Fault> {
                w.array(self.octets())
            }

            #[cfg(feature = "alloc")]
            fn describe(_: &mut Describer) -> Shape {
                Meaning::IpAddress.of(Shape::Bytes {
                    count: Count::Fixed($bytes),
                })
            }
        }
    )* };
}

address! {
    Ipv4Addr 4 "Four bytes in network order; shown as text.";
    Ipv6Addr 16 "Sixteen bytes in network order; shown as text.";
}

/// A byte, 4 or 6, and the address.
///
/// ```
/// use std::net::IpAddr;
///
/// let address: IpAddr = "192.0.2.1".parse().unwrap();
/// assert_eq!(pickler::encode(&address)?, [4, 192, 0, 2, 1]);
/// # Ok::<(), pickler::Error>(())
/// ```
impl<'de> Pickle<'de> for IpAddr {
    const NAME: &'static str = "IpAddr";
    const WIDTH: Width = Width {
        min: 8,
        max: Some(8 + 128),
    };
    const WHOLE: bool = true;

    #[inline]
    fn read<O: Order, A: Align>(r: &mut Reader<'de, O, A>) -> Result<Self, Fault> {
        let at = r.bit_offset();
        match u8::read(r)? {
            4 => match Ipv4Addr::read(r) {
                Ok(address) => Ok(Self::V4(address)),
                Err(fault) => Err(r.within_variant(fault, "V4")),
            },
            6 => match Ipv6Addr::read(r) {
                Ok(address) => Ok(Self::V6(address)),
                Err(fault) => Err(r.within_variant(fault, "V6")),
            },
            found => {
                let found = found.into();
                Err(r.fail_at(at, ErrorKind::UnknownTag { found }))
            }
        }
    }

    #[inline]
    fn write<S: Sink, O: Order, A: Align>(&self, w: &mut Writer<S, O, A>) -> Result<(), Fault> {
        match self {
            Self::V4(address) => {
                let result = 4_u8.write(w).and_then(|()| address.write(w));
                result.map_err(|fault| w.within_variant(fault, "V4"))
            }
            Self::V6(address) => {
                let result = 6_u8.write(w).and_then(|()| address.write(w));
                result.map_err(|fault| w.within_variant(fault, "V6"))
            }
        }
    }

    #[cfg(feature = "alloc")]
    fn describe(d: &mut Describer) -> Shape {
        d.define("core::net::IpAddr", Self::NAME, "An IP address.", |d| {
            union(
                u8::describe(d),
                [
                    ("V4", 4, Ipv4Addr::describe(d)),
                    ("V6", 6, Ipv6Addr::describe(d)),
                ],
            )
        })
    }
}

/// The address, and the port as a `u16`. A flow label or scope of IPv6 is
/// refused on write: they have no place.
impl<'de> Pickle<'de> for SocketAddr {
    const NAME: &'static str = "SocketAddr";
    const WIDTH: Width = IpAddr::WIDTH.then(Width::fixed(16));
    const WHOLE: bool = true;

    #[inline]
    fn read<O: Order, A: Align>(r: &mut Reader<'de, O, A>) -> Result<Self, Fault> {
        let ip = IpAddr::read(r).map_err(|fault| r.within_field(fault, "ip"))?;
        let port = u16::read(r).map_err(|fault| r.within_field(fault, "port"))?;
        Ok(Self::new(ip, port))
    }

    #[inline]
    fn write<S: Sink, O: Order, A: Align>(&self, w: &mut Writer<S, O, A>) -> Result<(), Fault> {
        if let Self::V6(address) = self
            && (address.flowinfo() != 0 || address.scope_id() != 0)
        {
            let why = "a flow label or scope has no place in an address and port";
            return Err(w.fail(ErrorKind::Refused(why.into())));
        }
        let ip = self.ip().write(w);
        ip.map_err(|fault| w.within_field(fault, "ip"))?;
        let port = self.port().write(w);
        port.map_err(|fault| w.within_field(fault, "port"))
    }

    #[cfg(feature = "alloc")]
    fn describe(d: &mut Describer) -> Shape {
        let doc = "An IP address and a port.";
        d.define("core::net::SocketAddr", Self::NAME, doc, |d| {
            Shape::Record(Box::new(Record::new(alloc::vec![
                Field::new("ip", "", IpAddr::describe(d)),
                Field::new("port", "", u16::describe(d)),
            ])))
        })
    }
}
