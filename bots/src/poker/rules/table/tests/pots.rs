//! Side pots, split pots, showdown.

use super::Game;
use crate::poker::rules::{Command, Event, Phase, Refusal, Waiting};

#[test]
fn three_all_ins_play_for_three_pots() {
    let mut game = Game::new("5-10-no-limit", &[500, 50, 100, 200]);
    // Dealt from the left of the button: 2, 3, 4, 1. Aces for the smallest
    // stack, then kings, then queens; the board helps nobody.
    game.start("As Ks Qs 2s Ah Kh Qh 7h 3c 8d 9c Jc 4d");
    game.raise(4, 200);
    game.call(1);
    game.call(2);
    game.call(3);
    assert!(game.is_over(), "{}", game.story());
    for line in [
        "won 2 200 of pot 0",
        "won 3 150 of pot 1",
        "won 4 200 of pot 2",
        "winners 2 3 4",
        "mucked 1",
    ] {
        assert!(game.told(line), "{line}\n{}", game.story());
    }
    assert_eq!(game.moneys(), [300, 200, 150, 200]);
}

#[test]
fn the_best_hand_wins_all_pots_that_it_reaches() {
    let mut game = Game::new("5-10-no-limit", &[500, 50, 100, 200]);
    game.start("7s Ks Qs 2s 2h Kh Qh 7h 3c 8d 9c Jc 4d");
    game.raise(4, 200);
    game.fold(1);
    game.call(2);
    game.call(3);
    // Kings win the main pot and the side pot; 100 that nobody called go back.
    assert!(game.told("returned 4 100"), "{}", game.story());
    assert_eq!(game.moneys(), [500, 0, 250, 100]);
    // Without money a player sits out.
    assert!(game.told("sat-out 2"));
    assert_eq!(game.refused(Command::Sit { player: 2 }), Refusal::NoMoney);
}

#[test]
fn equal_hands_split_and_odd_chips_go_left_of_the_button() {
    let mut game = Game::new("1-2-no-limit", &[200; 3]);
    // Players 2 and 3 hold the same; player 1 folds to a bet on the flop, so
    // that the pot is odd.
    game.start("As Ad 2s Ks Kd 7h 3c 8d 9c Jc 4d");
    game.raise(1, 5);
    game.call(2);
    game.call(3);
    game.raise(2, 10);
    game.call(3);
    game.fold(1);
    for player in [2, 3, 2, 3] {
        game.check(player);
    }
    // 35: 18 for player 2, who is left of the button.
    assert!(game.told("won 2 18 of pot 0"), "{}", game.story());
    assert!(game.told("won 3 17 of pot 0"));
    assert_eq!(game.moneys(), [195, 203, 202]);

    // With the button at player 2 the odd chip goes to player 1, before 2.
    game.start("2s As Ad 7h Ks Kd 3c 8d 9c Jc 4d");
    game.raise(2, 5);
    game.call(3);
    game.call(1);
    game.check(3);
    game.raise(1, 10);
    game.call(2);
    game.fold(3);
    for player in [1, 2, 1, 2] {
        game.check(player);
    }
    assert!(game.told("won 1 18 of pot 0"), "{}", game.story());
    assert!(game.told("won 2 17 of pot 0"));
}

#[test]
fn the_board_may_be_everybodys_best_hand() {
    let mut game = Game::new("1-2-no-limit", &[100, 100, 100]);
    game.start("2c 3c 4c 2d 3d 4d As Ks Qs Js Ts");
    game.raise(1, 100);
    game.call(2);
    game.call(3);
    assert_eq!(game.moneys(), [100, 100, 100]);
    assert!(game.told("winners 1 2 3"));
    // Who splits shows.
    assert_eq!(game.story().matches("shown").count(), 3, "{}", game.story());
}

