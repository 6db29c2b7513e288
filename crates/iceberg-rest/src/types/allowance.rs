//! What one answer may take in memory once it is read. A list of `{}` takes a hundred times its text, so
//! what is kept is counted while it is parsed, and parsing ends where it outgrows the text too far.

use std::cell::Cell;

/// What any answer may take, in bytes, besides twice its own length.
const FREE: usize = 16 * 1024 * 1024;

thread_local! {
    /// Bytes that may still be spent by the parse under way on this thread; `None` outside of one.
    static LEFT: Cell<Option<usize>> = const { Cell::new(None) };
    /// Whether it passed something over.
    static PASSED: Cell<bool> = const { Cell::new(false) };
}

/// How reading went.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Account {
    /// It took more than it may.
    pub overdrawn: bool,
    /// It is without a part of the text.
    pub passed_over: bool,
}

/// Reads something from a text of `length` bytes.
pub(crate) fn within<T>(length: usize, read: impl FnOnce() -> T) -> (T, Account) {
    /// Also when `read` panics, the thread's next parse is not bound by this one.
    struct Ended;
    impl Drop for Ended {
        fn drop(&mut self) {
            LEFT.set(None);
        }
    }
    let ended = Ended;
    LEFT.set(Some(length.saturating_mul(2).saturating_add(FREE)));
    PASSED.set(false);
    let value = read();
    let account = Account {
        overdrawn: LEFT.get() == Some(0),
        passed_over: PASSED.get(),
    };
    drop(ended);
    (value, account)
}

/// Notes that a part of the text is left out of what is read.
pub(crate) fn pass_over() {
    PASSED.set(true);
}

/// Counts `bytes` that are about to be kept. `false`: that is too much, and nothing more may be kept.
pub(crate) fn spend(bytes: usize) -> bool {
    let Some(left) = LEFT.get() else {
        return true;
    };
    let rest = left.saturating_sub(bytes);
    LEFT.set(Some(rest));
    rest > 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_answers_have_room_and_long_ones_twice_their_length() {
        assert!(spend(usize::MAX), "outside of an answer nothing is counted");
        let overdrawn = |length, read: fn() -> bool| {
            let (value, account) = within(length, read);
            (value, account.overdrawn)
        };
        assert_eq!(overdrawn(10, || spend(FREE)), (true, false));
        assert_eq!(overdrawn(10, || spend(FREE + 20)), (false, true));
        assert_eq!(
            overdrawn(FREE, || spend(2 * FREE) && spend(FREE)),
            (false, true)
        );
        assert!(spend(usize::MAX), "what was spent is forgotten");
    }
}
