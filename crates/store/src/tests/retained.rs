use super::{At, NOW, entry, everywhere};
use crate::audit::{Checked, Filter};

everywhere! {
    what_is_let_go_leaves_a_whole_chain_that_begins_later
    a_clock_that_was_set_back_costs_no_row_too_many
    everything_may_go_and_the_chain_goes_on
    what_was_changed_is_not_let_go_nor_what_comes_after
    a_check_is_of_one_moment
}

async fn noted(at: &At, times: &[i64]) {
    for time in times {
        at.store
            .note(&entry(&time.to_string(), "ok"), NOW + time)
            .await
            .unwrap();
    }
}

async fn left(at: &At) -> Vec<i64> {
    let rows = at
        .store
        .recorded(&Filter::default(), None, 100)
        .await
        .unwrap();
    let Checked {
        rows: checked,
        broken_at,
    } = at.store.check_chain().await.unwrap();
    assert_eq!((checked as usize, broken_at), (rows.len(), None));
    rows.iter().rev().map(|row| row.seq).collect()
}

async fn what_is_let_go_leaves_a_whole_chain_that_begins_later(at: &At) {
    noted(at, &[1, 2, 3, 4]).await;
    assert_eq!(at.store.retain(NOW + 3).await.unwrap(), 2);
    assert_eq!(left(at).await, [3, 4]);
    assert_eq!(at.store.retain(NOW + 3).await.unwrap(), 0);
    noted(at, &[5]).await;
    assert_eq!(left(at).await, [3, 4, 5]);
    // One that was let go and comes back is no part of it.
    at.run("UPDATE audit SET seq = 2 WHERE seq = 3").await;
    let checked = at.store.check_chain().await.unwrap();
    assert_eq!(checked.broken_at, Some(3));
}

async fn a_clock_that_was_set_back_costs_no_row_too_many(at: &At) {
    noted(at, &[1, 9, 2, 3, 10]).await;
    // The second is of later: what comes after it stays, too.
    assert_eq!(at.store.retain(NOW + 5).await.unwrap(), 1);
    assert_eq!(left(at).await, [2, 3, 4, 5]);
}

async fn everything_may_go_and_the_chain_goes_on(at: &At) {
    assert_eq!(at.store.retain(NOW).await.unwrap(), 0);
    noted(at, &[1, 2]).await;
    assert_eq!(at.store.retain(i64::MAX).await.unwrap(), 2);
    assert_eq!(left(at).await, [0; 0]);
    noted(at, &[3]).await;
    assert_eq!(left(at).await, [3]);
}

async fn what_was_changed_is_not_let_go_nor_what_comes_after(at: &At) {
    noted(at, &[1, 2, 3, 4, 50]).await;
    at.run("CREATE TABLE was AS SELECT * FROM audit; CREATE TABLE ends AS SELECT * FROM chain")
        .await;
    let beginning = "DELETE FROM audit WHERE seq < 3;
        UPDATE chain SET first_seq = 2, first_hash = (SELECT hash FROM was WHERE seq = 2)";
    for (harm, gone, found) in [
        // The last of what is new made old, so that all before it may go.
        (format!("UPDATE audit SET at = {NOW} WHERE seq = 5"), 4, 5),
        ("UPDATE audit SET person = 'x' WHERE seq = 3".into(), 2, 3),
        ("DELETE FROM audit WHERE seq = 2".into(), 1, 2),
        ("DELETE FROM audit WHERE seq < 4".into(), 0, 1),
        (beginning.into(), 0, 3),
    ] {
        at.run(&harm).await;
        assert_eq!(at.store.retain(NOW + 10).await.unwrap(), gone, "{harm}");
        let broken_at = super::tampered::broken_at(at, "SELECT 1").await;
        assert_eq!(broken_at, Some(found), "{harm}");
    }
}

async fn a_check_is_of_one_moment(at: &At) {
    noted(at, &[0; 20]).await;
    let store = at.store.clone();
    let others = tokio::spawn(async move {
        for number in 1..15 {
            store.note(&entry("", "ok"), NOW + number).await.unwrap();
            store.retain(NOW + number).await.unwrap();
        }
    });
    while !others.is_finished() {
        let checked = at.store.check_chain().await.unwrap();
        assert_eq!(checked.broken_at, None);
    }
    others.await.unwrap();
}
