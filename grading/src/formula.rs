//! The language of `calculate_output`: `+ - * / ^`, parentheses, a handful of functions, the graders' keys as
//! variables. `^` binds tighter than a sign on its left and to the right: `-2 ^ 2 ^ 3` is `-(2 ^ (2 ^ 3))`.
//!
//! Written here because a formula is also evaluated over intervals (see `range.rs`), which needs the tree, and because
//! the crates there are either do not show theirs or are not licensed for this use.

use thiserror::Error;

/// Deeper formulas are refused, so that parsing can not exhaust the stack.
const DEEPEST: usize = 64;
/// Longer ones are refused too: a sum leans to the left, one level a term, which evaluation has to descend.
const MOST_TOKENS: usize = 2_000;

/// Why a text is no formula. Positions are in characters, counted from 1.
#[derive(Debug, Clone, PartialEq, Error)]
pub enum FormulaError {
    /// A character the language does not have.
    #[error("unexpected character '{1}' at position {0}")]
    Character(usize, char),
    /// A token where another should be.
    #[error("unexpected '{1}' at position {0}")]
    Unexpected(usize, String),
    /// The text ends too early.
    #[error("unexpected end of the formula")]
    End,
    /// A call of a function that does not exist.
    #[error("unknown function '{1}' at position {0}")]
    Function(usize, String),
    /// A function with too few or too many arguments.
    #[error("{0} takes {1}")]
    Arguments(&'static str, &'static str),
    /// Nested too deep.
    #[error("nested deeper than {DEEPEST} levels")]
    Depth,
    /// Too long.
    #[error("longer than {MOST_TOKENS} numbers, names and signs")]
    Length,
}

/// A formula as a tree.
#[derive(Debug, Clone, PartialEq)]
pub enum Formula {
    /// A constant.
    Number(f64),
    /// A grader's key.
    Variable(String),
    /// A sign.
    Negate(Box<Formula>),
    /// Two formulas and what is between them.
    Binary(Operator, Box<Formula>, Box<Formula>),
    /// A function of formulas.
    Call(Function, Vec<Formula>),
}

/// An operator between two values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Operator {
    /// `+`
    Add,
    /// `-`
    Subtract,
    /// `*`
    Multiply,
    /// `/`
    Divide,
    /// `^`
    Power,
}

/// A function of the language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Function {
    /// The least of any number of values.
    Min,
    /// The greatest of any number of values.
    Max,
    /// Without its sign.
    Abs,
    /// The next whole number below.
    Floor,
    /// The next whole number above.
    Ceil,
    /// e to this power.
    Exp,
    /// The square root.
    Sqrt,
    /// The natural logarithm.
    Log,
}

impl Formula {
    /// Reads a formula.
    ///
    /// # Errors
    /// Where it is none.
    pub fn parse(text: &str) -> Result<Self, FormulaError> {
        let mut parser = Parser {
            tokens: tokens(text)?,
            next: 0,
            depth: 0,
        };
        let formula = parser.sum()?;
        match parser.peek() {
            None => Ok(formula),
            Some(_) => Err(parser.unexpected()),
        }
    }

    /// The names it uses, in the order of their first use.
    #[must_use]
    pub fn variables(&self) -> Vec<&str> {
        let mut names = Vec::new();
        self.collect(&mut names);
        names
    }

    fn collect<'a>(&'a self, names: &mut Vec<&'a str>) {
        match self {
            Self::Number(_) => {}
            Self::Variable(name) => {
                if !names.contains(&name.as_str()) {
                    names.push(name);
                }
            }
            Self::Negate(of) => of.collect(names),
            Self::Binary(_, left, right) => {
                left.collect(names);
                right.collect(names);
            }
            Self::Call(_, arguments) => arguments.iter().for_each(|a| a.collect(names)),
        }
    }

    /// The value, or `None` where a variable has none. It may be infinite or not a number, as arithmetic has it.
    #[must_use]
    pub fn evaluate(&self, variable: &dyn Fn(&str) -> Option<f64>) -> Option<f64> {
        Some(match self {
            Self::Number(number) => *number,
            Self::Variable(name) => variable(name)?,
            Self::Negate(of) => -of.evaluate(variable)?,
            Self::Binary(operator, left, right) => {
                let (left, right) = (left.evaluate(variable)?, right.evaluate(variable)?);
                operator.apply(left, right)
            }
            Self::Call(function, arguments) => {
                let values: Option<Vec<f64>> =
                    arguments.iter().map(|a| a.evaluate(variable)).collect();
                function.apply(&values?)
            }
        })
    }
}

