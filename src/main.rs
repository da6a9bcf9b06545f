//! The `rft-mcp` command.

/// A call makes and drops some hundred small values on whichever thread has time, which glibc's allocator is slow at.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> std::process::ExitCode {
    rft_mcp::cli::run()
}
