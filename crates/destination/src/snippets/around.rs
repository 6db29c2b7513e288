/// What a connection knows of a catalog beside what stands in a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Around {
    /// Sent with every call. Values as they may be shown, a secret as a placeholder.
    pub headers: Vec<(String, String)>,
    /// Where tables lie, where that is known.
    pub store: Option<Store>,
    /// Levels of the namespace and the name of the table to read; empty for none.
    pub table: Vec<String>,
    /// The snapshot of it to read; its current one otherwise.
    pub snapshot: Option<i64>,
    /// Namespaces stand in namespaces.
    pub nested: bool,
}

/// Where a table's files lie. Each takes a library of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Store {
    /// Amazon S3, and what speaks as it does.
    S3,
    /// Google Cloud Storage.
    Gcs,
    /// Azure Data Lake Storage.
    Azure,
    /// HDFS and what else Hadoop reads.
    Hadoop,
    /// Files of one machine.
    Local,
}

impl Store {
    /// Of a location such as `gs://bucket/path`, by its scheme.
    pub fn of(location: &str) -> Option<Self> {
        let (scheme, rest) = location.split_once(':')?;
        Some(match scheme.to_ascii_lowercase().as_str() {
            "s3" | "s3a" | "s3n" => Self::S3,
            // The warehouse of S3 Tables is its bucket's name.
            "arn" if rest.contains(":s3") => Self::S3,
            "gs" | "gcs" => Self::Gcs,
            "abfs" | "abfss" | "wasb" | "wasbs" => Self::Azure,
            "hdfs" | "viewfs" | "webhdfs" | "ofs" | "o3fs" => Self::Hadoop,
            "file" => Self::Local,
            _ => return None,
        })
    }

    /// Iceberg's class that reads it in Java.
    pub(super) fn io(self) -> &'static str {
        match self {
            Self::S3 => "org.apache.iceberg.aws.s3.S3FileIO",
            Self::Gcs => "org.apache.iceberg.gcp.gcs.GCSFileIO",
            Self::Azure => "org.apache.iceberg.azure.adlsv2.ADLSFileIO",
            Self::Hadoop | Self::Local => "org.apache.iceberg.hadoop.HadoopFileIO",
        }
    }

    /// The library that has that class, beside Iceberg's own.
    pub(super) fn bundle(self) -> Option<&'static str> {
        match self {
            Self::S3 => Some("iceberg-aws-bundle"),
            Self::Gcs => Some("iceberg-gcp-bundle"),
            Self::Azure => Some("iceberg-azure-bundle"),
            Self::Hadoop | Self::Local => None,
        }
    }

    /// Trino's switch for it.
    pub(super) fn switch(self) -> &'static str {
        match self {
            Self::S3 => "fs.native-s3.enabled",
            Self::Gcs => "fs.native-gcs.enabled",
            Self::Azure => "fs.native-azure.enabled",
            Self::Hadoop | Self::Local => "fs.hadoop.enabled",
        }
    }

    /// Catalogs hand out keys for it.
    pub(super) fn has_keys(self) -> bool {
        !matches!(self, Self::Hadoop | Self::Local)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_store_is_known_by_its_scheme() {
        for (location, store) in [
            ("s3://b/t", Some(Store::S3)),
            ("S3A://b/t", Some(Store::S3)),
            ("arn:aws:s3tables:eu-west-1:1:bucket/b", Some(Store::S3)),
            ("gs://b/t", Some(Store::Gcs)),
            ("abfss://c@a.dfs.core.windows.net/t", Some(Store::Azure)),
            ("wasbs://c@a/t", Some(Store::Azure)),
            ("hdfs://nn/t", Some(Store::Hadoop)),
            ("file:/tmp/t", Some(Store::Local)),
            ("oss://b/t", None),
            ("lake", None),
            ("", None),
        ] {
            assert_eq!(Store::of(location), store, "{location}");
        }
    }
}
