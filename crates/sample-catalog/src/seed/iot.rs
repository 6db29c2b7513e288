//! Sensors: unicode names, short intervals, every time transform.

use super::{
    Draft,
    field::{list, map, optional, record, required},
    history::Writes,
    world::Entry,
};

pub(crate) const TABLES: &[Entry] = &[
    (&["iot"], "devices", devices),
    (&["iot"], "readings", readings),
    (&["iot"], "alarms", alarms),
    (&["iot"], "firmware_rollouts", firmware_rollouts),
    (&["iot", "Überwachung"], "kühlkette", cold_chain),
    (&["iot", "Überwachung"], "türsensoren", door_sensors),
    (&["研究"], "試験データ", experiments),
];

fn devices(draft: Draft) -> Draft {
    draft
        .keyed_schema(
            [1],
            [
                required(1, "device_id", "string"),
                optional(2, "model", "string"),
                optional(3, "installed_on", "date"),
                optional(
                    4,
                    "site",
                    record([
                        optional(5, "name", "string"),
                        optional(
                            6,
                            "position",
                            record([optional(7, "lat", "double"), optional(8, "lon", "double")]),
                        ),
                    ]),
                ),
                optional(9, "tags", map(10, "string", 11, "string")),
            ],
        )
        .spec(&[("model", 2, "identity")])
        .history(Writes::Mixed, 28, 2_880)
}

fn readings(draft: Draft) -> Draft {
    draft
        .schema([
            required(1, "device_id", "string"),
            required(2, "read_at", "timestamptz"),
            required(3, "metric", "string"),
            optional(4, "value", "double"),
            optional(5, "quality", "int"),
        ])
        .spec(&[("read_at_day", 2, "day")])
        .spec(&[
            ("read_at_day", 2, "void"),
            ("read_at_hour", 2, "hour"),
            ("device_id_bucket", 1, "bucket[128]"),
            ("metric", 3, "identity"),
        ])
        .order(&[(1, "identity", "asc"), (2, "identity", "asc")])
        .property("write.distribution-mode", "hash")
        .history(Writes::Mixed, 240, 15)
        .statistics()
}

fn alarms(draft: Draft) -> Draft {
    draft
        .schema([
            required(1, "alarm_id", "long"),
            optional(2, "raised_at", "timestamp"),
            optional(3, "severity", "int"),
            optional(
                4,
                "readings",
                list(
                    5,
                    record([
                        optional(6, "metric", "string"),
                        optional(7, "value", "double"),
                    ]),
                ),
            ),
        ])
        .spec(&[
            ("raised_at_month", 2, "month"),
            ("severity_trunc", 3, "truncate[10]"),
        ])
        .history(Writes::Appends, 60, 240)
}

fn firmware_rollouts(draft: Draft) -> Draft {
    draft.schema([
        required(1, "version", "string"),
        optional(2, "started", "timestamptz"),
        optional(3, "image", "fixed[16]").doc("MD5 of the image"),
        optional(4, "share", "float"),
    ])
}

fn cold_chain(draft: Draft) -> Draft {
    draft
        .schema([
            required(1, "gerät", "string").doc("Kühlgerät, siehe iot.devices"),
            required(2, "zeit", "timestamptz"),
            optional(3, "temperatur_°C", "float"),
        ])
        .spec(&[("zeit_hour", 2, "hour")])
        .history(Writes::Appends, 72, 60)
}

fn door_sensors(draft: Draft) -> Draft {
    draft
        .schema([
            required(1, "tür", "string"),
            optional(2, "offen", "boolean"),
            optional(3, "seit", "timestamptz"),
        ])
        .history(Writes::Mixed, 12, 1_440)
}

fn experiments(draft: Draft) -> Draft {
    draft
        .schema([
            required(1, "番号", "long"),
            optional(2, "測定値", list(3, "double")),
            optional(4, "備考", "string").doc("自由記述"),
        ])
        .history(Writes::Appends, 6, 10_080)
}
