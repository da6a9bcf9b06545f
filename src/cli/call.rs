//! `call`.

use std::{io::Read as _, path::PathBuf, process::ExitCode};

use clap::{
    Arg, ArgMatches, Args, Command, Subcommand,
    error::{ContextKind, ContextValue, ErrorKind},
};
use rft_mcp_runtime::{
    engine::{Asking, Caller, Outcome, Settings},
    tool::{Block, Body, ToolSpec},
};
use serde_json::{Map, Value, json};

#[cfg(feature = "watches")]
use super::database::Database;
use super::{
    Error, print,
    provider::Choice,
    roots::or_here,
    safety::{Confirm, Limit, Safety},
    say, terminal, threads,
};
use crate::{TABLE, data_dir::own};

/// Calls one tool and prints its result as JSON; exits with 1 on a tool error.
#[derive(Debug, Args)]
#[command(
    subcommand_value_name = "TOOL",
    subcommand_help_heading = "Tools",
    override_usage = "rft-mcp call [OPTIONS] <TOOL> [--json JSON | --FIELD VALUE …]",
    after_help = "`rft-mcp tools` lists the tools; `rft-mcp call TOOL --help` lists a tool's fields. A value that \
                  begins with @ is read from a file, @- from stdin."
)]
pub struct Call {
    #[command(flatten)]
    provider: Choice,
    /// A directory whose files may be uploaded and written to; the working directory when none is given
    #[arg(long, value_name = "DIR")]
    files_root: Vec<PathBuf>,
    /// The directory to keep unfinished uploads in; $XDG_DATA_HOME/rft-mcp, or else ~/.local/share/rft-mcp
    #[arg(long, value_name = "DIR", env = "RFT_MCP_DATA_DIR")]
    data_dir: Option<PathBuf>,
    #[command(flatten)]
    safety: Safety,
    #[cfg(feature = "watches")]
    #[command(flatten)]
    database: Database,
    #[command(subcommand)]
    tool: Tool,
}

#[derive(Debug, Subcommand)]
enum Tool {
    #[command(external_subcommand)]
    Named(Vec<String>),
}

