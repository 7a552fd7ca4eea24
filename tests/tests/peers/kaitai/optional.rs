//! Fields that are there if something holds.

use pickler::Pickle;

use crate::both::same;

#[test]
fn an_argument_that_the_opcode_decides() {
    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(tag = u8)]
    enum Operation {
        #[pickle(tag = 0x54)]
        Pair(u8, u8),
        #[pickle(tag = 0x53)]
        Text(#[pickle(count = u8)] String),
    }
    #[derive(Pickle, Debug, PartialEq)]
    struct Three(Operation, Operation, Operation);
    let value = Three(
        Operation::Text("foo".into()),
        Operation::Pair(0x42, 0x43),
        Operation::Text("bar".into()),
    );
    same(b"S\x03fooTBCS\x03bar", &value);
}
