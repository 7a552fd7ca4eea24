//! Literals from text: numbers, characters, texts, bytes.

use alloc::string::String;
use alloc::vec::Vec;

use super::Expr;
use super::parse::{Parser, Result};

impl Parser<'_> {
    /// A text, bytes, or a number with a fraction or an exponent, if one comes
    /// next.
    pub(super) fn no_integer(&mut self, negative: bool) -> Result<Option<Expr>> {
        self.skip_space();
        if !negative && self.rest().starts_with('"') {
            self.at += 1;
            return self.text().map(Expr::Text).map(Some);
        }
        if !negative && self.rest().starts_with("b\"") {
            self.at += 2;
            return self.bytes().map(Expr::Bytes).map(Some);
        }
        self.float(negative)
    }

    /// What comes behind the quote that opens a text, and the one that closes
    /// it.
    fn text(&mut self) -> Result<String> {
        let mut text = String::new();
        loop {
            match self.quoted()? {
                None => return Ok(text),
                Some(Quoted::Character(character)) => text.push(character),
                Some(Quoted::Byte(byte)) if byte.is_ascii() => text.push(byte.into()),
                Some(Quoted::Byte(_)) => {
                    return Err(self.error("past 7 bits; write `\\u{FF}`"));
                }
            }
        }
    }

    /// The same of bytes.
    fn bytes(&mut self) -> Result<Vec<u8>> {
        let mut bytes = Vec::new();
        loop {
            match self.quoted()? {
                None => return Ok(bytes),
                Some(Quoted::Byte(byte)) => bytes.push(byte),
                Some(Quoted::Character(character)) if character.is_ascii() => {
                    bytes.push(character as u8);
                }
                Some(Quoted::Character(_)) => {
                    return Err(self.error("no byte; write it as `\\xFF`"));
                }
            }
        }
    }

    /// The next character in quotes; `None` for the quote that closes them.
    fn quoted(&mut self) -> Result<Option<Quoted>> {
        let mut characters = self.rest().chars();
        let found = match characters.next() {
            Some('"') => None,
            Some('\\') => {
                let escaped = escaped(&mut characters);
                let escaped = escaped.ok_or_else(|| self.error("no escape that there is"))?;
                Some(escaped)
            }
            Some(character) => Some(Quoted::Character(character)),
            None => return Err(self.expected("`\"`")),
        };
        self.at = self.end() - characters.as_str().len();
        Ok(found)
    }

    /// `1.5`, `1e-3`.
    fn float(&mut self, negative: bool) -> Result<Option<Expr>> {
        let rest = self.rest();
        let is_digit = |it: &u8| it.is_ascii_digit() || *it == b'_';
        let digits = |from: usize| {
            let digits = rest.as_bytes()[from..].iter().take_while(|it| is_digit(it));
            from + digits.count()
        };
        if !rest.starts_with(|it: char| it.is_ascii_digit()) {
            return Ok(None);
        }
        let whole = digits(0);
        let mut end = whole;
        if let Some(fraction) = rest[whole..].strip_prefix('.')
            && fraction.starts_with(|it: char| it.is_ascii_digit())
        {
            end = digits(whole + 1);
        }
        let exponent = rest[end..].strip_prefix(['e', 'E']);
        if let Some(exponent) = exponent {
            let unsigned = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
            if unsigned.starts_with(|it: char| it.is_ascii_digit()) {
                end = digits(rest.len() - unsigned.len());
            }
        }
        if end == whole {
            return Ok(None);
        }
        let value = rest[..end].replace('_', "").parse::<f64>().ok();
        let Some(value) = value.filter(|value| value.is_finite()) else {
            return Err(self.error("a number past 64 bits of floating point"));
        };
        self.at += end;
        let value = if negative { -value } else { value };
        Ok(Some(Expr::Float(value.into())))
    }

    /// A number or character.
    pub(super) fn literal(&mut self) -> Result<i128> {
        let negative = self.eat("-");
        self.skip_space();
        match self.character()? {
            Some(value) if !negative => Ok(value),
            Some(_) => Err(self.error("a character has no sign")),
            None => self.number(negative),
        }
    }

    /// `10`, `0x1F`, `0b1010`, `0o17`, with `_` anywhere.
    pub(super) fn number(&mut self, negative: bool) -> Result<i128> {
        let rest = self.rest();
        let end = rest
            .find(|it: char| !it.is_ascii_alphanumeric() && it != '_')
            .unwrap_or(rest.len());
        let written = rest[..end].replace('_', "");
        let (digits, radix) = match written.get(..2) {
            Some("0x") => (&written[2..], 16),
            Some("0o") => (&written[2..], 8),
            Some("0b") => (&written[2..], 2),
            _ => (written.as_str(), 10),
        };
        if digits.is_empty() || !digits.chars().all(|it| it.is_digit(radix)) {
            return Err(self.expected("a number"));
        }
        let value = u128::from_str_radix(digits, radix).ok();
        let value = match (negative, value) {
            (false, Some(value)) => i128::try_from(value).ok(),
            (true, Some(value)) => 0_i128.checked_sub_unsigned(value),
            (_, None) => None,
        };
        let Some(value) = value else {
            return Err(self.error("a number past 128 bits"));
        };
        self.at += end;
        Ok(value)
    }

    /// `b'a'` or `'a'`, as a number.
    pub(super) fn character(&mut self) -> Result<Option<i128>> {
        self.skip_space();
        let (quoted, byte) = match self.rest().strip_prefix('b') {
            Some(quoted) => (quoted, true),
            None => (self.rest(), false),
        };
        let Some(quoted) = quoted.strip_prefix('\'') else {
            return Ok(None);
        };
        let mut characters = quoted.chars();
        let found = match characters.next() {
            Some('\\') => match escaped(&mut characters) {
                Some(Quoted::Character(character)) => Some(character),
                Some(Quoted::Byte(byte)) => Some(byte.into()),
                None => None,
            },
            other => other,
        };
        match (found, characters.next()) {
            (Some(found), Some('\'')) if !byte || u32::from(found) < 256 => {
                self.at = self.end() - characters.as_str().len();
                Ok(Some(u32::from(found).into()))
            }
            _ => Err(self.error("not one character in quotes")),
        }
    }
}

/// What stands in quotes.
pub(super) enum Quoted {
    Character(char),
    /// As `\x` gives it.
    Byte(u8),
}

/// What stands behind a backslash.
pub(super) fn escaped(characters: &mut core::str::Chars<'_>) -> Option<Quoted> {
    Some(Quoted::Character(match characters.next()? {
        'n' => '\n',
        'r' => '\r',
        't' => '\t',
        '0' => '\0',
        it @ ('\\' | '\'' | '"') => it,
        'x' => {
            let digits: String = characters.by_ref().take(2).collect();
            return u8::from_str_radix(&digits, 16).ok().map(Quoted::Byte);
        }
        'u' => {
            let (digits, behind) = characters.as_str().strip_prefix('{')?.split_once('}')?;
            let character = char::from_u32(u32::from_str_radix(digits, 16).ok()?)?;
            *characters = behind.chars();
            character
        }
        _ => return None,
    }))
}
