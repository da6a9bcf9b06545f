//! What templates make of values that are known: examples are checked by it before anything runs. The functions
//! that a template calls are not there yet, so what they make is not known.

use serde_json::{Map, Value};

use crate::{
    model::{Place, Step, Template, TemplateKind},
    node::{Kind, Node},
    source::Span,
};

/// What a template makes.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Made {
    Absent,
    /// Anything, or nothing.
    Unknown,
    Value(Value),
    List(Vec<Made>),
    Object(Vec<(String, Made)>),
}

/// What a template draws on.
#[derive(Clone, Copy)]
pub(crate) struct Scope<'a> {
    pub(crate) input: &'a Value,
    /// Replies by name.
    pub(crate) replies: &'a [(String, Value)],
    /// What the provider's values are.
    pub(crate) provider: &'a Value,
    pub(crate) item: Option<&'a Value>,
    /// Whether `null` counts as absent, as it does in results.
    pub(crate) null_is_absent: bool,
}

/// What a template makes.
pub(crate) fn fill(template: &Template, scope: Scope<'_>) -> Made {
    match &template.kind {
        TemplateKind::Null => Made::Value(Value::Null),
        TemplateKind::Bool(bool) => Made::Value(Value::Bool(*bool)),
        TemplateKind::Number(number) => Made::Value(Value::Number(number.clone())),
        TemplateKind::Text(text) => Made::Value(Value::String(text.clone())),
        TemplateKind::List(elements) => {
            let filled = elements.iter().map(|element| fill(element, scope));
            Made::List(filled.filter(|made| *made != Made::Absent).collect())
        }
        TemplateKind::Object(members) => {
            let filled = members
                .iter()
                .map(|(key, member)| (key.text.clone(), fill(member, scope)));
            let filled: Vec<_> = filled.filter(|(_, made)| *made != Made::Absent).collect();
            if filled.is_empty() && !members.is_empty() {
                Made::Absent
            } else {
                Made::Object(filled)
            }
        }
        TemplateKind::Take(place) => take(place, scope),
        TemplateKind::First(choices) => {
            let mut made = choices.iter().map(|choice| fill(choice, scope));
            made.find(|made| *made != Made::Absent)
                .unwrap_or(Made::Absent)
        }
        TemplateKind::Call { .. } | TemplateKind::Broken => Made::Unknown,
        TemplateKind::Join { list, separator } => match take(list, scope) {
            Made::Value(Value::Array(elements)) if elements.is_empty() => Made::Absent,
            Made::Value(Value::Array(elements)) => {
                let texts: Vec<String> = elements.iter().map(text).collect();
                Made::Value(texts.join(separator).into())
            }
            Made::Value(one) => Made::Value(text(&one).into()),
            other => other,
        },
        TemplateKind::Json(inner) => match fill(inner, scope) {
            Made::Absent => Made::Absent,
            made if is_known(&made) => Made::Value(text(&value(&made)).into()),
            _ => Made::Unknown,
        },
        TemplateKind::Each { list, item } => match take(list, scope) {
            Made::Unknown => Made::Unknown,
            Made::Value(Value::Array(elements)) => {
                let filled = elements.iter().map(|element| {
                    let scope = Scope {
                        item: Some(element),
                        ..scope
                    };
                    fill(item, scope)
                });
                Made::List(filled.filter(|made| *made != Made::Absent).collect())
            }
            _ => Made::Absent,
        },
    }
}

/// Whether all of what is made is known.
pub(crate) fn is_known(made: &Made) -> bool {
    match made {
        Made::Unknown => false,
        Made::List(elements) => elements.iter().all(is_known),
        Made::Object(members) => members.iter().all(|(_, member)| is_known(member)),
        Made::Absent | Made::Value(_) => true,
    }
}

/// A value as it stands in a text.
pub(crate) fn text(value: &Value) -> String {
    value
        .as_str()
        .map_or_else(|| value.to_string(), str::to_owned)
}

fn take(place: &Place, scope: Scope<'_>) -> Made {
    let reply = scope
        .replies
        .iter()
        .find(|(name, _)| *name == place.name)
        .map(|(_, reply)| reply);
    let headers = place.name.strip_suffix("_headers");
    let (root, path) = match (reply, place.name.as_str()) {
        (Some(reply), _) => (Some(reply), place.path.as_slice()),
        (None, "provider") => (Some(scope.provider), place.path.as_slice()),
        (None, "item") => (scope.item, place.path.as_slice()),
        (None, _) if headers.is_some_and(|of| scope.replies.iter().any(|(name, _)| name == of)) => {
            return Made::Unknown;
        }
        (None, name) => (scope.input.get(name), place.path.as_slice()),
    };
    let found = root.and_then(|root| {
        path.iter().try_fold(root, |value, step| match step {
            Step::Key(key) => value.get(key),
            Step::Index(index) => {
                let list = value.as_array()?;
                let from = usize::try_from(index.unsigned_abs()).ok()?;
                let at = if *index < 0 {
                    list.len().checked_sub(from)?
                } else {
                    from
                };
                list.get(at)
            }
        })
    });
    match found {
        None => Made::Absent,
        Some(Value::Null) if scope.null_is_absent => Made::Absent,
        Some(value) => Made::Value(value.clone()),
    }
}

