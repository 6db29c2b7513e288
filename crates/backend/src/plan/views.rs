//! Views: made, written anew, and taken back to an earlier version.

mod said;
mod typed;

use iceberg_rest::{
    ViewIdent,
    types::{LAST_ADDED, Requirement, Update, ViewMetadata, ViewVersion},
};
use model::{
    error::{AppError, Kind},
    form::{
        COLUMNS, VERSION,
        operation::{CREATE, ROLL_BACK, SAVE},
    },
    format::counted,
    open::Noun,
    page::ViewTab,
    preview::Difference,
    schema::{
        lines::{Column, from_json, print, to_json},
        shown_lines,
    },
    views::lines_of,
};
use serde_json::{Value, from_value, json};

pub use said::Said;
use typed::{levels, moment, typed_texts, version};

use super::{
    Asked, Beside, Plan, Text,
    objects::change,
    tables::{named as named_new, taken, typed_columns},
    wanted::Wanted,
};
use crate::{
    blocking::blocking,
    forms::{properties, refused},
    reading::{named, view_ident},
};

/// Lets a text in a dialect go that the view has (Iceberg's `ViewProperties.REPLACE_DROP_DIALECT_ALLOWED`).
const MAY_DROP: &str = "replace.drop-dialect.allowed";

/// A view that is there, as it is now.
struct Target {
    view: ViewIdent,
    raw: Value,
    metadata: ViewMetadata,
}

impl Target {
    async fn read(asked: &Asked<'_>) -> Result<Self, AppError> {
        let Asked { client, place, .. } = asked;
        let view = view_ident(place)?;
        let raw = client.load_view_raw(&view).await;
        let raw = raw.map_err(|error| named(error, client, place, "view"))?;
        let metadata = from_value(raw.clone()).map_err(|error| {
            let why = format!(
                "The metadata of {} cannot be read: {error}.",
                place.dotted()
            );
            AppError::new(Kind::Malformed, why)
        })?;
        Ok(Self {
            view,
            raw,
            metadata,
        })
    }

    fn current(&self) -> Result<&ViewVersion, AppError> {
        self.metadata.current_version().ok_or_else(|| {
            let why = "The metadata does not hold its current version, so there is nothing that another one could replace.";
            refused(why)
        })
    }

    fn commit(
        self,
        asked: Asked<'_>,
        updates: &[Update],
        said: Said,
        told: Told,
    ) -> Result<Plan, AppError> {
        let Asked {
            connection,
            client,
            place,
            ..
        } = asked;
        let requirements = Requirement::of_view(&self.metadata);
        let (uuid, current) = (&self.metadata.view_uuid, &self.metadata.current_version_id);
        Ok(Plan {
            says: told.says,
            beside: Beside {
                rows: told.rows,
                texts: told.texts,
                ..Beside::default()
            },
            read: format!("{uuid:?} {current:?}"),
            confirm: None,
            off: told.off,
            to: (place.view_path(ViewTab::Sql), told.done),
            change: change("replaceView", &client, &connection, place, Noun::View),
            write: client.commit_view(&self.view, updates, &requirements)?,
            wanted: Wanted::Saying(self.view, said),
            client,
            connection,
        })
    }

    /// Why no version without these dialects may become current; a sentence.
    fn keeps_dialects(&self, now: &Said, then: &Said) -> Option<String> {
        let allowed = self.metadata.properties.get(MAY_DROP);
        let gone: Vec<_> = now.lost(then).collect();
        let refused = !gone.is_empty() && allowed.is_none_or(|it| it != "true");
        refused.then(|| {
            format!(
                "The view keeps a text in each dialect that it has, so that no engine loses it: set its property {MAY_DROP} to true to take away {}.",
                gone.join(", ")
            )
        })
    }
}

/// What a page says of a commit.
struct Told {
    says: Vec<String>,
    rows: Vec<Difference>,
    texts: Vec<Text>,
    off: Option<String>,
    done: &'static str,
}

/// Its SQL and its columns before and after, where lines hold these.
async fn before_after(
    now: &Said,
    then: &Said,
    columns: [Option<Vec<Column>>; 2],
) -> Result<Vec<Text>, AppError> {
    let (now, then) = (now.clone(), then.clone());
    blocking(move || {
        let [before, after] = columns.map(|columns| Some(shown_lines(&columns?)));
        let columns = before.zip(after);
        let columns = columns.map(|(before, after)| Text::new("Columns", before, after));
        now.texts(&then).chain(columns).collect()
    })
    .await
}

pub async fn create(asked: Asked<'_>) -> Result<Plan, AppError> {
    let Asked {
        connection,
        client,
        place,
        fields,
    } = asked;
    let (table, there) = named_new(&client, place, fields)?;
    let view = ViewIdent::try_new(table.namespace.clone(), table.name());
    let view = view.map_err(iceberg_rest::Error::from)?;
    let texts = typed_texts(fields)?;
    let (columns, left) = typed_columns(fields)?;
    if columns.is_empty() {
        return Err(refused("A view needs its columns: engines read them from here.").at(&COLUMNS));
    }
    let namespace = levels(fields);
    let schema = to_json(&columns, 0);
    let version = version(1, Value::from(0), &texts, &namespace, moment(fields, 0));
    let said = Said {
        texts,
        namespace,
        fields: Said::fields(&schema),
    };
    let off = taken(&client, &table, &there).await;
    let says = match &off {
        Some(_) => vec!["Nothing: it cannot be created.".to_owned()],
        None => vec![format!(
            "There will be a view “{}” with {}, written for {}. Nobody checks its SQL before an engine reads it.",
            there.dotted(),
            counted(columns.len(), "column"),
            said.dialects().collect::<Vec<_>>().join(", "),
        )],
    };
    let properties = properties::typed(fields)?;
    Ok(Plan {
        says: says.into_iter().chain(left).collect(),
        beside: Beside::default(),
        read: String::new(),
        confirm: None,
        off,
        to: (there.view_path(ViewTab::Sql), CREATE),
        change: change("createView", &client, &connection, &there, Noun::View),
        write: client.create_view(&view, &schema, &version, &properties)?,
        wanted: Wanted::Saying(view, said),
        client,
        connection,
    })
}

