//! Coming and going, also in the middle of a hand.

use super::Game;
use crate::poker::rules::{Command, Event, Refusal, Table};

fn empty() -> Game {
    Game {
        table: Table::new("1-2-no-limit".parse().unwrap(), 3).unwrap(),
        events: Vec::new(),
        total: 0,
    }
}

#[test]
fn seats_are_taken_once() {
    let mut game = empty();
    assert_eq!(
        game.refused(Command::Join {
            player: 0,
            seat: None
        }),
        Refusal::NotAPlayer
    );
    assert_eq!(
        game.refused(Command::Join {
            player: 5,
            seat: Some(3)
        }),
        Refusal::NoSuchSeat
    );
    assert_eq!(
        game.refused(Command::Join {
            player: 5,
            seat: Some(255)
        }),
        Refusal::NoSuchSeat
    );
    game.ok(Command::Join {
        player: 5,
        seat: Some(1),
    });
    assert_eq!(
        game.refused(Command::Join {
            player: 5,
            seat: None
        }),
        Refusal::AlreadySeated
    );
    assert_eq!(
        game.refused(Command::Join {
            player: 6,
            seat: Some(1)
        }),
        Refusal::SeatTaken
    );
    game.ok(Command::Join {
        player: 6,
        seat: None,
    });
    game.ok(Command::Join {
        player: 7,
        seat: None,
    });
    assert_eq!(
        game.refused(Command::Join {
            player: 8,
            seat: None
        }),
        Refusal::TableFull
    );
    assert_eq!(
        game.refused(Command::Leave { player: 8 }),
        Refusal::NotSeated
    );
    let seats: Vec<_> = game
        .table
        .players()
        .map(|view| (view.seat, view.player))
        .collect();
    assert_eq!(seats, [(0, 6), (1, 5), (2, 7)]);
    game.ok(Command::Leave { player: 5 });
    game.ok(Command::Join {
        player: 8,
        seat: None,
    });
    assert_eq!(game.table.player(8).unwrap().seat, 1);
}

#[test]
fn tables_have_two_to_ten_seats() {
    let structure = "1-2-no-limit".parse().unwrap();
    for seats in [0, 1, 11, 255] {
        let error = Table::new(structure, seats).expect_err("no such table");
        assert!(error.to_string().contains("2 to 10"));
    }
}

#[test]
fn money_comes_within_the_limits() {
    let mut game = empty();
    game.ok(Command::Join {
        player: 5,
        seat: None,
    });
    assert_eq!(game.refused(Command::Sit { player: 5 }), Refusal::NoMoney);
    let limits = Refusal::BuyInLimits { min: 40, max: 200 };
    for amount in [0, 39, 201, u32::MAX] {
        assert_eq!(game.refused(Command::BuyIn { player: 5, amount }), limits);
    }
    game.ok(Command::BuyIn {
        player: 5,
        amount: 100,
    });
    assert_eq!(
        game.refused(Command::BuyIn {
            player: 5,
            amount: 100
        }),
        Refusal::AlreadyBoughtIn
    );
    assert_eq!(
        game.refused(Command::Rebuy {
            player: 5,
            amount: 101
        }),
        Refusal::BuyInLimits { min: 1, max: 100 }
    );
    game.ok(Command::Rebuy {
        player: 5,
        amount: 100,
    });
    assert_eq!(game.money(5), 200);
    assert!(matches!(
        game.refused(Command::Rebuy {
            player: 5,
            amount: u32::MAX
        }),
        Refusal::BuyInLimits { max: 0, .. }
    ));
    game.ok(Command::Leave { player: 5 });
    assert_eq!(
        game.events.last(),
        Some(&Event::Left {
            player: 5,
            seat: 0,
            money: 200
        })
    );
}

#[test]
fn the_table_never_holds_more_than_an_amount_can_say() {
    let mut game = Game::new("1-1000000-no-limit", &[u32::MAX - 100_000_000, 1_000_000]);
    game.ok(Command::Join {
        player: 3,
        seat: None,
    });
    let command = Command::BuyIn {
        player: 3,
        amount: 100_000_000,
    };
    assert_eq!(game.refused(command), Refusal::TooMuchMoney);
}

#[test]
fn a_rebuy_in_a_hand_counts_after_it() {
    let mut game = Game::new("1-2-no-limit", &[100; 2]);
    game.start("");
    assert_eq!(
        game.refused(Command::Rebuy {
            player: 1,
            amount: 101
        }),
        Refusal::BuyInLimits { min: 1, max: 100 }
    );
    game.ok(Command::Rebuy {
        player: 1,
        amount: 60,
    });
    assert!(game.told("rebuy-waits 1 60"));
    assert_eq!(game.money(1), 99);
    game.fold(1);
    assert!(game.told("rebought 1 60"));
    assert_eq!(game.money(1), 159);
    // The result of the hand is without the rebuy.
    assert_eq!(game.table.last_hand().unwrap().results[0].after, 99);
}

