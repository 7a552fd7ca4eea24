//! What other tools see by what is generated for them: Wireshark, Kaitai
//! Struct. Their values are those of the dynamic codec.

mod capture;
mod pdml;
mod wireshark;
