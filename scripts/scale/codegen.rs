//! One run of `check` or of `compile` over the manifest: what `rft-mcp manifest check` and the build do.

fn main() {
    let what = std::env::args().nth(1).unwrap_or_default();
    let done = if what == "check" {
        rft_mcp_codegen::check("manifest").map(|_| 0)
    } else {
        rft_mcp_codegen::compile("manifest").map(|compiled| compiled.rust.lines().count())
    };
    match done {
        Ok(lines) => println!("{lines}"),
        Err(diagnostics) => {
            eprintln!("{diagnostics}");
            std::process::exit(3);
        }
    }
}
