//! From an answer's status, headers and body to a value: pure, so recorded answers go the way live ones do.

mod odd;

pub use crate::response::{Headers, Response};

use std::collections::BTreeMap;

use serde::{
    Deserialize,
    de::{DeserializeOwned, IgnoredAny},
};

use crate::{
    error::{
        Error, Misfit,
        body::{bounded, clean},
    },
    ident::{Namespace, TableIdent, ViewIdent},
    operation::{Operation, Route},
    types::{
        CatalogConfig, CommitTableResponse, LoadTableResult, LoadViewResult, NamespaceDetails,
        Page, UpdatedProperties, allowance, lenient,
    },
    walk,
};

/// How an oddity ends that is a doubled key.
const TWICE: &str = " stands twice";

/// How many oddities of an answer are told.
const ODDITIES: usize = 5;

/// What an operation answered.
#[derive(Debug, Clone, PartialEq)]
pub enum Answer {
    /// To `GET /v1/config`.
    Config(CatalogConfig),
    /// A page of namespaces.
    Namespaces(Page<Namespace>),
    /// One namespace.
    Namespace(NamespaceDetails),
    /// What a change of properties did.
    UpdatedProperties(UpdatedProperties),
    /// A page of tables.
    Tables(Page<TableIdent>),
    /// One table.
    Table(Box<LoadTableResult>),
    /// A table after a commit.
    Committed(Box<CommitTableResponse>),
    /// A page of views.
    Views(Page<ViewIdent>),
    /// One view.
    View(Box<LoadViewResult>),
    /// Credentials, signatures and scan plans: accepted by their keys, their content left alone.
    Keys(Vec<String>),
    /// 304: the ETag still holds.
    NotModified,
    /// Success without content.
    Done,
}

/// Understands an answer to `operation`.
pub fn decode(operation: Operation, response: &Response<'_>) -> Result<Answer, Error> {
    use Operation as Op;
    let route = operation.route();
    check(route, response)?;
    if response.status == 304 {
        return Ok(Answer::NotModified);
    }
    Ok(match operation {
        Op::GetConfig => Answer::Config(config(response)?),
        Op::ListNamespaces => Answer::Namespaces(json(route, response)?),
        Op::CreateNamespace | Op::LoadNamespace => Answer::Namespace(namespace(route, response)?),
        Op::UpdateNamespaceProperties => Answer::UpdatedProperties(json(route, response)?),
        Op::ListTables => Answer::Tables(json(route, response)?),
        Op::CreateTable | Op::RegisterTable | Op::LoadTable => {
            Answer::Table(Box::new(table(route, response)?))
        }
        Op::CommitTable => Answer::Committed(json(route, response)?),
        Op::ListViews => Answer::Views(json(route, response)?),
        Op::CreateView | Op::RegisterView | Op::LoadView | Op::ReplaceView => {
            Answer::View(Box::new(view(route, response)?))
        }
        Op::GetToken => Answer::Keys(keys(route, response, "access_token")?),
        Op::LoadCredentials => Answer::Keys(keys(route, response, "storage-credentials")?),
        Op::SignRequest => Answer::Keys(keys(route, response, "uri")?),
        Op::PlanTableScan | Op::FetchPlanningResult => {
            Answer::Keys(keys(route, response, "status")?)
        }
        Op::FetchScanTasks => Answer::Keys(keys(route, response, "file-scan-tasks")?),
        Op::ListFunctions => Answer::Keys(keys(route, response, "identifiers")?),
        Op::LoadFunction => Answer::Keys(keys(route, response, "metadata")?),
        Op::UnregisterTable => Answer::Keys(keys(route, response, "metadata-location")?),
        Op::NamespaceExists
        | Op::DropNamespace
        | Op::TableExists
        | Op::DropTable
        | Op::ReportMetrics
        | Op::SendNotification
        | Op::CancelPlanning
        | Op::RenameTable
        | Op::CommitTransaction
        | Op::ViewExists
        | Op::DropView
        | Op::RenameView => Answer::Done,
    })
}

/// Passes whole successes and 304 on; anything else is an error of the right kind.
pub fn check(route: Route, response: &Response<'_>) -> Result<(), Error> {
    match response.status {
        // 206 is a piece; 207, 208 and 226 are several answers or a difference to an earlier one.
        206..=208 | 226 => Err(Error::partial(route, response)),
        200..300 | 304 => Ok(()),
        _ => Err(Error::from_response(route, response)),
    }
}

/// The body as a `T`, or an error that says what it is instead.
pub(crate) fn json<T: DeserializeOwned>(route: Route, response: &Response<'_>) -> Result<T, Error> {
    read(route, response).map(|(value, _)| value)
}