/// Another version in the place of the current one.
pub async fn replace(asked: Asked<'_>) -> Result<Plan, AppError> {
    let (mut texts, (columns, left)) = (typed_texts(asked.fields)?, typed_columns(asked.fields)?);
    let target = Target::read(&asked).await?;
    let (metadata, current) = (&target.metadata, target.current()?);
    let now = Said::by(metadata, current);
    for text in &mut texts {
        // A browser sends line ends of its own.
        let before = text.dialect.as_deref().and_then(|it| now.text(it));
        let same = before.filter(|sql| Some(sql.replace("\r\n", "\n")) == text.sql);
        text.sql = same.or(text.sql.take());
    }
    let kept = lines_of(&target.raw, current);
    // What is typed as it is printed is no change.
    let is_other =
        |typed: &Vec<Column>| kept.as_ref().is_none_or(|kept| print(kept) != print(typed));
    let columns = Some(columns).filter(|typed| !typed.is_empty() && is_other(typed));
    let ids = metadata
        .versions
        .iter()
        .filter_map(|it| it.version_id.exact());
    let last = metadata.versions.iter().filter_map(|it| it.timestamp_ms);
    let (next, at) = (
        ids.max().unwrap_or(0).saturating_add(1),
        moment(asked.fields, last.max().unwrap_or(0)),
    );
    let namespace = levels(asked.fields);
    let schema = columns.as_ref().map(|columns| {
        let ids = metadata.schemas.iter();
        let ids = ids.filter_map(|it| i32::try_from(it.schema_id.as_ref()?.exact()?).ok());
        to_json(columns, ids.max().unwrap_or(-1).saturating_add(1))
    });
    let schema_id = match &schema {
        Some(_) => json!(LAST_ADDED),
        None => json!(current.schema_id.as_ref().and_then(|id| id.exact())),
    };
    let mut version = version(next, schema_id, &texts, &namespace, at);
    if let Some(catalog) = &current.default_catalog {
        version["default-catalog"] = json!(catalog);
    }
    let then = Said {
        texts,
        namespace,
        fields: schema
            .as_ref()
            .map_or_else(|| now.fields.clone(), Said::fields),
    };
    let seen = asked.fields.text(VERSION.name);
    let seen = metadata
        .versions
        .iter()
        .find(|version| version.version_id.to_string() == seen);
    let seen = seen.map_or_else(|| now.clone(), |version| Said::by(metadata, version));
    let then_columns = match &schema {
        Some(schema) => from_json(schema).ok(),
        None => kept.clone(),
    };
    let before_after = before_after(&now, &then, [kept, then_columns]).await?;
    let nothing = then == now;
    let off = nothing.then(|| "Nothing would be different.".to_owned());
    let told = Told {
        says: now
            .differences(&then, &current.version_id.to_string())
            .into_iter()
            .chain(left)
            .collect(),
        rows: now.rows(&seen, &then),
        texts: before_after,
        off: off.or_else(|| target.keeps_dialects(&now, &then)),
        done: SAVE,
    };
    let added = schema.map(|schema| Update::AddSchema {
        schema,
        last_column_id: None,
    });
    let updates: Vec<_> = added
        .into_iter()
        .chain([
            Update::AddViewVersion {
                view_version: version,
            },
            Update::SetCurrentViewVersion {
                view_version_id: LAST_ADDED,
            },
        ])
        .collect();
    target.commit(asked, &updates, then, told)
}

/// A version that is kept becomes current again.
pub async fn roll_back(asked: Asked<'_>) -> Result<Plan, AppError> {
    let target = Target::read(&asked).await?;
    let (metadata, wanted) = (&target.metadata, asked.fields.text(VERSION.name));
    let mut versions = metadata.versions.iter();
    let version = versions.find(|version| version.version_id.to_string() == wanted);
    let id = version.and_then(|it| i32::try_from(it.version_id.exact()?).ok());
    let (Some(version), Some(view_version_id)) = (version, id) else {
        let why = format!("The view does not keep a version {wanted} any more.");
        return Err(refused(why).at(&VERSION));
    };
    let (current, then) = (target.current()?, Said::by(metadata, version));
    let now = Said::by(metadata, current);
    let off = match current.version_id == version.version_id {
        true => Some(format!("Version {wanted} is the current one.")),
        false => target.keeps_dialects(&now, &then),
    };
    let columns = [current, version].map(|version| lines_of(&target.raw, version));
    let told = Told {
        says: now.differences(&then, &current.version_id.to_string()),
        rows: now.rows(&now, &then),
        texts: before_after(&now, &then, columns).await?,
        off,
        done: ROLL_BACK,
    };
    let updates = [Update::SetCurrentViewVersion { view_version_id }];
    target.commit(asked, &updates, then, told)
}
