//! What other tools see by what is generated for them: Wireshark, Kaitai
//! Struct. Their values are those of the dynamic codec.

mod agree;
mod capture;
mod corpus;
mod examples;
mod folder;
mod kaitai;
mod pdml;
mod random;
mod recorded;
mod shown;
mod stated;
mod vectors;
mod wireshark;
