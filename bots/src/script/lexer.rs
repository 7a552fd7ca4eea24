//! Luau's tokens, as far as the checker looks at them.

/// One token, and where it begins.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Token {
    pub(super) kind: Kind,
    pub(super) line: u32,
    /// In characters, from 1.
    pub(super) column: u32,
}

#[derive(Clone, Debug, PartialEq)]
pub(super) enum Kind {
    Name(String),
    Keyword(String),
    /// A text whose value is known.
    Text(String),
    /// A text with expressions in it, or with escapes that are not looked at.
    OtherText,
    Number(String),
    Symbol(&'static str),
}

const KEYWORDS: [&str; 22] = [
    "and", "break", "continue", "do", "else", "elseif", "end", "false", "for", "function", "if",
    "in", "local", "nil", "not", "or", "repeat", "return", "then", "true", "until", "while",
];

/// The longest first.
const SYMBOLS: [&str; 41] = [
    "...", "..=", "//=", "==", "~=", "<=", ">=", "->", "::", "..", "//", "+=", "-=", "*=", "/=",
    "%=", "^=", "+", "-", "*", "/", "%", "^", "#", "<", ">", "=", "(", ")", "{", "}", "[", "]",
    ";", ":", ",", ".", "?", "|", "&", "@",
];

/// The tokens of a text that is valid Luau; what is not is skipped.
pub(super) fn tokens(source: &str) -> Vec<Token> {
    let mut lexer = Lexer {
        rest: source,
        line: 1,
        column: 1,
    };
    let mut tokens = Vec::new();
    while let Some(token) = lexer.next_token() {
        tokens.push(token);
    }
    tokens
}

struct Lexer<'a> {
    rest: &'a str,
    line: u32,
    column: u32,
}

impl<'a> Lexer<'a> {
    /// Takes so many bytes.
    fn take(&mut self, bytes: usize) -> &'a str {
        let (taken, rest) = self.rest.split_at(bytes.min(self.rest.len()));
        for character in taken.chars() {
            if character == '\n' {
                self.line += 1;
                self.column = 1;
            } else {
                self.column += 1;
            }
        }
        self.rest = rest;
        taken
    }

    /// How many bytes the characters at the start take that are like this.
    fn run(&self, like: impl Fn(char) -> bool) -> usize {
        self.rest
            .find(|character| !like(character))
            .unwrap_or(self.rest.len())
    }

    fn next_token(&mut self) -> Option<Token> {
        self.skip_blank();
        let (line, column) = (self.line, self.column);
        let first = self.rest.chars().next()?;
        let kind = if first.is_alphabetic() || first == '_' {
            let word = self.take(self.run(|c| c.is_alphanumeric() || c == '_'));
            if KEYWORDS.contains(&word) {
                Kind::Keyword(word.into())
            } else {
                Kind::Name(word.into())
            }
        } else if self.starts_number(first) {
            let digits = self.take(self.run(|c| c.is_alphanumeric() || c == '_' || c == '.'));
            Kind::Number(digits.into())
        } else if first == '"' || first == '\'' {
            self.quoted(first)
        } else if first == '`' {
            self.interpolated()
        } else if let Some(level) = self.long_bracket() {
            Kind::Text(self.long_text(level).trim_start_matches('\n').into())
        } else if let Some(symbol) = SYMBOLS
            .iter()
            .find(|symbol| self.rest.starts_with(**symbol))
        {
            self.take(symbol.len());
            Kind::Symbol(symbol)
        } else {
            self.take(first.len_utf8());
            return self.next_token();
        };
        Some(Token { kind, line, column })
    }

    fn starts_number(&self, first: char) -> bool {
        let second = self.rest.chars().nth(1);
        first.is_ascii_digit() || (first == '.' && second.is_some_and(|c| c.is_ascii_digit()))
    }

    fn skip_blank(&mut self) {
        loop {
            self.take(self.run(char::is_whitespace));
            if !self.rest.starts_with("--") {
                return;
            }
            self.take(2);
            match self.long_bracket() {
                Some(level) => {
                    self.long_text(level);
                }
                None => {
                    self.take(self.run(|c| c != '\n'));
                }
            }
        }
    }

    /// The number of `=` in a `[==[` at the start.
    fn long_bracket(&self) -> Option<usize> {
        let rest = self.rest.strip_prefix('[')?;
        let level = rest.len() - rest.trim_start_matches('=').len();
        rest[level..].starts_with('[').then_some(level)
    }

    fn long_text(&mut self, level: usize) -> &'a str {
        self.take(level + 2);
        let close = format!("]{}]", "=".repeat(level));
        let end = self.rest.find(&close).unwrap_or(self.rest.len());
        let text = self.take(end);
        self.take(close.len());
        text
    }

    fn quoted(&mut self, quote: char) -> Kind {
        self.take(1);
        let mut plain = true;
        let mut text = String::new();
        while let Some(character) = self.rest.chars().next() {
            self.take(character.len_utf8());
            if character == quote {
                break;
            }
            if character == '\\' {
                plain = false;
                let escaped = self.rest.chars().next().map_or(0, char::len_utf8);
                self.take(escaped);
            } else {
                text.push(character);
            }
        }
        if plain {
            Kind::Text(text)
        } else {
            Kind::OtherText
        }
    }

    /// A text with `{expressions}`, which may hold texts in turn.
    fn interpolated(&mut self) -> Kind {
        self.take(1);
        while let Some(character) = self.rest.chars().next() {
            match character {
                '`' => {
                    self.take(1);
                    break;
                }
                '\\' => {
                    self.take(1);
                    let escaped = self.rest.chars().next().map_or(0, char::len_utf8);
                    self.take(escaped);
                }
                '{' => self.skip_expression(),
                _ => {
                    self.take(character.len_utf8());
                }
            }
        }
        Kind::OtherText
    }

    fn skip_expression(&mut self) {
        let mut depth = 0_u32;
        while let Some(token) = self.next_token() {
            match token.kind {
                Kind::Symbol("{") => depth += 1,
                Kind::Symbol("}") => depth -= 1,
                _ => {}
            }
            if depth == 0 {
                return;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_know_their_places() {
        let source =
            "local x = 'é' -- comment\n--[[ long\n]] y = `a{ f({1}, `b`) }` .. [==[ ]] ]==] 1.5e3";
        let found: Vec<(String, u32, u32)> = tokens(source)
            .into_iter()
            .map(|token| (format!("{:?}", token.kind), token.line, token.column))
            .collect();
        let expected = [
            ("Keyword(\"local\")", 1, 1),
            ("Name(\"x\")", 1, 7),
            ("Symbol(\"=\")", 1, 9),
            ("Text(\"é\")", 1, 11),
            ("Name(\"y\")", 3, 4),
            ("Symbol(\"=\")", 3, 6),
            ("OtherText", 3, 8),
            ("Symbol(\"..\")", 3, 27),
            ("Text(\" ]] \")", 3, 30),
            ("Number(\"1.5e3\")", 3, 43),
        ];
        let expected = expected.map(|(kind, line, column)| (kind.to_owned(), line, column));
        assert_eq!(found, expected);
    }

    #[test]
    fn any_text_has_tokens() {
        for source in [
            "'", "`{", "[[", "\\", "--[[", "'\\", "`\\", "€", "{`{`{", "0x",
        ] {
            tokens(source);
        }
    }
}
