//! Colours, by the escape sequences of terminals.

use std::borrow::Cow;
use std::env;

use clap::ValueEnum;

/// When to use colours.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum ColorChoice {
    /// On a terminal, unless the environment has `NO_COLOR`.
    #[default]
    Auto,
    /// Always, such as for a pager that shows them.
    Always,
    /// Never.
    Never,
}

impl ColorChoice {
    /// Whether what goes to a terminal, or to something else, is coloured.
    pub fn allows(self, terminal: bool) -> bool {
        let refused = || env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
        match self {
            Self::Auto => terminal && !refused(),
            Self::Always => true,
            Self::Never => false,
        }
    }
}

/// What something is, for what it is to look like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ink {
    /// One of many things that stand beside each other.
    Hue(usize),
    /// One of many things, where it is named.
    Name(usize),
    /// One of many things, by which bits of bytes are taken.
    Bits(usize),
    /// Of less interest than what stands around it.
    Faint,
    /// Of more.
    Strong,
    /// What is wrong.
    Fault,
}

/// The colours of things that stand beside each other: those that the person's
/// terminal has for cyan, yellow, green, magenta and blue. Red is for errors.
const HUES: [u8; 5] = [36, 33, 32, 35, 34];

/// Paints text, or leaves it as it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Paint {
    /// There are colours.
    pub on: bool,
}

impl Paint {
    /// The text in that ink.
    pub fn ink<'a>(self, ink: Ink, text: impl Into<Cow<'a, str>>) -> Cow<'a, str> {
        let text = text.into();
        if !self.on || text.is_empty() {
            return text;
        }
        let hue = |index: usize| HUES[index % HUES.len()];
        let code = match ink {
            Ink::Hue(index) => format!("{}", hue(index)),
            Ink::Name(index) => format!("1;{}", hue(index)),
            Ink::Bits(index) => format!("4;{}", hue(index)),
            Ink::Faint => "2".into(),
            Ink::Strong => "1".into(),
            Ink::Fault => "1;31".into(),
        };
        format!("\x1b[{code}m{text}\x1b[0m").into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_are_for_terminals_unless_asked_for() {
        assert!(!ColorChoice::Auto.allows(false));
        assert!(ColorChoice::Always.allows(false));
        assert!(!ColorChoice::Never.allows(true));
    }

    #[test]
    fn nothing_is_painted_around_nothing() {
        let paint = Paint { on: true };
        assert_eq!(paint.ink(Ink::Faint, ""), "");
        assert_eq!(paint.ink(Ink::Hue(5), "a"), "\x1b[36ma\x1b[0m");
        assert_eq!(Paint { on: false }.ink(Ink::Fault, "a"), "a");
    }
}
