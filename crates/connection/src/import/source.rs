//! The programs that are known.

/// What a text was written for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// Spark: `spark-defaults.conf`, a command line, or a session's builder.
    Spark,
    /// A catalog file of Trino, or its `CREATE CATALOG`.
    Trino,
    /// PyIceberg: `.pyiceberg.yaml`, or a call of `load_catalog`.
    PyIceberg,
    /// Flink's `CREATE CATALOG`.
    Flink,
    /// DuckDB's `ATTACH` with its secrets.
    DuckDb,
    /// OLake's `destination.json`.
    Olake,
    /// Profiles of Polaris' command line.
    Polaris,
    /// `crowsnest.toml`.
    Crowsnest,
}

impl Source {
    /// What people call it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Spark => "Spark",
            Self::Trino => "Trino",
            Self::PyIceberg => "PyIceberg",
            Self::Flink => "Flink SQL",
            Self::DuckDb => "DuckDB",
            Self::Olake => "OLake",
            Self::Polaris => "Polaris CLI",
            Self::Crowsnest => "Crowsnest",
        }
    }
}
