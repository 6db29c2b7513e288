use std::{collections::HashMap, ops::Range};

use super::{
    MASKED, SHORTEST,
    reading::{As, Unit, units},
};

/// Bytes of a secret that are told from other text, as one number.
const WINDOW: usize = 8;
/// Bytes in a row that are told from other text in a whole answer, where a piece is not enough.
const LONG: usize = 16;
/// Of them, so many may be signs that are left aside in reading, as `+` in base64.
const ASIDE: usize = 2;

/// The pieces of all secrets.
#[derive(Default)]
pub struct Windows {
    /// Each with the bytes in a row that have to match in a whole answer; `None`: it is not looked for there.
    of: HashMap<u64, Option<usize>>,
    /// Those shorter than a window.
    short: Vec<Vec<u8>>,
    /// Bits by [`Windows::slot`]: what is not in it is not in `of`, which is slower to ask.
    filter: Vec<u64>,
    anywhere: bool,
}

impl Windows {
    pub fn add(&mut self, secret: &[u8], anywhere: bool) {
        // What looks like an escape in it may be undone on the way back, or not.
        let (literal, escaped) = (read(secret, As::Literal), read(secret, As::Escaped));
        if literal != escaped {
            self.add_read(escaped, anywhere);
        }
        self.add_read(literal, anywhere);
    }

    fn add_read(&mut self, secret: Vec<u8>, anywhere: bool) {
        match secret.len() {
            0..SHORTEST => return,
            SHORTEST..WINDOW => return self.short.push(secret),
            _ => {}
        }
        let needed = anywhere.then_some(secret.len().min(LONG));
        for window in secret.windows(WINDOW) {
            let known = self.of.entry(number(window)).or_insert(needed);
            *known = match (*known, needed) {
                (Some(known), Some(needed)) => Some(known.min(needed)),
                (known, needed) => known.or(needed),
            };
        }
        self.anywhere |= anywhere;
    }

    /// To be called when all are added.
    pub fn seal(&mut self) {
        let bits = (self.of.len() * 16).next_power_of_two().max(64);
        self.filter = vec![0; bits / 64];
        for window in self.of.keys() {
            let slot = slot(*window, bits);
            self.filter[slot / 64] |= 1 << (slot % 64);
        }
    }

    fn get(&self, window: u64) -> Option<Option<usize>> {
        let slot = slot(window, self.filter.len() * 64);
        let maybe = self.filter[slot / 64] >> (slot % 64) & 1 == 1;
        maybe.then(|| self.of.get(&window).copied()).flatten()
    }

    /// Every piece of a secret, in order and apart.
    pub fn find(&self, text: &[u8]) -> Vec<Range<usize>> {
        if self.of.is_empty() && self.short.is_empty() {
            return Vec::new();
        }
        // What looks like an escape may be none: a secret behind a percent sign.
        let mut found = self.scan(text, As::Escaped, |_| Some(WINDOW));
        found.extend(self.scan(text, As::Literal, |_| Some(WINDOW)));
        found.extend(self.scan_short(text, As::Escaped));
        found.extend(self.scan_short(text, As::Literal));
        joined(text, found)
    }

    /// Whole secrets, or [`LONG`] bytes of one, of those that are looked for in whole answers.
    pub fn find_whole(&self, body: &[u8]) -> Vec<Range<usize>> {
        if !self.anywhere {
            return Vec::new();
        }
        joined(body, self.scan(body, As::Json, |needed| needed))
    }

    /// Runs of known windows that are as long as the shortest that `needed` asks for.
    fn scan(
        &self,
        text: &[u8],
        reading: As,
        needed: impl Fn(Option<usize>) -> Option<usize>,
    ) -> Vec<Range<usize>> {
        let mut found = Vec::new();
        let mut run: Option<Run> = None;
        let mut end = |run: &mut Option<Run>| {
            if let Some(run) = run.take_if(|run| run.characters() >= run.needed) {
                found.push(run.place);
            }
            *run = None;
        };
        let (mut window, mut length, mut starts) = (0, 0, [0; WINDOW]);
        units(text, reading, |unit| {
            let Unit::Byte(byte, place) = unit else {
                length = 0;
                return end(&mut run);
            };
            // The oldest of the window's places is replaced by the next byte's.
            starts[length % WINDOW] = place.start;
            length += 1;
            window = window << 8 | u64::from(byte);
            let known = (length >= WINDOW).then(|| self.get(window)).flatten();
            let Some(needed) = known.and_then(&needed) else {
                return end(&mut run);
            };
            let run = run.get_or_insert(Run {
                place: starts[length % WINDOW]..place.end,
                length: WINDOW - 1,
                needed,
            });
            run.place.end = place.end;
            run.length += 1;
            run.needed = run.needed.min(needed);
        });
        end(&mut run);
        found
    }

    fn scan_short(&self, text: &[u8], reading: As) -> Vec<Range<usize>> {
        let mut read = Vec::new();
        if !self.short.is_empty() {
            units(text, reading, |unit| {
                if let Unit::Byte(byte, place) = unit {
                    read.push((byte, place));
                }
            });
        }
        let mut found = Vec::new();
        for secret in &self.short {
            let places = read
                .windows(secret.len())
                .filter(|piece| piece.iter().map(|(byte, _)| byte).eq(secret));
            found.extend(places.map(|piece| piece[0].1.start..piece[piece.len() - 1].1.end));
        }
        found
    }
}

/// Known windows that follow each other.
struct Run {
    place: Range<usize>,
    /// In bytes as they were read.
    length: usize,
    needed: usize,
}

impl Run {
    fn characters(&self) -> usize {
        self.place.len().clamp(self.length, self.length + ASIDE)
    }
}

fn read(text: &[u8], reading: As) -> Vec<u8> {
    let mut read = Vec::with_capacity(text.len());
    units(text, reading, |unit| {
        if let Unit::Byte(byte, _) = unit {
            read.push(byte);
        }
    });
    read
}

fn number(window: &[u8]) -> u64 {
    window
        .iter()
        .fold(0, |number, byte| number << 8 | u64::from(*byte))
}

fn slot(window: u64, bits: usize) -> usize {
    // Fibonacci hashing: the upper bits depend on all of the window.
    (window.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> (64 - bits.trailing_zeros())) as usize
}

/// In order, apart from each other, and never within a character.
fn joined(text: &[u8], mut found: Vec<Range<usize>>) -> Vec<Range<usize>> {
    let within = |at: usize| text.get(at).is_some_and(|byte| byte & 0xc0 == 0x80);
    found.sort_by_key(|place| place.start);
    let mut joined: Vec<Range<usize>> = Vec::new();
    for mut place in found {
        while within(place.start) {
            place.start -= 1;
        }
        while within(place.end) {
            place.end += 1;
        }
        match joined.last_mut() {
            Some(last) if place.start <= last.end => last.end = last.end.max(place.end),
            _ => joined.push(place),
        }
    }
    joined
}

/// `text` with [`MASKED`] in these places.
pub fn replaced(text: &[u8], places: &[Range<usize>]) -> Vec<u8> {
    let mut masked = Vec::with_capacity(text.len());
    let mut at = 0;
    for place in places {
        masked.extend_from_slice(&text[at..place.start]);
        masked.extend_from_slice(MASKED.as_bytes());
        at = place.end;
    }
    masked.extend_from_slice(&text[at..]);
    masked
}
