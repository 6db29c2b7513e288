/// A file before and after, line by line, each with where it stands: `-` before only, `+` after only, a
/// space in both.
pub fn diff<'a>(before: &'a str, after: &'a str) -> Vec<(char, &'a str)> {
    let (a, b): (Vec<&str>, Vec<&str>) = (before.lines().collect(), after.lines().collect());
    // Length of the longest common subsequence of what follows each pair of places. Files of a few
    // dozen lines; a huge one is shown as replaced.
    if a.len() * b.len() > 1_000_000 {
        let gone = a.into_iter().map(|line| ('-', line));
        return gone.chain(b.into_iter().map(|line| ('+', line))).collect();
    }
    let mut common = vec![vec![0u32; b.len() + 1]; a.len() + 1];
    for i in (0..a.len()).rev() {
        for j in (0..b.len()).rev() {
            common[i][j] = match a[i] == b[j] {
                true => common[i + 1][j + 1] + 1,
                false => common[i + 1][j].max(common[i][j + 1]),
            };
        }
    }
    let (mut i, mut j, mut lines) = (0, 0, Vec::new());
    while i < a.len() || j < b.len() {
        if i < a.len() && j < b.len() && a[i] == b[j] {
            lines.push((' ', a[i]));
            (i, j) = (i + 1, j + 1);
        } else if j == b.len() || (i < a.len() && common[i + 1][j] >= common[i][j + 1]) {
            lines.push(('-', a[i]));
            i += 1;
        } else {
            lines.push(('+', b[j]));
            j += 1;
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::diff;

    #[test]
    fn shows_what_changed_and_keeps_the_rest() {
        let shown: Vec<String> = diff("a\nb\nc\nd", "a\nx\nc\nd\ne")
            .into_iter()
            .map(|(mark, line)| format!("{mark}{line}"))
            .collect();
        assert_eq!(shown, [" a", "-b", "+x", " c", " d", "+e"]);
    }

    #[test]
    fn a_file_is_like_itself() {
        assert!(diff("a\nb", "a\nb").iter().all(|(mark, _)| *mark == ' '));
    }
}
