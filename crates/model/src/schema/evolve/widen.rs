//! The promotions of primitive types that the specification allows ("Schema Evolution").

/// Types that tables have from format version 3 on, by how they begin.
const NEW_IN_3: [&str; 6] = [
    "timestamp_ns",
    "timestamptz_ns",
    "unknown",
    "variant",
    "geometry",
    "geography",
];

/// Whether tables have a type from format version 3 on.
pub fn is_new_in_3(kind: &str) -> bool {
    let name = kind.split(['(', '[']).next().unwrap_or_default();
    NEW_IN_3.contains(&name.trim_end())
}

/// Whether two types are one, however they are written: `decimal(9,2)`.
pub fn same(one: &str, other: &str) -> bool {
    let plain = |text: &str| text.replace(' ', "");
    one == other || plain(one) == plain(other)
}

/// Why values of the type `was` are not read as those of `now`; a sentence.
pub fn refused(was: &str, now: &str, format_version: i64) -> Option<String> {
    let from_3 = || {
        (format_version < 3).then(|| {
            format!(
                "Tables widen {was} to {now} from format version 3 on, and this one has {format_version}."
            )
        })
    };
    match (was, now) {
        ("int", "long") | ("float", "double") => None,
        ("date", "timestamp" | "timestamp_ns") | ("unknown", _) => from_3(),
        _ => match decimal(was).zip(decimal(now)) {
            Some(((_, scale), (_, other))) if scale != other => Some(format!(
                "A decimal keeps the digits behind its point: {was} has {scale}."
            )),
            Some(((few, _), (more, _))) if more > few && more <= 38 => None,
            Some(_) => Some(format!(
                "A decimal gets more digits only, 38 at most: {was} cannot become {now}."
            )),
            None => Some(format!(
                "Files with {was} in them cannot be read as {now}. What can be widened: int to long, float to double, a decimal to more digits before its point; from format version 3 on, date to timestamp or timestamp_ns, and unknown to anything."
            )),
        },
    }
}

/// Precision and scale.
fn decimal(kind: &str) -> Option<(u32, u32)> {
    let inside = kind.strip_prefix("decimal(")?.strip_suffix(')')?;
    let (precision, scale) = inside.split_once(',')?;
    Some((precision.trim().parse().ok()?, scale.trim().parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_specification_allows_is_allowed_and_nothing_else() {
        for (was, now, from) in [
            ("int", "long", 1),
            ("float", "double", 1),
            ("decimal(9, 2)", "decimal(12,2)", 1),
            ("date", "timestamp", 3),
            ("date", "timestamp_ns", 3),
            ("unknown", "string", 3),
        ] {
            for format in 1..=3 {
                let why = refused(was, now, format);
                assert_eq!(
                    why.is_none(),
                    format >= from,
                    "{was} {now} {format}: {why:?}"
                );
            }
        }
        for (was, now, why) in [
            ("long", "int", "cannot be read as int"),
            ("double", "float", "cannot be read"),
            ("int", "string", "cannot be read as string"),
            ("date", "timestamptz", "cannot be read"),
            ("decimal(9, 2)", "decimal(12, 3)", "has 2"),
            ("decimal(9, 2)", "decimal(8, 2)", "more digits only"),
            ("decimal(9, 2)", "decimal(39, 2)", "38 at most"),
            ("timestamp", "timestamp_ns", "cannot be read"),
        ] {
            let told = refused(was, now, 3).unwrap_or_default();
            assert!(told.contains(why), "{was} {now}: {told}");
        }
    }

    #[test]
    fn types_are_the_same_however_they_are_written_and_new_ones_are_known() {
        assert!(same("decimal(9,2)", "decimal(9, 2)"));
        assert!(!same("decimal(9, 2)", "decimal(92)"));
        assert!(is_new_in_3("geometry(srid:4326)") && is_new_in_3("variant"));
        assert!(!is_new_in_3("timestamp") && !is_new_in_3("fixed[16]"));
    }
}
