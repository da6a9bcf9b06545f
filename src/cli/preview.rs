//! What a call would send, shown without sending it: as HTTP, and as a command of curl. Keys are not in it, but the
//! variables that hold them.

mod upload;

use rft_mcp_runtime::{
    engine::Request,
    tool::{Action, Auth, Method, Piece, ProviderSpec, Text, ToolSpec},
    upstream::File,
};

use super::example::Example;

/// Where `rft-mcp sandbox` is by default.
const SANDBOX: &str = "http://127.0.0.1:8765/v1";

/// Requests on their way to a provider.
pub struct Preview<'r> {
    pub provider: &'static ProviderSpec,
    pub base_url: Option<&'r str>,
    pub env: &'r dyn Fn(&str) -> Option<String>,
}

/// A piece of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Bit {
    Text(String),
    /// A variable of the environment.
    Env(String),
    /// A variable that holds the path of a file.
    File(String),
}

impl Preview<'_> {
    /// All that a tool would send first, as HTTP or as commands of curl, and what is not shown of it.
    pub fn print(&self, tool: &ToolSpec, requests: &[Request], curl: bool) -> String {
        let shown = requests.iter().map(|request| {
            if curl {
                self.curl(request)
            } else {
                self.http(request)
            }
        });
        let mut shown: Vec<String> = shown.collect();
        if let Some(said) = unseen(tool, requests.is_empty()) {
            // A shell takes it for a comment.
            let said = said.lines().map(|line| format!("# {line}"));
            shown.push(said.collect::<Vec<_>>().join("\n"));
        }
        shown.join("\n\n")
    }

    /// A request as HTTP, more or less.
    pub fn http(&self, request: &Request) -> String {
        let mut lines = vec![format!(
            "{} {}",
            method(request.method),
            shown(&self.url(request))
        )];
        for (name, value) in self.headers(request) {
            lines.push(format!("{name}: {}", shown(&value)));
        }
        if let Some(body) = &request.body {
            lines.push(String::new());
            lines.push(format!("{body:#}"));
        }
        if let Some(form) = &request.form {
            lines.push(String::new());
            lines.push(form.clone());
        }
        if let Some(upload) = &request.upload {
            lines.push(String::new());
            lines.extend(upload::lines(upload));
        }
        if let Some(path) = saved(request) {
            lines.push(format!("\n(the reply is written to {path})"));
        }
        lines.join("\n")
    }

    /// A request as a command for a POSIX shell.
    pub fn curl(&self, request: &Request) -> String {
        let mut words = vec![
            format!("curl -gsS -X {}", method(request.method)),
            quoted(&self.url(request)),
        ];
        for (name, value) in self.headers(request) {
            let is_form = request.upload.as_ref().is_some_and(|upload| !upload.raw);
            if name == "Content-Type" && is_form {
                continue;
            }
            let mut header = vec![Bit::Text(format!("{name}: "))];
            header.extend(value);
            words.push(format!("-H {}", quoted(&header)));
        }
        if let Some(body) = &request.body {
            words.push(format!("--data-raw {}", quote(&body.to_string())));
        }
        if let Some(form) = &request.form {
            words.push(format!("--data-raw {}", quote(form)));
        }
        let mut before = String::new();
        if let Some(upload) = &request.upload {
            let (piped, arguments) = upload::words(upload);
            before = piped;
            words.extend(arguments);
        }
        if let Some(path) = saved(request) {
            words.push(format!("-o {}", quote(path)));
        }
        format!("{before}{}", words.join(" \\\n  "))
    }

    fn url(&self, request: &Request) -> Vec<Bit> {
        let mut url = match (self.base_url, self.provider.base_url) {
            (Some(given), _) => vec![Bit::Text(given.to_owned())],
            (None, Some(own)) => self.expand(own, false),
            (None, None) => vec![Bit::Text(SANDBOX.to_owned())],
        };
        if let Some(Bit::Text(last)) = url.last_mut() {
            last.truncate(last.trim_end_matches('/').len());
        }
        url.push(Bit::Text(request.target.clone()));
        let mut mark = if request.target.contains('?') {
            '&'
        } else {
            '?'
        };
        for (name, text) in self.provider.query {
            let value = self.expand(text, false);
            if !value.is_empty() {
                url.push(Bit::Text(format!("{mark}{name}=")));
                url.extend(value);
                mark = '&';
            }
        }
        url
    }

    fn headers(&self, request: &Request) -> Vec<(String, Vec<Bit>)> {
        let mut headers = Vec::new();
        let own = request.key.and_then(|key| {
            let mut keys = self.provider.keys.iter();
            keys.find(|(name, _)| *name == key)
        });
        let ways = own.map_or(self.provider.auth, |(_, ways)| ways);
        let is_set = |way: &&Auth| {
            let (Auth::Bearer(text) | Auth::Header(_, text)) = way;
            text.iter().all(|piece| match piece {
                Piece::Env { name, default } => default.is_some() || self.holder(name).is_some(),
                Piece::Literal(_) => true,
            })
        };
        match ways.iter().find(is_set).or(ways.first()) {
            Some(Auth::Bearer(text)) => {
                let mut value = vec![Bit::Text("Bearer ".to_owned())];
                value.extend(self.expand(text, true));
                headers.push(("Authorization".to_owned(), value));
            }
            Some(Auth::Header(name, text)) => {
                headers.push(((*name).to_owned(), self.expand(text, true)));
            }
            None => {}
        }
        for (name, text) in self.provider.headers {
            let value = self.expand(text, true);
            if !value.is_empty() {
                headers.push(((*name).to_owned(), value));
            }
        }
        let plain = |text: &str| vec![Bit::Text(text.to_owned())];
        for (name, value) in &request.headers {
            headers.push(((*name).to_owned(), plain(value)));
        }
        let own = |(name, _): &(String, _)| name.eq_ignore_ascii_case("content-type");
        if request.body.is_some() && !headers.iter().any(own) {
            headers.push(("Content-Type".to_owned(), plain("application/json")));
        }
        if request.form.is_some() {
            let kind = plain("application/x-www-form-urlencoded");
            headers.push(("Content-Type".to_owned(), kind));
        }
        if let Some(upload) = &request.upload {
            let raw = upload.files.first().filter(|_| upload.raw);
            let kind = raw.map_or_else(|| "multipart/form-data".to_owned(), File::media_type);
            headers.push(("Content-Type".to_owned(), plain(&kind)));
        }
        headers
    }

    /// A text of the provider. What comes from the environment stays the name of its variable when it is `kept`
    /// secret or not set.
    fn expand(&self, text: Text, kept: bool) -> Vec<Bit> {
        let mut bits = Vec::new();
        for piece in text {
            let bit = match piece {
                Piece::Literal(literal) => Bit::Text((*literal).to_owned()),
                Piece::Env { name, default } => match (self.holder(name), default) {
                    (None, Some(default)) => Bit::Text((*default).to_owned()),
                    (None, None) => Bit::Env((*name).to_owned()),
                    (Some(Bit::Env(name)), _) if !kept => {
                        let value = (self.env)(&name).unwrap_or_default();
                        Bit::Text(value.trim().to_owned())
                    }
                    (Some(holder), _) => holder,
                },
            };
            if bit != Bit::Text(String::new()) {
                bits.push(bit);
            }
        }
        bits
    }

    /// The variable that is set for a name: itself, or `NAME_FILE`.
    fn holder(&self, name: &str) -> Option<Bit> {
        let is_set = |name: &str| (self.env)(name).is_some_and(|value| !value.trim().is_empty());
        let file = format!("{name}_FILE");
        if is_set(name) {
            Some(Bit::Env(name.to_owned()))
        } else {
            is_set(&file).then_some(Bit::File(file))
        }
    }
}

