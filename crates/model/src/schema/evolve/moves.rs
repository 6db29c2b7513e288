use std::collections::HashMap;

/// Which of those that are in both orders stand elsewhere: as few as the new order needs. By their places in `after`.
pub fn moved(before: &[i64], after: &[i64]) -> Vec<usize> {
    let was: HashMap<i64, usize> = before
        .iter()
        .enumerate()
        .map(|(at, id)| (*id, at))
        .collect();
    let both: Vec<(usize, usize)> = after
        .iter()
        .enumerate()
        .filter_map(|(at, id)| Some((at, *was.get(id)?)))
        .collect();
    // The longest run of places that grow: for each length, where the run ends that ends lowest.
    let mut ends: Vec<usize> = Vec::new();
    let mut previous: Vec<Option<usize>> = Vec::with_capacity(both.len());
    for (index, (_, place)) in both.iter().enumerate() {
        let length = ends.partition_point(|end| both[*end].1 < *place);
        previous.push(length.checked_sub(1).map(|shorter| ends[shorter]));
        match ends.get_mut(length) {
            Some(end) => *end = index,
            None => ends.push(index),
        }
    }
    let mut stays = vec![false; both.len()];
    let mut last = ends.last().copied();
    while let Some(index) = last {
        stays[index] = true;
        last = previous[index];
    }
    let places = both.iter().zip(stays);
    places
        .filter(|(_, stays)| !stays)
        .map(|((at, _), _)| *at)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn as_few_are_moved_as_the_order_needs() {
        for (before, after, places) in [
            (&[1, 2, 3, 4][..], &[1, 2, 3, 4][..], &[][..]),
            (&[1, 2, 3, 4], &[4, 1, 2, 3], &[0]),
            (&[1, 2, 3, 4], &[2, 3, 4, 1], &[3]),
            (&[1, 2, 3, 4], &[1, 9, 3, 2], &[2]),
            (&[1, 2, 3], &[8, 9], &[]),
        ] {
            assert_eq!(moved(before, after), places, "{before:?} {after:?}");
        }
    }
}
