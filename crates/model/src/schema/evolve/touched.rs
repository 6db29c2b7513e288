use iceberg_rest::types::metadata::TableMetadata;

/// A partition field or a sort field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Use {
    /// The field id of the column that it goes by.
    pub source: i64,
    /// In words: `partition field at_day of the current spec`.
    pub what: String,
    /// `bucket[16]`, as written.
    pub transform: String,
    /// Writers use it.
    pub is_current: bool,
    /// It says where files stand, not only in which order their rows do.
    pub is_partition: bool,
}

impl Use {
    /// All that go by the columns of a table, of every spec and order that it has.
    pub fn all(metadata: &TableMetadata) -> Vec<Self> {
        let spec = metadata.default_spec().map(|spec| &spec.spec_id);
        let order = metadata.default_sort_order().map(|order| &order.order_id);
        let mut all = Vec::new();
        for one in &metadata.partition_specs {
            let is_current = spec == Some(&one.spec_id);
            let of = match is_current {
                true => "of the current spec".to_owned(),
                false => format!("of the earlier spec {}", one.spec_id),
            };
            for field in &one.fields {
                let sources = field.sources().iter().filter_map(|id| id.exact());
                all.extend(sources.map(|source| Self {
                    source,
                    what: format!("partition field {} {of}", field.name),
                    transform: field.transform.clone(),
                    is_current,
                    is_partition: true,
                }));
            }
        }
        for one in &metadata.sort_orders {
            let is_current = order == Some(&one.order_id);
            let of = match is_current {
                true => "current sort order".to_owned(),
                false => format!("earlier sort order {}", one.order_id),
            };
            for field in &one.fields {
                let sources = field.sources().iter().filter_map(|id| id.exact());
                all.extend(sources.map(|source| Self {
                    source,
                    what: of.clone(),
                    transform: field.transform.clone(),
                    is_current,
                    is_partition: false,
                }));
            }
        }
        all
    }

    /// Whether writers need the column. `void` takes no value from it.
    pub fn holds(&self) -> bool {
        self.is_current && self.transform != "void"
    }

    /// Whether it makes the same of a date as of that day as a timestamp.
    pub fn is_of_days(&self) -> bool {
        ["year", "month", "day", "void"].contains(&self.transform.as_str())
    }
}