#[test]
fn a_rebuy_goes_along_when_the_blind_is_refused() {
    let mut game = Game::new("1-2-no-limit", &[100; 3]);
    game.ok(Command::AutoBlind {
        player: 2,
        on: false,
    });
    game.start("");
    game.ok(Command::Rebuy {
        player: 2,
        amount: 60,
    });
    game.ok(Command::SitOut { player: 2 });
    assert!(!game.is_over());
    game.ok(Command::Leave { player: 2 });
    assert!(game.told("left 2 with 160"), "{}", game.story());
}

#[test]
fn a_slow_player_folds_and_sits_out() {
    let mut game = Game::new("1-2-no-limit", &[100; 3]);
    game.start("");
    game.ok(Command::Timeout { player: 1 });
    assert!(game.told("folded 1") && !game.told("sat-out 1"));
    game.call(2);
    // Nothing is due: the big blind checks, and goes on checking.
    game.ok(Command::Timeout { player: 3 });
    assert!(game.told("checked 3"));
    assert_eq!(game.turn().0, 2);
    game.raise(2, 10);
    assert!(game.is_over() && game.told("folded 3"), "{}", game.story());
    assert!(game.told("sat-out 1") && game.told("sat-out 3"));
    assert_eq!(game.table.can_start(), Err(Refusal::TooFewPlayers));
}

#[test]
fn coming_back_in_time_undoes_sitting_out() {
    let mut game = Game::new("1-2-no-limit", &[100; 2]);
    game.start("");
    game.call(1);
    game.ok(Command::Timeout { player: 2 });
    // Player 2 checked again on the flop.
    assert_eq!(game.turn().0, 1);
    game.ok(Command::Sit { player: 2 });
    game.check(1);
    assert_eq!(game.turn().0, 2);
    assert!(!game.table.player(2).unwrap().sits_out_next_hand);
}

#[test]
fn who_sits_out_next_hand_plays_this_one() {
    let mut game = Game::new("1-2-no-limit", &[100; 3]);
    game.start("");
    game.ok(Command::SitOutNextHand { player: 1 });
    assert_eq!(
        game.refused(Command::SitOutNextHand { player: 1 }),
        Refusal::AlreadySittingOut
    );
    assert_eq!(game.turn().0, 1);
    game.raise(1, 10);
    game.fold(2);
    game.fold(3);
    assert!(game.told("sat-out 1"));
    assert_eq!(game.money(1), 103);
}

#[test]
fn who_leaves_a_hand_keeps_the_seat_until_its_end() {
    let mut game = Game::new("1-2-no-limit", &[100; 3]);
    game.start("");
    game.ok(Command::Leave { player: 2 });
    assert_eq!(game.refused(Command::Leave { player: 2 }), Refusal::Leaving);
    assert_eq!(game.refused(Command::Sit { player: 2 }), Refusal::Leaving);
    assert_eq!(
        game.refused(Command::Rebuy {
            player: 2,
            amount: 1
        }),
        Refusal::Leaving
    );
    assert_eq!(
        game.refused(Command::Join {
            player: 9,
            seat: Some(1)
        }),
        Refusal::SeatTaken
    );
    game.call(1);
    assert!(game.told("folded 2"), "{}", game.story());
    game.check(3);
    game.check(3);
    game.raise(1, 2);
    game.fold(3);
    assert!(game.told("left 2 with 99"));
}

#[test]
fn who_leaves_all_in_takes_what_is_won() {
    let mut game = Game::new("1-2-no-limit", &[100, 100, 100]);
    // Aces for player 1, dealt last.
    game.start("2c 3d As 7h Kd Ah 3c 8d 9c Jc 4d");
    game.raise(1, 100);
    game.ok(Command::Leave { player: 1 });
    game.fold(2);
    game.call(3);
    assert!(game.told("left 1 with 201"), "{}", game.story());
}

#[test]
fn a_decision_number_changes_with_every_question() {
    let mut game = Game::new("1-2-no-limit", &[100; 2]);
    let mut last = game.table.decisions();
    game.start("");
    for command in [
        Command::Call { player: 1 },
        Command::Check { player: 2 },
        Command::Check { player: 2 },
        Command::Check { player: 1 },
    ] {
        assert!(game.table.decisions() > last);
        last = game.table.decisions();
        game.ok(command);
    }
}
