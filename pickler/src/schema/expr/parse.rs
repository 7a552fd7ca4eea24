//! Expressions from text: by how tightly their operators bind (Pratt, "Top
//! Down Operator Precedence", 1973).

use alloc::boxed::Box;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::fmt;
use core::str::FromStr;

use super::operator::binding;
use super::{Arm, Expr, IntegerType, Operator, Pattern, UnaryOperator};

/// A text is no expression.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParseError {
    offset: usize,
    message: String,
}

impl ParseError {
    /// Where in the text, in bytes.
    pub fn offset(&self) -> usize {
        self.offset
    }

    /// What is wrong there.
    pub fn message(&self) -> &str {
        &self.message
    }
}

impl fmt::Display for ParseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}, at offset {}", self.message, self.offset)
    }
}

impl core::error::Error for ParseError {}

impl Expr {
    /// The expression at the start of some text, and how many bytes it takes.
    ///
    /// What goes on behind the end of a line stands in parentheses or braces.
    /// Comments, `// to the end of the line`, are space.
    ///
    /// ```
    /// use pickler::schema::Expr;
    ///
    /// let (expr, taken) = Expr::parse_start("rows * columns // of the table\n-1")?;
    /// assert_eq!((expr.to_string().as_str(), taken), ("rows * columns", 14));
    /// # Ok::<(), pickler::schema::ParseError>(())
    /// ```
    ///
    /// # Errors
    /// If no expression stands there.
    pub fn parse_start(text: &str) -> Result<(Self, usize)> {
        let mut parser = Parser::new(text);
        let expr = parser.expr(0)?;
        Ok((expr, parser.at))
    }
}

impl FromStr for Expr {
    type Err = ParseError;

    fn from_str(text: &str) -> Result<Self, ParseError> {
        let mut parser = Parser::new(text);
        // There is nothing that it could run into.
        parser.enclosed = 1;
        let expr = parser.expr(0)?;
        parser.skip_space();
        if parser.rest().is_empty() {
            Ok(expr)
        } else {
            Err(parser.expected("an operator or the end"))
        }
    }
}

pub(super) type Result<T, E = ParseError> = core::result::Result<T, E>;

/// How deep expressions may nest.
const DEEPEST: usize = 64;

/// How many operators an expression may have: a row of them nests, too.
const MOST_OPERATORS: usize = 512;

/// Longer symbols stand before those that they begin with.
const SYMBOLS: [Operator; 18] = [
    Operator::ShiftLeft,
    Operator::ShiftRight,
    Operator::LessOrEqual,
    Operator::GreaterOrEqual,
    Operator::Less,
    Operator::Greater,
    Operator::Equal,
    Operator::NotEqual,
    Operator::And,
    Operator::Or,
    Operator::BitAnd,
    Operator::BitOr,
    Operator::BitXor,
    Operator::Add,
    Operator::Subtract,
    Operator::Multiply,
    Operator::Divide,
    Operator::Remainder,
];

pub(super) struct Parser<'a> {
    text: &'a str,
    pub(super) at: usize,
    depth: usize,
    /// How many operators there were.
    operators: usize,
    /// How many parentheses, brackets and braces are open.
    enclosed: usize,
}

/// What stands behind space and comments.
fn behind_space(text: &str) -> &str {
    let mut rest = text.trim_start();
    while let Some(comment) = rest.strip_prefix("//") {
        rest = comment
            .find('\n')
            .map_or("", |end| comment[end..].trim_start());
    }
    rest
}

/// Nothing more stands on the line.
fn ends_line(text: &str) -> bool {
    let space = &text[..text.len() - behind_space(text).len()];
    space.contains('\n')
}

impl<'a> Parser<'a> {
    fn new(text: &'a str) -> Self {
        Self {
            text,
            at: 0,
            depth: 0,
            operators: 0,
            enclosed: 0,
        }
    }

