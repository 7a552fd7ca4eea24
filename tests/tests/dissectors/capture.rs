//! Captures: the classic format of pcap, IPv4 packets without link layer.

/// The port of servers.
pub const SERVER: u16 = 19_380;

/// The most bytes of one segment.
const MOST: usize = 1400;

/// Packets.
pub struct Capture {
    pub bytes: Vec<u8>,
    packets: u32,
}

/// A connection, from its beginning.
pub struct Connection {
    client: u16,
    /// The next sequence numbers of the client and the server.
    next: [u32; 2],
}

impl Capture {
    pub fn new() -> Self {
        let mut bytes = Vec::new();
        bytes.extend(0xA1B2_C3D4_u32.to_le_bytes());
        bytes.extend([2, 0, 4, 0]);
        bytes.extend([0; 8]);
        bytes.extend(0x4_0000_u32.to_le_bytes());
        // Packets begin with the header of IP.
        bytes.extend(101_u32.to_le_bytes());
        Self { bytes, packets: 0 }
    }

    /// Three packets that open a connection.
    pub fn connect(&mut self, client: u16) -> Connection {
        let mut connection = Connection {
            client,
            next: [1000, 5000],
        };
        self.segment(&connection, true, 0x02, &[]);
        connection.next[0] += 1;
        self.segment(&connection, false, 0x12, &[]);
        connection.next[1] += 1;
        self.segment(&connection, true, 0x10, &[]);
        connection
    }

    /// Bytes that the client or the server sends, in one segment if they fit.
    pub fn send(&mut self, connection: &mut Connection, from_client: bool, bytes: &[u8]) {
        for part in bytes.chunks(MOST) {
            self.segment(connection, from_client, 0x18, part);
            let sent = u32::try_from(part.len()).expect("a segment is short");
            connection.next[usize::from(!from_client)] += sent;
        }
    }

    /// One datagram to the server.
    pub fn datagram(&mut self, client: u16, bytes: &[u8]) {
        let mut packet = Vec::new();
        packet.extend(client.to_be_bytes());
        packet.extend(SERVER.to_be_bytes());
        packet.extend(
            u16::try_from(8 + bytes.len())
                .expect("it fits")
                .to_be_bytes(),
        );
        packet.extend([0, 0]);
        packet.extend(bytes);
        self.packet(true, 17, &packet);
    }

    fn segment(&mut self, connection: &Connection, from_client: bool, flags: u8, bytes: &[u8]) {
        let (mut ports, mut numbers) = ([connection.client, SERVER], connection.next);
        if !from_client {
            ports.reverse();
            numbers.reverse();
        }
        let acknowledged = if flags == 0x02 { 0 } else { numbers[1] };
        let mut packet = Vec::new();
        packet.extend(ports.iter().flat_map(|port| port.to_be_bytes()));
        packet.extend(numbers[0].to_be_bytes());
        packet.extend(acknowledged.to_be_bytes());
        packet.extend([0x50, flags, 0xFF, 0xFF, 0, 0, 0, 0]);
        packet.extend(bytes);
        self.packet(from_client, 6, &packet);
    }

    fn packet(&mut self, from_client: bool, protocol: u8, payload: &[u8]) {
        let size = 20 + payload.len();
        self.packets += 1;
        self.bytes
            .extend((1_700_000_000 + self.packets).to_le_bytes());
        self.bytes.extend([0; 4]);
        let size_32 = u32::try_from(size).expect("a packet is short");
        self.bytes.extend(size_32.to_le_bytes());
        self.bytes.extend(size_32.to_le_bytes());
        let size_16 = u16::try_from(size).expect("a packet is short");
        self.bytes.extend([0x45, 0]);
        self.bytes.extend(size_16.to_be_bytes());
        self.bytes.extend([0, 0, 0, 0, 64, protocol, 0, 0]);
        let (client, server) = ([10, 0, 0, 1], [10, 0, 0, 2]);
        let (from, to) = if from_client {
            (client, server)
        } else {
            (server, client)
        };
        self.bytes.extend(from.iter().chain(&to));
        self.bytes.extend(payload);
    }
}
