//! New tables: their columns, how they are split and sorted, and where they go.

use std::collections::BTreeMap;

use iceberg_rest::{
    Client, Namespace, Operation, SnapshotsMode, Support, TableIdent, client::NewTable,
    dialect::Profile,
};
use model::{
    error::AppError,
    form::{COLUMNS, FORMAT_VERSION, KEY, LOCATION, NAME, PARTITIONS, SORT, operation::CREATE},
    format::counted,
    open::Noun,
    page::TableTab,
    partitions::{
        evolve::fields_of,
        lines::{self as layout, order_words},
    },
    paths::{Place, Query},
    preview::Difference,
    properties::known::known_of,
    schema::lines::{self, Column, Wrong, by_path},
    written::Written,
};
use serde_json::{Value, json};

use super::{
    Asked, Beside, Plan,
    edits::typed_shown,
    layout::as_lines,
    objects::change,
    properties::kept,
    wanted::{Item, Wanted},
};
use crate::forms::{properties::typed, refused};

/// The first id of a partition field; ids of columns are lower in older tables. Specification, partition evolution.
const FIRST_FIELD: usize = 1000;

/// How a new table is to be, as far as it is the form's to say.
pub struct Made {
    /// The primitive type of each column, or none, by its full name.
    columns: BTreeMap<String, Option<String>>,
    location: Option<String>,
    /// Lines of its partition fields and of its sort order, which no renumbered column changes.
    laid_out: [Result<String, String>; 2],
    format_version: u8,
    properties: BTreeMap<String, String>,
}

pub async fn create(asked: Asked<'_>) -> Result<Plan, AppError> {
    let Asked {
        connection,
        client,
        place,
        fields,
    } = asked;
    let (table, there) = named(&client, place, fields)?;
    let profile = client.dialect().profile();
    let version = version(fields)?;
    let (columns, left) = columns(fields, version, profile)?;
    let schema = lines::to_json(&columns, 0);
    // With the ids that they have got.
    let columns = lines::from_json(&schema).map_err(|wrong| at_columns("Column", wrong))?;
    let (spec, split) = spec(fields, &columns)?;
    let (order, sorted) = order(fields, &columns)?;
    let location = location(fields, profile)?;
    let mut properties = typed(fields)?;
    let mut keys = properties.keys();
    if let Some((key, why)) = keys.find_map(|key| Some((key, kept(client.dialect(), key)?))) {
        return Err(refused(format!("The property {key} cannot be set: {why}.")).at(&KEY));
    }
    let known = known_of(Noun::Table).iter();
    let doubts = known.filter_map(|known| known.doubt(properties.get(known.key)?));
    let doubts: Vec<_> = doubts.collect();
    let given = properties.clone();
    properties.insert("format-version".to_owned(), version.to_string());
    let off = taken(&client, &table, &there).await;
    let says = match &off {
        Some(_) => vec!["Nothing: it cannot be created.".to_owned()],
        None => {
            let place = match &location {
                Some(location) => format!("Its files go below {location}."),
                None => "The catalog chooses where its files go.".to_owned(),
            };
            let first = format!(
                "There will be a table {} with {}, of format version {version}.",
                there.dotted(),
                counted(columns.len(), "column"),
            );
            let parts = [first]
                .into_iter()
                .chain(identifiers(&columns))
                .chain(split);
            parts
                .chain(sorted)
                .chain([place])
                .chain(doubts)
                .chain(left)
                .collect()
        }
    };
    let row = |(key, value): (&String, &String)| Difference {
        key: key.clone(),
        seen: None,
        now: None,
        wanted: Some(typed_shown(key, value)),
    };
    let new = NewTable {
        location: location.clone(),
        schema,
        partition_spec: spec,
        write_order: order,
        properties,
    };
    let laid_out = as_lines(
        fields_of(new.partition_spec.as_ref()),
        fields_of(new.write_order.as_ref()),
        &columns,
    );
    let made = Made {
        columns: shape(&columns),
        location,
        laid_out,
        format_version: version,
        properties: given,
    };
    Ok(Plan {
        says,
        beside: Beside {
            rows: new.properties.iter().map(row).collect(),
            ..Beside::default()
        },
        read: String::new(),
        confirm: None,
        off,
        to: (there.table_path(TableTab::Overview), CREATE),
        change: change("createTable", &client, &connection, &there, Noun::Table),
        write: client.create_table(&table, &new)?,
        wanted: Wanted::Made(table, Box::new(made)),
        client,
        connection,
    })
}