/// The local file that a reply goes to.
fn saved(request: &Request) -> Option<&str> {
    request.download.as_ref()?.path.as_deref()
}

fn shown(bits: &[Bit]) -> String {
    let bits = bits.iter().map(|bit| match bit {
        Bit::Text(text) => text.clone(),
        Bit::Env(name) | Bit::File(name) => format!("${name}"),
    });
    bits.collect()
}

/// One word of a shell command.
fn quoted(bits: &[Bit]) -> String {
    let mut joined: Vec<Bit> = Vec::new();
    for bit in bits {
        match (joined.last_mut(), bit) {
            (Some(Bit::Text(last)), Bit::Text(text)) => last.push_str(text),
            _ => joined.push(bit.clone()),
        }
    }
    let bits = joined.iter().map(|bit| match bit {
        Bit::Text(text) => quote(text),
        Bit::Env(name) => format!("\"${name}\""),
        Bit::File(name) => format!("\"$(cat \"${name}\")\""),
    });
    bits.collect()
}

/// A text as it is, for a shell: nothing in single quotes means anything but the quote itself.
fn quote(text: &str) -> String {
    format!("'{}'", text.replace('\'', "'\\''"))
}

fn method(method: Method) -> &'static str {
    match method {
        Method::Get => "GET",
        Method::Post => "POST",
        Method::Put => "PUT",
        Method::Patch => "PATCH",
        Method::Delete => "DELETE",
    }
}

