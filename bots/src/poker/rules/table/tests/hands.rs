//! Whole hands, every event of them.

use std::fmt::Write as _;

use expect_test::expect;

use super::Game;

#[test]
fn a_hand_from_start_to_end() {
    let mut game = Game::new("2-4-limit", &[100; 3]);
    game.start("Ks As Qs Kh Ah Qh 3c 8d 9c Jc 4d");
    game.call(1);
    game.fold(2);
    game.check(3);
    game.raise(3, 2);
    game.call(1);
    game.check(3);
    game.check(1);
    game.check(3);
    game.check(1);
    let mut story = String::new();
    for event in &game.events {
        writeln!(story, "{event}").unwrap();
    }
    expect![[r"
        chips 1 100 bet 0
        chips 2 100 bet 0
        chips 3 100 bet 0
        in-game 1 2 3
        dealer seat 0
        hand 1
        position 2
        blind 2 small 1 dead 0
        position 3
        blind 3 big 2 dead 0
        position none
        dealt 2 Ks Kh
        dealt 3 As Ah
        dealt 1 Qs Qh
        pre-flop
        position 1
        called 1 2
        position 2
        folded 2
        position 3
        checked 3
        position none
        board 3c 8d 9c
        flop
        position 3
        raised 3 2 to 2
        position 1
        called 1 2
        position none
        board 3c 8d 9c Jc
        turn
        position 3
        checked 3
        position 1
        checked 1
        position none
        board 3c 8d 9c Jc 4d
        river
        position 3
        checked 3
        position 1
        checked 1
        position none
        shown 3 As Ah
        mucked 1
        end
        won 3 9 of pot 0
        chips 3 105 bet 0
        winners 3
    "]]
    .assert_eq(&story);
}
