//! Captures, packet by packet: pcap and pcapng.

use std::io::{Cursor, ErrorKind, Read};

use anyhow::{Error, Result, anyhow};
use pcap_parser::traits::{PcapNGPacketBlock, PcapReaderIterator};
use pcap_parser::{Block, PcapBlockOwned, PcapError, create_reader};

/// Room for packets that are read at once, in bytes.
const ROOM: usize = 1 << 16;
/// The longest block that is read, in bytes: no capture costs more memory.
const LONGEST: usize = 64 << 20;
/// The most interfaces that a section has.
const INTERFACES: usize = 1 << 16;

/// A packet of a capture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Packet<'a> {
    /// Its place in the capture, counted from 1.
    pub number: u64,
    /// When it was captured, in nanoseconds since 1970, if that is told.
    pub time: Option<i128>,
    /// What its bytes are, as the registry of link types numbers it.
    pub link: i32,
    /// The bytes that were kept.
    pub bytes: &'a [u8],
    /// How many bytes were not kept.
    pub cut_off: usize,
}

/// An interface on which packets were captured.
#[derive(Clone, Copy)]
struct Interface {
    link: i32,
    /// Units of time in a second.
    resolution: Option<u64>,
    /// Seconds to be added.
    offset: i64,
}

/// Hands on each packet. What is wrong with the capture ends it, and is
/// returned beside what was handed on before.
///
/// # Errors
/// Those of `handle`; and if it is no capture at all.
pub fn for_each_packet(
    mut from: impl Read + Send,
    mut handle: impl FnMut(Packet<'_>) -> Result<()>,
) -> Result<Option<Error>> {
    let head = head(&mut from)?;
    if head.is_empty() {
        return Err(anyhow!("empty, so no capture"));
    }
    let whole = Cursor::new(head).chain(from);
    let Ok(mut reader) = create_reader(ROOM, whole) else {
        return Err(anyhow!("no capture: neither pcap nor pcapng"));
    };
    let mut state = State::default();
    loop {
        let problem = match reader.next() {
            Ok((size, block)) => {
                let result = state.block(&block, &mut handle);
                drop(block);
                reader.consume(size);
                match result {
                    Ok(()) => continue,
                    Err(Stop::Refused(error)) => return Err(error),
                    Err(Stop::Broken(why)) => why,
                }
            }
            Err(PcapError::Eof) => return Ok(None),
            Err(PcapError::Incomplete(_)) => match more(&mut *reader) {
                Ok(()) => continue,
                Err(why) => why,
            },
            Err(PcapError::BufferTooSmall) => match grow(&mut *reader) {
                Ok(()) => continue,
                Err(why) => why,
            },
            Err(PcapError::UnexpectedEof) => "it is cut short",
            Err(PcapError::ReadError) => "it cannot be read",
            Err(_) => "a block is malformed",
        };
        let behind = state.packets;
        return Ok(Some(anyhow!(
            "the capture ends behind packet {behind}: {problem}"
        )));
    }
}

/// The start of a capture, as much as is needed to tell what it is; what comes
/// through a pipe comes in pieces.
fn head(from: &mut impl Read) -> Result<Vec<u8>> {
    /// The magic number of a section of pcapng, and its length.
    const SECTION: [u8; 4] = [0x0A, 0x0D, 0x0D, 0x0A];
    let mut head = Vec::new();
    let mut needed = 24;
    while head.len() < needed {
        let mut piece = vec![0; needed - head.len()];
        match from.read(&mut piece) {
            Ok(0) => break,
            Ok(size) => head.extend_from_slice(&piece[..size]),
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) => return Err(error.into()),
        }
        if let [a, b, c, d, l0, l1, l2, l3, o0, o1, o2, o3, ..] = head[..]
            && [a, b, c, d] == SECTION
        {
            let length = [l0, l1, l2, l3];
            let length = match [o0, o1, o2, o3] {
                [0x1A, ..] => u32::from_be_bytes(length),
                _ => u32::from_le_bytes(length),
            };
            needed = (length as usize).clamp(24, ROOM / 2);
        }
    }
    Ok(head)
}

