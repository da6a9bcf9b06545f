//! Fills [`Template`]s.

use serde_json::{Map, Number, Value};

use crate::tool::{CallSpec, FunctionError, Place, Root, Step, Template};

/// What a template draws on.
#[derive(Debug, Clone, Copy)]
pub struct Scope<'a> {
    /// The call's input.
    pub input: &'a Value,
    /// The replies, in the order of the requests; empty while a request is made.
    pub replies: &'a [Value],
    /// The headers of the replies that requests keep, in the same order.
    pub headers: &'a [Value],
    /// The provider's values.
    pub provider: &'a Value,
    /// The element at hand.
    pub item: Option<&'a Value>,
    /// Whether `null` counts as absent, as it does in results.
    pub null_is_absent: bool,
}

/// Fills a template; `None` when there is nothing to put there.
///
/// # Errors
/// What a function that the template calls says.
pub fn fill(template: &Template, scope: Scope<'_>) -> Result<Option<Value>, FunctionError> {
    Ok(Some(match template {
        Template::Null => Value::Null,
        Template::Bool(constant) => Value::Bool(*constant),
        Template::Integer(constant) => Value::Number((*constant).into()),
        Template::Number(constant) => {
            return Ok(Number::from_f64(*constant).map(Value::Number));
        }
        Template::Text(constant) => Value::String((*constant).to_owned()),
        Template::List(items) => {
            let items = items
                .iter()
                .filter_map(|item| fill(item, scope).transpose());
            Value::Array(items.collect::<Result<_, _>>()?)
        }
        Template::Object(members) => return object(members, scope),
        Template::Take(place) => return Ok(take(place, scope).cloned()),
        Template::First(choices) => {
            for choice in *choices {
                if let Some(value) = fill(choice, scope)? {
                    return Ok(Some(value));
                }
            }
            return Ok(None);
        }
        Template::Call(call) => return self::call(call, scope),
        Template::Join { list, separator } => return Ok(join(list, separator, scope)),
        Template::Json(inner) => {
            return Ok(fill(inner, scope)?.map(|value| match value {
                Value::String(_) => value,
                other => Value::String(other.to_string()),
            }));
        }
        Template::Each { list, item } => {
            let Some(Value::Array(elements)) = take(list, scope) else {
                return Ok(None);
            };
            let filled = elements.iter().filter_map(|element| {
                let scope = Scope {
                    item: Some(element),
                    ..scope
                };
                fill(item, scope).transpose()
            });
            Value::Array(filled.collect::<Result<_, _>>()?)
        }
    }))
}

/// An object without its absent members; absent itself when that leaves nothing of it.
fn object(
    members: &[(&'static str, Template)],
    scope: Scope<'_>,
) -> Result<Option<Value>, FunctionError> {
    let mut filled = Map::with_capacity(members.len());
    for (name, template) in members {
        if let Some(value) = fill(template, scope)? {
            filled.insert((*name).to_owned(), value);
        }
    }
    let emptied = filled.is_empty() && !members.is_empty();
    Ok((!emptied).then_some(Value::Object(filled)))
}

fn call(call: &CallSpec, scope: Scope<'_>) -> Result<Option<Value>, FunctionError> {
    let mut arguments = Map::with_capacity(call.arguments.len());
    for (name, template) in call.arguments {
        match fill(template, scope)? {
            Some(value) => {
                arguments.insert((*name).to_owned(), value);
            }
            None if call.required.contains(name) => return Ok(None),
            None => {}
        }
    }
    let answer = (call.function)(arguments)?;
    Ok((!answer.is_null()).then_some(answer))
}

/// A list as one text.
fn join(list: &Place, separator: &str, scope: Scope<'_>) -> Option<Value> {
    let text = |value: &Value| {
        value
            .as_str()
            .map_or_else(|| value.to_string(), str::to_owned)
    };
    let joined = match take(list, scope)? {
        Value::Array(elements) if elements.is_empty() => return None,
        Value::Array(elements) => elements
            .iter()
            .map(text)
            .collect::<Vec<_>>()
            .join(separator),
        one => text(one),
    };
    Some(Value::String(joined))
}

/// The value at a place.
pub fn take<'a>(place: &Place, scope: Scope<'a>) -> Option<&'a Value> {
    let root = match place.root {
        Root::Input => Some(scope.input),
        Root::Reply(index) => scope.replies.get(index),
        Root::ReplyHeaders(index) => scope.headers.get(index),
        Root::Provider => Some(scope.provider),
        Root::Item => scope.item,
    };
    let found = follow(root?, place.path)?;
    (!(scope.null_is_absent && found.is_null())).then_some(found)
}