impl Call {
    pub fn run(self) -> Result<ExitCode, Error> {
        let Tool::Named(words) = self.tool;
        let name = words.first().cloned().unwrap_or_default();
        let spec = Choice::tool(&name)?;
        let schema: Value = serde_json::from_str(spec.input).unwrap_or_default();
        let mut matches = command(spec, &schema)
            .try_get_matches_from(&words)
            .map_err(|error| misspelt(spec, &schema, &words, &error))?;
        let inner = Choice {
            provider: matches.remove_one("provider"),
            base_url: matches.remove_one("base-url"),
            hourly_usd: None,
        };
        let safety = Safety {
            confirm: matches.try_remove_one("confirm-when").ok().flatten(),
            spending: {
                let given = matches.try_remove_many("spending").ok().flatten();
                given.into_iter().flatten().collect()
            },
            audit_log: matches.try_remove_one("audit-log").ok().flatten(),
        };
        let safety = safety.or(self.safety);
        let data_dir = matches.remove_one("data-dir").or(self.data_dir);
        let mut files_roots = self.files_root;
        files_roots.extend(matches.remove_many("files-root").into_iter().flatten());
        let arguments = arguments(&schema, &matches)?;
        let confirm = safety.confirm;
        #[cfg(feature = "watches")]
        let keeps = data_dir.is_some();
        let mut settings = Settings {
            // Every set: whoever calls a tool by name has chosen it.
            sets: Some(
                TABLE
                    .server
                    .sets
                    .iter()
                    .map(|set| set.name.to_owned())
                    .collect(),
            ),
            files_roots: or_here(files_roots),
            data_dir: data_dir.or_else(own),
            caller: Some(caller()),
            ..Settings::default()
        };
        safety.apply(&mut settings);
        let terminal = terminal::is_there();
        if !terminal && matches!(confirm, None | Some(Confirm::Auto)) {
            // Nobody is asked by a client here: whoever calls from a script says so.
            settings.asking = Asking::Always;
        }
        if matches.get_flag("dry-run") || matches.get_flag("curl") {
            let curl = matches.get_flag("curl");
            let choice = inner.or(self.provider);
            return match choice.preview(spec, arguments, &settings, curl)? {
                Ok(shown) => print(&shown).map(|()| ExitCode::SUCCESS),
                Err(message) => {
                    say(&message);
                    Ok(ExitCode::FAILURE)
                }
            };
        }
        let outcome = threads()?.block_on(async {
            let engine = inner.or(self.provider).engine(&settings).await?;
            #[cfg(feature = "watches")]
            if keeps || self.database.is_given() {
                // Those who serve look after them.
                let shutdown = tokio_util::sync::CancellationToken::new();
                engine.keep(
                    self.database
                        .watching(settings.data_dir.clone(), false, shutdown)?,
                );
            }
            Ok::<_, Error>(if terminal {
                engine
                    .call_asking(|question| terminal::ask(&question), spec.name, arguments)
                    .await
            } else {
                engine.call(spec.name, arguments).await
            })
        })?;
        match outcome {
            Ok(Outcome::Done(result)) => print(&pretty(&Value::Object(result)))?,
            Ok(Outcome::Shown(result, blocks)) => {
                print(&pretty(&Value::Object(result)))?;
                for block in &blocks {
                    say(&said(block));
                }
            }
            Ok(Outcome::Content(blocks)) => {
                let said: Vec<_> = blocks.iter().map(said).collect();
                print(&said.join("\n"))?;
            }
            Ok(Outcome::Failed(message) | Outcome::Lacks(_, message)) => {
                say(&message);
                if spec.confirm.is_some() && !terminal && message.contains("has to be confirmed") {
                    say("From a script, call again with `--confirm never` when that is meant.");
                }
                return Ok(ExitCode::FAILURE);
            }
            // Nobody is asked here: a tool that would is told so, and says what it lacks.
            Ok(Outcome::Asks(_)) => return Ok(ExitCode::FAILURE),
            Err(unknown) => return Err(Error::Usage(unknown.message)),
        }
        Ok(ExitCode::SUCCESS)
    }
}

/// This program, and whose account this is, as the environment says.
fn caller() -> Caller {
    let names = ["USER", "LOGNAME", "USERNAME"].iter();
    let mut said = names.filter_map(|name| std::env::var(name).ok());
    Caller {
        program: "rft-mcp call".to_owned(),
        user: said.find(|name| !name.is_empty()),
    }
}

/// A content as a terminal shows it: texts as they are, of anything else what it is.
fn said(block: &Block) -> String {
    match block {
        Block::Text(text)
        | Block::Resource {
            body: Body::Text(text),
            ..
        } => text.clone(),
        Block::Image { mime_type, .. } => format!("(an image, {mime_type})"),
        Block::Audio { mime_type, .. } => format!("(audio, {mime_type})"),
        Block::Resource { uri, mime_type, .. } => format!("({uri}, {mime_type})"),
        Block::Link { uri, name, .. } => format!("{name}: {uri}"),
        other => format!("{other:?}"),
    }
}

