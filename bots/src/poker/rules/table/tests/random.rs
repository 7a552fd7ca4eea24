//! Random commands, sensible and not, at tables of every kind: whatever
//! happens, chips are conserved, refusals change nothing, and hands end.

use proptest::prelude::*;

use crate::poker::rules::{
    Command, Deck, Event, LegalActions, PlayerId, Refusal, Structure, Table, Waiting,
};

/// What a step tries. Numbers are bent to what the table offers, so that
/// steps are often legal, and not always.
#[derive(Clone, Debug)]
enum Step {
    /// Any command.
    Any(Command),
    /// The awaited decision, in a legal way.
    Decide(Choice),
    /// Brings a player in: join, buy in, sit.
    Arrive {
        player: PlayerId,
        money: u32,
        auto_blind: bool,
    },
    /// Starts a hand.
    Start(u64),
}

#[derive(Clone, Copy, Debug)]
enum Choice {
    Fold,
    CheckOrCall,
    /// A raise between the least (0) and the most (255).
    Raise(u8),
    Late,
}

fn player() -> impl Strategy<Value = PlayerId> {
    0..13_u32
}

fn command() -> impl Strategy<Value = Command> {
    let amount = prop_oneof![0..300_u32, any::<u32>()];
    let seat = proptest::option::of(0..11_u8);
    prop_oneof![
        (player(), seat).prop_map(|(player, seat)| Command::Join { player, seat }),
        (player(), amount.clone()).prop_map(|(player, amount)| Command::BuyIn { player, amount }),
        (player(), amount.clone()).prop_map(|(player, amount)| Command::Rebuy { player, amount }),
        (player(), amount).prop_map(|(player, amount)| Command::Raise { player, amount }),
        (player(), any::<bool>()).prop_map(|(player, on)| Command::AutoBlind { player, on }),
        (player(), any::<[bool; 2]>()).prop_map(|(player, [winning, losing])| {
            Command::AutoMuck {
                player,
                winning,
                losing,
            }
        }),
        (player(), 0..13).prop_map(|(player, kind)| match kind {
            0 => Command::Sit { player },
            1 => Command::SitOut { player },
            2 => Command::SitOutNextHand { player },
            3 => Command::PostBlind { player },
            4 => Command::WaitBigBlind { player },
            5 => Command::Fold { player },
            6 => Command::Check { player },
            7 => Command::Call { player },
            8 => Command::MuckAccept { player },
            9 => Command::MuckDeny { player },
            10 => Command::Timeout { player },
            _ => Command::Leave { player },
        }),
    ]
}

fn step() -> impl Strategy<Value = Step> {
    let choice = prop_oneof![
        2 => Just(Choice::Fold),
        6 => Just(Choice::CheckOrCall),
        3 => any::<u8>().prop_map(Choice::Raise),
        1 => Just(Choice::Late),
    ];
    prop_oneof![
        2 => command().prop_map(Step::Any),
        8 => choice.prop_map(Step::Decide),
        1 => (1..13_u32, 0..300_u32, any::<bool>())
            .prop_map(|(player, money, auto_blind)| Step::Arrive { player, money, auto_blind }),
        2 => any::<u64>().prop_map(Step::Start),
    ]
}

fn structure() -> impl Strategy<Value = Structure> {
    (0..3_usize, 1..6_u32, 0..6_u32).prop_map(|(kind, small, more)| {
        let kind = ["limit", "pot-limit", "no-limit"][kind];
        format!("{small}-{}-{kind}", small + more).parse().unwrap()
    })
}

/// A table with a ledger of what came and went.
struct Checked {
    table: Table,
    events: Vec<Event>,
    brought: u64,
    taken: u64,
    /// Decisions since the hand started.
    decisions: usize,
}

impl Checked {
    fn new(structure: Structure, seats: u8) -> Self {
        Self {
            table: Table::new(structure, seats).unwrap(),
            events: Vec::new(),
            brought: 0,
            taken: 0,
            decisions: 0,
        }
    }

    /// Applies the command, and checks everything that must hold.
    fn apply(&mut self, command: Command) -> Result<(), Refusal> {
        let before = self.table.clone();
        self.events.clear();
        let result = self.table.apply(command, &mut self.events);
        if result.is_err() {
            assert_eq!(
                self.table, before,
                "{command:?} is refused and changes something"
            );
            assert!(self.events.is_empty());
            return result;
        }
        if let Command::BuyIn { amount, .. } | Command::Rebuy { amount, .. } = command {
            self.brought += u64::from(amount);
        }
        for event in &self.events {
            match *event {
                Event::Left { money, .. } => self.taken += u64::from(money),
                Event::HandStarted { .. } => self.decisions = 0,
                Event::HandEnded { .. } => self.check_result(),
                _ => {}
            }
            let _ = event.to_string();
        }
        assert_eq!(
            self.table.total_chips() + self.taken,
            self.brought,
            "{command:?}"
        );
        self.check_state();
        result
    }

    fn check_result(&self) {
        let summary = self.table.last_hand().expect("a hand ended");
        let sum: i64 = summary
            .results
            .iter()
            .map(super::super::Settlement::change)
            .sum();
        assert_eq!(sum, 0, "{summary:?}");
    }

    fn check_state(&self) {
        let waiting = self.table.waiting();
        assert_eq!(
            waiting.is_some(),
            self.table.phase().is_some(),
            "a hand waits for somebody"
        );
        let Some(Waiting::Action(legal)) = waiting else {
            return;
        };
        let view = self.table.player(legal.player).expect("seated");
        assert!(view.in_hand && !view.folded && view.money > 0);
        assert!(!view.sits_out && legal.to_call <= view.money);
        let in_pots: u64 = self
            .table
            .pots()
            .iter()
            .map(|pot| u64::from(pot.amount))
            .sum();
        let bets: u64 = self.table.players().map(|view| u64::from(view.bet)).sum();
        assert_eq!(in_pots + bets, u64::from(legal.pot));
        self.check_only_legal_actions_are_accepted(legal);
    }

