//! The second warehouse: old formats, new types, and the error states.

use super::{
    Draft,
    field::{list, map, optional, record, required},
    history::Writes,
    world::Entry,
};

pub(crate) const TABLES: &[Entry] = &[
    (&["formats"], "v1_written_in_2019", v1_old),
    (&["formats"], "v1_upgraded_writer", v1_new),
    (&["formats"], "v2_every_transform", every_transform),
    (&["formats"], "v3_every_primitive", every_primitive),
    (&["formats"], "v3_variant_and_geometry", read_only),
    (
        &["formats"],
        "v3_multi_argument_transform",
        unknown_transform,
    ),
    (&["formats"], "deeply_nested", deeply_nested),
    (&["archive"], "orders_2024", archived),
    (&["archive"], "orders_2025", archived),
];

fn v1_old(draft: Draft) -> Draft {
    draft
        .old_writer()
        .schema([
            required(1, "id", "long"),
            optional(2, "note", "string"),
            optional(3, "day", "date"),
        ])
        .spec(&[("day", 3, "identity")])
        .history(Writes::Appends, 9, 1_440)
}

fn v1_new(draft: Draft) -> Draft {
    draft
        .format(1)
        .schema([required(1, "id", "int"), optional(2, "amount", "float")])
        .schema([required(1, "id", "long"), optional(2, "amount", "double")])
        .spec(&[("id_bucket", 1, "bucket[8]")])
        .history(Writes::Mixed, 33, 1_440)
}

fn every_transform(draft: Draft) -> Draft {
    draft
        .schema([
            required(1, "region", "string"),
            required(2, "account", "long"),
            required(3, "created", "timestamptz"),
            optional(4, "updated", "timestamp"),
            optional(5, "due", "date"),
            optional(6, "settled", "timestamptz"),
            optional(7, "code", "string"),
        ])
        .spec(&[
            ("region", 1, "identity"),
            ("account_bucket", 2, "bucket[512]"),
            ("code_trunc", 7, "truncate[3]"),
            ("due_year", 5, "year"),
            ("updated_month", 4, "month"),
            ("created_day", 3, "day"),
            ("settled_hour", 6, "hour"),
            ("code_void", 7, "void"),
        ])
        .order(&[
            (1, "identity", "asc"),
            (2, "bucket[512]", "desc"),
            (3, "day", "desc"),
            (7, "truncate[3]", "asc"),
        ])
        .history(Writes::Mixed, 50, 720)
}

fn every_primitive(draft: Draft) -> Draft {
    let kinds = [
        "boolean",
        "int",
        "long",
        "float",
        "double",
        "decimal(38, 10)",
        "date",
        "time",
        "timestamp",
        "timestamptz",
        "timestamp_ns",
        "timestamptz_ns",
        "string",
        "uuid",
        "fixed[20]",
        "binary",
    ];
    let fields = (1..).zip(kinds).map(|(id, kind)| {
        let name = kind.split(['(', '[']).next().unwrap_or(kind);
        optional(id, &format!("a_{name}"), kind)
    });
    draft
        .format(3)
        .schema(fields)
        .history(Writes::Appends, 3, 1_440)
}

fn read_only(draft: Draft) -> Draft {
    draft
        .format(3)
        .schema([
            required(1, "place_id", "long"),
            optional(2, "outline", "geometry(srid:4326)"),
            optional(3, "area", "geography(srid:4326, spherical)"),
            optional(4, "payload", "variant").doc("Whatever the provider sent"),
            optional(5, "reserved", "unknown"),
        ])
        .history(Writes::Appends, 14, 1_440)
}

fn unknown_transform(draft: Draft) -> Draft {
    draft
        .format(3)
        .schema([
            required(1, "id", "long"),
            optional(2, "path", "string"),
            optional(3, "payload", "variant"),
        ])
        .spec(&[("path_zorder", 2, "zorder[4]")])
        .history(Writes::Appends, 2, 1_440)
}

fn deeply_nested(draft: Draft) -> Draft {
    let innermost = record([optional(19, "leaf", "string")]);
    let nested = (10..19).rev().fold(innermost, |inner, id| {
        record([optional(id, &format!("level_{id}"), inner)])
    });
    draft
        .schema([
            required(1, "id", "long"),
            optional(2, "matrix", list(3, list(4, list(5, "double")))),
            optional(
                6,
                "index",
                map(
                    7,
                    record([
                        optional(20, "tenant", "string"),
                        optional(21, "key", "string"),
                    ]),
                    8,
                    list(9, "long"),
                ),
            ),
            optional(22, "tree", nested),
        ])
        .history(Writes::Appends, 2, 1_440)
}

fn archived(draft: Draft) -> Draft {
    draft
        .schema([
            required(1, "order_id", "long"),
            optional(2, "total", "decimal(12, 2)"),
        ])
        .property(
            "comment",
            "Copied from sales.orders at the end of the year; nobody writes here",
        )
        .history(Writes::Appends, 1, 1_440)
}
