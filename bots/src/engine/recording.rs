//! Keeps what one bot receives and sends.

use std::time::Duration;

use super::shard::Shard;
use crate::protocol::Inbound;
use crate::script::{Bot, Decision, Transcript};

/// What a bot received and sent.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Recording {
    /// What it received.
    pub received: Transcript,
    /// What it sent.
    pub sent: Vec<Decision>,
}

/// A recording that is being made.
pub(super) struct Recorder {
    /// When the script began.
    began: Duration,
    pub(super) recording: Recording,
    /// The part of a message that is sent.
    unsent: Inbound,
}

impl Shard {
    /// Begins to record, if the bot is the one that is recorded.
    pub(super) fn record_start(&self, bot: &Bot) {
        if self.config.record == Some(bot.id) {
            let recorder = || Recorder {
                began: self.began.elapsed(),
                recording: Recording::default(),
                unsent: Inbound::default(),
            };
            self.recorded.borrow_mut().get_or_insert_with(recorder);
        }
    }

    /// Keeps a frame that came, if the bot is the one that is recorded.
    pub(super) fn record_received(&self, bot: &Bot, frame: &[u8]) {
        if self.config.record == Some(bot.id)
            && let Some(recorder) = &mut *self.recorded.borrow_mut()
        {
            let at = self.began.elapsed().saturating_sub(recorder.began);
            let frames = &mut recorder.recording.received.frames;
            frames.push((at, frame.into()));
        }
    }

    /// Keeps bytes that were sent, if the bot is the one that is recorded.
    pub(super) fn record_sent(&self, bot: &Bot, bytes: &[u8]) {
        if self.config.record == Some(bot.id)
            && let Some(recorder) = &mut *self.recorded.borrow_mut()
        {
            let at = self.began.elapsed().saturating_sub(recorder.began);
            let sent = &mut recorder.recording.sent;
            let cut = recorder.unsent.feed(self.framing(), bytes, |frame| {
                let frame = frame.into();
                sent.push(Decision { at, frame });
                true
            });
            debug_assert!(cut.is_ok(), "a bot sends whole messages");
        }
    }
}
