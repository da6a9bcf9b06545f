//! The `rft-mcp` command.

fn main() -> std::process::ExitCode {
    rft_mcp::cli::run()
}