    /// Tries every kind of action, with amounts on both sides of each limit.
    fn check_only_legal_actions_are_accepted(&self, legal: LegalActions) {
        let player = legal.player;
        let accepts = |command| self.table.clone().apply(command, &mut Vec::new()).is_ok();
        assert!(accepts(Command::Fold { player }));
        assert!(accepts(Command::Timeout { player }));
        assert_eq!(accepts(Command::Check { player }), legal.to_call == 0);
        assert_eq!(accepts(Command::Call { player }), legal.to_call > 0);
        for amount in [0, legal.to_call, u32::MAX] {
            assert!(!accepts(Command::Raise { player, amount }));
        }
        if let Some(range) = legal.raise {
            assert!(legal.to_call < range.min && range.min <= range.max);
            for (amount, fits) in [
                (range.min - 1, false),
                (range.min, true),
                (range.max, true),
                (range.max + 1, false),
            ] {
                assert_eq!(
                    accepts(Command::Raise { player, amount }),
                    fits,
                    "{amount} {legal:?}"
                );
            }
        }
        for view in self.table.players().filter(|view| view.player != player) {
            assert!(!accepts(Command::Call {
                player: view.player
            }));
        }
    }

    /// Makes the awaited decision; no hand takes too many of them.
    fn decide(&mut self, choice: Choice) {
        let Some(waiting) = self.table.waiting() else {
            return;
        };
        let command = match (waiting, choice) {
            (Waiting::Action(legal), Choice::Late) => Command::Timeout {
                player: legal.player,
            },
            (Waiting::Action(legal), Choice::Fold) => Command::Fold {
                player: legal.player,
            },
            (Waiting::Action(legal), Choice::Raise(share)) if legal.raise.is_some() => {
                let range = legal.raise.unwrap();
                let more = u64::from(range.max - range.min) * u64::from(share) / 255;
                let amount = range.min + u32::try_from(more).unwrap();
                Command::Raise {
                    player: legal.player,
                    amount,
                }
            }
            (Waiting::Action(legal), _) if legal.to_call > 0 => Command::Call {
                player: legal.player,
            },
            (Waiting::Action(legal), _) => Command::Check {
                player: legal.player,
            },
            (Waiting::Blind { player, .. }, Choice::Fold) => Command::SitOut { player },
            (Waiting::Blind { player, .. }, Choice::Late) => Command::Timeout { player },
            (Waiting::Blind { player, .. }, _) => Command::PostBlind { player },
            (Waiting::Muck(players), Choice::Raise(_)) => Command::MuckDeny { player: players[0] },
            (Waiting::Muck(players), Choice::Late) => Command::Timeout { player: players[0] },
            (Waiting::Muck(players), _) => Command::MuckAccept { player: players[0] },
        };
        self.decisions += 1;
        // Ten players; between two raises each acts once. Stacks are at most a
        // few hundred least raises.
        assert!(self.decisions < 10_000, "the hand does not end");
        assert_eq!(self.apply(command), Ok(()), "{command:?} for {waiting:?}");
    }

    fn step(&mut self, step: &Step) {
        match *step {
            Step::Any(command) => {
                let _ = self.apply(command);
            }
            Step::Decide(choice) => self.decide(choice),
            Step::Arrive {
                player,
                money,
                auto_blind,
            } => {
                let limits = self.table.structure().buy_in();
                let amount = limits.min + money % (limits.max - limits.min + 1);
                let _ = self.apply(Command::Join { player, seat: None });
                let _ = self.apply(Command::AutoBlind {
                    player,
                    on: auto_blind,
                });
                let _ = self.apply(Command::BuyIn { player, amount });
                let _ = self.apply(Command::Sit { player });
            }
            Step::Start(seed) => {
                let deck = Deck::shuffled(seed, 1, self.table.next_hand());
                let _ = self.apply(Command::StartHand { deck });
            }
        }
    }

    /// However things stand, calling and checking ends the hand.
    fn finish(&mut self) {
        self.decisions = 0;
        while self.table.phase().is_some() {
            // Four rounds, in each every player acts twice at most, and before
            // them the blinds, after them the mucks.
            assert!(self.decisions < 100, "the hand does not end");
            self.decide(Choice::CheckOrCall);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn chips_are_conserved_and_every_hand_ends(
        structure in structure(),
        seats in 2..=10_u8,
        players in 0..=10_u32,
        steps in proptest::collection::vec(step(), 0..250),
    ) {
        let mut checked = Checked::new(structure, seats);
        for player in 1..=players {
            checked.step(&Step::Arrive { player, money: player * 37, auto_blind: player % 3 > 0 });
        }
        for step in &steps {
            checked.step(step);
        }
        checked.finish();
        for player in 1..13 {
            let _ = checked.apply(Command::Leave { player });
        }
        prop_assert_eq!(checked.taken, checked.brought);
    }

    /// The boldest raises possible end too, and each player acts a bounded
    /// number of times.
    #[test]
    fn endless_raising_ends(
        structure in structure(),
        seats in 2..=10_u8,
        share in prop_oneof![Just(0_u8), any::<u8>()],
        seed: u64,
    ) {
        let mut checked = Checked::new(structure, seats);
        for player in 1..=u32::from(seats) {
            checked.step(&Step::Arrive { player, money: u32::MAX, auto_blind: true });
        }
        checked.step(&Step::Start(seed));
        prop_assert!(checked.table.phase().is_some());
        while checked.table.phase().is_some() {
            checked.decide(Choice::Raise(share));
        }
    }
}
