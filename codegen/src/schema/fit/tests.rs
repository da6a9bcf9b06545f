use super::{Unfit, unfit, unfit_value};
use crate::{diagnostics::Report, node::Node, parse::parse, schema::Known};

fn schema(text: &str) -> Node {
    let mut report = Report::default();
    let node = parse(text, 0, &mut report);
    assert!(!report.has_errors(), "{text}");
    node
}

/// What is said of one schema put where another is taken; nothing when it is empty.
fn said(from: &str, to: &str) -> String {
    let (from, to) = (schema(from), schema(to));
    let unfit = unfit(&Known::of(&from), &Known::of(&to));
    unfit.map_or_else(String::new, |unfit: Unfit| unfit.to_string())
}

/// What is put where, and what is said of it.
const NEVER: &[(&str, &str, &str)] = &[
    // Wherever a type is said.
    (
        "type: string",
        "allOf: [{ type: integer }]",
        "this is of type `string`, where `integer` is taken",
    ),
    (
        "type: string",
        "{ allOf: [{ description: A number. }, { allOf: [{ type: [integer, \"null\"] }] }] }",
        "this is of type `string`, where `integer` is taken",
    ),
    (
        "allOf: [{ type: string }, { minLength: 1 }]",
        "type: integer",
        "this is of type `string`, where `integer` is taken",
    ),
    (
        "type: string",
        "enum: [1, 2]",
        "this is of type `string`, where `integer` is taken",
    ),
    (
        "type: boolean",
        "const: 5",
        "this is of type `boolean`, where `integer` is taken",
    ),
    (
        "const: five",
        "type: number",
        "this is of type `string`, where `number` is taken",
    ),
    (
        "type: string",
        "{ type: [string, integer], allOf: [{ type: [integer, array] }] }",
        "this is of type `string`, where `integer` is taken",
    ),
    (
        "type: string",
        "{ type: object, anyOf: [{ required: [a] }, { required: [b] }] }",
        "this is of type `string`, where `object` is taken",
    ),
    // Values.
    (
        "enum: [a, b]",
        "enum: [x, y]",
        "this is `a`, `b`, where `x`, `y` is taken",
    ),
    (
        "{ type: string, enum: [a, b] }",
        "anyOf: [{ const: x }, { const: y }]",
        "this is none of what is taken: `x`, `y`",
    ),
    (
        "{ enum: [a], type: string }",
        "{ type: string, maxLength: 0 }",
        "this is `a`, which is not taken",
    ),
    (
        "{ type: string, maxLength: 2 }",
        "enum: [long, longer]",
        "this is never `long`, `longer`, which alone is taken",
    ),
    // Limits.
    (
        "{ type: integer, maximum: 5 }",
        "{ type: integer, minimum: 10 }",
        "this is at most 5, where at least 10 is taken",
    ),
    (
        "{ type: integer, minimum: 5 }",
        "{ type: number, exclusiveMaximum: 5 }",
        "this is at least 5, where less than 5 is taken",
    ),
    (
        "{ type: string, minLength: 9 }",
        "{ type: string, maxLength: 8 }",
        "this has at least 9 characters, where at most 8 are taken",
    ),
    (
        "{ type: array, maxItems: 1, items: {} }",
        "{ type: array, minItems: 2 }",
        "this has at most 1 element, where at least 2 are taken",
    ),
    // Elements and members.
    (
        "{ type: array, minItems: 1, items: { type: string } }",
        "{ type: array, items: { type: integer } }",
        "an element of this is of type `string`, where `integer` is taken",
    ),
    (
        "{ type: object, required: [a], properties: { a: { type: string } } }",
        "{ type: object, properties: { a: { type: integer } } }",
        "`a` of this is of type `string`, where `integer` is taken",
    ),
    (
        "{ type: object, properties: { a: { type: array, items: { properties: { b: { type: string } }, type: object } } } }",
        "{ type: object, properties: { a: { items: { properties: { b: { enum: [1] } } } } } }",
        "`a[].b` of this is of type `string`, where `integer` is taken",
    ),
    (
        "{ type: object, properties: { ab: { type: string } } }",
        "{ type: object, patternProperties: { ^a: { type: integer } } }",
        "`ab` of this is of type `string`, where `integer` is taken",
    ),
    (
        "{ type: object, additionalProperties: { type: string } }",
        "{ type: object, additionalProperties: false, patternProperties: { ^a: { type: integer } } }",
        "a member of this is of type `string`, where `integer` is taken",
    ),
    (
        "{ type: object, properties: { b: {} } }",
        "{ type: object, additionalProperties: false, properties: { a: {} } }",
        "this has a member `b`, which is not taken",
    ),
    (
        "{ type: object, additionalProperties: false, properties: { b: {} } }",
        "{ allOf: [{ required: [a] }, { type: object }] }",
        "this has no member `a`, which is required",
    ),
    (
        "{ type: object, properties: { kind: { const: c } } }",
        "{ oneOf: [{ type: object, properties: { kind: { const: a } } }, { type: object, properties: { kind: { const: b } } }] }",
        "this fits none of the forms that are taken",
    ),
    (
        "{ type: object, properties: { a: { type: string } } }",
        "{ anyOf: [{ type: string }, { type: object, properties: { a: { type: integer } } }] }",
        "`a` of this is of type `string`, where `integer` is taken",
    ),
];