impl Operator {
    /// The result.
    #[must_use]
    pub fn apply(self, left: f64, right: f64) -> f64 {
        match self {
            Self::Add => left + right,
            Self::Subtract => left - right,
            Self::Multiply => left * right,
            Self::Divide => left / right,
            Self::Power => left.powf(right),
        }
    }
}

impl Function {
    const ALL: [(Self, &'static str); 8] = [
        (Self::Min, "min"),
        (Self::Max, "max"),
        (Self::Abs, "abs"),
        (Self::Floor, "floor"),
        (Self::Ceil, "ceil"),
        (Self::Exp, "exp"),
        (Self::Sqrt, "sqrt"),
        (Self::Log, "log"),
    ];

    fn named(name: &str) -> Option<(Self, &'static str)> {
        Self::ALL.into_iter().find(|(_, known)| *known == name)
    }

    /// `min` and `max` of any number of values, the others of the first. A NaN among them is the result.
    #[must_use]
    pub fn apply(self, values: &[f64]) -> f64 {
        let first = values.first().copied().unwrap_or(f64::NAN);
        let fold = |pick: fn(f64, f64) -> f64| {
            values.iter().copied().fold(first, |best, value| {
                if value.is_nan() || best.is_nan() {
                    f64::NAN
                } else {
                    pick(best, value)
                }
            })
        };
        match self {
            Self::Min => fold(f64::min),
            Self::Max => fold(f64::max),
            Self::Abs => first.abs(),
            Self::Floor => first.floor(),
            Self::Ceil => first.ceil(),
            Self::Exp => first.exp(),
            Self::Sqrt => first.sqrt(),
            Self::Log => first.ln(),
        }
    }
}

#[derive(Debug, Clone, PartialEq)]
enum Token {
    Number(f64),
    Name(String),
    Symbol(char),
}

/// The tokens with their positions in characters, counted from 1.
fn tokens(text: &str) -> Result<Vec<(usize, Token)>, FormulaError> {
    let mut tokens = Vec::new();
    let mut rest = text;
    let mut position = 1;
    while let Some(first) = rest.chars().next() {
        if tokens.len() >= MOST_TOKENS {
            return Err(FormulaError::Length);
        }
        let length = if first.is_ascii_digit() || first == '.' {
            let length = number_length(rest);
            let number = rest
                .get(..length)
                .and_then(|digits| digits.parse().ok())
                .ok_or(FormulaError::Character(position, first))?;
            tokens.push((position, Token::Number(number)));
            length
        } else if first.is_alphabetic() || first == '_' {
            let length = rest
                .find(|c: char| !c.is_alphanumeric() && c != '_')
                .unwrap_or(rest.len());
            let name = rest.get(..length).unwrap_or_default().to_owned();
            tokens.push((position, Token::Name(name)));
            length
        } else if "+-*/^(),".contains(first) {
            tokens.push((position, Token::Symbol(first)));
            1
        } else if first.is_whitespace() {
            first.len_utf8()
        } else {
            return Err(FormulaError::Character(position, first));
        };
        let (taken, left) = rest.split_at_checked(length).unwrap_or((rest, ""));
        position += taken.chars().count();
        rest = left;
    }
    Ok(tokens)
}

/// Digits, one point, and an exponent where digits follow it: `2e` is a number before a name, which is refused later.
fn number_length(text: &str) -> usize {
    let digits = |from: usize| {
        text.get(from..).map_or(0, |rest| {
            rest.bytes().take_while(u8::is_ascii_digit).count()
        })
    };
    let mut length = digits(0);
    if text.get(length..).is_some_and(|rest| rest.starts_with('.')) {
        length += 1 + digits(length + 1);
    }
    let exponent = text.get(length..).unwrap_or_default();
    if exponent.starts_with(['e', 'E']) {
        let sign = usize::from(
            exponent
                .get(1..)
                .is_some_and(|rest| rest.starts_with(['+', '-'])),
        );
        let power = digits(length + 1 + sign);
        if power > 0 {
            length += 1 + sign + power;
        }
    }
    length
}

/// Recursive descent, one method a level of binding.
struct Parser {
    tokens: Vec<(usize, Token)>,
    next: usize,
    depth: usize,
}

impl Parser {
    fn sum(&mut self) -> Result<Formula, FormulaError> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(FormulaError::Depth);
        }
        let mut left = self.product()?;
        while let Some(operator) = self.operator(&[('+', Operator::Add), ('-', Operator::Subtract)])
        {
            let right = self.product()?;
            left = Formula::Binary(operator, Box::new(left), Box::new(right));
        }
        self.depth -= 1;
        Ok(left)
    }

    fn product(&mut self) -> Result<Formula, FormulaError> {
        let mut left = self.signed()?;
        while let Some(operator) =
            self.operator(&[('*', Operator::Multiply), ('/', Operator::Divide)])
        {
            let right = self.signed()?;
            left = Formula::Binary(operator, Box::new(left), Box::new(right));
        }
        Ok(left)
    }

    fn signed(&mut self) -> Result<Formula, FormulaError> {
        let mut negative = false;
        while let Some(minus) = self.symbol(&['-', '+']) {
            negative ^= minus == '-';
        }
        let power = self.power()?;
        Ok(if negative {
            Formula::Negate(Box::new(power))
        } else {
            power
        })
    }

    fn power(&mut self) -> Result<Formula, FormulaError> {
        let base = self.primary()?;
        if self.symbol(&['^']).is_none() {
            return Ok(base);
        }
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(FormulaError::Depth);
        }
        let exponent = self.signed()?;
        self.depth -= 1;
        Ok(Formula::Binary(
            Operator::Power,
            Box::new(base),
            Box::new(exponent),
        ))
    }

    fn primary(&mut self) -> Result<Formula, FormulaError> {
        let (position, token) = self.peek().cloned().ok_or(FormulaError::End)?;
        match token {
            Token::Number(number) => {
                self.next += 1;
                Ok(Formula::Number(number))
            }
            Token::Name(name) => {
                self.next += 1;
                if self.symbol(&['(']).is_none() {
                    return Ok(Formula::Variable(name));
                }
                let (function, known) =
                    Function::named(&name).ok_or(FormulaError::Function(position, name))?;
                self.call(function, known)
            }
            Token::Symbol('(') => {
                self.next += 1;
                let inner = self.sum()?;
                self.expect(')')?;
                Ok(inner)
            }
            Token::Symbol(_) => Err(self.unexpected()),
        }
    }

    fn call(&mut self, function: Function, name: &'static str) -> Result<Formula, FormulaError> {
        let mut arguments = Vec::new();
        if self.symbol(&[')']).is_none() {
            arguments.push(self.sum()?);
            while self.symbol(&[',']).is_some() {
                arguments.push(self.sum()?);
            }
            self.expect(')')?;
        }
        let many = matches!(function, Function::Min | Function::Max);
        match arguments.len() {
            0 if many => Err(FormulaError::Arguments(name, "at least one argument")),
            1 => Ok(Formula::Call(function, arguments)),
            _ if many => Ok(Formula::Call(function, arguments)),
            _ => Err(FormulaError::Arguments(name, "exactly one argument")),
        }
    }

    fn peek(&self) -> Option<&(usize, Token)> {
        self.tokens.get(self.next)
    }

    fn symbol(&mut self, among: &[char]) -> Option<char> {
        match self.peek() {
            Some((_, Token::Symbol(symbol))) if among.contains(symbol) => {
                let symbol = *symbol;
                self.next += 1;
                Some(symbol)
            }
            _ => None,
        }
    }

    fn operator(&mut self, among: &[(char, Operator)]) -> Option<Operator> {
        among
            .iter()
            .find_map(|(symbol, operator)| self.symbol(&[*symbol]).map(|_| *operator))
    }

    fn expect(&mut self, symbol: char) -> Result<(), FormulaError> {
        match self.symbol(&[symbol]) {
            Some(_) => Ok(()),
            None => Err(self.unexpected()),
        }
    }

    fn unexpected(&self) -> FormulaError {
        match self.peek() {
            None => FormulaError::End,
            Some((position, token)) => {
                let text = match token {
                    Token::Number(number) => number.to_string(),
                    Token::Name(name) => name.clone(),
                    Token::Symbol(symbol) => symbol.to_string(),
                };
                FormulaError::Unexpected(*position, text)
            }
        }
    }
}

#[cfg(test)]
mod tests;