/// The value at the end of a way.
pub fn follow<'a>(root: &'a Value, path: &[Step]) -> Option<&'a Value> {
    path.iter().try_fold(root, |value, step| match step {
        Step::Key(key) => value.get(key),
        Step::Index(index) => {
            let list = value.as_array()?;
            let from_end = usize::try_from(index.unsigned_abs()).ok()?;
            if *index < 0 {
                list.len().checked_sub(from_end)
            } else {
                Some(from_end)
            }
            .and_then(|at| list.get(at))
        }
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const fn place(root: Root, path: &'static [Step]) -> Place {
        Place { root, path }
    }
    const MIN: Template =
        Template::Take(place(Root::Input, &[Step::Key("clip"), Step::Key("min")]));
    const LAST: Template = Template::Take(place(
        Root::Reply(0),
        &[Step::Key("data"), Step::Index(-1), Step::Key("id")],
    ));
    const IDS: Template = Template::Each {
        list: place(Root::Reply(0), &[Step::Key("data")]),
        item: &Template::Object(&[("id", Template::Take(place(Root::Item, &[Step::Key("id")])))]),
    };

    fn filled(
        template: &Template,
        input: &Value,
        reply: Value,
        null_is_absent: bool,
    ) -> Option<Value> {
        let (provider, replies) = (json!({"model": "m"}), [reply]);
        let scope = Scope {
            input,
            replies: &replies,
            headers: &[],
            provider: &provider,
            item: None,
            null_is_absent,
        };
        fill(template, scope).unwrap()
    }

    #[test]
    fn an_object_emptied_by_absence_goes_and_a_constant_empty_one_stays() {
        let template = Template::Object(&[
            (
                "outer",
                Template::Object(&[("inner", Template::Object(&[("min", MIN)]))]),
            ),
            ("empty", Template::Object(&[])),
            ("model", Template::First(&[MIN, Template::Text("auto")])),
        ]);
        let expected = json!({"empty": {}, "model": "auto"});
        assert_eq!(
            filled(&template, &json!({}), json!({}), false),
            Some(expected)
        );
        assert_eq!(
            filled(&template, &json!({"clip": {"min": 0}}), json!({}), false).unwrap()["outer"]["inner"]
                ["min"],
            0
        );
    }

    #[test]
    fn null_is_kept_in_requests_and_absent_in_results() {
        let input = json!({"clip": {"min": null}});
        assert_eq!(filled(&MIN, &input, json!({}), false), Some(Value::Null));
        assert_eq!(filled(&MIN, &input, json!({}), true), None);
    }

    #[test]
    fn lists_are_taken_by_element_and_from_the_end() {
        let reply = json!({"data": [{"id": "a"}, {"id": "b"}]});
        assert_eq!(
            filled(&LAST, &json!({}), reply.clone(), true),
            Some(json!("b"))
        );
        assert_eq!(
            filled(&IDS, &json!({}), reply, true),
            Some(json!([{"id": "a"}, {"id": "b"}]))
        );
        assert_eq!(filled(&LAST, &json!({}), json!({"data": []}), true), None);
        assert_eq!(
            filled(&IDS, &json!({}), json!({"data": []}), true),
            Some(json!([]))
        );
        assert_eq!(filled(&IDS, &json!({}), json!({}), true), None);
    }

    #[test]
    fn a_list_is_joined_and_an_empty_one_is_absent() {
        let template = Template::Join {
            list: place(Root::Input, &[Step::Key("ids")]),
            separator: "|",
        };
        let joined = |input: Value| filled(&template, &input, json!({}), false);
        assert_eq!(
            joined(json!({"ids": ["a", 1, true]})),
            Some(json!("a|1|true"))
        );
        assert_eq!(joined(json!({"ids": "a"})), Some(json!("a")));
        assert_eq!(joined(json!({"ids": []})), None);
        assert_eq!(joined(json!({})), None);
    }

    #[test]
    fn a_call_without_a_required_argument_is_not_made() {
        fn never(_: Map<String, Value>) -> Result<Value, FunctionError> {
            Err(FunctionError("called".to_owned()))
        }
        static CALL: CallSpec = CallSpec {
            name: "f",
            function: never,
            arguments: &[("min", MIN)],
            required: &["min"],
        };
        let template = Template::Call(&CALL);
        assert_eq!(filled(&template, &json!({}), json!({}), false), None);
        let (input, provider) = (json!({"clip": {"min": 1}}), json!({}));
        let scope = Scope {
            input: &input,
            replies: &[],
            headers: &[],
            provider: &provider,
            item: None,
            null_is_absent: false,
        };
        assert_eq!(fill(&template, scope).unwrap_err().to_string(), "called");
    }
}