/// A table, with what of its answer is left out. Where its metadata cannot be read, the error says where it lies.
pub(crate) fn table(route: Route, response: &Response<'_>) -> Result<LoadTableResult, Error> {
    #[derive(Deserialize)]
    struct Located {
        #[serde(
            rename = "metadata-location",
            alias = "metadata_location",
            deserialize_with = "lenient::text"
        )]
        at: Option<String>,
    }
    let (table, oddities) = with_oddities(route, response).map_err(|mut error| {
        let located = json::<Located>(route, response).ok();
        if let Some(at) = located.and_then(|located| located.at) {
            let message = format!("{} Its metadata file: {}", error.message, clean(&at));
            error.details_mut().message = bounded(message);
        }
        error
    })?;
    Ok(LoadTableResult { oddities, ..table })
}

/// A namespace, with what of its answer is left out.
pub(crate) fn namespace(route: Route, response: &Response<'_>) -> Result<NamespaceDetails, Error> {
    let (details, oddities) = with_oddities(route, response)?;
    Ok(NamespaceDetails {
        oddities,
        ..details
    })
}

/// A view, with what of its answer is left out.
pub(crate) fn view(route: Route, response: &Response<'_>) -> Result<LoadViewResult, Error> {
    let (view, oddities) = with_oddities(route, response)?;
    Ok(LoadViewResult { oddities, ..view })
}

/// The body as a `T`, and what of it is left out, as [`LoadTableResult::oddities`] has it.
pub(crate) fn with_oddities<T: DeserializeOwned>(
    route: Route,
    response: &Response<'_>,
) -> Result<(T, Vec<String>), Error> {
    let (value, odd) = read(route, response)?;
    let oddities = odd.then(|| odd::oddities(text(response), ODDITIES));
    Ok((value, oddities.unwrap_or_default()))
}

/// The body as a `T`, and the keys that stand in it twice.
#[cfg(feature = "client")]
pub(crate) fn with_doubled<T: DeserializeOwned>(
    route: Route,
    response: &Response<'_>,
) -> Result<(T, Vec<String>), Error> {
    let (value, odd) = read(route, response)?;
    let doubled = odd.then(|| odd::doubled(text(response), ODDITIES));
    Ok((value, doubled.unwrap_or_default()))
}

/// Some writers begin with a byte order mark.
fn text<'a>(response: &Response<'a>) -> &'a [u8] {
    let text = response.body.strip_prefix(b"\xef\xbb\xbf");
    text.unwrap_or(response.body)
}

/// The body as a `T`, and whether anything of it was passed over. Of keys that come twice the last holds.
fn read<T: DeserializeOwned>(route: Route, response: &Response<'_>) -> Result<(T, bool), Error> {
    let parse = |body: &[u8]| allowance::within(body.len(), || serde_json::from_slice(body));
    let text = text(response);
    let (mut read, mut account) = parse(text);
    if let Err(error) = &read
        && error.is_data()
        && let Some(body) = walk::without_doubles(text)
    {
        (read, account) = parse(&body);
        account.passed_over = true;
    }
    let error = match read {
        Ok(value) => return Ok((value, account.passed_over)),
        Err(error) => error,
    };
    Err(match account.overdrawn {
        true => Error::overgrown(route, response),
        false => {
            let path = walk::path(text, error.line(), error.column());
            Error::malformed(route, response, &Misfit::new(&error, path))
        }
    })
}

/// Every field of a config may be missing, so any object would pass: one of another thing has none of them.
pub(crate) fn config(response: &Response<'_>) -> Result<CatalogConfig, Error> {
    const KEYS: [&str; 4] = [
        "defaults",
        "overrides",
        "endpoints",
        "idempotency-key-lifetime",
    ];
    let route = Operation::GetConfig.route();
    let keys = object(route, response)?;
    if !keys.is_empty() && !KEYS.iter().any(|key| keys.contains_key(*key)) {
        let lacks = Misfit::Lacks("defaults` or `overrides");
        return Err(Error::malformed(route, response, &lacks));
    }
    let (mut config, oddities): (CatalogConfig, _) = with_oddities(route, response)?;
    config.oddities = oddities;
    Ok(config)
}

fn keys(
    route: Route,
    response: &Response<'_>,
    expected: &'static str,
) -> Result<Vec<String>, Error> {
    let body = object(route, response)?;
    if !body.contains_key(expected) {
        return Err(Error::malformed(route, response, &Misfit::Lacks(expected)));
    }
    Ok(body.into_keys().collect())
}

/// The keys of a body.
fn object(route: Route, response: &Response<'_>) -> Result<BTreeMap<String, IgnoredAny>, Error> {
    #[derive(Deserialize)]
    struct Object(#[serde(deserialize_with = "lenient::map")] BTreeMap<String, IgnoredAny>);
    json(route, response).map(|Object(keys)| keys)
}
