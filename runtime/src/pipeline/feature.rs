//! Parts of a schema that are shown otherwise than they are checked: those that a provider lacks are not shown, and
//! refused when they are given; those that are long are shown briefly.

use serde_json::Value;

use super::coerce::is_about;
use crate::tool::{Feature, ProviderSpec};

/// Leaves of some parts of a schema that is to be shown their types and descriptions.
pub(crate) fn shorten(schema: &mut Value, places: &[&str]) {
    for place in places {
        if let Some(Value::Object(members)) = schema.pointer_mut(place) {
            members.retain(|key, _| matches!(key.as_str(), "type" | "description"));
        }
    }
}

/// Takes what a provider lacks out of a schema that is to be shown.
pub(crate) fn hide(schema: &mut Value, features: &[Feature], provider: &ProviderSpec) {
    // From the last to the first, so that the places of branches that are still to go stay the same.
    for feature in features.iter().rev().filter(|one| lacks(provider, one)) {
        let Some((holder, last)) = feature.at.rsplit_once('/') else {
            continue;
        };
        match schema.pointer_mut(holder) {
            Some(Value::Array(branches)) => {
                if let Some(index) = last.parse().ok().filter(|index| *index < branches.len()) {
                    branches.remove(index);
                }
            }
            Some(Value::Object(properties)) => {
                properties.shift_remove(&last.replace("~1", "/").replace("~0", "~"));
            }
            _ => {}
        }
    }
}

/// A line for each part of an input that the provider lacks, with the providers that have it.
pub(crate) fn refuse(
    schema: &Value,
    features: &[Feature],
    input: &Value,
    provider: &ProviderSpec,
    providers: &[ProviderSpec],
) -> Vec<String> {
    let lacking: Vec<&Feature> = features.iter().filter(|one| lacks(provider, one)).collect();
    if lacking.is_empty() {
        return Vec::new();
    }
    let mut found = Vec::new();
    Search { lacking: &lacking }.seek(schema, "", input, "", &mut found);
    let told = found.into_iter().map(|(at, feature)| {
        let have = providers.iter().filter(|one| !lacks(one, feature));
        let have: Vec<&str> = have.map(|one| one.name).collect();
        format!(
            "`{}`: {} has no `{}`: leave it out or give another; the providers that have it are {}",
            if at.is_empty() { "/" } else { &at },
            provider.title,
            feature.name,
            have.join(", ")
        )
    });
    told.collect()
}

fn lacks(provider: &ProviderSpec, feature: &Feature) -> bool {
    provider.lacks.contains(&feature.name)
}

/// A walk through a schema and a value that it takes, side by side.
struct Search<'f> {
    lacking: &'f [&'f Feature],
}

