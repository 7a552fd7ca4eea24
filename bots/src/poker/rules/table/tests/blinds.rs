//! Blinds, the button, and coming late.

use super::Game;
use crate::poker::rules::{BlindKind, Command, Event, Refusal, Waiting};

/// All fold to the big blind.
fn play_out(game: &mut Game) {
    while let Some(Waiting::Action(legal)) = game.table.waiting() {
        game.fold(legal.player);
    }
    assert!(game.is_over(), "{}", game.story());
}

fn blinds(game: &Game) -> Vec<String> {
    game.story()
        .lines()
        .filter(|line| line.starts_with("blind "))
        .map(str::to_owned)
        .collect()
}

fn asked(game: &Game) -> Option<(u32, BlindKind)> {
    match game.table.waiting() {
        Some(Waiting::Blind { player, kind, .. }) => Some((player, kind)),
        _ => None,
    }
}

#[test]
fn button_and_blinds_go_round() {
    let mut game = Game::new("1-2-no-limit", &[200; 3]);
    for (button, small, big) in [(0, 2, 3), (1, 3, 1), (2, 1, 2), (0, 2, 3)] {
        game.start("");
        assert_eq!(game.table.button(), Some(button));
        assert_eq!(
            blinds(&game),
            [
                format!("blind {small} small 1 dead 0"),
                format!("blind {big} big 2 dead 0")
            ]
        );
        assert_eq!(game.turn().0, u32::from(button) + 1);
        play_out(&mut game);
    }
}

#[test]
fn heads_up_the_button_has_the_small_blind_and_acts_first_then_last() {
    let mut game = Game::new("1-2-no-limit", &[200; 2]);
    game.start("");
    assert_eq!(
        blinds(&game),
        ["blind 1 small 1 dead 0", "blind 2 big 2 dead 0"]
    );
    assert_eq!(game.turn().0, 1);
    game.call(1);
    game.check(2);
    assert_eq!(game.turn().0, 2);
    play_out(&mut game);
    game.start("");
    assert_eq!(
        blinds(&game),
        ["blind 2 small 1 dead 0", "blind 1 big 2 dead 0"]
    );
}

#[test]
fn the_big_blind_wins_when_all_fold() {
    let mut game = Game::new("1-2-no-limit", &[200; 3]);
    game.start("");
    game.fold(1);
    game.fold(2);
    assert!(game.is_over());
    assert_eq!(game.moneys(), [200, 199, 201]);
    assert!(game.told("returned 3 1"), "{}", game.story());
    assert!(game.told("won 3 2 of pot 0"));
    assert!(game.told("mucked 3"));
    assert!(!game.story().contains("shown"));
}

#[test]
fn the_button_passes_who_has_left() {
    let mut game = Game::new("1-2-no-limit", &[200; 4]);
    game.start("");
    play_out(&mut game);
    // Player 2, next on the button, leaves: it goes to player 3.
    game.ok(Command::Leave { player: 2 });
    game.start("");
    assert_eq!(game.table.button(), Some(2));
    assert_eq!(
        blinds(&game),
        ["blind 4 small 1 dead 0", "blind 1 big 2 dead 0"]
    );
    assert!(game.events.contains(&Event::Dealer {
        dealer: 2,
        previous: Some(0)
    }));
}

#[test]
fn a_short_blind_is_all_in_and_called_in_full() {
    let mut game = Game::new("5-10-no-limit", &[200, 200, 4]);
    game.start("2c 2d As 3c 3d Ad 7h 8h 9s Jc Kd");
    assert_eq!(
        blinds(&game),
        ["blind 2 small 5 dead 0", "blind 3 big 4 dead 0"]
    );
    assert_eq!(game.turn(), (1, 10, Some((20, 200))));
    game.call(1);
    game.call(2);
    assert_eq!(game.turn().0, 2);
    game.check(2);
    game.raise(1, 20);
    game.fold(2);
    // 4 of each for the all-in player's kings, the rest for player 1.
    assert!(game.is_over());
    assert_eq!(game.money(1) + game.money(2) + game.money(3), 404);
}

#[test]
fn nobody_calls_more_than_a_short_blind_can_win() {
    let mut game = Game::new("5-10-no-limit", &[200, 7]);
    game.start("2c As 7d Ad 3h 8h 9s Jc Kd");
    // The small blind of 5 faces 7, not 10.
    assert_eq!(game.turn(), (1, 2, None));
    game.call(1);
    assert!(game.is_over());
    assert_eq!(game.moneys(), [207, 0]);
}

