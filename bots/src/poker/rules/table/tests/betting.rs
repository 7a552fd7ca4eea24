//! Who may bet how much, and when.

use super::Game;
use crate::poker::rules::{Command, Phase, Refusal};

#[test]
fn no_limit_raises_are_at_least_the_last_one() {
    let mut game = Game::new("1-2-no-limit", &[200; 4]);
    game.start("");
    assert_eq!(game.turn(), (4, 2, Some((4, 200))));
    game.raise(4, 8); // to 8: raised by 6
    assert_eq!(game.turn(), (1, 8, Some((14, 200))));
    assert_eq!(
        game.refused(Command::Raise {
            player: 1,
            amount: 13
        }),
        Refusal::RaiseLimits { min: 14, max: 200 }
    );
    game.raise(1, 30); // to 30: by 22
    assert_eq!(game.turn(), (2, 29, Some((51, 199))));
    game.fold(2);
    assert_eq!(game.turn(), (3, 28, Some((50, 198))));
    game.call(3);
    game.call(4);
    assert_eq!(game.table.phase(), Some(Phase::Flop));
    // A new round starts with a bet of one big blind.
    assert_eq!(game.turn(), (3, 0, Some((2, 170))));
}

#[test]
fn the_big_blind_may_raise_when_all_call() {
    let mut game = Game::new("1-2-no-limit", &[200; 3]);
    game.start("");
    game.call(1);
    game.call(2);
    assert_eq!(game.turn(), (3, 0, Some((2, 198))));
    game.check(3);
    assert_eq!(game.table.phase(), Some(Phase::Flop));
    assert_eq!(game.turn().0, 2);
}

#[test]
fn a_short_all_in_does_not_reopen_the_betting() {
    let mut game = Game::new("5-10-no-limit", &[1000, 1000, 1000, 130]);
    game.start("");
    game.raise(4, 100); // 30 left
    game.call(1);
    game.fold(2);
    game.call(3);
    assert_eq!(game.table.phase(), Some(Phase::Flop));
    game.raise(3, 20);
    game.raise(4, 30); // all in, by 10 where 20 would be a full raise
    // Player 1 has not acted yet: may call 30, or raise by 20.
    assert_eq!(game.turn(), (1, 30, Some((50, 900))));
    game.call(1);
    // Player 3 has: may only call.
    assert_eq!(game.turn(), (3, 10, None));
    assert_eq!(
        game.refused(Command::Raise {
            player: 3,
            amount: 30
        }),
        Refusal::CannotRaise
    );
    game.call(3);
    assert_eq!(game.table.phase(), Some(Phase::Turn));
}

#[test]
fn a_full_raise_after_a_short_all_in_reopens_it() {
    let mut game = Game::new("5-10-no-limit", &[1000, 1000, 1000, 130]);
    game.start("");
    game.raise(4, 100);
    game.call(1);
    game.fold(2);
    game.call(3);
    game.raise(3, 20);
    game.raise(4, 30);
    game.raise(1, 50);
    assert_eq!(game.turn(), (3, 30, Some((50, 880))));
}

#[test]
fn short_all_ins_that_add_up_to_a_full_raise_reopen_it() {
    // On the flop: 100, all in 160, called, all in 220.
    let mut game = Game::new("5-10-no-limit", &[1000, 1000, 1000, 170, 1000, 230]);
    game.start("");
    for player in [4, 5, 6, 1, 2] {
        game.call(player);
    }
    game.check(3);
    game.raise(2, 100);
    game.fold(3);
    game.raise(4, 160);
    game.call(5);
    game.raise(6, 220);
    game.fold(1);
    // From 100 to 220 is more than the full raise of 100.
    assert_eq!(game.turn(), (2, 120, Some((220, 890))));
    game.call(2);
    // From 160 to 220 is not.
    assert_eq!(game.turn(), (5, 60, None));
}

#[test]
fn a_bet_below_the_least_must_be_all_in() {
    let mut game = Game::new("5-10-no-limit", &[14, 1000, 1000]);
    game.start("");
    assert_eq!(game.turn(), (1, 10, Some((14, 14))));
    game.call(1);
    game.call(2);
    game.check(3);
    game.check(2);
    game.check(3);
    assert_eq!(game.turn(), (1, 0, Some((4, 4))));
    game.raise(1, 4);
    // To 4 and one more bet; those who checked are not asked anew.
    assert_eq!(game.turn(), (2, 4, None));
    game.call(2);
    assert_eq!(game.turn(), (3, 4, None));
}

#[test]
fn nobody_raises_players_who_are_all_in() {
    let mut game = Game::new("5-10-no-limit", &[100, 300]);
    game.start("");
    game.raise(1, 95);
    assert_eq!(game.turn(), (2, 90, None));
    game.call(2);
    assert!(game.is_over());
}

#[test]
fn nobody_raises_players_who_cannot_call_more() {
    let mut game = Game::new("5-10-no-limit", &[500, 100, 60, 100]);
    game.start("");
    game.raise(4, 100);
    // Player 2 could call all in, player 3 not even that.
    assert_eq!(game.turn(), (1, 100, None));
    game.call(1);
}

