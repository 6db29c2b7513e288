//! Lorries and parcels.

use super::{
    Draft,
    field::{list, map, optional, record, required},
    history::Writes,
    world::Entry,
};

pub(crate) const TABLES: &[Entry] = &[
    (&["logistics"], "shipments", shipments),
    (&["logistics"], "carriers", carriers),
    (&["logistics"], "warehouse_stock", warehouse_stock),
    (&["logistics"], "customs_declarations", customs_declarations),
    (&["logistics", "last mile"], "stops", stops),
    (&["logistics", "last mile"], "driver shifts", driver_shifts),
    (&["logistics", "last mile"], "gps_traces", gps_traces),
];

fn shipments(draft: Draft) -> Draft {
    draft
        .keyed_schema(
            [1],
            [
                required(1, "shipment_id", "uuid"),
                required(2, "shipped_at", "timestamptz"),
                optional(3, "carrier", "string"),
                optional(
                    4,
                    "parcels",
                    list(
                        5,
                        record([
                            optional(6, "weight_g", "int"),
                            optional(
                                7,
                                "size_mm",
                                record([
                                    optional(8, "x", "int"),
                                    optional(9, "y", "int"),
                                    optional(10, "z", "int"),
                                ]),
                            ),
                            optional(11, "labels", list(12, "string")),
                        ]),
                    ),
                ),
            ],
        )
        .spec(&[("carrier", 3, "identity"), ("shipped_at_day", 2, "day")])
        .order(&[(2, "identity", "asc")])
        .history(Writes::Mixed, 96, 360)
        .tag("peak-2025", 80, None)
        .statistics()
}

fn carriers(draft: Draft) -> Draft {
    draft
        .keyed_schema(
            [1],
            [
                required(1, "code", "string"),
                optional(2, "name", "string"),
                optional(
                    3,
                    "contract",
                    record([optional(4, "until", "date"), optional(5, "cut_off", "time")]),
                ),
            ],
        )
        .history(Writes::Mixed, 5, 43_200)
}

fn warehouse_stock(draft: Draft) -> Draft {
    draft
        .schema([
            required(1, "sku", "string"),
            required(2, "site", "string"),
            optional(3, "on_hand", "int"),
        ])
        .schema([
            required(1, "sku", "string"),
            required(2, "site", "string"),
            optional(3, "on_hand", "long").doc("Was int until site FRA2 overflowed it"),
            optional(4, "reserved", "long"),
        ])
        .spec(&[("site", 2, "identity"), ("sku_bucket", 1, "bucket[32]")])
        .history(Writes::Mixed, 140, 180)
}

fn customs_declarations(draft: Draft) -> Draft {
    draft
        .schema([
            required(1, "mrn", "string"),
            optional(2, "lodged_at", "timestamp"),
            optional(
                3,
                "items",
                map(
                    4,
                    "int",
                    5,
                    record([
                        optional(6, "hs_code", "string"),
                        optional(7, "value", "decimal(16, 2)"),
                    ]),
                ),
            ),
        ])
        .spec(&[
            ("lodged_at_year", 2, "year"),
            ("mrn_trunc", 1, "truncate[4]"),
        ])
        .history(Writes::Appends, 18, 4_320)
}

fn stops(draft: Draft) -> Draft {
    draft
        .schema([
            required(1, "route_id", "long"),
            required(2, "position", "int"),
            optional(3, "arrived_at", "timestamptz"),
            optional(4, "signature", "binary"),
        ])
        .spec(&[
            ("route_id_bucket", 1, "bucket[8]"),
            ("arrived_at_hour", 3, "hour"),
        ])
        .history(Writes::Appends, 75, 120)
}

fn driver_shifts(draft: Draft) -> Draft {
    draft
        .schema([
            required(1, "driver no.", "int").doc("A column with a space and a dot"),
            optional(2, "started", "timestamptz"),
            optional(3, "ended", "timestamptz"),
        ])
        .history(Writes::Mixed, 30, 1_440)
}

fn gps_traces(draft: Draft) -> Draft {
    draft
        .format(3)
        .schema([
            required(1, "vehicle", "string"),
            required(2, "at", "timestamptz_ns").doc("Receiver clock"),
            optional(3, "lat", "double"),
            optional(4, "lon", "double"),
            optional(5, "speed_kmh", "float"),
        ])
        .spec(&[("at_hour", 2, "hour"), ("vehicle_bucket", 1, "bucket[4]")])
        .history(Writes::Appends, 200, 30)
}