/// An environment in which a provider can be resolved whatever is set, so that requests can be made for it. What is
/// made up is never sent.
pub fn anything(
    spec: &'static ProviderSpec,
    env: impl Fn(&str) -> Option<String>,
) -> impl Fn(&str) -> Option<String> {
    let address = spec.base_url.unwrap_or_default();
    move |name| {
        let is = |piece: &Piece| matches!(piece, Piece::Env { name: own, default: None } if *own == name);
        // It may stand at the beginning of an address, or inside of its host.
        let begins = address.first().is_some_and(is);
        let optional = |text: &Text| {
            let mut pieces = text.iter();
            pieces.any(
                |piece| matches!(piece, Piece::Env { name: own, default: Some(_) } if *own == name),
            )
        };
        let texts = spec.headers.iter().chain(spec.query).map(|(_, text)| text);
        let all = texts.chain(&spec.base_url);
        if let Some(value) = env(name) {
            return Some(value);
        }
        if name.ends_with("_FILE") || all.into_iter().any(optional) {
            return None;
        }
        Some(
            if begins {
                "https://not-set.invalid"
            } else {
                "not-set"
            }
            .to_owned(),
        )
    }
}

/// What there is to say of a tool without requests of its own.
fn unseen(tool: &ToolSpec, sends_nothing: bool) -> Option<String> {
    let name = tool.name;
    let (what, known) = match tool.action {
        Action::Http { .. } => return None,
        Action::Content(_) => {
            return Some(format!(
                "`{name}` sends nothing: it says what the manifest says, for any provider"
            ));
        }
        _ if sends_nothing => (
            "sends nothing to the provider for this input. Nothing was done",
            "",
        ),
        _ => (
            "sends this first; what it sends then follows from the replies. Nothing was sent",
            "\nIn its examples it sends:",
        ),
    };
    let mut lines = vec![format!("`{name}` is a Rust function. It {what}.{known}")];
    let examples = Example::of(name);
    let requests = examples.iter().flat_map(|example| &example.requests);
    for line in requests.map(|request| format!("  {}", request.line())) {
        if !sends_nothing && !lines.contains(&line) {
            lines.push(line);
        }
    }
    lines.push(format!(
        "`rft-mcp schema --tool {name} --format markdown` has the examples whole; `rft-mcp call {name} --provider \
         sandbox …` runs it on a simulated provider, without a key and without a bill."
    ));
    Some(lines.join("\n"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shell_reads_every_text_as_it_is() {
        for text in [
            "",
            "a b",
            "it's",
            "''",
            "$HOME `id` \"x\" \\",
            "a\nb\t!",
            "é😀",
        ] {
            let echo = std::process::Command::new("sh")
                .args(["-c", &format!("printf %s {}", quote(text))])
                .output();
            let printed = echo.map(|output| String::from_utf8_lossy(&output.stdout).into_owned());
            assert_eq!(printed.ok().as_deref(), Some(text));
        }
    }
}
