use std::cell::OnceCell;

use proptest::{collection::vec, prelude::*};

use super::{
    At,
    tampered::{ROWS, broken_at, filled},
};

/// One thing to do to the rows, and the first row where it shows.
fn harm() -> impl Strategy<Value = (String, i64)> {
    const TEXT: &[&str] = &[
        "event",
        "person",
        "connection",
        "object",
        "outcome",
        "record",
        "hash",
        "change",
    ];
    prop_oneof![
        (1..=ROWS, prop::sample::select(TEXT), "[a-zA-Z%é]{1,8}").prop_map(
            |(row, column, text)| {
                let sql = format!("UPDATE audit SET {column} = '{text}\u{1}' WHERE seq = {row}");
                (sql, row)
            }
        ),
        (1..=ROWS, 1..1000i64).prop_map(|(row, by)| (
            format!("UPDATE audit SET at = at - {by} WHERE seq = {row}"),
            row
        )),
        (1..=ROWS, 1..=ROWS).prop_map(|(from, to)| {
            (
                format!(
                    "DELETE FROM audit WHERE seq BETWEEN {} AND {}",
                    from.min(to),
                    from.max(to)
                ),
                from.min(to),
            )
        }),
        (1..=ROWS, 6..20i64).prop_map(|(row, to)| {
            let sql = format!("UPDATE OR REPLACE audit SET seq = {to} WHERE seq = {row}");
            (sql, row)
        }),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn whatever_is_done_to_the_rows_is_found_where_it_begins(harms in vec(harm(), 1..4)) {
        thread_local!(static FILLED: OnceCell<(tokio::runtime::Runtime, At)> = const { OnceCell::new() });
        FILLED.with(|filled_once| {
            let (runtime, at) = filled_once.get_or_init(|| {
                let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
                let at = runtime.block_on(async {
                    let at = At::memory().await;
                    filled(&at).await;
                    at
                });
                (runtime, at)
            });
            let all: Vec<_> = harms.iter().map(|(sql, _)| sql.as_str()).collect();
            let first = harms.iter().map(|(_, row)| *row).min();
            prop_assert_eq!(runtime.block_on(broken_at(at, &all.join(";"))), first);
            Ok(())
        })?;
    }
}