impl<'f> Search<'f> {
    /// `place` is where the schema stands in the whole, `at` where the value does.
    fn seek(
        &self,
        schema: &Value,
        place: &str,
        value: &Value,
        at: &str,
        found: &mut Vec<(String, &'f Feature)>,
    ) {
        if let Some(feature) = self.lacking.iter().find(|feature| feature.at == place) {
            found.push((at.to_owned(), feature));
            return;
        }
        // Most of a schema leads to no feature.
        if !self.lacking.iter().any(|one| one.at.starts_with(place)) {
            return;
        }
        for union in ["anyOf", "oneOf", "allOf"] {
            let branches = schema.get(union).and_then(Value::as_array);
            for (index, branch) in branches.into_iter().flatten().enumerate() {
                if union == "allOf" || takes(branch, value) {
                    self.seek(
                        branch,
                        &format!("{place}/{union}/{index}"),
                        value,
                        at,
                        found,
                    );
                }
            }
        }
        match value {
            Value::Object(members) => {
                for (name, member) in members {
                    let step = name.replace('~', "~0").replace('/', "~1");
                    let at = format!("{at}/{step}");
                    let named = schema.get("properties").and_then(|all| all.get(name));
                    if let Some(schema) = named {
                        let place = format!("{place}/properties/{step}");
                        self.seek(schema, &place, member, &at, found);
                    } else if let Some(schema) = schema.get("additionalProperties") {
                        let place = format!("{place}/additionalProperties");
                        self.seek(schema, &place, member, &at, found);
                    }
                }
            }
            Value::Array(items) => {
                if let Some(schema) = schema.get("items") {
                    for (index, item) in items.iter().enumerate() {
                        let place = format!("{place}/items");
                        self.seek(schema, &place, item, &format!("{at}/{index}"), found);
                    }
                }
            }
            _ => {}
        }
    }
}

/// Whether a value is meant for a branch of a union: its constants say so or, where it has none, it fits.
fn takes(branch: &Value, value: &Value) -> bool {
    let properties = branch.get("properties").and_then(Value::as_object);
    let tags = properties.into_iter().flatten().filter(|(name, property)| {
        property.get("const").is_some() && value.get(name.as_str()).is_some()
    });
    if tags.count() > 0 {
        is_about(branch, value)
    } else {
        jsonschema::is_valid(branch, value)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const PLAIN: ProviderSpec = ProviderSpec {
        name: "plain",
        title: "Plain",
        notice: "",
        base_url: None,
        auth: &[],
        keys: &[],
        headers: &[],
        query: &[],
        values: &[],
        lacks: &["gold", "far", "wide"],
    };
    const RICH: ProviderSpec = ProviderSpec {
        name: "rich",
        title: "Rich",
        lacks: &[],
        ..PLAIN
    };
    const FEATURES: &[Feature] = &[
        Feature {
            name: "gold",
            at: "/properties/coin/anyOf/0",
        },
        Feature {
            name: "gold",
            at: "/properties/purse/additionalProperties/anyOf/0",
        },
        Feature {
            name: "wide",
            at: "/properties/sizes/items/anyOf/1",
        },
        Feature {
            name: "far",
            at: "/properties/a~1b",
        },
    ];

    fn schema() -> Value {
        let coin = json!({"anyOf": [
            {"type": "object", "properties": {"of": {"const": "gold"}}},
            {"type": "object", "properties": {"of": {"const": "iron"}}},
        ]});
        json!({"type": "object", "properties": {
            "coin": coin,
            "purse": {"type": "object", "additionalProperties": coin},
            "sizes": {"type": "array", "items": {"anyOf": [{"type": "string"}, {"type": "integer"}]}},
            "a/b": {"type": "boolean"},
            "c": {"type": "boolean"},
        }})
    }

    #[test]
    fn what_a_provider_lacks_is_not_shown() {
        let mut shown = schema();
        hide(&mut shown, FEATURES, &PLAIN);
        let iron = json!({"anyOf": [{"type": "object", "properties": {"of": {"const": "iron"}}}]});
        assert_eq!(
            shown["properties"],
            json!({
                "coin": iron,
                "purse": {"type": "object", "additionalProperties": iron},
                "sizes": {"type": "array", "items": {"anyOf": [{"type": "string"}]}},
                "c": {"type": "boolean"},
            })
        );
        let mut shown = schema();
        hide(&mut shown, FEATURES, &RICH);
        assert_eq!(shown, schema());
    }

    #[test]
    fn what_is_long_is_shown_by_type_and_description() {
        let mut shown = json!({"properties": {
            "a": {"type": "array", "description": "Many.", "items": {"type": "string"}},
            "b": {"type": "array", "items": {"type": "string"}},
        }});
        let mut expected = shown.clone();
        expected["properties"]["a"] = json!({"type": "array", "description": "Many."});
        shorten(&mut shown, &["/properties/a", "/properties/none"]);
        assert_eq!(shown, expected);
    }

    #[test]
    fn what_a_provider_lacks_is_refused_where_it_stands_with_those_that_have_it() {
        let refused =
            |provider, input| refuse(&schema(), FEATURES, &input, provider, &[PLAIN, RICH]);
        let input = json!({
            "coin": {"of": "gold"},
            "purse": {"left": {"of": "iron"}, "right": {"of": "gold"}},
            "sizes": ["s", 7],
            "a/b": true,
            "c": true,
        });
        let lines = refused(&PLAIN, input.clone());
        let places: Vec<&str> = lines
            .iter()
            .filter_map(|line| line.split('`').nth(1))
            .collect();
        assert_eq!(places, ["/coin", "/purse/right", "/sizes/1", "/a~1b"]);
        assert_eq!(
            lines[0],
            "`/coin`: Plain has no `gold`: leave it out or give another; the providers that have it are rich"
        );
        assert!(refused(&RICH, input).is_empty());
        let fine = json!({"coin": {"of": "iron"}, "purse": {"a": {"of": "iron"}}, "sizes": ["s"]});
        assert!(refused(&PLAIN, fine).is_empty());
    }
}
