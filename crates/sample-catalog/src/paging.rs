//! How long lists are cut: each vendor has its own reading of `pageSize` and `pageToken`.

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};

use crate::{ask::Ask, problem::Problem};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Paging {
    /// Everything, whatever is asked (Polaris as shipped).
    Ignored,
    /// Everything unless `pageSize` is sent; tokens are numbers (the reference fixture).
    OnRequest,
    /// Everything unless `pageSize` is sent, which is capped at 500; without it a token is ignored (Nessie).
    Nessie,
    /// Always: 1,000 without `pageToken`, 100 with an empty one (Lakekeeper).
    Lakekeeper,
    /// Always 100 at most, the token named `nextPageToken` (S3 Tables).
    CamelCase,
    /// The first 100, without a word about the rest (Unity).
    Cut,
}

/// A part of a list.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Page {
    pub start: usize,
    pub end: usize,
    pub next: Option<String>,
}

const DEFAULT_PAGE: usize = 100;
const LONGEST_PAGE: usize = 1_000;
const LONGEST_NESSIE_PAGE: usize = 500;

impl Paging {
    /// The part of a list of `total` items that `ask` gets.
    pub fn page(self, ask: &Ask, total: usize) -> Result<Page, Problem> {
        let token = ask.query("pageToken");
        let size = ask.query("pageSize").map(|text| text.parse::<i64>());
        if self == Paging::Lakekeeper && matches!(size, Some(Err(_))) {
            return Err(Problem::BadQuery(
                "pageSize: invalid digit found in string".into(),
            ));
        }
        // Lakekeeper takes one item for nothing and less than nothing; others take no notice.
        let size = size
            .and_then(Result::ok)
            .and_then(|size| usize::try_from(size.max(0)).ok());
        let wanted = size.filter(|size| *size > 0);
        let whole = Page {
            start: 0,
            end: total,
            next: None,
        };
        match (self, wanted) {
            (Paging::Ignored, _) | (Paging::OnRequest | Paging::Nessie, None) => Ok(whole),
            (Paging::Cut, _) => Ok(Page {
                end: total.min(DEFAULT_PAGE),
                ..whole
            }),
            (Paging::OnRequest, Some(size)) => self.slice(token, size, total),
            (Paging::Nessie, Some(size)) => self.slice(token, size.min(LONGEST_NESSIE_PAGE), total),
            (Paging::CamelCase, size) => {
                self.slice(token, size.unwrap_or(DEFAULT_PAGE).min(LONGEST_PAGE), total)
            }
            (Paging::Lakekeeper, _) => {
                let default = if token.is_some() {
                    DEFAULT_PAGE
                } else {
                    LONGEST_PAGE
                };
                self.slice(token, size.unwrap_or(default).clamp(1, LONGEST_PAGE), total)
            }
        }
    }

    fn slice(self, token: Option<String>, size: usize, total: usize) -> Result<Page, Problem> {
        let start = match token.filter(|token| !token.is_empty()) {
            Some(token) => self.read(&token)?.min(total),
            None => 0,
        };
        let end = start.saturating_add(size).min(total);
        // In Lakekeeper a page that is exactly full is followed by an empty one.
        let more = end < total || (self == Paging::Lakekeeper && end - start == size);
        Ok(Page {
            start,
            end,
            next: more.then(|| self.write(end)),
        })
    }

    fn write(self, next: usize) -> String {
        match self {
            Paging::OnRequest => next.to_string(),
            Paging::Lakekeeper => BASE64_URL_SAFE_NO_PAD.encode(format!("1&{next}")),
            _ => format!("{next:012x}"),
        }
    }

    fn read(self, token: &str) -> Result<usize, Problem> {
        let position = match self {
            Paging::OnRequest => token.parse().ok(),
            Paging::Lakekeeper => BASE64_URL_SAFE_NO_PAD.decode(token).ok().and_then(|bytes| {
                String::from_utf8(bytes)
                    .ok()?
                    .strip_prefix("1&")?
                    .parse()
                    .ok()
            }),
            _ => usize::from_str_radix(token, 16).ok(),
        };
        position.ok_or_else(|| {
            Problem::Typed(
                400,
                "InvalidPaginationToken",
                format!("Invalid pagination token. Got: `{token}`"),
            )
        })
    }

    /// The answer's key for the next token.
    pub fn key(self) -> &'static str {
        if self == Paging::CamelCase {
            "nextPageToken"
        } else {
            "next-page-token"
        }
    }

    /// Whether the key stays away at the end of a list, rather than holding null.
    pub fn omits_end(self) -> bool {
        matches!(self, Paging::Lakekeeper | Paging::CamelCase)
    }
}
