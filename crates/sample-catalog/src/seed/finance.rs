//! Ledger and closing: long property lists, tags, a namespace with a dot in its name.

use super::{
    Draft,
    field::{optional, record, required},
    history::Writes,
    world::Entry,
};

pub(crate) const TABLES: &[Entry] = &[
    (&["finance"], "ledger", ledger),
    (&["finance"], "accounts", accounts),
    (&["finance"], "exchange_rates", exchange_rates),
    (&["finance"], "payment_events", payment_events),
    (&["finance", "fy2026.q3"], "trial_balance", trial_balance),
    (&["finance", "fy2026.q3"], "accruals", accruals),
];

fn ledger(draft: Draft) -> Draft {
    let wide = (1..=60).fold(draft, |draft, n| {
        draft.property(
            &format!("read.split.tuning.{n:02}"),
            &format!("{}", n * 1_048_576),
        )
    });
    wide.keyed_schema([1, 2], [
        required(1, "entry_no", "long"),
        required(2, "line_no", "int"),
        required(3, "booked_on", "date"),
        optional(4, "account", "string"),
        optional(5, "debit", "decimal(18, 2)"),
        optional(6, "credit", "decimal(18, 2)"),
        optional(7, "memo", "string"),
    ])
    .spec(&[("booked_on_year", 3, "year")])
    .spec(&[("booked_on_year", 3, "void"), ("booked_on_month", 3, "month"), ("account_trunc", 4, "truncate[2]")])
    .order(&[(3, "identity", "asc"), (1, "identity", "asc"), (2, "identity", "asc")])
    .property("owner", "group-accounting")
    .property("comment", "Append only. Corrections are new entries, never changes: ask group-accounting before you write here, and read the closing handbook before you read from a branch that is not main.")
    .property("write.metadata.delete-after-commit.enabled", "true")
    .property("write.metadata.previous-versions-max", "100")
    .history(Writes::Appends, 130, 1_440)
    .tag("close-2026-07", 61, None)
    .tag("close-2026-08", 31, None)
    .tag("close-2026-09", 0, None)
    .branch("auditors", 31)
    .statistics()
}

fn accounts(draft: Draft) -> Draft {
    draft
        .keyed_schema(
            [1],
            [
                required(1, "account", "string"),
                optional(2, "name", "string"),
                optional(3, "kind", "string"),
                optional(4, "closed", "boolean"),
            ],
        )
        .history(Writes::Mixed, 15, 20_160)
}

fn exchange_rates(draft: Draft) -> Draft {
    draft
        .format(1)
        .schema([
            required(1, "base", "string"),
            required(2, "quote", "string"),
            required(3, "day", "date"),
            optional(4, "rate", "decimal(20, 10)"),
        ])
        .spec(&[("day_year", 3, "year"), ("base", 1, "identity")])
        .history(Writes::Mixed, 90, 1_440)
}

fn payment_events(draft: Draft) -> Draft {
    draft
        .format(3)
        .keyed_schema(
            [1],
            [
                required(1, "event_id", "uuid"),
                required(2, "happened_at", "timestamptz"),
                optional(3, "provider", "string"),
                optional(
                    4,
                    "amount",
                    record([
                        optional(5, "minor_units", "long"),
                        optional(6, "currency", "string"),
                    ]),
                ),
            ],
        )
        .keyed_schema(
            [1],
            [
                required(1, "event_id", "uuid"),
                required(2, "happened_at", "timestamptz"),
                optional(3, "provider", "string"),
                optional(
                    4,
                    "amount",
                    record([
                        optional(5, "minor_units", "long"),
                        optional(6, "currency", "string"),
                    ]),
                ),
                optional(7, "livemode", "boolean")
                    .default(true, true)
                    .doc("Events of the test environment are false"),
                optional(8, "retries", "int").default(0, 0),
                optional(9, "region", "string").default("eu-central-1", "unknown"),
            ],
        )
        .spec(&[
            ("happened_at_day", 2, "day"),
            ("event_id_bucket", 1, "bucket[16]"),
        ])
        .history(Writes::Appends, 85, 240)
        .branch("replay", 4)
}

fn trial_balance(draft: Draft) -> Draft {
    draft
        .schema([
            required(1, "account", "string"),
            optional(2, "opening", "decimal(18, 2)"),
            optional(3, "closing", "decimal(18, 2)"),
        ])
        .history(Writes::Mixed, 8, 1_440)
        .tag("signed-off", 0, None)
}

fn accruals(draft: Draft) -> Draft {
    draft
        .schema([
            required(1, "accrual_id", "int"),
            optional(2, "booked_on", "date"),
            optional(3, "amount", "decimal(18, 2)"),
        ])
        .spec(&[("booked_on_month", 2, "month")])
}