    pub(super) fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }

    /// How long the text is.
    pub(super) fn end(&self) -> usize {
        self.text.len()
    }

    pub(super) fn skip_space(&mut self) {
        self.at = self.text.len() - behind_space(self.rest()).len();
    }

    pub(super) fn error(&self, message: impl Into<String>) -> ParseError {
        ParseError {
            offset: self.at,
            message: message.into(),
        }
    }

    pub(super) fn expected(&self, what: &str) -> ParseError {
        let rest = behind_space(self.rest());
        let message = match rest.chars().next() {
            None => format!("expected {what}, found the end"),
            Some(found) => format!("expected {what}, found `{found}`"),
        };
        ParseError {
            offset: self.text.len() - rest.len(),
            message,
        }
    }

    /// Takes a symbol and the space in front, if it comes next.
    pub(super) fn eat(&mut self, symbol: &str) -> bool {
        let start = self.at;
        self.skip_space();
        let found = self.rest().starts_with(symbol);
        self.at = if found { self.at + symbol.len() } else { start };
        found
    }

    fn expect(&mut self, symbol: &str) -> Result<()> {
        if self.eat(symbol) {
            Ok(())
        } else {
            Err(self.expected(&format!("`{symbol}`")))
        }
    }

    /// What stands in front of a closing delimiter, and that.
    fn inside(
        &mut self,
        close: &str,
        inner: impl FnOnce(&mut Self) -> Result<Expr>,
    ) -> Result<Expr> {
        self.enclosed += 1;
        let inner = inner(self)?;
        self.expect(close)?;
        self.enclosed -= 1;
        Ok(inner)
    }

    /// The word that comes next, which is not taken.
    fn peek_word(&mut self) -> &'a str {
        self.skip_space();
        let rest = self.rest();
        let end = rest
            .find(|it: char| !it.is_alphanumeric() && it != '_')
            .unwrap_or(rest.len());
        if rest.starts_with(|it: char| it.is_ascii_digit()) {
            return "";
        }
        &rest[..end]
    }

    fn eat_word(&mut self, word: &str) -> bool {
        let found = self.peek_word() == word;
        if found {
            self.at += word.len();
        }
        found
    }

    fn name(&mut self) -> Result<&'a str> {
        let start = self.at;
        if self.eat("`") {
            let Some((name, _)) = self.rest().split_once('`') else {
                self.at = start;
                return Err(self.error("expected a closing backtick"));
            };
            self.at += name.len() + 1;
            return Ok(name);
        }
        let word = self.peek_word();
        if word.is_empty() {
            return Err(self.expected("a name"));
        }
        self.at += word.len();
        Ok(word)
    }

    /// An expression of what binds at least so tightly.
    fn expr(&mut self, least: u8) -> Result<Expr> {
        if self.depth == DEEPEST {
            return Err(self.error(format!("nested deeper than {DEEPEST} levels")));
        }
        self.depth += 1;
        let expr = self.operand().and_then(|it| self.operators(it, least));
        self.depth -= 1;
        expr
    }

    /// What comes behind an operand.
    fn operators(&mut self, mut left: Expr, least: u8) -> Result<Expr> {
        let mut compared = false;
        loop {
            if self.enclosed == 0 && ends_line(self.rest()) {
                return Ok(left);
            }
            let start = self.at;
            if least <= binding::CAST && self.eat_word("as") {
                left = Expr::Cast(left.into(), self.integer_type()?);
            } else {
                let operator = self.peek_operator();
                let Some(operator) = operator.filter(|it| it.binding() >= least) else {
                    self.at = start;
                    return Ok(left);
                };
                let tightness = operator.binding();
                let compares = tightness == binding::COMPARISON;
                if compares && compared {
                    return Err(self.error("comparisons do not chain; use parentheses"));
                }
                compared = compares;
                self.at += operator.symbol().len();
                let right = self.expr(tightness + 1)?;
                left = Expr::Binary(left.into(), operator, right.into());
            }
            self.operators += 1;
            if self.operators > MOST_OPERATORS {
                return Err(self.error(format!("more than {MOST_OPERATORS} operators")));
            }
        }
    }

    fn peek_operator(&mut self) -> Option<Operator> {
        self.skip_space();
        let rest = self.rest();
        // The arrow of a `match`.
        if rest.starts_with("=>") {
            return None;
        }
        SYMBOLS
            .into_iter()
            .find(|operator| rest.starts_with(operator.symbol()))
    }

    fn integer_type(&mut self) -> Result<IntegerType> {
        self.skip_space();
        let start = self.at;
        let name = self.name()?;
        IntegerType::ALL
            .into_iter()
            .find(|ty| ty.to_string() == name)
            .ok_or_else(|| ParseError {
                offset: start,
                message: format!("`{name}` is no integer type"),
            })
    }

    fn operand(&mut self) -> Result<Expr> {
        self.skip_space();
        if self.eat("(") {
            if let Some(number) = self.number_in_parentheses() {
                return Ok(number);
            }
            let inner = self.inside(")", |parser| parser.expr(0))?;
            return self.members(inner);
        }
        if self.eat("-") {
            self.skip_space();
            if let Some(literal) = self.no_integer(true)? {
                return Ok(literal);
            }
            if self.rest().starts_with(|it: char| it.is_ascii_digit()) {
                return self.number(true).map(Expr::Integer);
            }
            let of = self.expr(binding::UNARY)?;
            return Ok(Expr::Unary(UnaryOperator::Negate, of.into()));
        }
        if self.eat("!") {
            let of = self.expr(binding::UNARY)?;
            return Ok(Expr::Unary(UnaryOperator::Not, of.into()));
        }
        if let Some(literal) = self.no_integer(false)? {
            return Ok(literal);
        }
        if let Some(value) = self.character()? {
            return Ok(Expr::Integer(value));
        }
        if self.rest().starts_with(|it: char| it.is_ascii_digit()) {
            return self.number(false).map(Expr::Integer);
        }
        if self.eat_word("if") {
            return self.branches();
        }
        if self.eat_word("match") {
            return self.arms();
        }
        let is_quoted = self.rest().starts_with('`');
        if self.peek_word().is_empty() && !is_quoted {
            return Err(self.expected("an expression"));
        }
        let name = self.name()?;
        match name {
            _ if is_quoted => self.named(name),
            "true" => Ok(Expr::Bool(true)),
            "false" => Ok(Expr::Bool(false)),
            _ if self.eat("(") => self.inside(")", |parser| parser.call(name)),
            _ => self.named(name),
        }
    }

    /// What stands behind a name that is no function's.
    fn named(&mut self, name: &str) -> Result<Expr> {
        if self.eat("::") {
            return Ok(Expr::Variant {
                of: name.into(),
                name: self.name()?.into(),
            });
        }
        self.members(Expr::Field(name.into()))
    }

    /// A number and what closes the parentheses: nothing nests in them, and what
    /// is negated is printed so.
    fn number_in_parentheses(&mut self) -> Option<Expr> {
        let start = self.at;
        self.skip_space();
        if self.rest().starts_with(|it: char| it.is_ascii_digit()) {
            let number = match self.no_integer(false) {
                Ok(Some(float)) => Some(float),
                _ => self.number(false).ok().map(Expr::Integer),
            };
            if number.is_some() && self.eat(")") {
                return number;
            }
        }
        self.at = start;
        None
    }

    /// `.length.low`, `[index]` behind an operand.
    fn members(&mut self, mut of: Expr) -> Result<Expr> {
        loop {
            let start = self.at;
            if self.enclosed == 0 && ends_line(self.rest()) {
                return Ok(of);
            }
            if self.eat("[") {
                let index = self.inside("]", |parser| parser.expr(0))?;
                of = Expr::Item(of.into(), index.into());
            // A range begins with a dot, too.
            } else if !self.rest().starts_with("..") && self.eat(".") {
                of = Expr::Member(of.into(), self.name()?.into());
            } else {
                self.at = start;
                return Ok(of);
            }
            self.operators += 1;
            if self.operators > MOST_OPERATORS {
                return Err(self.error(format!("more than {MOST_OPERATORS} operators")));
            }
        }
    }

    /// What stands in the parentheses behind a function's name.
    fn call(&mut self, function: &str) -> Result<Expr> {
        match function {
            "len" => Ok(Expr::Len(self.place()?.into())),
            "present" => Ok(Expr::Present(self.name()?.into())),
            "tag" if self.eat_word("self") => Ok(Expr::TagOfSelf),
            "tag" => Ok(Expr::Tag(self.place()?.into())),
            "offset" => Ok(Expr::OffsetOf(self.name()?.into())),
            "sizeof" => Ok(match self.name()? {
                "self" => Expr::SizeOfSelf,
                name => Expr::SizeOf(name.into()),
            }),
            _ => Err(self.error(format!(
                "there is no function `{function}`; there are `len`, `sizeof`, `offset`, `present` and \
                 `tag`"
            ))),
        }
    }

    fn place(&mut self) -> Result<Expr> {
        let name = self.name()?;
        self.members(Expr::Field(name.into()))
    }

    fn branches(&mut self) -> Result<Expr> {
        let condition = self.expr(0)?.into();
        self.expect("{")?;
        let then = self.inside("}", |parser| parser.expr(0))?.into();
        if !self.eat_word("else") {
            return Err(self.expected("`else`"));
        }
        let otherwise = if self.eat_word("if") {
            if self.depth == DEEPEST {
                return Err(self.error(format!("nested deeper than {DEEPEST} levels")));
            }
            self.depth += 1;
            let branches = self.branches();
            self.depth -= 1;
            Box::new(branches?)
        } else {
            self.expect("{")?;
            self.inside("}", |parser| parser.expr(0))?.into()
        };
        Ok(Expr::If {
            condition,
            then,
            otherwise,
        })
    }

    fn arms(&mut self) -> Result<Expr> {
        let of = self.expr(0)?.into();
        self.expect("{")?;
        self.inside("}", |parser| parser.arms_of(of))
    }

    fn arms_of(&mut self, of: Box<Expr>) -> Result<Expr> {
        let mut arms = Vec::new();
        loop {
            let last = self.eat_word("_");
            let patterns = if last { Vec::new() } else { self.patterns()? };
            self.expect("=>")?;
            let value = self.expr(0)?;
            let comma = self.eat(",");
            if last {
                let otherwise = value.into();
                return Ok(Expr::Match {
                    of,
                    arms,
                    otherwise,
                });
            }
            if !comma {
                return Err(self.expected("`,`"));
            }
            arms.push(Arm { patterns, value });
        }
    }

    fn patterns(&mut self) -> Result<Vec<Pattern>> {
        let mut patterns = Vec::new();
        loop {
            patterns.push(self.pattern()?);
            if !self.eat("|") {
                return Ok(patterns);
            }
        }
    }

    fn pattern(&mut self) -> Result<Pattern> {
        if self.eat("..=") {
            return Ok(Pattern::Range(i128::MIN, self.literal()?));
        }
        let negative = self.rest().trim_start().starts_with('-');
        let start = self.at;
        if negative {
            self.eat("-");
        }
        if let Some(literal) = self.no_integer(negative)? {
            return Ok(Pattern::Value(literal));
        }
        self.at = start;
        let is_quoted = self.rest().trim_start().starts_with('`');
        if is_quoted || (!self.peek_word().is_empty() && !self.rest().starts_with("b'")) {
            // No operand: what nests there would have no depth.
            let word = self.name()?;
            let value = match word {
                "true" if !is_quoted => Expr::Bool(true),
                "false" if !is_quoted => Expr::Bool(false),
                _ if self.eat("::") => Expr::Variant {
                    of: word.into(),
                    name: self.name()?.into(),
                },
                _ => {
                    self.at -= word.len();
                    return Err(
                        self.error("a pattern is a number, a range, a text, bytes or a variant")
                    );
                }
            };
            return Ok(Pattern::Value(value));
        }
        let first = self.literal()?;
        if self.eat("..=") {
            return Ok(Pattern::Range(first, self.literal()?));
        }
        if !self.eat("..") {
            return Ok(Pattern::Value(Expr::Integer(first)));
        }
        self.skip_space();
        if self.rest().starts_with("=>") || self.rest().starts_with('|') {
            return Ok(Pattern::Range(first, i128::MAX));
        }
        let end = self.literal()?;
        match end.checked_sub(1) {
            Some(last) => Ok(Pattern::Range(first, last)),
            None => Err(self.error("an empty range")),
        }
    }
}