/// Reads on; where nothing more fits, room is made.
fn more(reader: &mut dyn PcapReaderIterator) -> Result<(), &'static str> {
    let before = reader.data().len();
    if reader.refill().is_err() {
        return Err("it cannot be read");
    }
    if reader.data().len() == before && !reader.reader_exhausted() {
        return grow(reader);
    }
    Ok(())
}

fn grow(reader: &mut dyn PcapReaderIterator) -> Result<(), &'static str> {
    let room = reader.data().len().max(ROOM) * 2;
    if room > LONGEST {
        return Err("a block is longer than 32 MiB");
    }
    reader.grow(room);
    match reader.refill() {
        Ok(()) => Ok(()),
        Err(_) => Err("it cannot be read"),
    }
}

/// Why no more packets are handed on.
enum Stop {
    /// By whom they are handed to.
    Refused(Error),
    /// The capture is no good from here on.
    Broken(&'static str),
}

#[derive(Default)]
struct State {
    packets: u64,
    interfaces: Vec<Interface>,
}

impl State {
    fn block(
        &mut self,
        block: &PcapBlockOwned<'_>,
        handle: &mut impl FnMut(Packet<'_>) -> Result<()>,
    ) -> Result<(), Stop> {
        let (id, units, bytes, length) = match block {
            PcapBlockOwned::LegacyHeader(header) => {
                let nanoseconds = header.is_nanosecond_precision();
                self.interfaces = vec![Interface {
                    link: header.network.0 & 0xFFFF,
                    resolution: Some(if nanoseconds {
                        1_000_000_000
                    } else {
                        1_000_000
                    }),
                    offset: 0,
                }];
                return Ok(());
            }
            PcapBlockOwned::NG(Block::SectionHeader(_)) => {
                self.interfaces.clear();
                return Ok(());
            }
            PcapBlockOwned::NG(Block::InterfaceDescription(description)) => {
                if self.interfaces.len() == INTERFACES {
                    return Err(Stop::Broken("it has more than 65536 interfaces"));
                }
                self.interfaces.push(Interface {
                    link: description.linktype.0,
                    resolution: resolution(description.if_tsresol),
                    offset: description.if_tsoffset,
                });
                return Ok(());
            }
            PcapBlockOwned::Legacy(block) => {
                let resolution = self.interfaces.first().and_then(|it| it.resolution);
                let seconds = u64::from(block.ts_sec) * resolution.unwrap_or(1);
                let units = seconds + u64::from(block.ts_usec);
                (0, Some(units), block.data, block.origlen)
            }
            PcapBlockOwned::NG(Block::EnhancedPacket(block)) => {
                let units = u64::from(block.ts_high) << 32 | u64::from(block.ts_low);
                let bytes = block.packet_data();
                (block.if_id, Some(units), bytes, block.origlen)
            }
            PcapBlockOwned::NG(Block::SimplePacket(block)) => {
                (0, None, block.packet_data(), block.origlen)
            }
            PcapBlockOwned::NG(_) => return Ok(()),
        };
        self.packets += 1;
        let known = self.interfaces.get(id as usize);
        let interface = known.ok_or(Stop::Broken("a packet is of no interface"))?;
        handle(Packet {
            number: self.packets,
            time: units.and_then(|units| interface.time(units)),
            link: interface.link,
            bytes,
            cut_off: (length as usize).saturating_sub(bytes.len()),
        })
        .map_err(Stop::Refused)
    }
}

impl Interface {
    /// Nanoseconds since 1970.
    fn time(&self, units: u64) -> Option<i128> {
        let nanoseconds = i128::from(units) * 1_000_000_000 / i128::from(self.resolution?);
        Some(nanoseconds + i128::from(self.offset) * 1_000_000_000)
    }
}

/// Units in a second: a power of 10, or of 2.
fn resolution(option: u8) -> Option<u64> {
    let power = u32::from(option & 0x7F);
    if option & 0x80 == 0 {
        10_u64.checked_pow(power)
    } else {
        1_u64.checked_shl(power)
    }
}
