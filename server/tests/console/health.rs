//! What the overview of a table says of how it fares.

use crate::support::{NOT_YET, ask_while, sample_console};

#[tokio::test]
async fn what_is_unwell_is_said_with_its_threshold_and_what_mends_it() {
    let console = sample_console().await;
    let orders = "/c/sample-polaris/t/overview?w=lakehouse&ns=sales&t=orders";
    let ledger = "/c/sample-polaris/t/overview?w=lakehouse&ns=finance&t=ledger";
    for (page, says) in [
        (
            orders,
            &[
                "26 delete files to 37 data files",
                "10.5 MiB on average",
                "the table’s own write.target-file-size-bytes",
                ">Bad<",
                ">Total size<",
                " in 30 days",
                "The same as a table",
                "CALL lake.system.rewrite_data_files(table",
                "`sales`.`orders`",
                "/snapshots-expire?",
            ][..],
        ),
        (
            ledger,
            &[
                "571 data files of 1.0 MiB on average",
                "512.0 MiB, Iceberg’s default write.target-file-size-bytes",
            ],
        ),
    ] {
        // A busy machine reads them for longer than a page waits.
        let answer = ask_while(&console, page, NOT_YET).await;
        for words in says {
            assert!(
                answer.body.contains(words),
                "{page} misses {words}: {}",
                answer.body
            );
        }
    }
}
