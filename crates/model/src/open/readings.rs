use super::Noun;

/// Most ways that are looked at; each costs a call.
const MOST: usize = 16;
/// A name of more parts is read in one way only.
const MOST_PARTS: usize = 8;

/// The ways to read `text`, the likeliest first: every separator counts, then fewer of them.
pub fn readings(text: &str, separator: &str, noun: Noun, nested: bool) -> Vec<Vec<String>> {
    let parts: Vec<&str> = match separator {
        "" => vec![text],
        separator => text.split(separator).collect(),
    };
    let fewest = if noun == Noun::Namespace { 1 } else { 2 };
    let most = if nested { parts.len() } else { fewest };
    let mut readings = if parts.len() > MOST_PARTS {
        vec![parts.iter().map(|part| (*part).to_owned()).collect()]
    } else {
        // Bit n of a number says that a level ends after part n.
        let ways = 0..1_usize << (parts.len() - 1);
        ways.map(|ends| join(&parts, separator, ends)).collect()
    };
    readings.retain(|levels: &Vec<String>| {
        (fewest..=most).contains(&levels.len()) && levels.iter().all(|level| !level.is_empty())
    });
    readings.sort_by_key(|levels| std::cmp::Reverse(levels.len()));
    readings.truncate(MOST);
    readings
}

fn join(parts: &[&str], separator: &str, ends: usize) -> Vec<String> {
    let mut levels = vec![parts[0].to_owned()];
    for (gap, part) in parts[1..].iter().enumerate() {
        match levels.last_mut() {
            Some(level) if ends & (1 << gap) == 0 => {
                level.push_str(separator);
                level.push_str(part);
            }
            _ => levels.push((*part).to_owned()),
        }
    }
    levels
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dotted(readings: &[Vec<String>]) -> Vec<String> {
        readings.iter().map(|levels| levels.join(" / ")).collect()
    }

    #[test]
    fn every_dot_counts_first_and_then_fewer() {
        let readings = readings("a.b.orders", ".", Noun::Table, true);
        assert_eq!(
            dotted(&readings),
            ["a / b / orders", "a / b.orders", "a.b / orders"]
        );
    }

    #[test]
    fn a_flat_catalog_has_two_levels() {
        let readings = readings("a.b.orders", ".", Noun::Table, false);
        assert_eq!(dotted(&readings), ["a / b.orders", "a.b / orders"]);
    }

    #[test]
    fn another_separator_leaves_dots_alone() {
        assert_eq!(
            dotted(&readings("a.b/orders", "/", Noun::Table, true)),
            ["a.b / orders"]
        );
    }

    #[test]
    fn a_table_needs_a_namespace_and_levels_need_names() {
        assert!(readings("orders", ".", Noun::Table, true).is_empty());
        assert_eq!(
            dotted(&readings("orders", ".", Noun::Namespace, true)),
            ["orders"]
        );
        assert_eq!(
            dotted(&readings("a..b", ".", Noun::Table, true)),
            ["a / .b", "a. / b"]
        );
        assert!(readings("", ".", Noun::Namespace, true).is_empty());
    }

    #[test]
    fn a_name_of_many_dots_is_no_flood() {
        let many = vec!["a"; 5000].join(".");
        assert_eq!(readings(&many, ".", Noun::Table, true).len(), 1);
        assert_eq!(
            readings("a.b.c.d.e.f.g.h", ".", Noun::Table, true).len(),
            MOST
        );
    }
}
