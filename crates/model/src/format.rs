//! Numbers and moments as people read them.

use serde::{Deserialize, Serialize};

/// A moment: exact for the machine, UTC for people. Made on the server, so that both sides show
/// the same before the browser adds what only it knows (the local time, and how long ago).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Moment {
    /// Since 1970, in ms.
    pub ms: i64,
    /// `2026-11-21 07:29:21 UTC`, or `2026-11-21 07:29:21.042 UTC`.
    pub utc: String,
}

impl Moment {
    /// To the millisecond where there is a part of a second. Falls back to the bare number outside the years 0
    /// to 9999.
    pub fn from_ms(ms: i64) -> Self {
        use time::{OffsetDateTime, macros::format_description};
        let whole = ms.rem_euclid(1000) == 0;
        let utc = OffsetDateTime::from_unix_timestamp_nanos(i128::from(ms) * 1_000_000)
            .ok()
            .and_then(|moment| {
                let seconds =
                    format_description!("[year]-[month]-[day] [hour]:[minute]:[second] UTC");
                let exact = format_description!(
                    "[year]-[month]-[day] [hour]:[minute]:[second].[subsecond digits:3] UTC"
                );
                match whole {
                    true => moment.format(seconds).ok(),
                    false => moment.format(exact).ok(),
                }
            })
            .unwrap_or_else(|| format!("{ms} ms"));
        Self { ms, utc }
    }

    /// The second that it lies in: what stands at the end of a scale.
    pub fn second(ms: i64) -> Self {
        Self::from_ms(ms.saturating_sub(ms.rem_euclid(1000)))
    }
}

/// By a clock, of which people read the seconds.
impl From<std::time::SystemTime> for Moment {
    fn from(moment: std::time::SystemTime) -> Self {
        let since = moment
            .duration_since(std::time::UNIX_EPOCH)
            .unwrap_or_default();
        let seconds = i64::try_from(since.as_secs()).unwrap_or(i64::MAX);
        Self::from_ms(seconds.saturating_mul(1000))
    }
}

/// Whether an id is one that Iceberg has: an integer of 64 bits.
pub fn is_id(text: &str) -> bool {
    text.parse::<i64>().is_ok()
}

/// `1 234 567`, with thin spaces that copy as nothing odd.
pub fn count(number: impl ToString) -> String {
    let digits = number.to_string();
    let (sign, digits) = digits
        .strip_prefix('-')
        .map_or(("", digits.as_str()), |rest| ("-", rest));
    let mut grouped = String::from(sign);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            grouped.push('\u{202f}');
        }
        grouped.push(digit);
    }
    grouped
}

/// `3 tables`, `1 table`.
pub fn counted(number: usize, noun: &str) -> String {
    format!("{} {}", count(number), plural(number, noun))
}

/// The first names, and how many more there are: `ana, bob, eve and 4 more`.
pub fn names_and_more(names: &[&str]) -> String {
    const FIRST: usize = 3;
    let first = names.iter().take(FIRST).copied().map(visible);
    let first = first.collect::<Vec<_>>().join(", ");
    match names.len().saturating_sub(FIRST) {
        0 => first,
        more => format!("{first} and {} more", count(more)),
    }
}

/// The noun as it stands after a number.
pub fn plural(number: usize, noun: &str) -> String {
    match noun.strip_suffix('y') {
        _ if number == 1 => noun.into(),
        Some(stem) if !stem.ends_with(['a', 'e', 'o', 'u']) => format!("{stem}ies"),
        _ if noun.ends_with("ch") || noun.ends_with('s') => format!("{noun}es"),
        _ => format!("{noun}s"),
    }
}

/// Binary units with one decimal: `12.3 MiB`.
pub fn bytes(number: u64) -> String {
    const UNITS: [&str; 6] = ["KiB", "MiB", "GiB", "TiB", "PiB", "EiB"];
    if number < 1024 {
        return format!("{number} B");
    }
    let power = (number.ilog2() / 10) as usize;
    let tenths = (u128::from(number) * 10) >> (10 * power);
    format!("{}.{} {}", tenths / 10, tenths % 10, UNITS[power - 1])
}

/// How long before `now` a moment was, both in ms since 1970: `5 min ago`, `in 3 d`.
pub fn relative(ms: i64, now: i64) -> String {
    let ahead = ms > now;
    let seconds = now.abs_diff(ms) / 1000;
    let (number, unit) = match seconds {
        0..60 => (seconds, "s"),
        60..3_600 => (seconds / 60, "min"),
        3_600..86_400 => (seconds / 3_600, "h"),
        86_400..31_557_600 => (seconds / 86_400, "d"),
        _ => (seconds / 31_557_600, "y"),
    };
    if ahead {
        format!("in {number} {unit}")
    } else {
        format!("{number} {unit} ago")
    }
}

/// A span of time in its two largest units: `5 d 3 h`.
pub fn duration(ms: i64) -> String {
    const UNITS: [(u64, &str); 5] = [
        (86_400_000, "d"),
        (3_600_000, "h"),
        (60_000, "min"),
        (1_000, "s"),
        (1, "ms"),
    ];
    let sign = if ms < 0 { "-" } else { "" };
    let mut rest = ms.unsigned_abs();
    let first = UNITS
        .iter()
        .position(|(length, _)| rest >= *length)
        .unwrap_or(UNITS.len() - 1);
    let mut parts = Vec::new();
    for (length, unit) in UNITS.iter().skip(first).take(2) {
        if rest >= *length || parts.is_empty() {
            parts.push(format!("{} {unit}", count(rest / length)));
        }
        rest %= length;
    }
    format!("{sign}{}", parts.join(" "))
}