#[test]
fn blinds_are_asked_for_one_by_one() {
    let mut game = Game::new("1-2-no-limit", &[200; 3]);
    for player in 1..=3 {
        game.ok(Command::AutoBlind { player, on: false });
    }
    game.start("");
    assert_eq!(asked(&game), Some((2, BlindKind::Small)));
    assert_eq!(
        game.refused(Command::PostBlind { player: 3 }),
        Refusal::NoBlindDue
    );
    assert_eq!(
        game.refused(Command::Fold { player: 2 }),
        Refusal::NotInTurn
    );
    assert_eq!(
        game.refused(Command::WaitBigBlind { player: 2 }),
        Refusal::NoBlindToWaitFor
    );
    game.ok(Command::PostBlind { player: 2 });
    assert_eq!(asked(&game), Some((3, BlindKind::Big)));
    game.ok(Command::PostBlind { player: 3 });
    assert_eq!(game.turn().0, 1);
}

#[test]
fn a_refused_small_blind_passes_on() {
    let mut game = Game::new("1-2-no-limit", &[200; 4]);
    game.ok(Command::AutoBlind {
        player: 2,
        on: false,
    });
    game.start("");
    assert_eq!(asked(&game), Some((2, BlindKind::Small)));
    game.ok(Command::Timeout { player: 2 });
    assert_eq!(
        blinds(&game),
        ["blind 3 small 1 dead 0", "blind 4 big 2 dead 0"]
    );
    assert!(
        game.told("sat-out 2") && game.told("in-game 1 3 4"),
        "{}",
        game.story()
    );
    assert_eq!(game.turn().0, 1);
}

#[test]
fn a_refused_big_blind_cancels_a_hand_for_two() {
    let mut game = Game::new("1-2-no-limit", &[200; 2]);
    game.ok(Command::AutoBlind {
        player: 2,
        on: false,
    });
    game.start("");
    assert_eq!(asked(&game), Some((2, BlindKind::Big)));
    game.ok(Command::SitOut { player: 2 });
    assert!(game.is_over());
    assert!(game.events.contains(&Event::Canceled {
        player: Some(1),
        amount: 1
    }));
    assert_eq!(game.moneys(), [200, 200]);
    assert_eq!(game.table.can_start(), Err(Refusal::TooFewPlayers));
    assert!(game.table.last_hand().is_none());
}

#[test]
fn switching_auto_blinds_on_answers_the_question() {
    let mut game = Game::new("1-2-no-limit", &[200; 2]);
    game.ok(Command::AutoBlind {
        player: 1,
        on: false,
    });
    game.start("");
    assert_eq!(asked(&game), Some((1, BlindKind::Small)));
    game.ok(Command::AutoBlind {
        player: 1,
        on: true,
    });
    assert_eq!(game.turn().0, 1);
}

#[test]
fn who_comes_late_posts_a_big_blind() {
    let mut game = Game::new("1-2-no-limit", &[200; 3]);
    game.start("");
    game.seat(4, 200);
    game.seat(5, 200);
    game.ok(Command::AutoBlind {
        player: 5,
        on: false,
    });
    // They are not in the running hand.
    assert_eq!(game.table.player(4).unwrap().owes, Some(BlindKind::Late));
    assert!(!game.table.player(4).unwrap().in_hand);
    play_out(&mut game);

    // Button 2, small blind 3, and player 4 has the big blind anyway.
    game.start("");
    assert_eq!(
        blinds(&game),
        ["blind 3 small 1 dead 0", "blind 4 big 2 dead 0"]
    );
    assert_eq!(asked(&game), Some((5, BlindKind::Late)));
    game.ok(Command::PostBlind { player: 5 });
    assert_eq!(blinds(&game)[2], "blind 5 late 2 dead 0");
    // The late blind is a bet: player 5 may check or raise.
    assert_eq!(game.turn(), (5, 0, Some((2, 198))));
    assert_eq!(game.table.player(5).unwrap().owes, None);
}

