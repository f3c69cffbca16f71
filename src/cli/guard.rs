//! Keeps a fault of ours in one file from hiding what there is to say of the others.

use std::cell::{Cell, RefCell};
use std::panic::{self, AssertUnwindSafe};
use std::sync::Once;

use super::problem::Problem;

static INSTALLED: Once = Once::new();

thread_local! {
    static INSIDE: Cell<bool> = const { Cell::new(false) };
    static LAST: RefCell<String> = const { RefCell::new(String::new()) };
}

/// Keeps the panics of [`caught`] off the terminal: they are reported as internal errors instead.
pub(super) fn install() {
    INSTALLED.call_once(hook);
}

fn hook() {
    let outside = panic::take_hook();
    panic::set_hook(Box::new(move |info| {
        if !INSIDE.get() {
            return outside(info);
        }
        let payload = info.payload();
        let text = payload.downcast_ref::<&str>().copied();
        let text = text.or_else(|| payload.downcast_ref::<String>().map(String::as_str));
        let message = text.unwrap_or("no message");
        let place = info.location().map(ToString::to_string).unwrap_or_default();
        LAST.with_borrow_mut(|last| *last = format!("{message} (at {place})"));
    }));
}

/// Does the work on one file; a panic becomes an internal error about that file.
pub(super) fn caught<T>(name: &str, work: impl FnOnce() -> T) -> Result<T, Problem> {
    INSIDE.set(true);
    let done = panic::catch_unwind(AssertUnwindSafe(work));
    INSIDE.set(false);
    done.map_err(|_| {
        let told = LAST.take();
        let message = format!("internal error while checking `{name}`: {told}");
        Problem::new("internal/panic", message).help(
            "this is a fault of pactum, not of the agreement: please report it. \
             This file was not checked, the others were",
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_is_told_and_not_spread() {
        install();
        let told = caught("a.alliance", || panic!("planted")).unwrap_err();
        assert!(
            told.diagnostic.message.contains("`a.alliance`: planted (at src/cli/guard.rs"),
            "{told:?}"
        );
        assert_eq!(caught("b.alliance", || 7).unwrap(), 7);
    }
}
