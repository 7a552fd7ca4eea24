//! Names: declared, and used.

use super::Script;
use crate::protocol::did_you_mean;
use crate::script::lexer::Kind;
use crate::script::sandbox::{global_names, removed};

/// A variable, where it is declared.
pub(super) struct Declaration<'a> {
    pub(super) name: &'a str,
    /// The `bot` of the call whose first result it holds, or to which the
    /// function is handed whose first parameter it is.
    pub(super) call: Option<usize>,
    pub(super) is_parameter: bool,
}

impl<'a> Script<'a> {
    /// Checks that all names are declared somewhere. Where exactly they may be
    /// used is left to the run.
    pub(super) fn check_names(&mut self) {
        let declarations = self.declarations();
        let declared = declarations.iter().map(|declaration| declaration.name);
        let mut known: Vec<&str> = declared.collect();
        known.extend(global_names().map(|global| -> &str { global }));
        let types = self.types();
        for (at, is_type) in types.into_iter().enumerate() {
            let Some(name) = self.name(at).filter(|_| !is_type && !self.is_label(at)) else {
                continue;
            };
            if known.contains(&name) {
                continue;
            }
            let message = if let Some(why) = removed(name) {
                format!("`{name}` is not there for scripts: {why}")
            } else {
                let meant = did_you_mean(name, known.iter().copied());
                if self.is_assigned(at) && meant.is_empty() {
                    format!(
                        "`{name}` is not declared; write `local {name} = ...` where it first gets a value"
                    )
                } else {
                    format!("nothing is called `{name}` here{meant}")
                }
            };
            self.problem(at, message);
        }
    }

    fn is_assigned(&self, at: usize) -> bool {
        matches!(
            self.tokens.get(at + 1).map(|token| &token.kind),
            Some(Kind::Symbol(
                "=" | "+=" | "-=" | "*=" | "/=" | "//=" | "%=" | "^=" | "..="
            ))
        )
    }

    /// The name is a field, a function of something, or a table's key.
    fn is_label(&self, at: usize) -> bool {
        let before = at.checked_sub(1).map(|before| &self.tokens[before].kind);
        match before {
            Some(Kind::Symbol("." | ":" | "::" | "->")) => true,
            Some(Kind::Symbol("{" | "," | ";")) => self.is_symbol(at + 1, "=") && self.in_table(at),
            _ => false,
        }
    }

    /// The innermost open bracket is a table's.
    fn in_table(&self, at: usize) -> bool {
        let mut depth = 0_usize;
        for token in self.tokens[..at].iter().rev() {
            match token.kind {
                Kind::Symbol(")" | "}" | "]") => depth += 1,
                Kind::Symbol("{") if depth == 0 => return true,
                Kind::Symbol("(" | "[") if depth == 0 => return false,
                Kind::Symbol("(" | "{" | "[") => depth -= 1,
                _ => {}
            }
        }
        false
    }

