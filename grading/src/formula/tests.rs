use proptest::prelude::*;

use super::{Formula, FormulaError, Function, Operator};

fn value(text: &str) -> Option<f64> {
    let variables = |name: &str| match name {
        "a" => Some(2.0),
        "b_1" => Some(-3.0),
        _ => None,
    };
    Formula::parse(text).ok()?.evaluate(&variables)
}

#[test]
fn binds_as_arithmetic_does() {
    for (text, expected) in [
        ("1 + 2 * 3", 7.0),
        ("(1 + 2) * 3", 9.0),
        ("10 - 4 - 3", 3.0),
        ("12 / 3 / 2", 2.0),
        ("2 ^ 3 ^ 2", 512.0),
        ("-2 ^ 2", -4.0),
        ("2 ^ -1", 0.5),
        ("(-2) ^ 2", 4.0),
        ("--3", 3.0),
        ("+3 - -b_1", 0.0),
        ("2*-3", -6.0),
        ("min(3, 1, 2) + max(4)", 5.0),
        ("abs(b_1) + floor(1.9) + ceil(1.1)", 6.0),
        ("exp(0) + sqrt(16) + log(1)", 5.0),
        ("1.5e2 + .5 + 2.", 152.5),
        ("min(max(a, 0), 1)", 1.0),
    ] {
        assert_eq!(value(text), Some(expected), "{text}");
    }
    assert!(value("a / 0").is_some_and(f64::is_infinite));
    assert!(value("sqrt(b_1)").is_some_and(f64::is_nan));
    assert!(value("min(sqrt(b_1), 1)").is_some_and(f64::is_nan));
    assert_eq!(value("unknown"), None);
}

#[test]
fn says_where_it_stops_understanding() {
    let error = |text: &str| Formula::parse(text).err();
    for (text, expected) in [
        ("", FormulaError::End),
        ("a +", FormulaError::End),
        ("(a", FormulaError::End),
        ("a b", FormulaError::Unexpected(3, "b".to_owned())),
        ("a + * b", FormulaError::Unexpected(5, "*".to_owned())),
        ("a)", FormulaError::Unexpected(2, ")".to_owned())),
        ("a % b", FormulaError::Character(3, '%')),
        ("ä § b", FormulaError::Character(3, '§')),
        (".", FormulaError::Character(1, '.')),
        ("mean(a)", FormulaError::Function(1, "mean".to_owned())),
        (
            "min()",
            FormulaError::Arguments("min", "at least one argument"),
        ),
        (
            "abs(a, b)",
            FormulaError::Arguments("abs", "exactly one argument"),
        ),
        ("2 e", FormulaError::Unexpected(3, "e".to_owned())),
    ] {
        assert_eq!(error(text), Some(expected), "{text}");
    }
    for deep in [
        "(".repeat(10_000),
        "2^".repeat(10_000),
        "1-".repeat(10_000) + "1",
    ] {
        assert!(error(&deep).is_some());
    }
}

/// A formula of limited size.
fn formulas() -> impl Strategy<Value = Formula> {
    let leaf = prop_oneof![
        (0.0..1e6_f64).prop_map(Formula::Number),
        "[a-z_][a-z0-9_]{0,3}".prop_map(Formula::Variable),
    ];
    leaf.prop_recursive(5, 40, 3, |inner| {
        let operator = prop::sample::select(vec![
            Operator::Add,
            Operator::Subtract,
            Operator::Multiply,
            Operator::Divide,
            Operator::Power,
        ]);
        let single = prop::sample::select(vec![
            Function::Abs,
            Function::Floor,
            Function::Ceil,
            Function::Exp,
            Function::Sqrt,
            Function::Log,
        ]);
        let several = prop::sample::select(vec![Function::Min, Function::Max]);
        prop_oneof![
            inner.clone().prop_map(|of| Formula::Negate(Box::new(of))),
            (operator, inner.clone(), inner.clone()).prop_map(|(o, l, r)| Formula::Binary(
                o,
                Box::new(l),
                Box::new(r)
            )),
            (single, inner.clone()).prop_map(|(function, of)| Formula::Call(function, vec![of])),
            (several, prop::collection::vec(inner, 1..4))
                .prop_map(|(function, of)| Formula::Call(function, of)),
        ]
    })
}

/// The text of a formula, with every operation in parentheses.
fn text(formula: &Formula) -> String {
    match formula {
        Formula::Number(number) => format!("{number:?}"),
        Formula::Variable(name) => name.clone(),
        Formula::Negate(of) => format!("(-{})", text(of)),
        Formula::Binary(operator, left, right) => {
            let symbol = match operator {
                Operator::Add => '+',
                Operator::Subtract => '-',
                Operator::Multiply => '*',
                Operator::Divide => '/',
                Operator::Power => '^',
            };
            format!("({} {symbol} {})", text(left), text(right))
        }
        Formula::Call(function, arguments) => {
            let name = Function::ALL.iter().find(|(f, _)| f == function);
            let arguments: Vec<String> = arguments.iter().map(text).collect();
            format!(
                "{}({})",
                name.map_or("", |(_, name)| name),
                arguments.join(", ")
            )
        }
    }
}

proptest! {
    #[test]
    fn what_is_written_is_read_back(formula in formulas()) {
        prop_assert_eq!(Formula::parse(&text(&formula)), Ok(formula));
    }

    #[test]
    fn spaces_do_not_matter(formula in formulas()) {
        let squeezed = text(&formula).replace(' ', "");
        prop_assert_eq!(Formula::parse(&squeezed), Ok(formula));
    }

    #[test]
    fn no_text_is_too_much_for_it(text in "\\PC{0,60}") {
        let _ = Formula::parse(&text);
    }

    #[test]
    fn nor_is_any_row_of_its_own_signs(text in "[-+*/^(),.0-9eab ]{0,60}") {
        if let Ok(formula) = Formula::parse(&text) {
            let _ = formula.evaluate(&|_| Some(1.5));
        }
    }
}
