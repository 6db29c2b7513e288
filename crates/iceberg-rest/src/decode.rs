//! From an answer's status, headers and body to a value: pure, so recorded answers go the way live ones do.

mod odd;
mod walk;

pub(crate) use walk::without_doubles;

use std::collections::BTreeMap;

use serde::{
    Deserialize,
    de::{DeserializeOwned, IgnoredAny},
};
use time::{OffsetDateTime, format_description::well_known::Rfc2822};

use crate::{
    error::{
        Error, MAX_RETRY_AFTER, Misfit,
        body::{bounded, clean},
    },
    ident::{Namespace, TableIdent, ViewIdent},
    operation::{Operation, Route},
    types::{
        CatalogConfig, CommitTableResponse, LoadTableResult, LoadViewResult, NamespaceDetails,
        Page, UpdatedProperties, allowance, lenient,
    },
};

/// How an oddity ends that is a doubled key.
const TWICE: &str = " stands twice";

/// How many oddities of an answer are told.
const ODDITIES: usize = 5;

/// An answer as it came, its body decompressed.
#[derive(Debug, Clone, Copy)]
pub struct Response<'a> {
    /// HTTP status.
    pub status: u16,
    /// Of the answer.
    pub headers: &'a Headers,
    /// Decompressed; empty when there is none.
    pub body: &'a [u8],
}

/// The headers that mean something here.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Headers {
    /// Opaque, quoted or not: to be sent back as it is.
    pub etag: Option<String>,
    /// The server's name for the call, at most 100 characters.
    pub request_id: Option<String>,
    /// Seconds from the answer.
    pub retry_after: Option<u64>,
}

impl Headers {
    /// Names are compared without regard to case; of a name that comes twice, the last counts.
    pub fn from_pairs<'a>(pairs: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let mut headers = Self::default();
        let (mut retry_after, mut date) = (None, None);
        for (name, value) in pairs {
            match name.to_ascii_lowercase().as_str() {
                "etag" => headers.etag = Some(value.to_owned()),
                // Polaris called it `Polaris-Request-Id` before 1.3; AWS has a name of its own.
                "x-request-id" | "polaris-request-id" | "x-amzn-requestid" | "x-amz-request-id" => {
                    headers.request_id = Some(
                        value
                            .chars()
                            .filter(char::is_ascii_graphic)
                            .take(100)
                            .collect(),
                    );
                }
                "retry-after" => retry_after = Some(value),
                "date" => date = Some(value),
                _ => {}
            }
        }
        headers.retry_after = retry_after.and_then(|value| seconds(value, date));
        headers
    }
}

/// `Retry-After` is a number of seconds or a date, which counts from the answer's own `Date`.
fn seconds(retry_after: &str, date: Option<&str>) -> Option<u64> {
    let seconds = match retry_after.trim().parse::<i64>() {
        Ok(seconds) => seconds,
        Err(_) => {
            let at = |text: &str| OffsetDateTime::parse(text.trim(), &Rfc2822).ok();
            (at(retry_after)? - at(date?)?).whole_seconds()
        }
    };
    Some(seconds.clamp(0, MAX_RETRY_AFTER as i64).unsigned_abs())
}

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
