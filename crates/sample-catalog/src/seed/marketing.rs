//! Campaigns and clicks; an empty table, and a name that needs care in a URL.

use super::{
    Draft,
    field::{list, optional, required},
    history::Writes,
    world::Entry,
};

pub(crate) const TABLES: &[Entry] = &[
    (&["marketing"], "campaigns", campaigns),
    (&["marketing"], "clicks", clicks),
    (&["marketing"], "newsletter_2027", empty),
    (&["marketing"], "a/b tests + results (50%)", ab_tests),
    (&["marketing"], "survey.answers", survey_answers),
];

fn campaigns(draft: Draft) -> Draft {
    draft
        .keyed_schema(
            [1],
            [
                required(1, "campaign_id", "int"),
                optional(2, "name", "string"),
                optional(3, "budget", "decimal(12, 2)"),
                optional(4, "runs", list(5, "date")),
            ],
        )
        .history(Writes::Mixed, 26, 10_080)
}

fn clicks(draft: Draft) -> Draft {
    draft
        .schema([
            required(1, "click_id", "uuid"),
            required(2, "at", "timestamptz"),
            optional(3, "campaign_id", "int"),
            optional(4, "url", "string"),
            optional(5, "agent", "string"),
        ])
        .spec(&[("at_hour", 2, "hour"), ("url_trunc", 4, "truncate[24]")])
        .history(Writes::Appends, 168, 60)
}

fn empty(draft: Draft) -> Draft {
    draft
        .schema([
            required(1, "recipient", "string"),
            optional(2, "opened", "boolean"),
        ])
        .property("comment", "Made ahead of time, nothing written yet")
}

fn ab_tests(draft: Draft) -> Draft {
    draft
        .schema([
            required(1, "test", "string"),
            optional(2, "variant", "string"),
            optional(3, "conversions", "long"),
        ])
        .history(Writes::Appends, 11, 1_440)
}

fn survey_answers(draft: Draft) -> Draft {
    draft
        .schema([
            required(1, "survey", "string"),
            optional(2, "answers", list(3, list(4, "string"))),
        ])
        .history(Writes::Appends, 4, 43_200)
}
