//! Wireshark.

use super::capture::Capture;
use super::pdml;

#[test]
fn a_message_of_pokersource() {
    if !pdml::is_there() {
        return;
    }
    let script = pickler_faces::wireshark(pokersource::protocol()).expect("all can be told");
    let mut capture = Capture::new();
    let mut connection = capture.connect(40_000);
    let raise = [69, 0, 15, 0, 0, 0, 7, 0, 0, 0, 1, 0, 0, 0, 20];
    capture.send(&mut connection, true, &raise);
    let found = pdml::messages("pokersource", &script, &capture.bytes);
    let amount = found[0].find("pokersource.poker_raise.amount");
    let amount = amount.expect("the amount is shown");
    assert_eq!((&*amount.value, &*amount.shown), ("20", "amount: 20"));
}
