//! How long something is kept, as people write it: `7 d`.

/// Longest first: in ms, and as it is written.
const UNITS: [(i64, &[&str]); 6] = [
    (604_800_000, &["w"]),
    (86_400_000, &["d"]),
    (3_600_000, &["h"]),
    (60_000, &["min", "m"]),
    (1_000, &["s"]),
    (1, &["ms"]),
];

/// Exactly this many ms, in the largest unit that it is whole in.
pub fn age_text(ms: i64) -> String {
    let mut units = UNITS.iter().skip(1);
    let unit = units.find(|(length, _)| ms % length == 0 && ms != 0);
    let (length, names) = unit.unwrap_or(&UNITS[5]);
    format!("{} {}", ms / length, names[0])
}

/// In ms; `None` where nothing is typed. Fails with what is wrong, in a sentence.
pub fn read_age(text: &str) -> Result<Option<i64>, String> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    let wrong = || {
        format!(
            "“{text}” is no span of time: write a whole number and w, d, h, min, s or ms, such as 7 d."
        )
    };
    let end = text.find(|letter: char| !letter.is_ascii_digit());
    let (number, unit) = text.split_at(end.unwrap_or(text.len()));
    let unit = unit.trim().to_lowercase();
    let unit = UNITS.iter().find(|(_, names)| names.contains(&&*unit));
    let number = number.parse::<i64>().ok().filter(|number| *number > 0);
    let (Some(number), Some((length, _))) = (number, unit) else {
        return Err(wrong());
    };
    let ms = number.checked_mul(*length).ok_or_else(wrong)?;
    Ok(Some(ms))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn spans_are_read_as_people_write_them() {
        let read = |text| read_age(text).unwrap();
        assert_eq!(read("7 d"), Some(604_800_000));
        assert_eq!(read(" 2W "), Some(1_209_600_000));
        assert_eq!(read("90min"), Some(5_400_000));
        assert_eq!(read(""), None);
        for wrong in [
            "7",
            "d",
            "0 d",
            "-1 d",
            "1.5 d",
            "7 days",
            "99999999999999999 d",
        ] {
            assert!(
                read_age(wrong).unwrap_err().contains("such as 7 d"),
                "{wrong}"
            );
        }
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_again(ms in 1i64..) {
            prop_assert_eq!(read_age(&age_text(ms)), Ok(Some(ms)));
        }

        #[test]
        fn nothing_is_too_odd(text in "\\PC{0,12}") {
            let _ = read_age(&text);
        }
    }
}