/// The command line of one tool: an option for each property of its input.
fn command(spec: &ToolSpec, schema: &Value) -> Command {
    let own = |name: &'static str, value: &'static str, help: &'static str| {
        Arg::new(name)
            .long(name)
            .value_name(value)
            .help(help)
            .help_heading("Provider")
    };
    let safe = [
        own(
            "confirm",
            "WHEN",
            "Whether to ask before a call that spends or destroys",
        )
        .id("confirm-when")
        .value_parser(clap::value_parser!(Confirm)),
        own(
            "spending",
            "NAME=NUMBER",
            "A limit on spending, instead of the manifest's",
        )
        .value_parser(clap::value_parser!(Limit))
        .value_delimiter(',')
        .action(clap::ArgAction::Append),
        own(
            "audit-log",
            "FILE",
            "A file that gets a line before and after a call that changes something",
        )
        .value_parser(clap::value_parser!(PathBuf)),
    ]
    .map(|arg| arg.help_heading("Safety"));
    let json = json_help(schema);
    let fields = options(schema).into_iter().map(|(name, property)| {
        let help = property
            .get("description")
            .and_then(Value::as_str)
            .unwrap_or_default();
        let arg = Arg::new(name.clone())
            .long(name.clone())
            .value_name("VALUE")
            .help(help.to_owned());
        let dashed = name.replace('_', "-");
        // Whoever is used to dashes may write them.
        let arg = if dashed == *name {
            arg
        } else {
            arg.alias(dashed)
        };
        let arg = match property.get("type").and_then(Value::as_str) {
            Some("boolean") => arg.num_args(0..=1).default_missing_value("true"),
            Some("integer" | "number") => arg.allow_negative_numbers(true),
            _ => arg.allow_hyphen_values(true),
        };
        arg.conflicts_with("json").help_heading("Fields")
    });
    Command::new(spec.name)
        .bin_name(format!("rft-mcp call {}", spec.name))
        .about(spec.title)
        .long_about(spec.description)
        .arg(Arg::new("json").long("json").value_name("JSON").help(json))
        .args(fields)
        .arg(
            Arg::new("dry-run")
                .long("dry-run")
                .action(clap::ArgAction::SetTrue)
                .help("Show what would be sent, without sending it and without keys")
                .help_heading("Preview"),
        )
        .arg(
            Arg::new("curl")
                .long("curl")
                .action(clap::ArgAction::SetTrue)
                .help("Show it as a command of curl, which takes keys from the environment")
                .help_heading("Preview"),
        )
        .args(places())
        .args(safe.into_iter().filter(|arg| {
            // What a tool calls so is meant by it.
            let named = |properties: &Map<String, Value>| {
                properties.contains_key(arg.get_long().unwrap_or_default())
            };
            !properties(schema).is_some_and(named)
        }))
        .arg(own("provider", "PROVIDER", "Who runs the jobs"))
        .arg(own(
            "base-url",
            "URL",
            "Use this address of the provider's API",
        ))
}

/// Where a call finds local files, and what outlives it.
fn places() -> [Arg; 2] {
    let place = |name: &'static str, help: &'static str| {
        let arg = Arg::new(name).long(name).value_name("DIR").help(help);
        arg.value_parser(clap::value_parser!(PathBuf))
            .help_heading("Files")
    };
    [
        place(
            "files-root",
            "A directory whose files may be uploaded and written to (default: the working directory)",
        )
        .action(clap::ArgAction::Append),
        place(
            "data-dir",
            "The directory that unfinished uploads and a server's watches are in",
        ),
    ]
}

/// What to say of `--json`, with the inputs that have no other option.
fn json_help(schema: &Value) -> String {
    let options = options(schema);
    let others = properties(schema)
        .into_iter()
        .flat_map(Map::keys)
        .filter(|name| !options.iter().any(|(option, _)| option == name));
    let others: Vec<_> = others.map(|name| format!("`{name}`")).collect();
    match others.as_slice() {
        [] => "All the arguments as one JSON object".to_owned(),
        others => format!(
            "All the arguments as one JSON object, the only way to give {}",
            others.join(", ")
        ),
    }
}

/// What `call` itself takes, whatever the tool.
const TAKEN: [&str; 9] = [
    "json",
    "dry-run",
    "curl",
    "files-root",
    "data-dir",
    "provider",
    "base-url",
    "help",
    "version",
];

/// The properties of an input that have an option: of those that would be written alike the first, and none that is
/// an option of `call` itself. The others are given by `--json`.
fn options(schema: &Value) -> Vec<(&String, &Value)> {
    let mut taken: Vec<String> = TAKEN.iter().map(ToString::to_string).collect();
    let mut options = Vec::new();
    for (name, property) in properties(schema).into_iter().flatten() {
        let dashed = name.replace('_', "-");
        if !name.is_empty() && !taken.contains(&dashed) {
            taken.push(dashed);
            options.push((name, property));
        }
    }
    options
}

