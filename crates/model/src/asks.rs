//! Whether somebody asked for something to be read anew.

/// A count of how often somebody asked for something to be read again, as far as it was answered.
#[derive(Debug, Default)]
pub struct Asks(u32);

impl Asks {
    /// Whether there was a new ask by now: the next page, filter or choice is none.
    pub fn is_new(&mut self, count: u32) -> bool {
        std::mem::replace(&mut self.0, count) != count
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_ask_is_new_once() {
        let mut asks = Asks::default();
        let asked = [0, 0, 1, 1, 2].map(|count| asks.is_new(count));
        assert_eq!(asked, [false, false, true, false, true]);
    }
}