#[test]
fn what_never_fits_is_told() {
    for (from, to, expected) in NEVER {
        assert_eq!(said(from, to), *expected, "{from} into {to}");
    }
}

#[test]
fn what_may_fit_is_not_told() {
    let cases = [
        ("{}", "type: integer"),
        ("type: integer", "{}"),
        ("type: integer", "true"),
        ("type: number", "type: integer"),
        ("type: [string, integer]", "type: integer"),
        ("anyOf: [{ type: string }, { type: integer }]", "const: 5"),
        ("type: \"null\"", "type: integer"),
        ("{ enum: [null] }", "type: integer"),
        ("type: string", "{ enum: [1, a] }"),
        ("type: string", "{ not: { type: string } }"),
        ("enum: [a, b]", "{ enum: [b, c] }"),
        ("{ type: string, enum: [a, 1] }", "const: a"),
        (
            "{ type: integer, maximum: 10 }",
            "{ type: integer, minimum: 10 }",
        ),
        (
            "{ type: string, minLength: 8 }",
            "{ type: string, maxLength: 8 }",
        ),
        (
            "{ type: string, pattern: ^a }",
            "{ type: string, pattern: ^b }",
        ),
        (
            "{ type: string, format: date }",
            "{ type: string, format: uri }",
        ),
        // What is no pattern for us may be one for the provider.
        ("{ const: a }", "{ type: string, pattern: \"(\" }"),
        ("{ const: 5.0 }", "type: integer"),
        (
            "{ type: array, items: {} }",
            "{ type: array, items: { type: integer } }",
        ),
        (
            "{ type: array, items: { type: string } }",
            "{ type: array, prefixItems: [{ type: integer }] }",
        ),
        // Other members may be there, and be left out.
        (
            "{ type: object, properties: { a: {} } }",
            "{ type: object, required: [b] }",
        ),
        (
            "{ type: object, additionalProperties: false, properties: { a: {}, b: {} } }",
            "{ type: object, required: [b] }",
        ),
        (
            "{ type: object, properties: { ab: {} } }",
            "{ type: object, additionalProperties: false, patternProperties: { b$: {} } }",
        ),
        // Each of the two takes what the other has: as people mean it, not as the letter says.
        (
            "{ type: object, additionalProperties: false, properties: { a: {}, b: {} } }",
            "{ allOf: [{ type: object, additionalProperties: false, properties: { a: {} } }, { type: object, additionalProperties: false, properties: { b: {} } }] }",
        ),
        (
            "{ type: object, properties: { kind: { const: b }, size: { type: string } } }",
            "{ oneOf: [{ type: object, properties: { kind: { const: a }, size: { type: integer } } }, { type: object, properties: { kind: { const: b }, size: { type: string } } }] }",
        ),
        // A union inside of a union of which one branch takes it.
        (
            "type: string",
            "{ anyOf: [{ type: integer }, { oneOf: [{ type: boolean }, { allOf: [{}, { type: string }] }] }] }",
        ),
        ("type: string", "anyOf: []"),
    ];
    for (from, to) in cases {
        assert_eq!(said(from, to), "", "{from} into {to}");
    }
}

