fn main() -> std::process::ExitCode {
    rft_mcp_codegen::build("manifest", "manifest.rs")
}