    /// All variables, where they are declared.
    pub(super) fn declarations(&self) -> Vec<Declaration<'a>> {
        let mut found = vec![Declaration {
            name: "bot",
            call: None,
            is_parameter: false,
        }];
        for at in 0..self.tokens.len() {
            match &self.tokens[at].kind {
                Kind::Keyword(word) if word == "local" && !self.is_keyword(at + 1, "function") => {
                    let end = self.add_names(at + 1, &mut found);
                    let first = found.len() - self.names_between(at + 1, end);
                    if self.is_symbol(end, "=")
                        && self.is_bot_call(end + 1)
                        && let Some(declaration) = found.get_mut(first)
                    {
                        declaration.call = Some(end + 1);
                    }
                }
                Kind::Keyword(word) if word == "for" => {
                    self.add_names(at + 1, &mut found);
                }
                Kind::Keyword(word) if word == "function" => self.add_function(at, &mut found),
                Kind::Name(word) if word == "type" => {
                    if let Some(name) = self.name(at + 1).filter(|_| self.is_type(at)) {
                        found.push(Declaration {
                            name,
                            call: None,
                            is_parameter: false,
                        });
                    }
                }
                _ => {}
            }
        }
        found
    }

    fn add_function(&self, at: usize, found: &mut Vec<Declaration<'a>>) {
        let mut open = at + 1;
        if let Some(name) = self.name(open)
            && !self.is_symbol(open + 1, ".")
            && !self.is_symbol(open + 1, ":")
        {
            found.push(Declaration {
                name,
                call: None,
                is_parameter: false,
            });
        }
        while open < self.tokens.len() && !self.is_symbol(open, "(") {
            open += 1;
        }
        let first = found.len();
        self.add_names(open + 1, found);
        for declaration in &mut found[first..] {
            declaration.is_parameter = true;
        }
        // `bot:on(NAMES, function(packet)`
        let call = (0..at).rev().take(64).find(|start| {
            self.is_bot_call(*start)
                && self.name(start + 2) == Some("on")
                && self.is_symbol(start + 3, "(")
                && self
                    .pieces(start + 3)
                    .get(1)
                    .is_some_and(|piece| piece.start == at)
        });
        if let Some(declaration) = found.get_mut(first) {
            declaration.call = call;
        }
    }

    fn is_bot_call(&self, at: usize) -> bool {
        self.name(at) == Some("bot") && self.is_symbol(at + 1, ":")
    }

    /// Adds the names of a list such as `a, b: number, c`; where it ends.
    fn add_names(&self, mut at: usize, found: &mut Vec<Declaration<'a>>) -> usize {
        while let Some(name) = self.name(at) {
            found.push(Declaration {
                name,
                call: None,
                is_parameter: false,
            });
            at += 1;
            if self.is_symbol(at, ":") {
                at = self.behind_type(at + 1);
            }
            if !self.is_symbol(at, ",") {
                break;
            }
            at += 1;
        }
        at
    }

    fn names_between(&self, from: usize, to: usize) -> usize {
        let mut names = Vec::new();
        self.add_names(from, &mut names);
        debug_assert!(from <= to);
        names.len()
    }

    /// The token behind a type that begins at `at`.
    fn behind_type(&self, mut at: usize) -> usize {
        let Some(start) = self.tokens.get(at) else {
            return at;
        };
        let line = start.line;
        while let Some(token) = self.tokens.get(at) {
            match &token.kind {
                Kind::Symbol("(" | "{") => at = self.behind_bracket(at),
                Kind::Symbol("=" | "," | ")" | ";") | Kind::Keyword(_)
                    if !self.is_keyword(at, "nil") =>
                {
                    return at;
                }
                _ if token.line != line => return at,
                _ => at += 1,
            }
        }
        at
    }

    /// `type Name = ...`, not a call of `type`.
    fn is_type(&self, at: usize) -> bool {
        self.name(at) == Some("type")
            && self.name(at + 1).is_some()
            && (self.is_symbol(at + 2, "=") || self.is_symbol(at + 2, "<"))
    }

    /// Which tokens belong to types.
    fn types(&self) -> Vec<bool> {
        let mut types = vec![false; self.tokens.len()];
        let mut mark = |from: usize, to: usize| {
            for slot in types.iter_mut().take(to).skip(from) {
                *slot = true;
            }
        };
        for at in 0..self.tokens.len() {
            if self.is_type(at) {
                let end = self.behind_type(at + 3);
                mark(at, end.max(at + 2));
            } else if self.name(at) == Some("export") && self.is_type(at + 1) {
                mark(at, at + 1);
            } else if self.is_symbol(at, "::") || (self.is_symbol(at, ":") && !self.is_method(at)) {
                mark(at, self.behind_type(at + 1));
            }
        }
        types
    }

    /// The colon at `at` is of a call such as `bot:send(...)`.
    fn is_method(&self, at: usize) -> bool {
        self.name(at + 1).is_some()
            && (self.is_symbol(at + 2, "(")
                || self.is_symbol(at + 2, "{")
                || matches!(
                    self.tokens.get(at + 2).map(|token| &token.kind),
                    Some(Kind::Text(_) | Kind::OtherText)
                ))
    }
}