/// What a new table, or a view, of the place's namespace is called, and where it stands then.
pub fn named(
    client: &Client,
    place: &Place,
    fields: &Query,
) -> Result<(TableIdent, Place), AppError> {
    let name = fields.text(NAME.name);
    let called = |why: String| refused(why).at(&NAME);
    if place.namespace.is_empty() {
        let why = "It stands in a namespace: open one, and begin there.";
        return Err(called(why.to_owned()));
    }
    if let Some(why) = client.dialect().refuses_name(&name) {
        return Err(called(why.to_owned()));
    }
    let unnamed = |why: &str| called(format!("It cannot have this name: {why}."));
    let inside = Namespace::try_new(&place.namespace).map_err(|why| unnamed(&why.to_string()))?;
    client
        .namespace_path(&inside)
        .map_err(|error| unnamed(error.message.trim_end_matches('.')))?;
    let table = TableIdent::try_new(inside, &*name).map_err(|why| unnamed(&why.to_string()))?;
    Ok((table, place.with_object(&name)))
}

/// Why nothing new can have this name, where that is known; a sentence.
pub async fn taken(client: &Client, table: &TableIdent, there: &Place) -> Option<String> {
    if let Ok(false) = client.namespace_exists(&table.namespace).await {
        return Some(format!(
            "This connection shows no namespace {}.",
            table.namespace
        ));
    }
    let is_there = |noun: Noun, found| {
        matches!(found, Ok(true))
            .then(|| format!("There is a {} {} already.", noun.word(), there.dotted()))
    };
    let found = is_there(Noun::Table, client.table_exists(table).await);
    if found.is_some() {
        return found;
    }
    let views = client.capabilities().support(Operation::LoadView);
    let view = Item::named(table.namespace.clone(), Noun::View, table.name()).ok();
    match view.filter(|_| !matches!(views, Support::No(_))) {
        Some(view) => is_there(Noun::View, view.is_there(client).await),
        None => None,
    }
}

fn version(fields: &Query) -> Result<u8, AppError> {
    match fields.text(FORMAT_VERSION.name).trim() {
        "" | "2" => Ok(2),
        "1" => Ok(1),
        "3" => Ok(3),
        typed => {
            let why = format!("“{typed}” is no format version of Iceberg: there are 1, 2 and 3.");
            Err(refused(why).at(&FORMAT_VERSION))
        }
    }
}

fn at_columns(place: &str, Wrong { line, why }: Wrong) -> AppError {
    refused(format!("{place} {line}: {why}")).at(&COLUMNS)
}

/// Columns as they are typed, as lines or as JSON, and what of JSON there are no lines for; a sentence. None where
/// nothing is typed.
pub fn typed_columns(fields: &Query) -> Result<(Vec<Column>, Option<String>), AppError> {
    let text = fields.text(COLUMNS.name);
    if !is_json(&text) {
        let columns = lines::parse(&text);
        return Ok((columns.map_err(|wrong| at_columns("Line", wrong))?, None));
    }
    let no_json = |error: serde_json::Error| {
        let why = format!("The columns begin as JSON and are none: {error}.");
        refused(why).at(&COLUMNS)
    };
    let schema: Value = serde_json::from_str(&text).map_err(no_json)?;
    let columns = lines::from_json(&schema);
    let columns = columns.map_err(|wrong| at_columns("Column", wrong))?;
    let left = lines::unheld(&schema);
    let left = (!left.is_empty()).then(|| {
        format!(
            "Not taken over of the JSON, since there are no lines for it: {}.",
            left.join(", ")
        )
    });
    Ok((columns, left))
}

fn is_json(text: &str) -> bool {
    text.trim_start().starts_with(['{', '['])
}

/// Those that a table of this version can have in this kind of catalog.
fn columns(
    fields: &Query,
    version: u8,
    profile: &Profile,
) -> Result<(Vec<Column>, Option<String>), AppError> {
    let (columns, left) = typed_columns(fields)?;
    let place = match is_json(&fields.text(COLUMNS.name)) {
        true => "Column",
        false => "Line",
    };
    let wrong = |wrong| at_columns(place, wrong);
    if columns.is_empty() {
        return Err(refused("It needs at least one column.").at(&COLUMNS));
    }
    lines::fresh(&columns).map_err(wrong)?;
    if let Some(newer) = lines::needs_format_3(&columns).filter(|_| version < 3) {
        return Err(wrong(newer));
    }
    let title = profile.title;
    let identifier = by_path(&columns)
        .into_values()
        .find(|column| column.identifier);
    if let Some(column) = identifier.filter(|_| !profile.identifier_fields) {
        let why = format!("{title} takes no identifier fields.");
        let line = column.line;
        return Err(wrong(Wrong { line, why }));
    }
    Ok((columns, left))
}

