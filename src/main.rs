//! The `pactum` command.

fn main() -> std::process::ExitCode {
    pactum::cli::run(std::env::args_os())
}
