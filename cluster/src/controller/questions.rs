//! What operators ask nodes.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use cluster_protocol::{Name, Outcome, Refusal, Refused, Response};

use super::OperatorId;

/// How many questions to nodes are open at once.
const QUESTIONS: usize = 64;

/// What operators have asked nodes, and nodes have yet to answer.
#[derive(Default)]
pub(super) struct Questions {
    last: u64,
    open: BTreeMap<u64, Question>,
}

struct Question {
    operator: OperatorId,
    /// Who has yet to answer.
    nodes: BTreeSet<Name>,
    until: Duration,
}

type Responses = Vec<(OperatorId, Response)>;

impl Questions {
    /// Nodes are asked; none: too much is asked at once.
    pub fn ask(
        &mut self,
        operator: OperatorId,
        nodes: BTreeSet<Name>,
        until: Duration,
    ) -> Option<u64> {
        if self.open.len() == QUESTIONS {
            return None;
        }
        self.last += 1;
        let question = Question {
            operator,
            nodes,
            until,
        };
        self.open.insert(self.last, question);
        Some(self.last)
    }

    /// A node answers: the operator is told, and whether more is to come.
    pub fn answered(&mut self, number: u64, node: &Name, outcome: Outcome) -> Responses {
        let Some(question) = self.open.get_mut(&number) else {
            return Vec::new();
        };
        if !question.nodes.contains(node) {
            return Vec::new();
        }
        let operator = question.operator;
        let response = match outcome {
            Outcome::Bots { more, bots } => {
                if !more {
                    question.nodes.remove(node);
                }
                Response::Bots {
                    more: !question.nodes.is_empty(),
                    node: node.clone(),
                    bots,
                }
            }
            Outcome::Lines(lines) => {
                question.nodes.remove(node);
                Response::Lines(lines)
            }
            _ => return self.lost(node),
        };
        if question.nodes.is_empty() {
            self.open.remove(&number);
        }
        vec![(operator, response)]
    }

    /// A node does not answer any more.
    pub fn lost(&mut self, node: &Name) -> Responses {
        for question in self.open.values_mut() {
            question.nodes.remove(node);
        }
        self.close(|question| question.nodes.is_empty())
    }

    /// Time has passed: whoever has not answered is not waited for.
    pub fn timeout(&mut self, now: Duration) -> Responses {
        self.close(|question| question.until <= now)
    }

    fn close(&mut self, is_over: impl Fn(&Question) -> bool) -> Responses {
        let mut responses = Vec::new();
        self.open.retain(|_, question| {
            let over = is_over(question);
            if over {
                let response = Response::Refused(Refused {
                    reason: Refusal::Failed,
                    text: "some nodes did not answer".into(),
                });
                responses.push((question.operator, response));
            }
            !over
        });
        responses
    }

    /// When somebody is no longer waited for.
    pub fn next_timeout(&self) -> Option<Duration> {
        self.open.values().map(|question| question.until).min()
    }

    /// An operator is gone.
    pub fn forget(&mut self, operator: OperatorId) {
        self.open
            .retain(|_, question| question.operator != operator);
    }
}