/// Makes characters visible that hide or reorder what stands around them: controls, and marks of
/// writing direction.
pub fn visible(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '\u{ad}'
            | '\u{61c}'
            | '\u{180e}'
            | '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{2069}'
            | '\u{feff}' => {
                shown.push_str(&format!("⟨U+{:04X}⟩", u32::from(letter)));
            }
            _ if letter.is_control() => shown.push_str(&format!("⟨U+{:04X}⟩", u32::from(letter))),
            _ => shown.push(letter),
        }
    }
    shown
}

/// As much of a name as so many letters hold: the end of a long one tells more than its beginning.
pub fn ending(name: &str, letters: usize) -> String {
    let cut = name.chars().count().saturating_sub(letters);
    if cut == 0 {
        return name.to_owned();
    }
    let rest: String = name.chars().skip(cut + 1).collect();
    format!("…{rest}")
}

/// Longest text about a refusal or a failure, in characters: whatever it quotes of a catalog, a file or an address
/// is no longer together.
pub(crate) const LONGEST: usize = 500;
/// How much of its end is told where it is longer: what a person can do often stands there.
const END: usize = 150;

/// The text as far as it may be shown: its beginning and its end, with `…` where something was left out.
pub fn bounded(text: impl Into<String>) -> String {
    let mut text = text.into();
    let at = |text: &str, character: usize| text.char_indices().nth(character).map(|(at, _)| at);
    if at(&text, LONGEST).is_some() {
        let beginning = at(&text, LONGEST - END - 1).unwrap_or_default();
        let end = text.char_indices().nth_back(END - 1);
        let end = end.map_or(text.len(), |(at, _)| at);
        text.replace_range(beginning..end, "…");
    }
    text
}

/// A sentence of somebody else's that another one follows: with a stop at its end.
pub fn stopped(text: &str) -> String {
    let text = text.trim_end();
    match text.ends_with(['.', '!', '?', '…']) {
        true => text.to_owned(),
        false => format!("{text}."),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_name_keeps_its_end() {
        assert_eq!(ending("orders", 30), "orders");
        let long = ending(&format!("{}end", "é".repeat(50)), 30);
        assert_eq!(long.chars().count(), 30);
        assert!(long.starts_with('…') && long.ends_with("end"));
    }

    #[test]
    fn counts_are_grouped() {
        assert_eq!(count(0), "0");
        assert_eq!(count(999), "999");
        assert_eq!(count(1_234_567), "1\u{202f}234\u{202f}567");
        assert_eq!(count(-1000), "-1\u{202f}000");
    }

    #[test]
    fn bytes_are_exact_up_to_a_tenth() {
        assert_eq!(bytes(1023), "1023 B");
        assert_eq!(bytes(1024), "1.0 KiB");
        assert_eq!(bytes(1024 * 1024 - 1), "1023.9 KiB");
        assert_eq!(bytes(u64::MAX), "15.9 EiB");
    }

    #[test]
    fn moments_are_utc() {
        assert_eq!(Moment::from_ms(0).utc, "1970-01-01 00:00:00 UTC");
        assert_eq!(
            Moment::from_ms(1_700_000_000_042).utc,
            "2023-11-14 22:13:20.042 UTC"
        );
        assert_eq!(Moment::from_ms(-1).utc, "1969-12-31 23:59:59.999 UTC");
        let clock = std::time::UNIX_EPOCH + std::time::Duration::from_millis(1_042);
        assert_eq!(Moment::from(clock).utc, "1970-01-01 00:00:01 UTC");
        assert_eq!(Moment::from_ms(i64::MAX).utc, format!("{} ms", i64::MAX));
    }

    #[test]
    fn an_id_is_an_integer_of_64_bits() {
        assert!(is_id("9223372036854775807") && is_id("-1"));
        for odd in ["9223372036854775808", "4.59e18", "12.0", "", "x"] {
            assert!(!is_id(odd), "{odd}");
        }
    }

    #[test]
    fn relative_times_go_both_ways() {
        assert_eq!(relative(0, 59_999), "59 s ago");
        assert_eq!(relative(7_200_000, 0), "in 2 h");
    }

    #[test]
    fn nouns_follow_their_number() {
        assert_eq!(counted(1, "branch"), "1 branch");
        assert_eq!(counted(0, "branch"), "0 branches");
        assert_eq!(counted(2, "property"), "2 properties");
        assert_eq!(counted(2, "key"), "2 keys");
        assert_eq!(counted(2, "table"), "2 tables");
    }

    #[test]
    fn durations_have_two_units() {
        assert_eq!(duration(0), "0 ms");
        assert_eq!(duration(604_800_000), "7 d");
        assert_eq!(duration(90_061_001), "1 d 1 h");
        assert_eq!(duration(-1_500), "-1 s 500 ms");
        assert!(duration(i64::MIN).starts_with('-'));
    }

    #[test]
    fn hidden_characters_are_shown() {
        assert_eq!(visible("a\u{202e}b\n"), "a⟨U+202E⟩b⟨U+000A⟩");
        assert_eq!(visible("a\u{ad}b\u{61c}"), "a⟨U+00AD⟩b⟨U+061C⟩");
        assert_eq!(visible("früh 💥"), "früh 💥");
    }
}
