//! The `pactum` command.

/// Every agreement asks for memory some four hundred times, and gives it back: with the system's own
/// allocator that is a seventh of the work.
#[cfg(feature = "mimalloc")]
#[global_allocator]
static MEMORY: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> std::process::ExitCode {
    pactum::cli::run(std::env::args_os())
}
