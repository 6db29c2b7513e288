//! Error states on demand, by the names of objects: of what is loaded or listed, of what is committed to, renamed or
//! dropped, and of namespaces that are changed.

use std::{io, time::Duration};

use axum::{
    body::{Body, Bytes},
    http::{Method, StatusCode, header},
    response::{IntoResponse, Response},
};
use futures_util::{StreamExt, stream};

use crate::{
    ask::Ask,
    operation::{Call, Operation},
    reply,
    subject::{Subject, subjects},
};

/// Every sentinel. Vendors with plain names spell them with an underscore (`err_403`).
pub(crate) const NAMES: [&str; 15] = [
    "err-401",
    "err-403",
    "err-404",
    "err-409",
    "err-429",
    "err-500",
    "err-502",
    "err-503",
    "err-slow",
    "err-stall",
    "err-truncated",
    "err-huge",
    "err-html",
    "err-empty",
    "err-malformed",
];

/// Every sentinel of commits, spelled likewise.
const COMMITS: [&str; 6] = [
    "commit-409-once",
    "commit-500-after",
    "commit-cut-before",
    "commit-cut-during",
    "commit-cut-after",
    "commit-slow",
];

/// Before a sentinel of commits: of a table that is made or registered, so that one with the sentinel's own name can be.
const NEW: [&str; 2] = ["new-", "new_"];

/// What a vendor's own objects are called whose removal is answered with an error: `err-kept`, and whatever
/// follows. Everything else about them goes as usual, so that there is something to remove.
const KEPT: &str = "err-kept";

/// How long `err-slow` waits before it answers.
const SLOW: Duration = Duration::from_secs(6);
/// How long `commit-slow` does: longer than many a client has patience.
const SLOW_COMMIT: Duration = Duration::from_secs(20);
/// `err-huge` sends this many bytes, more than anybody should read.
const HUGE_BYTES: usize = 96 << 20;
const CHUNK_BYTES: usize = 64 << 10;

/// What goes wrong with a request, by its sentinel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Fault(&'static str);

/// What goes wrong with a request of a vendor's own API, whose path names a sentinel. `Err` where a removal is refused.
pub(crate) fn native(ask: &Ask) -> Result<Option<Fault>, Response> {
    let mut names = ask.path.split('/');
    if ask.method == Method::DELETE && names.clone().any(|name| name.starts_with(KEPT)) {
        return Err(unreachable());
    }
    Ok(names.find_map(Fault::named))
}

impl Fault {
    /// Is a matter of the state, not of the answer.
    pub const REFUSED_ONCE: Self = Self("commit-409-once");

    /// Of an Iceberg REST call: of the table or view loaded, of the namespace listed, of what is committed to.
    pub fn of(ask: &Ask, call: &Call) -> Option<Self> {
        match call.operation {
            Operation::LoadTable | Operation::LoadView => Self::named(&call.name),
            Operation::ListNamespaces | Operation::ListTables | Operation::ListViews => {
                Self::named(call.namespace.last()?)
            }
            Operation::CommitTable
            | Operation::CommitTransaction
            | Operation::ReplaceView
            | Operation::DropTable
            | Operation::RenameTable
            | Operation::DropView
            | Operation::RenameView => {
                let mut subjects = subjects(ask, call).into_iter();
                subjects.find_map(|subject| match subject {
                    Subject::Table(ident) | Subject::View(ident) => known(&COMMITS, &ident.name),
                    Subject::Namespace(_) => None,
                })
            }
            Operation::CreateTable | Operation::RegisterTable => {
                let mut subjects = subjects(ask, call).into_iter();
                subjects.find_map(|subject| match subject {
                    Subject::Table(ident) => {
                        let rest = NEW.iter().find_map(|new| ident.name.strip_prefix(new))?;
                        known(&COMMITS, rest)
                    }
                    Subject::View(_) | Subject::Namespace(_) => None,
                })
            }
            Operation::CreateNamespace | Operation::UpdateProperties | Operation::DropNamespace => {
                let mut subjects = subjects(ask, call).into_iter();
                subjects.find_map(|subject| match subject {
                    Subject::Namespace(levels) => known(&COMMITS, levels.last()?),
                    Subject::Table(_) | Subject::View(_) => None,
                })
            }
            _ => None,
        }
    }

    fn named(name: &str) -> Option<Self> {
        known(&NAMES, name)
    }

