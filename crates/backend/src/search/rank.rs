//! How closely a name is what was typed, and which of its letters are.

use model::search::Piece;
use nucleo_matcher::{
    Config, Matcher, Utf32Str,
    pattern::{Atom, AtomKind, CaseMatching, Normalization},
};

/// Letters of a full name that are looked through.
const LONGEST: usize = 1_000;
/// Letters of a word in which one may be wrong.
const LONG: usize = 4;

/// What is looked for: the next only where nothing was found by the one before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pass {
    /// Each word as it was typed.
    Close,
    /// A letter of it wrong, missing or too many, or two in each other's place.
    Typo,
    /// Its letters in this order, with others between them.
    Scattered,
}

impl Pass {
    pub const ALL: [Self; 3] = [Self::Close, Self::Typo, Self::Scattered];

    /// How many letters of a word may be missing.
    fn mistakes(self) -> u32 {
        (self == Self::Typo).into()
    }
}

/// The ASCII letters of a text whatever their case, a bit each; a few share one.
#[derive(Clone, Copy)]
struct Letters(u64);

impl Letters {
    fn of(text: &str) -> Self {
        let ascii = text.bytes().filter(u8::is_ascii);
        let bits = ascii.map(|letter| 1 << (letter.to_ascii_lowercase() & 63));
        Self(bits.fold(0, |all, bit| all | bit))
    }

    /// With all that its other letters may stand for, as é for e.
    fn of_name(name: &str) -> Self {
        match name.is_ascii() {
            true => Self::of(name),
            false => Self(u64::MAX),
        }
    }

    /// How many of these a name lacks, at least.
    fn missing(self, name: Self) -> u32 {
        (self.0 & !name.0).count_ones()
    }
}

/// The closest is the greatest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Tier {
    Loose,
    InPath,
    Inside,
    WordStart,
    Prefix,
    Exact,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Rank(pub Tier, u16);

pub struct Ranker {
    matcher: Matcher,
    words: Vec<Word>,
    letters: usize,
    buffer: Vec<char>,
    /// Letters of the full name that match, by their number.
    found: Vec<u32>,
}

struct Word {
    lower: Vec<char>,
    letters: Letters,
    close: Atom,
    scattered: Atom,
}

impl Ranker {
    /// Of a text with at least a letter, or else nothing is found.
    pub fn new(text: &str) -> Self {
        // As engines quote names.
        let text = text.replace(['`', '"'], "");
        let word = |word: &str| Word {
            lower: word.to_lowercase().chars().collect(),
            letters: Letters::of(word),
            close: atom(word, AtomKind::Substring),
            scattered: atom(word, AtomKind::Fuzzy),
        };
        Self {
            matcher: Matcher::new(Config::DEFAULT),
            letters: text.trim().chars().count(),
            words: text.split_whitespace().map(word).collect(),
            buffer: Vec::new(),
            found: Vec::new(),
        }
    }

    /// Of a full name, whose last level begins at this byte.
    pub fn rank(&mut self, pass: Pass, path: &str, name: usize) -> Option<Rank> {
        self.found.clear();
        // Most names are none of it, which their letters tell at once.
        if self.lacks(pass, path) {
            return None;
        }
        let end = path
            .char_indices()
            .nth(LONGEST)
            .map_or(path.len(), |(end, _)| end);
        let (path, name) = (&path[..end], name.min(end));
        if self.words.is_empty() || !path.is_char_boundary(name) {
            return None;
        }
        self.look(pass, path, name)
    }

    /// Whether letters that a word needs are nowhere in the full name.
    fn lacks(&self, pass: Pass, path: &str) -> bool {
        let letters = Letters::of_name(path);
        let lacks = |word: &Word| word.letters.missing(letters) > pass.mistakes();
        self.words.iter().any(lacks)
    }

    fn look(&mut self, pass: Pass, path: &str, name: usize) -> Option<Rank> {
        match pass {
            Pass::Close => self.close(path, name),
            Pass::Typo => self
                .typo(&path[name..])
                .then(|| self.at(path, name, Tier::Loose, 0)),
            Pass::Scattered => self
                .all(&path[name..], |word| &word.scattered)
                .map(|score| self.at(path, name, Tier::Loose, score)),
        }
    }