fn arguments(schema: &Value, matches: &ArgMatches) -> Result<Map<String, Value>, Error> {
    if let Some(json) = matches.get_one::<String>("json") {
        return match serde_json::from_str(&read(json)?) {
            Ok(Value::Object(arguments)) => Ok(arguments),
            Ok(_) => Err(Error::Usage(
                "--json: expected a JSON object, such as '{\"limit\": 5}'".to_owned(),
            )),
            Err(error) => Err(Error::Usage(format!("--json: not valid JSON: {error}"))),
        };
    }
    let mut arguments = Map::new();
    for (name, property) in options(schema) {
        if let Some(given) = matches.get_one::<String>(name) {
            arguments.insert(name.clone(), value_of(property, read(given)?));
        }
    }
    Ok(arguments)
}

/// What is meant by a text: itself where a text is wanted, else the JSON that it is.
fn value_of(property: &Value, text: String) -> Value {
    let is_text = property.get("type").and_then(Value::as_str) == Some("string");
    let value = if is_text {
        None
    } else {
        serde_json::from_str(&text).ok()
    };
    value.unwrap_or(Value::String(text))
}

/// What to say of a word that is no option: others write arguments as `name=value`. Else what is said of options.
fn misspelt(spec: &ToolSpec, schema: &Value, words: &[String], error: &clap::Error) -> Error {
    let word = match error.get(ContextKind::InvalidArg) {
        Some(ContextValue::String(word)) if error.kind() == ErrorKind::UnknownArgument => word,
        _ => error.exit(),
    };
    if word.starts_with('-') || !words.contains(word) {
        error.exit();
    }
    let (name, value) = word.split_once('=').unwrap_or(("FIELD", word));
    let options = options(schema);
    let known = options.iter().find(|(option, _)| *option == name);
    let instead = if let Some((_, property)) = known {
        let object = json!({ name: value_of(property, value.to_owned()) });
        format!("write `--{name} {value}`, or `--json '{object}'`")
    } else {
        "a field is given as `--FIELD VALUE`, or all of them as `--json '{…}'`".to_owned()
    };
    Error::Usage(format!(
        "`{word}` is no option: {instead}; `rft-mcp call {} --help` lists the fields",
        spec.name
    ))
}

/// A value as it stands, or what is in the file that it names.
fn read(given: &str) -> Result<String, Error> {
    match given.strip_prefix('@') {
        None => Ok(given.to_owned()),
        Some("-") => {
            let mut text = String::new();
            std::io::stdin()
                .read_to_string(&mut text)
                .map_err(Error::io("read stdin"))?;
            Ok(text)
        }
        Some(path) => std::fs::read_to_string(path).map_err(Error::io(format!("read `{path}`"))),
    }
}

fn properties(schema: &Value) -> Option<&Map<String, Value>> {
    schema.get("properties")?.as_object()
}

fn pretty(value: &Value) -> String {
    format!("{value:#}")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn inputs_that_would_be_written_as_another_option_are_given_as_json() {
        let names = [
            "dry_run",
            "base_url",
            "files-root",
            "help",
            "curl",
            "json",
            "id",
            "batch-id",
            "batch_id",
            "confirm",
            "",
        ];
        let properties: Map<String, Value> = names
            .iter()
            .map(|name| ((*name).to_owned(), json!({"type": "string"})))
            .collect();
        let schema = json!({"type": "object", "properties": properties});
        let options: Vec<_> = options(&schema)
            .into_iter()
            .map(|(name, _)| name.as_str())
            .collect();
        assert_eq!(options, ["id", "batch-id", "confirm"]);
        let spec = crate::TABLE.tools.first().unwrap();
        // Panics where two options are written alike.
        let mut command = command(spec, &schema);
        command.build();
        let help = command.render_long_help().to_string();
        assert!(
            help.contains("the only way to give `dry_run`, `base_url`"),
            "{help}"
        );
        let given = ["call", "--id", "1", "--batch_id", "2"];
        assert!(command.clone().try_get_matches_from(given).is_err());
        let given = ["call", "--id", "1", "--batch-id", "2", "--dry-run"];
        let matches = command.try_get_matches_from(given).unwrap();
        assert_eq!(
            Value::Object(arguments(&schema, &matches).unwrap()),
            json!({"id": "1", "batch-id": "2"})
        );
    }
}
