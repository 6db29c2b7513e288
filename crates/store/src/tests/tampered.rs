//! What somebody does who has the database alone is found, at the row where they did it.

use std::sync::Arc;

use super::{At, NOW, entry, everywhere};
use crate::{
    Error,
    audit::{Checked, Filter},
    seal::Seals,
};

everywhere! {
    a_changed_value_is_found_in_each_column_of_each_row
    a_missing_a_moved_or_an_added_row_is_found
    an_end_that_was_moved_is_found
    what_was_cut_off_stays_found_whatever_is_written_after
    an_end_before_a_row_that_is_there_takes_no_more
    an_end_that_was_right_once_and_is_put_back_is_found
    hashes_made_without_the_key_are_found
    a_record_that_was_thrown_away_does_not_begin_anew
}

pub const ROWS: i64 = 5;

pub async fn filled(at: &At) {
    for number in 1..=ROWS {
        let entry = entry(&format!("Object {number}"), "ok");
        at.store.note(&entry, NOW + number).await.unwrap();
    }
    at.run("CREATE TABLE was AS SELECT * FROM audit; CREATE TABLE ends AS SELECT * FROM chain")
        .await;
}

/// Where it is broken after this, which is then undone.
pub async fn broken_at(at: &At, sql: &str) -> Option<i64> {
    at.run(sql).await;
    let Checked { broken_at, .. } = at.store.check_chain().await.unwrap();
    at.run(
        "DELETE FROM audit; INSERT INTO audit SELECT * FROM was;
         DELETE FROM chain; INSERT INTO chain SELECT * FROM ends",
    )
    .await;
    broken_at
}

async fn a_changed_value_is_found_in_each_column_of_each_row(at: &At) {
    filled(at).await;
    for row in 1..=ROWS {
        for column in [
            "change",
            "event",
            "person",
            "connection",
            "object",
            "outcome",
            "record",
            "hash",
            "sought",
        ] {
            let sql = format!("UPDATE audit SET {column} = {column} || ' ' WHERE seq = {row}");
            assert_eq!(broken_at(at, &sql).await, Some(row), "{column} of {row}");
        }
        let sql = format!("UPDATE audit SET at = at + 1 WHERE seq = {row}");
        assert_eq!(broken_at(at, &sql).await, Some(row));
        // From one column into the next.
        let sql = format!(
            "UPDATE audit SET person = person || connection, connection = '' WHERE seq = {row}"
        );
        assert_eq!(broken_at(at, &sql).await, Some(row));
    }
    assert_eq!(broken_at(at, "SELECT 1").await, None);
}