    fn close(&mut self, path: &str, name: usize) -> Option<Rank> {
        if let Some(score) = self.all(&path[name..], |word| &word.close) {
            let first = self.found.first().copied().unwrap_or_default() as usize;
            let tier = match first {
                0 if path[name..].chars().count() == self.letters => Tier::Exact,
                0 => Tier::Prefix,
                first if begins(&path[name..], first) => Tier::WordStart,
                _ => Tier::Inside,
            };
            return Some(self.at(path, name, tier, score));
        }
        let score = self.all(path, |word| &word.close)?;
        let letters = path.chars().count();
        let first = self.found.first().copied().unwrap_or_default() as usize;
        let ends = self.words.len() == 1 && first + self.letters == letters;
        let tier = match ends {
            true if first == 0 => Tier::Exact,
            true if path.chars().nth(first - 1) == Some('.') => Tier::Prefix,
            _ => Tier::InPath,
        };
        Some(Rank(tier, score))
    }

    /// Whether each word is there, and where.
    fn all(&mut self, text: &str, atom: impl Fn(&Word) -> &Atom) -> Option<u16> {
        self.found.clear();
        let text = Utf32Str::new(text, &mut self.buffer);
        let mut score = 0_u16;
        for word in &self.words {
            let one = atom(word).indices(text, &mut self.matcher, &mut self.found)?;
            score = score.saturating_add(one);
        }
        Some(score)
    }

    /// What was found in the name was found in the path.
    fn at(&mut self, path: &str, name: usize, tier: Tier, score: u16) -> Rank {
        let before = path[..name].chars().count();
        let before = u32::try_from(before).unwrap_or(u32::MAX);
        self.found.iter_mut().for_each(|at| *at += before);
        Rank(tier, score)
    }

    fn typo(&mut self, name: &str) -> bool {
        self.found.clear();
        let lower: Vec<char> = name.chars().map(lower).collect();
        for word in &self.words {
            let starts = (0..lower.len()).filter(|at| {
                lower[*at].is_alphanumeric() && (*at == 0 || !lower[*at - 1].is_alphanumeric())
            });
            let found = starts.into_iter().find_map(|at| {
                let letters = nearly(&word.lower, &lower[at..])?;
                Some(at..at + letters)
            });
            let Some(found) = found else {
                return false;
            };
            let numbers = found.filter_map(|at| u32::try_from(at).ok());
            self.found.extend(numbers);
        }
        true
    }

    /// The full name that was ranked last, in pieces.
    pub fn pieces(&mut self, path: &str) -> Vec<Piece> {
        self.found.sort_unstable();
        let mut pieces: Vec<Piece> = Vec::new();
        for (number, letter) in (0_u32..).zip(path.chars()) {
            let marked = self.found.binary_search(&number).is_ok();
            match pieces.last_mut() {
                Some(piece) if piece.marked == marked => piece.text.push(letter),
                _ => pieces.push(Piece {
                    text: letter.into(),
                    marked,
                }),
            }
        }
        pieces
    }
}

fn atom(word: &str, kind: AtomKind) -> Atom {
    let (case, letters) = (CaseMatching::Ignore, Normalization::Smart);
    Atom::new(word, case, letters, kind, false)
}

fn lower(letter: char) -> char {
    letter.to_lowercase().next().unwrap_or(letter)
}

/// Whether a word begins at this letter.
fn begins(name: &str, at: usize) -> bool {
    let mut letters = name.chars().skip(at - 1);
    let (before, letter) = (letters.next(), letters.next());
    before.is_some_and(|before| {
        !before.is_alphanumeric() || before.is_lowercase() && letter.is_some_and(char::is_uppercase)
    })
}

/// How many letters of a text, from its beginning, are the word but for one mistake.
fn nearly(word: &[char], text: &[char]) -> Option<usize> {
    let same = word
        .iter()
        .zip(text)
        .take_while(|(one, other)| one == other)
        .count();
    if same == word.len() {
        return Some(same);
    }
    if word.len() < LONG {
        return None;
    }
    let (left, rest) = (&word[same..], &text[same..]);
    let after = |skipped: usize, left: &[char]| {
        let rest = rest.get(skipped..)?;
        rest.starts_with(left)
            .then_some(same + skipped + left.len())
    };
    let swapped = match (left, rest) {
        ([one, other, left @ ..], [first, second, ..]) if (one, other) == (second, first) => {
            after(2, left)
        }
        _ => None,
    };
    // Wrong, missing, too many.
    swapped
        .or_else(|| after(1, &left[1..]))
        .or_else(|| after(1, left))
        .or_else(|| after(0, &left[1..]))
}

#[cfg(test)]
mod tests;
