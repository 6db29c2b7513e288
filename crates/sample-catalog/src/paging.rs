//! How long lists are cut: each vendor has its own reading of `pageSize` and `pageToken`.

use crate::ask::Ask;

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
    pub fn page(self, ask: &Ask, total: usize) -> Page {
        let size = ask
            .query("pageSize")
            .and_then(|size| size.parse::<usize>().ok())
            .filter(|size| *size > 0);
        let token = ask.query("pageToken");
        let given = token.as_deref().unwrap_or_default();
        let whole = Page {
            start: 0,
            end: total,
            next: None,
        };
        match (self, size) {
            (Paging::Ignored, _) | (Paging::OnRequest | Paging::Nessie, None) => whole,
            (Paging::Cut, _) => Page {
                end: total.min(DEFAULT_PAGE),
                ..whole
            },
            (Paging::OnRequest, Some(size)) => {
                slice(given.parse().unwrap_or(0), size, total, false, |next| {
                    next.to_string()
                })
            }
            (Paging::Nessie, Some(size)) => slice(
                parse_hex(given),
                size.min(LONGEST_NESSIE_PAGE),
                total,
                false,
                |next| format!("{next:012x}"),
            ),
            (Paging::Lakekeeper, size) => {
                let default = if token.is_some() {
                    DEFAULT_PAGE
                } else {
                    LONGEST_PAGE
                };
                // A page that is exactly full is followed by an empty one.
                slice(
                    parse_hex(given),
                    size.unwrap_or(default).min(LONGEST_PAGE),
                    total,
                    true,
                    |next| format!("{next:012x}"),
                )
            }
            (Paging::CamelCase, size) => slice(
                parse_hex(given),
                size.unwrap_or(DEFAULT_PAGE).min(LONGEST_PAGE),
                total,
                false,
                |next| format!("{next:012x}"),
            ),
        }
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

fn parse_hex(token: &str) -> usize {
    usize::from_str_radix(token, 16).unwrap_or(0)
}

fn slice(
    start: usize,
    size: usize,
    total: usize,
    full_goes_on: bool,
    token: impl Fn(usize) -> String,
) -> Page {
    let start = start.min(total);
    let end = start.saturating_add(size).min(total);
    let more = end < total || (full_goes_on && end - start == size);
    Page {
        start,
        end,
        next: more.then(|| token(end)),
    }
}