    /// Whether nothing of the request is done.
    pub fn forestalls(self) -> bool {
        match self.0 {
            "commit-cut-before" => true,
            name => name.starts_with("err-") && name != "err-slow",
        }
    }

    /// What the client gets in place of `done`. A commit that was refused is answered as usual, if slowly.
    pub async fn spoil(self, done: Response) -> Response {
        let refused = !done.status().is_success();
        match self.0 {
            "err-401" => reply::error(401, "NotAuthorizedException", "The access token expired"),
            "err-403" => reply::error(403, "ForbiddenException", "You may not read this"),
            "err-404" => reply::error(
                404,
                "NoSuchTableException",
                "It was there when it was listed",
            ),
            "err-409" => reply::error(
                409,
                "CommitFailedException",
                "Somebody else changed it at the same time",
            ),
            "err-429" => {
                let mut response = reply::error(429, "TooManyRequestsException", "Slow down");
                response
                    .headers_mut()
                    .insert(header::RETRY_AFTER, header::HeaderValue::from_static("7"));
                response
            }
            "err-500" => reply::error(500, "InternalServerError", "java.lang.NullPointerException"),
            "err-502" => (
                StatusCode::BAD_GATEWAY,
                [(header::CONTENT_TYPE, "text/html")],
                PROXY_PAGE,
            )
                .into_response(),
            "err-503" => unreachable(),
            "err-slow" => {
                tokio::time::sleep(SLOW).await;
                done
            }
            "err-stall" => broken(None, stream::pending()),
            "err-truncated" => truncated(),
            "err-huge" => huge(),
            "err-html" => (
                StatusCode::OK,
                [(header::CONTENT_TYPE, "text/html")],
                LOGIN_PAGE,
            )
                .into_response(),
            "err-empty" => StatusCode::OK.into_response(),
            "err-malformed" => (
                StatusCode::OK,
                [(header::CONTENT_TYPE, "application/json")],
                "{\"metadata\": {\"format-version\": }",
            )
                .into_response(),
            "commit-slow" => {
                tokio::time::sleep(SLOW_COMMIT).await;
                done
            }
            "commit-cut-before" => Body::from_stream(reset()).into_response(),
            _ if refused => done,
            "commit-500-after" => reply::error(
                500,
                "CommitStateUnknownException",
                "The commit may or may not have been made",
            ),
            "commit-cut-during" => truncated(),
            "commit-cut-after" => Body::from_stream(reset()).into_response(),
            _ => done,
        }
    }
}

/// The sentinel among `names` that this is, in either spelling.
fn known(names: &[&'static str], name: &str) -> Option<Fault> {
    let spelled = name.replace('_', "-");
    names
        .iter()
        .copied()
        .find(|known| *known == spelled)
        .map(Fault)
}

fn unreachable() -> Response {
    reply::error(
        503,
        "ServiceUnavailableException",
        "The database is not reachable",
    )
}

/// Ends the connection.
fn reset() -> impl stream::Stream<Item = io::Result<Bytes>> + Send + 'static {
    stream::once(async { Err(io::Error::from(io::ErrorKind::ConnectionReset)) })
}

/// A good start, and then the end of the connection.
fn truncated() -> Response {
    broken(
        Some(4_096),
        stream::once(async {
            // Lets the start go out first.
            tokio::task::yield_now().await;
            Err(io::Error::from(io::ErrorKind::ConnectionReset))
        }),
    )
}

const LOGIN_PAGE: &str =
    "<!doctype html><title>Sign in</title><h1>Sign in to the company network</h1>";
const PROXY_PAGE: &str =
    "<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>";

/// A good start, then `rest`; `length` is what the head promises.
fn broken<S>(length: Option<usize>, rest: S) -> Response
where
    S: stream::Stream<Item = io::Result<Bytes>> + Send + 'static,
{
    let start = stream::iter([Ok(Bytes::from_static(
        b"{\"metadata-location\":\"s3://acme-lab/",
    ))]);
    let mut response = Body::from_stream(start.chain(rest)).into_response();
    let headers = response.headers_mut();
    headers.insert(
        header::CONTENT_TYPE,
        header::HeaderValue::from_static("application/json"),
    );
    if let Some(length) = length {
        headers.insert(header::CONTENT_LENGTH, length.into());
    }
    response
}

fn huge() -> Response {
    let chunk = Bytes::from(vec![b'x'; CHUNK_BYTES]);
    broken(
        None,
        stream::iter((0..HUGE_BYTES / CHUNK_BYTES).map(move |_| Ok(chunk.clone()))),
    )
}