/// Where an example says something else than a template makes: the place in the example, and what is wrong.
pub(crate) fn differences(
    expected: Option<&Node>,
    made: &Made,
    span: Span,
    at: &str,
    found: &mut Vec<(Span, String)>,
) {
    let what = if at.is_empty() {
        "this".to_owned()
    } else {
        format!("`{at}`")
    };
    let Some(node) = expected else {
        if !may_be_absent(made) {
            let message = format!("{what} is missing, where {} is made", show(made));
            found.push((span, message));
        }
        return;
    };
    match (&node.kind, made) {
        (Kind::Broken, _) | (_, Made::Unknown) => {}
        (_, Made::Absent) => {
            found.push((
                node.span,
                format!("{what} stands here, and nothing is made"),
            ));
        }
        (Kind::Map(members), Made::Object(made)) => {
            for (key, member) in members {
                let at = format!("{at}/{}", key.text);
                let made = made.iter().find(|(name, _)| *name == key.text);
                let made = made.map_or(&Made::Absent, |(_, made)| made);
                differences(Some(member), made, key.span, &at, found);
            }
            for (name, made) in made {
                if members.iter().all(|(key, _)| key.text != *name) {
                    differences(None, made, node.span, &format!("{at}/{name}"), found);
                }
            }
        }
        (Kind::List(elements), Made::List(made)) => {
            for (index, element) in elements.iter().enumerate() {
                let made = made.get(index).unwrap_or(&Made::Absent);
                let at = format!("{at}/{index}");
                differences(Some(element), made, element.span, &at, found);
            }
            for (index, made) in made.iter().enumerate().skip(elements.len()) {
                differences(None, made, node.span, &format!("{at}/{index}"), found);
            }
        }
        (
            Kind::Map(_) | Kind::List(_),
            Made::Value(value @ (Value::Object(_) | Value::Array(_))),
        ) => {
            differences(Some(node), &parts(value), span, at, found);
        }
        (_, made) => {
            let equal = matches!(made, Made::Value(value) if same(value, &node.to_value()));
            if !equal {
                found.push((
                    node.span,
                    format!("{what} is not {}, which is made", show(made)),
                ));
            }
        }
    }
}

fn may_be_absent(made: &Made) -> bool {
    match made {
        Made::Absent | Made::Unknown => true,
        // An object goes when all of its members do.
        Made::Object(members) => {
            !members.is_empty() && members.iter().all(|(_, member)| may_be_absent(member))
        }
        _ => false,
    }
}

/// Of what is made, the members that an example has too.
pub(crate) fn part(expected: &Node, made: Made) -> Made {
    match (&expected.kind, made) {
        (Kind::Map(_), Made::Object(members)) => Made::Object(
            members
                .into_iter()
                .filter_map(|(name, made)| {
                    let made = part(expected.get(&name)?, made);
                    Some((name, made))
                })
                .collect(),
        ),
        (Kind::List(nodes), Made::List(made)) if nodes.len() == made.len() => {
            let pairs = nodes.iter().zip(made);
            Made::List(pairs.map(|(node, made)| part(node, made)).collect())
        }
        (
            Kind::Map(_) | Kind::List(_),
            Made::Value(value @ (Value::Object(_) | Value::Array(_))),
        ) => part(expected, parts(&value)),
        (_, made) => made,
    }
}

/// A value by its parts.
pub(crate) fn parts(value: &Value) -> Made {
    match value {
        Value::Array(elements) => Made::List(elements.iter().map(parts).collect()),
        Value::Object(members) => Made::Object(
            members
                .iter()
                .map(|(name, member)| (name.clone(), parts(member)))
                .collect(),
        ),
        other => Made::Value(other.clone()),
    }
}

/// Whether two values are the same, `5` and `5.0` too.
fn same(one: &Value, other: &Value) -> bool {
    match (one.as_f64(), other.as_f64()) {
        (Some(one), Some(other)) => (one - other).abs() <= f64::EPSILON * one.abs(),
        _ => one == other,
    }
}

fn show(made: &Made) -> String {
    const LONGEST: usize = 80;
    let text = value(made).to_string();
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("`{}…`", text.get(..end).unwrap_or_default()),
        None => format!("`{text}`"),
    }
}

/// What is made, with null for what is not known.
pub(crate) fn value(made: &Made) -> Value {
    match made {
        Made::Absent | Made::Unknown => Value::Null,
        Made::Value(value) => value.clone(),
        Made::List(elements) => elements.iter().map(value).collect(),
        Made::Object(members) => {
            let members = members.iter();
            let members = members.map(|(name, member)| (name.clone(), value(member)));
            Value::Object(members.collect::<Map<_, _>>())
        }
    }
}