#[test]
fn pot_limit_raises_are_at_most_the_pot() {
    let mut game = Game::new("1-2-pot-limit", &[1000; 4]);
    game.start("");
    // Call 2, then the pot of 1 + 2 + 2.
    assert_eq!(game.turn(), (4, 2, Some((4, 7))));
    game.raise(4, 7);
    // Call 7, then 1 + 2 + 7 + 7.
    assert_eq!(game.turn(), (1, 7, Some((12, 24))));
    assert_eq!(
        game.refused(Command::Raise {
            player: 1,
            amount: 25
        }),
        Refusal::RaiseLimits { min: 12, max: 24 }
    );
    game.call(1);
    // The small blind: call 6, then 1 + 2 + 7 + 7 + 6.
    assert_eq!(game.turn(), (2, 6, Some((11, 29))));
    game.fold(2);
    game.call(3);
    // On the flop: 1 + 7 + 7 + 7.
    assert_eq!(game.turn(), (3, 0, Some((2, 22))));
}

#[test]
fn the_small_blind_opens_heads_up_for_the_pot() {
    let mut game = Game::new("1-2-pot-limit", &[1000; 2]);
    game.start("");
    // Call 1, then 1 + 2 + 1: a raise to 6.
    assert_eq!(game.turn(), (1, 1, Some((3, 5))));
}

#[test]
fn fixed_limit_bets_have_one_size_and_a_cap() {
    let mut game = Game::new("2-4-limit", &[200; 3]);
    game.start("");
    assert_eq!(game.turn(), (1, 2, Some((4, 4))));
    game.raise(1, 4);
    assert_eq!(game.turn(), (2, 3, Some((5, 5))));
    game.raise(2, 5);
    game.raise(3, 6);
    // Big blind and three raises: the cap.
    assert_eq!(game.turn(), (1, 4, None));
    assert_eq!(
        game.refused(Command::Raise {
            player: 1,
            amount: 6
        }),
        Refusal::CannotRaise
    );
    game.call(1);
    game.call(2);
    assert_eq!(game.table.phase(), Some(Phase::Flop));
    assert_eq!(game.turn(), (2, 0, Some((2, 2))));
    for player in [2, 3, 1] {
        game.check(player);
    }
    assert_eq!(game.turn(), (2, 0, Some((4, 4))));
    game.raise(2, 4);
    assert_eq!(game.turn(), (3, 4, Some((8, 8))));
}

#[test]
fn with_a_fixed_limit_less_than_half_a_bet_is_completed() {
    let mut game = Game::new("20-40-limit", &[400, 400, 400, 25]);
    game.start("");
    game.raise(4, 25); // by 5 of 20
    assert_eq!(game.turn(), (1, 25, Some((40, 40))));
    game.call(1);
    game.fold(2);
    // The big blind has not acted: may complete.
    assert_eq!(game.turn(), (3, 5, Some((20, 20))));
    game.raise(3, 20); // to 40
    // A full raise since player 1 called 25? No: 15 is, as more than half.
    assert_eq!(game.turn(), (1, 15, Some((35, 35))));
}

#[test]
fn with_a_fixed_limit_half_a_bet_counts_as_one() {
    let mut game = Game::new("20-40-limit", &[400, 400, 400, 30]);
    game.start("");
    game.raise(4, 30); // by 10 of 20
    assert_eq!(game.turn(), (1, 30, Some((50, 50))));
    game.raise(1, 50);
    game.raise(2, 60);
    // Four bets: 20, 30, 50, 70.
    assert_eq!(game.turn(), (3, 50, None));
}

#[test]
fn only_the_player_in_turn_acts_and_only_as_the_bets_allow() {
    let mut game = Game::new("1-2-no-limit", &[200; 3]);
    assert_eq!(
        game.refused(Command::Fold { player: 1 }),
        Refusal::NotInTurn
    );
    game.start("");
    for command in [
        Command::Fold { player: 2 },
        Command::Check { player: 3 },
        Command::Call { player: 2 },
        Command::Raise {
            player: 3,
            amount: 10,
        },
        Command::Timeout { player: 2 },
    ] {
        assert_eq!(game.refused(command), Refusal::NotInTurn);
    }
    assert_eq!(
        game.refused(Command::Fold { player: 9 }),
        Refusal::NotSeated
    );
    assert_eq!(
        game.refused(Command::Check { player: 1 }),
        Refusal::CannotCheck { to_call: 2 }
    );
    game.call(1);
    game.call(2);
    assert_eq!(
        game.refused(Command::Call { player: 3 }),
        Refusal::NothingToCall
    );
    assert_eq!(
        game.refused(Command::PostBlind { player: 3 }),
        Refusal::NoBlindDue
    );
    assert_eq!(
        game.refused(Command::MuckAccept { player: 3 }),
        Refusal::NoMuckDue
    );
}

#[test]
fn nearest_raise_bends_amounts_into_the_limits() {
    let mut game = Game::new("1-2-no-limit", &[200; 3]);
    game.start("");
    let legal = game.table.legal_actions().unwrap();
    assert_eq!(
        [0, 3, 50, 900].map(|amount| legal.nearest_raise(amount).unwrap()),
        [4, 4, 50, 200]
    );
    assert_eq!((legal.pot, legal.to_call), (3, 2));
}