#[test]
fn the_last_to_bet_shows_first_and_the_beaten_may_muck() {
    let mut game = Game::new("1-2-no-limit", &[200; 3]);
    for player in 1..=3 {
        game.ok(Command::AutoMuck {
            player,
            winning: false,
            losing: false,
        });
    }
    // Queens for 2, aces for 3, kings for 1.
    game.start("Qs As Ks Qh Ah Kh 3c 8d 9c Jc 4d");
    game.call(1);
    game.call(2);
    game.check(3);
    for player in [2, 3, 1, 2, 3, 1] {
        game.check(player);
    }
    game.check(2);
    game.check(3);
    game.raise(1, 10);
    game.call(2);
    game.call(3);
    // 1 bet and shows; 2 is beaten by that and may choose; 3 shows a better
    // hand. Had 2, left of the button, shown first, 1 would have shown too.
    assert!(
        game.told("shown 1 Ks Kh") && game.told("shown 3 As Ah"),
        "{}",
        game.story()
    );
    assert_eq!(game.table.phase(), Some(Phase::Muck));
    let refused = game.refused(Command::MuckDeny { player: 3 });
    assert_eq!(refused, Refusal::NoMuckDue);
    let refused = game.refused(Command::Fold { player: 2 });
    assert_eq!(refused, Refusal::NotInTurn);
    game.ok(Command::MuckDeny { player: 2 });
    assert!(game.told("shown 2 Qs Qh"));
    assert!(game.is_over());
    assert_eq!(game.moneys(), [188, 188, 224]);
}

#[test]
fn without_a_river_bet_the_first_left_of_the_button_shows_first() {
    let mut game = Game::new("1-2-no-limit", &[200; 2]);
    // Player 2, who is not on the button, has aces; dealt first.
    game.start("As Ks Ah Kh 3c 8d 9c Jc 4d");
    game.raise(1, 9);
    game.call(2);
    for player in [2, 1, 2, 1, 2, 1] {
        game.check(player);
    }
    assert!(
        game.told("shown 2 As Ah") && game.told("mucked 1"),
        "{}",
        game.story()
    );
}

#[test]
fn who_wins_without_a_showdown_may_show() {
    let mut game = Game::new("1-2-no-limit", &[200; 2]);
    game.ok(Command::AutoMuck {
        player: 2,
        winning: false,
        losing: true,
    });
    game.start("As Ks Ah Kh");
    game.fold(1);
    let Some(Waiting::Muck(players)) = game.table.waiting() else {
        panic!("{}", game.story());
    };
    assert_eq!(players[..], [2]);
    game.ok(Command::MuckDeny { player: 2 });
    assert!(game.told("shown 2 As Ah") && game.told("won 2 2 of pot 0"));
    assert_eq!(game.moneys(), [199, 201]);
}

#[test]
fn silence_mucks() {
    let mut game = Game::new("1-2-no-limit", &[200; 2]);
    game.ok(Command::AutoMuck {
        player: 2,
        winning: false,
        losing: true,
    });
    game.start("");
    game.fold(1);
    game.ok(Command::Timeout { player: 2 });
    assert!(game.is_over() && game.told("mucked 2"));
    // Only the showing was missed: the player goes on playing.
    assert!(!game.table.player(2).unwrap().sits_out);
}

#[test]
fn results_of_a_hand_add_up_to_nothing() {
    let mut game = Game::new("1-2-no-limit", &[50, 100, 200]);
    game.start("As Ks Qs Ah Kh Qh 3c 8d 9c Jc 4d");
    game.raise(1, 50);
    game.raise(2, 99);
    game.call(3);
    let summary = *game.table.last_hand().unwrap();
    assert_eq!(
        (summary.hand, summary.button, summary.board.len()),
        (1, 0, 5)
    );
    let changes: Vec<i64> = summary
        .results
        .iter()
        .map(super::super::Settlement::change)
        .collect();
    assert_eq!(changes.iter().sum::<i64>(), 0);
    assert_eq!(changes, [-50, 150, -100]);
    assert!(matches!(
        game.events.iter().rfind(|event| matches!(event, Event::HandEnded { .. })),
        Some(Event::HandEnded { winners }) if winners[..] == [2]
    ));
}

#[test]
fn pots_are_told_while_the_hand_runs() {
    let mut game = Game::new("5-10-no-limit", &[500, 500, 30]);
    game.start("");
    assert!(game.table.pots().iter().all(|pot| pot.amount == 0));
    game.raise(1, 60);
    game.call(2);
    game.call(3);
    let amounts: Vec<_> = game.table.pots().iter().map(|pot| pot.amount).collect();
    assert_eq!(amounts, [90, 60]);
}
