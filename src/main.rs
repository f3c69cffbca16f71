//! The `pactum` command.
fn main() {}