#[test]
fn a_constant_is_held_against_the_whole_schema() {
    let cases = [
        (
            "zz",
            "{ type: string, enum: [x, y] }",
            "this is none of what is taken: `x`, `y`",
        ),
        (
            "5",
            "{ type: integer, minimum: 10 }",
            "this is not taken: 5 is less than the minimum of 10",
        ),
        (
            "5",
            "{ type: integer, maximum: 4 }",
            "this is not taken: 5 is greater than the maximum of 4",
        ),
        (
            "1.5",
            "{ type: integer }",
            "this is of type `number`, where `integer` is taken",
        ),
        (
            "abc",
            "{ type: string, maxLength: 2 }",
            "this is not taken: \"abc\" is longer than 2 characters",
        ),
        (
            "abc",
            "{ allOf: [{ pattern: ^b }] }",
            "this is not taken: \"abc\" does not match \"^b\"",
        ),
        (
            "7",
            "{ type: string }",
            "this is of type `integer`, where `string` is taken",
        ),
        (
            "[1]",
            "{ type: array, minItems: 2 }",
            "this is not taken: [1] has less than 2 items",
        ),
        (
            "5",
            "{ anyOf: [{ type: string }, { minimum: 6 }] }",
            "this is not taken: 5 is less than the minimum of 6",
        ),
        (
            "5",
            "{ anyOf: [{ minimum: 9 }, { minimum: 6 }] }",
            "this fits none of the forms that are taken",
        ),
        ("5", "{ anyOf: [{ minimum: 9 }, { maximum: 6 }] }", ""),
        ("a", "{ type: string, pattern: \"(\" }", ""),
        ("null", "{ type: string }", ""),
        ("2.0", "{ type: integer }", ""),
        ("x", "{ type: string, enum: [x, y] }", ""),
    ];
    for (value, to, expected) in cases {
        let (value, to) = (schema(value).to_value(), schema(to));
        let unfit = unfit_value(&value, &Known::of(&to));
        let said = unfit.map_or_else(String::new, |unfit| unfit.to_string());
        assert_eq!(said, expected, "{value}");
    }
}

/// Unions that multiply at each level are gone through as far as is needed, and not to their end.
#[test]
fn a_schema_of_many_alternatives_is_no_trap() {
    let told = |levels: usize| {
        let (mut from, mut to) = (
            "{ type: string }".to_owned(),
            "{ type: integer }".to_owned(),
        );
        for _ in 0..levels {
            from = format!("{{ anyOf: [{from}, {from}] }}");
            to = format!("{{ allOf: [{to}, {to}] }}");
        }
        said(&from, &to)
    };
    assert_eq!(
        told(8),
        "this is of type `string`, where `integer` is taken"
    );
    // What is left out limits nothing.
    assert_eq!(told(10), "");
    let told = |levels: usize| {
        let (mut from, mut to) = (
            "{ type: string }".to_owned(),
            "{ type: integer }".to_owned(),
        );
        for _ in 0..levels {
            for side in [&mut from, &mut to] {
                *side = format!(
                    "{{ type: object, properties: {{ a: {{ anyOf: [{side}, {side}] }} }} }}"
                );
            }
        }
        said(&from, &to)
    };
    assert_eq!(
        told(3),
        "`a.a.a` of this is of type `string`, where `integer` is taken"
    );
    assert_eq!(told(10), "");
}