async fn a_missing_a_moved_or_an_added_row_is_found(at: &At) {
    filled(at).await;
    for row in 1..=ROWS {
        let sql = format!("DELETE FROM audit WHERE seq = {row}");
        assert_eq!(broken_at(at, &sql).await, Some(row), "{sql}");
        let sql = format!("DELETE FROM audit WHERE seq = {row}; UPDATE audit SET seq = seq - 1 + 100 WHERE seq > {row};
            UPDATE audit SET seq = seq - 100 WHERE seq > 99");
        assert_eq!(broken_at(at, &sql).await, Some(row), "{sql}");
        let sql = format!("UPDATE audit SET seq = 100 WHERE seq = {row}");
        assert_eq!(broken_at(at, &sql).await, Some(row), "{sql}");
    }
    const COLUMNS: &str =
        "at, change, event, person, connection, object, outcome, record, hash, sought";
    for (new, of) in [(6, 5), (7, 2), (0, 1), (-3, 1)] {
        let sql = format!(
            "INSERT INTO audit (seq, {COLUMNS}) SELECT {new}, {COLUMNS} FROM audit WHERE seq = {of}"
        );
        assert_eq!(broken_at(at, &sql).await, Some(new));
    }
    let sql = "UPDATE audit SET seq = 99 WHERE seq = 2; UPDATE audit SET seq = 2 WHERE seq = 4;
        UPDATE audit SET seq = 4 WHERE seq = 99";
    assert_eq!(broken_at(at, sql).await, Some(2));
}

async fn an_end_that_was_moved_is_found(at: &At) {
    filled(at).await;
    for row in 1..ROWS {
        let cut = format!("DELETE FROM audit WHERE seq > {row}");
        assert_eq!(broken_at(at, &cut).await, Some(row + 1));
        let end = format!("(SELECT hash FROM was WHERE seq = {row})");
        let sql = format!("{cut}; UPDATE chain SET last_seq = {row}, last_hash = {end}");
        assert_eq!(broken_at(at, &sql).await, Some(row + 1));
        // As if the rows before were let go.
        let sql = format!(
            "DELETE FROM audit WHERE seq <= {row}; UPDATE chain SET first_seq = {row}, first_hash = {end}"
        );
        assert_eq!(broken_at(at, &sql).await, Some(row + 1));
    }
    let all = "DELETE FROM audit; UPDATE chain SET last_seq = 0, last_hash = ''";
    assert_eq!(broken_at(at, all).await, Some(1));
    let all =
        format!("DELETE FROM audit; UPDATE chain SET first_seq = {ROWS}, first_hash = last_hash");
    assert_eq!(broken_at(at, &all).await, Some(ROWS + 1));
}

async fn what_was_cut_off_stays_found_whatever_is_written_after(at: &At) {
    filled(at).await;
    for row in 0..ROWS {
        let end = format!("COALESCE((SELECT hash FROM was WHERE seq = {row}), '')");
        for seal in ["last_seal", "''", "first_seal"] {
            at.run(&format!(
                "DELETE FROM audit WHERE seq > {row};
                 UPDATE chain SET last_seq = {row}, last_hash = {end}, last_seal = {seal}"
            ))
            .await;
            for number in 1..4 {
                at.store.note(&entry("", "ok"), NOW).await.unwrap();
                let checked = at.store.check_chain().await.unwrap();
                assert_eq!(
                    checked.broken_at,
                    Some(row + 1),
                    "{number} after {row}, {seal}"
                );
            }
            // Not even by letting go of all.
            at.store.retain(i64::MAX).await.unwrap();
            assert_eq!(broken_at(at, "SELECT 1").await, Some(row + 1));
        }
    }
    // As the next process finds it.
    let mut next = at.store.clone();
    next.written = Arc::default();
    next.note(&entry("", "ok"), NOW).await.unwrap();
    assert_eq!(next.check_chain().await.unwrap().broken_at, None);
}

async fn an_end_that_was_right_once_and_is_put_back_is_found(at: &At) {
    filled(at).await;
    at.store.note(&entry("", "ok"), NOW).await.unwrap();
    at.run(
        "DELETE FROM audit WHERE seq > 5; DELETE FROM chain; INSERT INTO chain SELECT * FROM ends",
    )
    .await;
    at.store.note(&entry("", "ok"), NOW).await.unwrap();
    assert_eq!(at.store.check_chain().await.unwrap().broken_at, Some(6));
}

async fn an_end_before_a_row_that_is_there_takes_no_more(at: &At) {
    filled(at).await;
    at.run("UPDATE chain SET last_seq = 2").await;
    let refused = at.store.note(&entry("", "ok"), NOW).await;
    assert!(matches!(refused, Err(Error::Damaged)), "{refused:?}");
}

async fn hashes_made_without_the_key_are_found(at: &At) {
    filled(at).await;
    let rows = at
        .store
        .recorded(&Filter::default(), None, 100)
        .await
        .unwrap();
    let mut forger = at.store.clone();
    forger.seals = Seals::new([7; 32], [9; 32]);
    for from in 1..=ROWS {
        let before = sqlx::query_scalar::<_, String>("SELECT hash FROM audit WHERE seq = $1");
        let before = before
            .bind(from - 1)
            .fetch_optional(&at.store.pool)
            .await
            .unwrap();
        let (mut hash, mut sql) = (before.unwrap_or_default(), String::new());
        for row in rows.iter().rev().filter(|row| row.seq >= from) {
            let (mut row, seq) = (row.clone(), row.seq);
            if seq == from {
                row.person = "nobody".into();
            }
            hash = forger.linked(&hash, &row).unwrap();
            sql += &format!(
                "UPDATE audit SET person = '{}', hash = '{hash}' WHERE seq = {seq};",
                row.person
            );
        }
        sql += &format!("UPDATE chain SET last_hash = '{hash}'");
        assert_eq!(broken_at(at, &sql).await, Some(from));
    }
}

async fn a_record_that_was_thrown_away_does_not_begin_anew(at: &At) {
    filled(at).await;
    at.run("DELETE FROM audit; DELETE FROM chain").await;
    assert!(at.store.check_chain().await.is_err());
    assert!(at.store.note(&entry("", ""), NOW).await.is_err());
}
