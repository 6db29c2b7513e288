//! Shops and web shop: nested namespaces, evolved schemas and specs, the long history.

use super::{
    Draft,
    field::{Field, list, map, optional, record, required},
    history::Writes,
    world::Entry,
};

pub(crate) const TABLES: &[Entry] = &[
    (&["sales"], "orders", orders),
    (&["sales"], "order_lines", order_lines),
    (&["sales"], "customers", customers),
    (&["sales"], "customer_addresses", customer_addresses),
    (&["sales"], "returns", returns),
    (&["sales", "eu"], "invoices", invoices),
    (&["sales", "eu"], "vat_rates", vat_rates),
    (&["sales", "eu", "retail"], "stores", stores),
    (&["sales", "eu", "retail"], "receipts", receipts),
    (&["sales", "us"], "invoices", invoices),
    (&["sales", "us"], "tax_jurisdictions", tax_jurisdictions),
];

fn order_fields() -> Vec<Field> {
    vec![
        required(1, "order_id", "long").doc("Assigned by the order service, unique across shops"),
        required(2, "customer_id", "long").doc("sales.customers"),
        required(3, "ordered_at", "timestamptz").doc("When the customer paid"),
        optional(4, "status", "string").doc("placed, paid, shipped, delivered, cancelled"),
        optional(5, "total", "decimal(12, 2)").doc("Gross, in the order's currency"),
        optional(6, "currency", "string").doc("ISO 4217"),
    ]
}

fn orders(draft: Draft) -> Draft {
    let (first, mut second) = (order_fields(), order_fields());
    second.push(optional(7, "channel", "string").doc("shop, web, app, partner"));
    let mut third = second.clone();
    third.extend([
        optional(8, "coupons", list(9, "string")),
        optional(10, "attributes", map(11, "string", 12, "string"))
            .doc("Whatever the checkout added"),
    ]);
    draft
        .keyed_schema([1], first)
        .keyed_schema([1], second)
        .keyed_schema([1], third)
        .spec(&[("ordered_at_month", 3, "month")])
        .spec(&[("ordered_at_day", 3, "day")])
        .spec(&[
            ("ordered_at_day", 3, "day"),
            ("customer_id_bucket", 2, "bucket[16]"),
        ])
        .order(&[(3, "identity", "asc")])
        .order(&[(3, "identity", "desc"), (2, "bucket[16]", "asc")])
        .property("owner", "sales-platform")
        .property("write.format.default", "parquet")
        .property("write.parquet.compression-codec", "zstd")
        .property("write.target-file-size-bytes", "536870912")
        .property("history.expire.max-snapshot-age-ms", "2592000000")
        .property("commit.retry.num-retries", "6")
        .history(Writes::Mixed, 300, 144)
        .tag("2026-q2-close", 210, Some(63_072_000_000))
        .tag("2026-q3-close", 1, None)
        .tag("before-currency-fix", 57, Some(2_592_000_000))
        .branch("audit", 12)
        .branch("backfill-2025", 90)
        .statistics()
}

fn order_lines(draft: Draft) -> Draft {
    draft
        .keyed_schema(
            [1, 2],
            [
                required(1, "order_id", "long"),
                required(2, "line", "int"),
                optional(3, "sku", "string"),
                optional(4, "quantity", "int"),
                optional(
                    5,
                    "price",
                    record([
                        optional(6, "net", "decimal(12, 4)"),
                        optional(7, "vat_percent", "decimal(5, 2)"),
                    ]),
                ),
                optional(
                    8,
                    "discounts",
                    list(
                        9,
                        record([
                            optional(10, "code", "string"),
                            optional(11, "amount", "decimal(12, 4)"),
                        ]),
                    ),
                ),
            ],
        )
        .spec(&[("order_id_bucket", 1, "bucket[64]")])
        .order(&[(1, "identity", "asc"), (2, "identity", "asc")])
        .history(Writes::Mixed, 64, 720)
        .branch("audit", 3)
        .statistics()
}