fn identifiers(columns: &[Column]) -> Option<String> {
    let paths = by_path(columns).into_iter();
    let names = paths.filter(|(_, column)| column.identifier);
    let mut names: Vec<_> = names.map(|(path, _)| path).collect();
    names.sort();
    (!names.is_empty()).then(|| format!("Rows are told apart by {}.", names.join(", ")))
}

/// As JSON, where there is one, and in sentences.
fn spec(fields: &Query, columns: &[Column]) -> Result<(Option<Value>, Vec<String>), AppError> {
    let lines = layout::partitions(&fields.text(PARTITIONS.name));
    let made = lines.and_then(|lines| layout::spec(&lines, columns));
    let (mut made, says) = made.map_err(|wrong| refused(wrong.to_string()).at(&PARTITIONS))?;
    if made.is_empty() {
        return Ok((None, vec!["It is not partitioned.".to_owned()]));
    }
    for (at, field) in made.iter_mut().enumerate() {
        field["field-id"] = (FIRST_FIELD + at).into();
    }
    Ok((Some(json!({"spec-id": 0, "fields": made})), says))
}

/// As JSON, where there is one, and in a sentence.
fn order(fields: &Query, columns: &[Column]) -> Result<(Option<Value>, Option<String>), AppError> {
    let wrong = |wrong: Wrong| refused(wrong.to_string()).at(&SORT);
    let lines = layout::sorts(&fields.text(SORT.name)).map_err(wrong)?;
    let made = layout::order(&lines, columns).map_err(wrong)?;
    let order = (!made.is_empty()).then(|| json!({"order-id": 1, "fields": made}));
    Ok((order, order_words(&lines)))
}

/// Where its files go, where that is chosen.
fn location(fields: &Query, profile: &Profile) -> Result<Option<String>, AppError> {
    let typed = fields.text(LOCATION.name).trim().to_owned();
    let wrong = |why: String| Err(refused(why).at(&LOCATION));
    if typed.is_empty() {
        return Ok(None);
    }
    if profile.chooses_location {
        return wrong(format!(
            "{} chooses itself where a table goes: leave this empty.",
            profile.title
        ));
    }
    if !is_place(&typed) {
        return wrong(format!("“{typed}” is no place of files: s3://bucket/path."));
    }
    Ok(Some(typed))
}

/// Whether a text can be where files are: a URI, or a path.
pub fn is_place(text: &str) -> bool {
    let no_blank = !text.contains(|letter: char| letter.is_whitespace() || letter.is_control());
    no_blank && (text.contains(":/") || text.starts_with('/'))
}

impl Made {
    /// Whether a table is so.
    pub async fn is_so(
        &self,
        client: &Client,
        table: &TableIdent,
    ) -> Result<bool, iceberg_rest::Error> {
        if !client.table_exists(table).await? {
            return Ok(false);
        }
        let raw = client.load_table_raw(table, SnapshotsMode::Refs).await?;
        let Ok(written) = Written::new(&raw.metadata) else {
            return Ok(false);
        };
        let columns = written
            .current_schema()
            .and_then(|it| lines::from_json(it).ok());
        Ok(columns.is_some_and(|columns| self.is(&written, &columns)))
    }

    fn is(&self, written: &Written, columns: &[Column]) -> bool {
        let now = &written.metadata;
        let given = |(key, value): (&String, &String)| now.properties.get(key) == Some(value);
        (self.location.is_none() || self.location == now.location)
            && now.format_version == Some(self.format_version.into())
            && shape(columns) == self.columns
            && as_lines(
                fields_of(written.current_spec()),
                fields_of(written.current_order()),
                columns,
            ) == self.laid_out
            && self.properties.iter().all(given)
    }
}

/// What servers keep of columns: their names and types, whatever becomes of ids.
fn shape(columns: &[Column]) -> BTreeMap<String, Option<String>> {
    let of = |(path, column): (String, &Column)| (path, column.kind.primitive().map(str::to_owned));
    by_path(columns).into_iter().map(of).collect()
}
