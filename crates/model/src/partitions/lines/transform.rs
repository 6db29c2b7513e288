use std::fmt;

/// What is made of a column's value. Specification: partition transforms.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Transform {
    /// The value itself.
    Identity,
    /// Years since 1970.
    Year,
    /// Months since 1970.
    Month,
    /// Days since 1970.
    Day,
    /// Hours since 1970.
    Hour,
    /// Null.
    Void,
    /// The hash, modulo this.
    Bucket(i32),
    /// Cut to this width.
    Truncate(i32),
}

/// As the specification writes it: `bucket[16]`.
impl fmt::Display for Transform {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Identity => f.write_str("identity"),
            Self::Year => f.write_str("year"),
            Self::Month => f.write_str("month"),
            Self::Day => f.write_str("day"),
            Self::Hour => f.write_str("hour"),
            Self::Void => f.write_str("void"),
            Self::Bucket(number) => write!(f, "bucket[{number}]"),
            Self::Truncate(width) => write!(f, "truncate[{width}]"),
        }
    }
}

impl Transform {
    /// By its name and the number that goes with it.
    ///
    /// # Errors
    /// That there is none; a sentence.
    pub fn new(name: &str, number: Option<&str>) -> Result<Self, String> {
        let name = name.to_ascii_lowercase();
        let positive = |example: &str| {
            let number = number.and_then(|number| number.parse().ok());
            let number = number.filter(|number: &i32| *number > 0);
            number.ok_or_else(|| format!("{name} takes a number above 0: {example}."))
        };
        let made = match name.as_str() {
            "bucket" => return positive("bucket(16, id)").map(Self::Bucket),
            "truncate" => return positive("truncate(8, name)").map(Self::Truncate),
            "identity" => Self::Identity,
            "year" | "years" => Self::Year,
            "month" | "months" => Self::Month,
            "day" | "days" => Self::Day,
            "hour" | "hours" => Self::Hour,
            "void" => Self::Void,
            _ => {
                return Err(format!(
                    "“{name}” is no transform: there are identity, bucket, truncate, year, month, day, hour and void."
                ));
            }
        };
        match number {
            None => Ok(made),
            Some(_) => Err(format!("{name} takes no number.")),
        }
    }

    /// As metadata writes it: `bucket[16]`.
    pub fn parse(text: &str) -> Option<Self> {
        match text.split_once('[') {
            Some((name, number)) => Self::new(name, Some(number.strip_suffix(']')?)).ok(),
            None => Self::new(text, None).ok(),
        }
    }

    /// Whether it can be made of a primitive type.
    ///
    /// # Errors
    /// Of which ones it is made; a sentence.
    pub fn fits(self, kind: &str) -> Result<(), String> {
        let base = kind.split(['(', '[']).next().unwrap_or(kind);
        let dated = matches!(
            base,
            "date" | "timestamp" | "timestamptz" | "timestamp_ns" | "timestamptz_ns"
        );
        let (fits, of) = match self {
            Self::Void => (true, ""),
            Self::Identity => (
                !matches!(base, "variant" | "geometry" | "geography" | "unknown"),
                "what has an order",
            ),
            Self::Year | Self::Month | Self::Day => (dated, "dates and timestamps"),
            Self::Hour => (dated && base != "date", "timestamps"),
            Self::Bucket(_) => (
                dated
                    || matches!(
                        base,
                        "int"
                            | "long"
                            | "decimal"
                            | "time"
                            | "string"
                            | "uuid"
                            | "fixed"
                            | "binary"
                    ),
                "whole numbers, decimals, dates, times, string, uuid, fixed and binary",
            ),
            Self::Truncate(_) => (
                matches!(base, "int" | "long" | "decimal" | "string" | "binary"),
                "whole numbers, decimals, string and binary",
            ),
        };
        match fits {
            true => Ok(()),
            false => Err(format!("{self} is made of {of}, not of {kind}.")),
        }
    }

    /// What Iceberg calls the field of a column where nobody says otherwise.
    pub fn name(self, column: &str) -> String {
        let behind = match self {
            Self::Identity => return column.to_owned(),
            Self::Year => "year",
            Self::Month => "month",
            Self::Day => "day",
            Self::Hour => "hour",
            Self::Void => "null",
            Self::Bucket(_) => "bucket",
            Self::Truncate(_) => "trunc",
        };
        format!("{column}_{behind}")
    }

    /// Whether two of them split by one time, the one finer than the other.
    pub(super) fn dates(self) -> bool {
        matches!(self, Self::Year | Self::Month | Self::Day | Self::Hour)
    }

    /// `day(at)`, as lines have it.
    pub fn of(self, column: &str) -> String {
        match self {
            Self::Identity => column.to_owned(),
            Self::Bucket(number) => format!("bucket({number}, {column})"),
            Self::Truncate(width) => format!("truncate({width}, {column})"),
            other => format!("{other}({column})"),
        }
    }

    /// What it does to the partitions of a table, a sentence. `kind` is the type of the column.
    pub fn says(self, column: &str, kind: &str) -> String {
        let utc = if kind.starts_with("timestamptz") {
            ", in UTC,"
        } else {
            ""
        };
        match self {
            Self::Identity => format!("Each value of {column} has a partition of its own."),
            Self::Year => format!("Each year of {column}{utc} has a partition of its own."),
            Self::Month => format!("Each month of {column}{utc} has a partition of its own."),
            Self::Day => format!("Each day of {column}{utc} has a partition of its own."),
            Self::Hour => format!("Each hour of {column}{utc} has a partition of its own."),
            Self::Void => {
                format!("{column} is named, and splits nothing: its value here is always null.")
            }
            Self::Bucket(number) => format!(
                "A hash spreads {column} over {number} buckets: rows with the same value are in the same one."
            ),
            Self::Truncate(width) => match kind {
                "string" => format!(
                    "Values of {column} that begin with the same {width} characters share a partition."
                ),
                "binary" => format!(
                    "Values of {column} that begin with the same {width} bytes share a partition."
                ),
                kind if kind.starts_with("decimal") => format!(
                    "Values of {column} share a partition where they round down to the same multiple of {width}, counted in their last digit."
                ),
                _ => format!(
                    "Values of {column} share a partition where they round down to the same multiple of {width}."
                ),
            },
        }
    }
}
