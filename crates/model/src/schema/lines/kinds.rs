/// Types that only format 3 has.
pub(super) fn needs_3(name: &str) -> bool {
    let base = name.split('(').next().unwrap_or(name);
    matches!(
        base,
        "unknown" | "variant" | "geometry" | "geography" | "timestamp_ns" | "timestamptz_ns"
    )
}

/// A primitive type as the specification writes it, from a name of it or of SQL, in lower case, and what stands
/// in brackets behind it.
///
/// # Errors
/// What is wrong with it; a sentence.
pub(super) fn primitive(name: &str, inner: Option<&str>) -> Result<String, String> {
    let plain = match name {
        "boolean" | "bool" => "boolean",
        "int" | "integer" => "int",
        "long" | "bigint" => "long",
        "float" | "real" => "float",
        "double" => "double",
        "date" => "date",
        "time" => "time",
        "timestamp" | "timestamp_ntz" | "datetime" => "timestamp",
        "timestamptz" | "timestamp_ltz" => "timestamptz",
        "timestamp_ns" => "timestamp_ns",
        "timestamptz_ns" => "timestamptz_ns",
        "string" | "text" | "varchar" => "string",
        "uuid" => "uuid",
        "binary" | "bytes" | "bytea" | "varbinary" | "blob" => "binary",
        "unknown" => "unknown",
        "variant" => "variant",
        "decimal" | "numeric" | "dec" => return decimal(inner.unwrap_or_default()),
        "fixed" => return fixed(inner.unwrap_or_default()),
        "geometry" | "geography" => {
            return match inner {
                None | Some("") => Ok(name.to_owned()),
                Some(inner) if inner.contains(['(', ')', '<', '>']) => {
                    Err(format!("{name}({inner}) is no reference system."))
                }
                Some(inner) => Ok(format!("{name}({inner})")),
            };
        }
        _ => return Err(unknown(name)),
    };
    match (plain, inner) {
        (_, None) => Ok(plain.to_owned()),
        ("timestamp" | "timestamptz", Some("6")) | ("time", Some("6")) => Ok(plain.to_owned()),
        ("timestamp" | "timestamptz", Some("9")) => Ok(format!("{plain}_ns")),
        ("timestamp" | "timestamptz" | "time", Some(_)) => Err(format!(
            "Iceberg keeps microseconds, or nanoseconds in format 3: write {plain} or {plain}_ns."
        )
        .replace("time or time_ns", "time")),
        ("string" | "binary", Some(_)) => {
            Err(format!("Iceberg bounds no length: write {plain} alone."))
        }
        (_, Some(_)) => Err(format!("{plain} takes nothing in brackets.")),
    }
}

fn unknown(name: &str) -> String {
    let instead = match name {
        "tinyint" | "smallint" | "short" | "byte" => " Iceberg has no smaller number than int.",
        "char" | "character" | "enum" => " Iceberg has string.",
        "json" | "jsonb" => " Format 3 has variant; string holds it as text.",
        "interval" => " Iceberg has none for spans of time.",
        _ => "",
    };
    format!("“{name}” is no type of Iceberg.{instead}")
}

fn decimal(inner: &str) -> Result<String, String> {
    let (precision, scale) = inner.split_once(',').unwrap_or((inner, "0"));
    match (precision.trim().parse::<u8>(), scale.trim().parse::<u8>()) {
        (Ok(precision @ 1..=38), Ok(scale)) if scale <= precision => {
            Ok(format!("decimal({precision}, {scale})"))
        }
        _ => Err("A decimal says how many digits it has, at most 38, and how many of them stand behind the point: decimal(12, 2).".to_owned()),
    }
}

fn fixed(inner: &str) -> Result<String, String> {
    match inner.parse::<i32>() {
        Ok(length @ 1..) => Ok(format!("fixed[{length}]")),
        _ => Err("fixed says how many bytes it has: fixed[16].".to_owned()),
    }
}

/// As [`primitive`], of the JSON of a schema: `decimal(12,2)`.
pub(super) fn written(text: &str) -> Result<String, String> {
    let (name, inner) = match text.find(['(', '[']) {
        None => (text, None),
        Some(at) => (
            &text[..at],
            Some(text[at + 1..].trim_end_matches([')', ']']).trim()),
        ),
    };
    primitive(name.trim(), inner)
}