#[test]
fn who_waits_comes_in_with_the_big_blind() {
    let mut game = Game::new("1-2-no-limit", &[200; 3]);
    game.start("");
    game.seat(4, 200);
    game.ok(Command::AutoBlind {
        player: 4,
        on: false,
    });
    game.seat(5, 200);
    game.ok(Command::WaitBigBlind { player: 5 });
    play_out(&mut game);
    // Player 4 is asked for the big blind and declines; it is then player 5's.
    game.start("");
    assert_eq!(asked(&game), Some((4, BlindKind::Big)));
    assert_eq!(
        game.refused(Command::WaitBigBlind { player: 4 }),
        Refusal::NoBlindToWaitFor
    );
    game.ok(Command::SitOut { player: 4 });
    // Player 5 was not among those asked: the big blind is player 1's.
    assert_eq!(
        blinds(&game),
        ["blind 3 small 1 dead 0", "blind 1 big 2 dead 0"]
    );
    play_out(&mut game);
    // Button 3: player 5 waits and may not have the small blind.
    game.start("");
    assert_eq!(
        blinds(&game),
        ["blind 1 small 1 dead 0", "blind 2 big 2 dead 0"]
    );
    assert!(game.told("in-game 1 2 3"), "{}", game.story());
    play_out(&mut game);
    game.start("");
    assert!(!game.table.player(5).unwrap().in_hand);
    play_out(&mut game);
    // Button 2, small blind 3: the big blind has come to player 5.
    game.start("");
    assert_eq!(
        blinds(&game),
        ["blind 3 small 1 dead 0", "blind 5 big 2 dead 0"]
    );
}

#[test]
fn asked_for_a_late_blind_a_player_may_wait() {
    let mut game = Game::new("1-2-no-limit", &[200; 4]);
    game.start("");
    game.seat(5, 200);
    game.ok(Command::AutoBlind {
        player: 5,
        on: false,
    });
    play_out(&mut game);
    game.start("");
    assert_eq!(asked(&game), Some((5, BlindKind::Late)));
    game.ok(Command::WaitBigBlind { player: 5 });
    assert!(game.told("waits-for-big-blind 5"));
    assert!(!game.table.player(5).unwrap().in_hand);
    play_out(&mut game);
    // Button 3, small blind 4, big blind 5.
    game.start("");
    assert_eq!(asked(&game), Some((5, BlindKind::Big)));
}

#[test]
fn missed_blinds_are_paid_on_return() {
    let mut game = Game::new("1-2-no-limit", &[200; 4]);
    game.start("");
    play_out(&mut game); // button 1; blinds 2, 3
    game.ok(Command::SitOut { player: 4 });
    game.start("");
    play_out(&mut game); // button 2; blinds 3, 1, past 4
    assert_eq!(
        game.table.player(4).unwrap().owes,
        Some(BlindKind::BigAndDead)
    );
    game.ok(Command::Sit { player: 4 });
    game.start(""); // button 3: player 4 sits where the small blind would be
    assert_eq!(
        blinds(&game),
        ["blind 1 small 1 dead 0", "blind 2 big 2 dead 0"]
    );
    assert!(!game.table.player(4).unwrap().in_hand);
    play_out(&mut game);
    game.start(""); // button 1; blinds 2, 3
    assert_eq!(blinds(&game)[2], "blind 4 big_and_dead 2 dead 1");
    // The dead chip is in the pot but not in the bet.
    assert_eq!(game.turn(), (4, 0, Some((2, game.money(4)))));
    assert_eq!(game.table.legal_actions().unwrap().pot, 6);
}

#[test]
fn with_fewer_than_two_settled_players_the_game_begins_anew() {
    let mut game = Game::new("1-2-no-limit", &[200; 2]);
    game.start("");
    play_out(&mut game);
    game.ok(Command::SitOut { player: 1 });
    game.seat(3, 200);
    game.seat(4, 200);
    game.start("");
    assert_eq!(blinds(&game).len(), 2, "{}", game.story());
    assert!(game.told("in-game 2 3 4"));
    assert!(
        game.table
            .players()
            .all(|seat| seat.owes.is_none() || seat.player == 1)
    );
}

#[test]
fn auto_blinds_end_the_waiting() {
    let mut game = Game::new("1-2-no-limit", &[200; 4]);
    game.start("");
    game.seat(5, 200);
    game.ok(Command::WaitBigBlind { player: 5 });
    assert!(game.table.player(5).unwrap().waits_for_big_blind);
    game.ok(Command::AutoBlind {
        player: 5,
        on: true,
    });
    play_out(&mut game);
    game.start("");
    assert_eq!(blinds(&game)[2], "blind 5 late 2 dead 0");
}