fn customers(draft: Draft) -> Draft {
    let address = || {
        record([
            optional(5, "street", "string"),
            optional(6, "city", "string"),
            optional(7, "country", "string"),
        ])
    };
    draft
        .keyed_schema(
            [1],
            [
                required(1, "customer_id", "long"),
                optional(2, "full_name", "string").doc("Personal data"),
                optional(3, "email", "string").doc("Personal data"),
                optional(4, "address", address()),
            ],
        )
        .keyed_schema(
            [1],
            [
                required(1, "customer_id", "long").doc("Never reused"),
                optional(2, "name", "string").doc("Personal data; was full_name"),
                optional(3, "email", "string").doc("Personal data"),
                optional(4, "address", address()),
                optional(
                    8,
                    "loyalty",
                    record([
                        optional(9, "tier", "string"),
                        optional(10, "points", "long"),
                        optional(
                            11,
                            "history",
                            list(
                                12,
                                record([optional(13, "at", "date"), optional(14, "points", "int")]),
                            ),
                        ),
                    ]),
                ),
                optional(
                    15,
                    "consents",
                    map(
                        16,
                        "string",
                        17,
                        record([
                            optional(18, "given", "boolean"),
                            optional(19, "at", "timestamptz"),
                        ]),
                    ),
                ),
            ],
        )
        .spec(&[("country", 7, "identity")])
        .property("owner", "crm")
        .property(
            "comment",
            "One row for each person who ever bought something",
        )
        .history(Writes::Mixed, 48, 1_440)
        .tag("gdpr-erasure-2026-08", 6, None)
}

fn customer_addresses(draft: Draft) -> Draft {
    draft
        .schema([
            required(1, "customer_id", "long"),
            required(2, "kind", "string"),
            optional(3, "postcode", "string"),
            optional(4, "valid_from", "date"),
            optional(5, "valid_to", "date"),
        ])
        .spec(&[("postcode_trunc", 3, "truncate[2]")])
        .history(Writes::Mixed, 31, 2_880)
}

fn returns(draft: Draft) -> Draft {
    draft
        .schema([
            required(1, "return_id", "uuid"),
            optional(2, "order_id", "long"),
            optional(3, "reason", "string"),
            optional(4, "received_on", "date"),
        ])
        .spec(&[("received_on_year", 4, "year")])
        .spec(&[
            ("received_on_year", 4, "void"),
            ("received_on_month", 4, "month"),
        ])
        .history(Writes::Appends, 22, 1_440)
}

fn invoices(draft: Draft) -> Draft {
    draft
        .keyed_schema(
            [1],
            [
                required(1, "invoice_no", "string"),
                required(2, "issued_on", "date"),
                optional(3, "order_id", "long"),
                optional(4, "net", "decimal(14, 2)"),
                optional(5, "tax", "decimal(14, 2)"),
                optional(6, "pdf_sha256", "fixed[32]"),
            ],
        )
        .spec(&[("issued_on_month", 2, "month")])
        .order(&[(2, "month", "desc"), (1, "identity", "asc")])
        .history(Writes::Appends, 40, 1_440)
        .tag("fy2025", 30, None)
}

fn vat_rates(draft: Draft) -> Draft {
    draft
        .schema([
            required(1, "country", "string"),
            required(2, "valid_from", "date"),
            optional(3, "percent", "decimal(5, 2)"),
        ])
        .history(Writes::Mixed, 7, 43_200)
}

fn stores(draft: Draft) -> Draft {
    draft
        .keyed_schema(
            [1],
            [
                required(1, "store_id", "int"),
                optional(2, "name", "string"),
                optional(3, "opened", "date"),
                optional(
                    4,
                    "hours",
                    map(
                        5,
                        "string",
                        6,
                        list(
                            7,
                            record([optional(8, "from", "time"), optional(9, "to", "time")]),
                        ),
                    ),
                ),
            ],
        )
        .history(Writes::Mixed, 9, 20_160)
}

fn receipts(draft: Draft) -> Draft {
    draft
        .schema([
            required(1, "receipt_id", "long"),
            required(2, "store_id", "int"),
            required(3, "printed_at", "timestamp"),
            optional(4, "total", "decimal(10, 2)"),
            optional(5, "raw", "binary").doc("What went to the printer"),
        ])
        .spec(&[("store_id", 2, "identity"), ("printed_at_hour", 3, "hour")])
        .history(Writes::Appends, 120, 60)
}

fn tax_jurisdictions(draft: Draft) -> Draft {
    draft
        .format(1)
        .schema([
            required(1, "fips", "string"),
            optional(2, "name", "string"),
            optional(3, "rate", "double"),
        ])
        .spec(&[("fips_trunc", 1, "truncate[2]")])
        .history(Writes::Mixed, 12, 43_200)
}
