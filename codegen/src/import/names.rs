//! Names of tools and inputs.

use std::{collections::BTreeSet, fmt::Write as _};

use heck::ToSnakeCase as _;

use crate::openapi::Operation;

/// The longest name that every client takes with what it puts before it.
pub(super) const LONGEST: usize = 30;

/// Words that are known by a shorter form.
const SHORT: [(&str, &str); 22] = [
    ("administrator", "admin"),
    ("application", "app"),
    ("attributes", "attrs"),
    ("authentication", "auth"),
    ("authorization", "auth"),
    ("certificate", "cert"),
    ("certificates", "certs"),
    ("configuration", "config"),
    ("description", "desc"),
    ("development", "dev"),
    ("environment", "env"),
    ("environments", "envs"),
    ("information", "info"),
    ("organization", "org"),
    ("organizations", "orgs"),
    ("permission", "perm"),
    ("permissions", "perms"),
    ("production", "prod"),
    ("repositories", "repos"),
    ("repository", "repo"),
    ("specification", "spec"),
    ("statistics", "stats"),
];

/// Words of capitals.
const ACRONYMS: [&str; 32] = [
    "AI", "API", "AWS", "CPU", "CSV", "DNS", "FAQ", "GPU", "HTML", "HTTP", "HTTPS", "ID", "IP",
    "JSON", "JWT", "LLM", "MFA", "OIDC", "PDF", "SAML", "SDK", "SMS", "SQL", "SSH", "SSO", "TLS",
    "UI", "URI", "URL", "UUID", "VM", "XML",
];

/// Words with capitals in them.
const WORDS: [(&str, &str); 4] = [
    ("GitHub", "Github"),
    ("GraphQL", "Graphql"),
    ("OAuth", "Oauth"),
    ("OpenID", "Openid"),
];

/// Words without which a name still says what it means.
const FILLING: [&str; 9] = ["a", "an", "the", "of", "for", "by", "with", "to", "in"];

/// The set and the file of operations without a tag.
pub(super) const UNTAGGED: &str = "tools";

/// The name of an operation's tool: `operationId` in small letters, or method and path, at most [`LONGEST`]
/// letters where shorter words or fewer of them make that, and none of the names taken.
pub(super) fn tool(operation: &Operation<'_>, taken: &BTreeSet<String>) -> String {
    let full = match operation.id() {
        Some(id) => id.to_owned(),
        None => format!(
            "{} {}",
            operation.method,
            operation.path.text.replace(['{', '}'], " ")
        ),
    };
    let full = identifier(&full);
    let short = shortened(&full);
    if !taken.contains(&short) {
        return short;
    }
    if !taken.contains(&full) && full.len() <= LONGEST {
        return full;
    }
    let mut number = 2_usize;
    loop {
        let end = format!("_{number}");
        let room = LONGEST.saturating_sub(end.len());
        let name: String = short.chars().take(room).collect();
        let name = format!("{}{end}", name.trim_end_matches('_'));
        if !taken.contains(&name) {
            return name;
        }
        number += 1;
    }
}

/// Letters, digits and `_`, a letter first.
pub(super) fn identifier(name: &str) -> String {
    let plain: String = name
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() { c } else { ' ' })
        .collect();
    let snake = apart(&plain).to_snake_case();
    if snake.starts_with(|c: char| c.is_ascii_lowercase()) {
        snake
    } else {
        format!("x_{snake}").trim_end_matches('_').to_owned()
    }
}

/// Sets apart the words that are capitals throughout, where their last letter would be taken for the first of the next
/// word: `APIkey` and `IDs` are no `AP Ikey` and `I Ds`.
fn apart(name: &str) -> String {
    let mut name = name.to_owned();
    for (usual, word) in WORDS {
        name = name.replace(usual, word);
    }
    let mut apart = String::with_capacity(name.len());
    let mut rest = name.as_str();
    while let Some(first) = rest.chars().next() {
        let run = rest.chars().take_while(char::is_ascii_uppercase).count();
        let (capitals, after) = rest.split_at(run.max(first.len_utf8()));
        let small = |text: &str| text.starts_with(|c: char| c.is_ascii_lowercase());
        apart.push_str(capitals);
        rest = after;
        if !ACRONYMS.contains(&capitals) || !small(after) {
            continue;
        }
        // A plural stays a word.
        if let Some(after) = rest.strip_prefix('s').filter(|after| !small(after)) {
            apart.truncate(apart.len() - capitals.len());
            let _ = write!(apart, " {}s", capitals.to_ascii_lowercase());
            rest = after;
        }
        apart.push(' ');
    }
    apart
}

/// The name of an input: as the document has it where templates can take it, else an [`identifier`].
pub(super) fn input(name: &str) -> String {
    let plain = name
        .chars()
        .all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '-');
    if plain && name.starts_with(|c: char| c.is_ascii_alphabetic()) && name.len() <= 64 {
        name.to_owned()
    } else {
        identifier(name)
    }
}

fn shortened(name: &str) -> String {
    if name.len() <= LONGEST {
        return name.to_owned();
    }
    let mut words: Vec<&str> = name.split('_').collect();
    let length = |words: &[&str]| words.iter().map(|word| word.len() + 1).sum::<usize>() - 1;
    // A word that was just said, such as in `list_project_project_users`.
    words.dedup();
    words.retain(|word| !FILLING.contains(word));
    for (long, short) in SHORT {
        if length(&words) > LONGEST {
            for word in &mut words {
                if *word == long {
                    *word = short;
                }
            }
        }
    }
    // What is done and to what stand at the two ends.
    while length(&words) > LONGEST && words.len() > 3 {
        words.remove(words.len() / 2);
    }
    let name = words.join("_");
    let name: String = name.chars().take(LONGEST).collect();
    name.trim_end_matches('_').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_names_lose_what_says_least() {
        assert_eq!(shortened("create_job"), "create_job");
        assert_eq!(
            shortened("list_the_organization_certificates_of_a_project"),
            "list_org_certs_project"
        );
        assert!(
            shortened(&identifier(
                "listFineTuningCheckpointPermissionsForProjectServiceAccounts"
            ))
            .len()
                <= LONGEST
        );
    }

    #[test]
    fn words_of_capitals_are_words() {
        for (id, name) in [
            ("createAnAPIKeyForAService", "create_api_key_service"),
            ("createAnAPIkeyForAService", "create_api_key_service"),
            ("createanAPIkey", "createan_api_key"),
            ("listIDs", "list_ids"),
            ("getURLforID", "get_url_for_id"),
            ("listVMsOfUUID", "list_vms_of_uuid"),
            ("startOAuthFlow", "start_oauth_flow"),
            ("APIsGet", "apis_get"),
            ("GETUsers", "get_users"),
        ] {
            assert_eq!(shortened(&identifier(id)), name, "{id}");
        }
    }

    #[test]
    fn names_are_such_as_templates_take() {
        assert_eq!(input("max_tokens"), "max_tokens");
        assert_eq!(input("include[]"), "include");
        assert_eq!(input("filter[created.at]"), "filter_created_at");
        assert_eq!(input("$top"), "top");
        assert_eq!(input("2fa"), "x_2fa");
    }
}
