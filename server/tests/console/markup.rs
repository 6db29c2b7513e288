//! No text becomes markup: whatever comes from an address, a form or a catalog stays what it is.

use axum::{
    Router,
    body::Body,
    http::{Request, header},
};
use html5gum::{DefaultEmitter, Token, Tokenizer};
use model::page;

use crate::{
    hostile::{self, PLANTED, TEXTS},
    support::{Answer, LISTEN, ask, console, get},
};

/// No pages.
const NONE: [&str; 2] = ["t/none", "none"];
/// Those that show other things by what their address says besides.
const ASKED: [&str; 12] = [
    "access?only=principals",
    "who?on=namespace",
    "who?show=matrix",
    "grants?on=table",
    "grants?step=preview",
    "grants?revoke=TABLE_LIST",
    "onboard?step=review",
    "onboard?step=done",
    "offboard?step=review",
    "t/snapshots?snapshot=1",
    "compare?to-ns=x&to-t=x",
    "compare?to-name=x.x",
];
const ELSEWHERE: [&str; 12] = [
    "/",
    "/search",
    "/none",
    "/troubleshooting",
    "/destination",
    "/destination/import",
    "/destination/prepare",
    "/destination/form?catalog=polaris&auth=oauth2",
    "/destination/form?catalog=glue&auth=sigv4",
    "/destination/check?catalog=polaris",
    "/destination/review?catalog=polaris&auth=oauth2",
    "/destination/none",
];
/// Everything that an address or a form may say, one of all pages.
const FIELDS: [&str; 60] = [
    "to-c",
    "to-name",
    "to-w",
    "q",
    "message",
    "name",
    "principal",
    "principal-role",
    "catalog-role",
    "leave",
    "delete",
    "role",
    "operation",
    "path",
    "privilege",
    "privileges",
    "location",
    "region",
    "role-arn",
    "endpoint",
    "tenant-id",
    "preset",
    "storage",
    "type",
    "sep",
    "kind",
    "filter",
    "tab",
    "from",
    "ref",
    "version",
    "snapshot",
    "schema",
    "client_id",
    "rest_catalog_url",
    "iceberg_s3_path",
    "scope",
    "iceberg_db",
    "s3_endpoint",
    "file",
    "content",
    "description",
    "format",
    "doc",
    "key",
    "value",
    "kept",
    "default-base-location",
    "storage.storageType",
    "storage.allowedLocations",
    "storage.roleArn",
    "storage.endpoint",
    "connection.properties",
    "clientId",
    "undo",
    "what",
    "purge",
    "levels",
    "action",
    "back",
];

/// No longer address is answered, in bytes.
const LONGEST: usize = 8 * 1024;

fn encoded<'a>(pairs: impl IntoIterator<Item = (&'a str, &'a str)>) -> String {
    url::form_urlencoded::Serializer::new(String::new())
        .extend_pairs(pairs)
        .finish()
}

/// Everything that an address may say, in as many as the longest one takes, with each way in which an
/// object is named there.
fn addresses(connection: &str, page: &str, text: &str) -> Vec<String> {
    let joint = if page.contains('?') { '&' } else { '?' };
    let objects = [
        &["w", "ns", "ns", "t"][..],
        &["w", "ns", "ns", "v"],
        &["w", "ns", "t"],
        &[],
    ];
    let of = |(fields, object): (&[&str], &[&str])| {
        let pairs = object.iter().chain(fields).map(|key| (*key, text));
        let address = format!("{connection}{page}{joint}{}", encoded(pairs));
        assert!(address.len() < LONGEST, "{}", address.len());
        address
    };
    let parts = FIELDS.chunks(FIELDS.len() / objects.len());
    parts.zip(objects).map(of).collect()
}

async fn post(console: &Router, path: &str, fields: &str) -> Answer {
    let request = Request::builder()
        .method("POST")
        .uri(path)
        .header(header::HOST, LISTEN)
        .header("sec-fetch-site", "same-origin")
        .header(header::ACCEPT, "text/html")
        .header(header::REFERER, format!("http://{LISTEN}/"))
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .body(Body::from(fields.to_owned()))
        .unwrap();
    ask(console, request).await
}

/// A page as a browser reads it.
#[derive(Default)]
struct Page {
    tags: Vec<(String, Vec<(String, String)>)>,
    titles: Vec<String>,
    areas: Vec<String>,
}

impl Page {
    fn read(body: &str) -> Self {
        let mut emitter = DefaultEmitter::default();
        emitter.naively_switch_states(true);
        let (mut page, mut open, mut in_body) = (Self::default(), String::new(), false);
        for Ok(token) in Tokenizer::new_with_emitter(body, emitter) {
            match token {
                Token::StartTag(tag) => {
                    open = lossy(tag.name);
                    match open.as_str() {
                        // A picture has titles of its own.
                        "title" if !in_body => page.titles.push(String::new()),
                        "body" => in_body = true,
                        "textarea" => page.areas.push(String::new()),
                        _ => {}
                    }
                    let attributes = tag.attributes.into_iter();
                    let attributes =
                        attributes.map(|(name, value)| (lossy(name), lossy(value.value)));
                    page.tags.push((open.clone(), attributes.collect()));
                }
                Token::String(text) => match open.as_str() {
                    "title" if !in_body => {
                        page.titles.last_mut().unwrap().push_str(&lossy(text.value))
                    }
                    "textarea" => page.areas.last_mut().unwrap().push_str(&lossy(text.value)),
                    _ => {}
                },
                Token::EndTag(_) => open.clear(),
                _ => {}
            }
        }
        page
    }
}

fn lossy(text: html5gum::HtmlString) -> String {
    String::from_utf8_lossy(&text).into_owned()
}

/// Nothing that is read there was brought by the text.
fn holds(answer: &Answer, what: &str) {
    if !answer.header("content-type").starts_with("text/html") {
        return;
    }
    let page = Page::read(&answer.body);
    for (tag, attributes) in &page.tags {
        let planted = ["x-planted", "base", "iframe", "plaintext"].contains(&tag.as_str());
        assert!(!planted, "{what}: <{tag}>");
        for (name, value) in attributes {
            let planted = ["x-planted", "onload", "http-equiv", "style"].contains(&name.as_str());
            assert!(!planted, "{what}: <{tag} {name}=\"{value}\">");
            // A link of this console may name the text.
            let leads = ["href", "src", "action", "formaction"].contains(&name.as_str());
            let here = ["/", "?", "#", "data:application/json,"]
                .iter()
                .any(|start| value.starts_with(start));
            assert!(
                !leads || value.is_empty() || here,
                "{what}: <{tag} {name}=\"{value}\">"
            );
        }
    }
    assert!(page.titles.len() < 2, "{what}");
    let (last, _) = page.tags.last().unwrap();
    let alive = answer.body.contains("__RESOLVED_RESOURCES");
    assert!(
        !alive || last == "script",
        "{what}: the end of the page is swallowed"
    );
}

async fn every_page_holds(text: &str, connection: &str, console: &Router) {
    let pages: Vec<String> = page::Page::all().map(|page| page.to_string()).collect();
    let pages = pages.iter().map(|page| page.trim_start_matches('/'));
    let pages: Vec<&str> = pages.chain(NONE).chain(ASKED).collect();
    let of_connection = pages
        .iter()
        .flat_map(|page| addresses(&format!("/c/{connection}/"), page, text));
    let elsewhere = ELSEWHERE.iter().flat_map(|page| addresses("", page, text));
    let mut count = 0;
    for address in of_connection.chain(elsewhere) {
        holds(&ask(console, get(&address)).await, &address);
        count += 1;
    }
    assert_eq!(count, 4 * (pages.len() + ELSEWHERE.len()));
}

/// Over a catalog that answers with the text, or fails with it.
async fn console_over(number: usize, fails: bool) -> Router {
    let url = hostile::serve(hostile::text(number), fails).await;
    console(&format!(
        "[[connection]]\nname = \"x\"\nurl = \"{url}\"\nkind = \"polaris\"\nwarehouse = \"main\"\n"
    ))
}

#[tokio::test]
async fn no_text_of_an_address_or_a_catalog_becomes_markup() {
    for number in 0..TEXTS.len() {
        let console = console_over(number, false).await;
        every_page_holds(&hostile::text(number), "x", &console).await;
    }
}

#[tokio::test]
async fn no_error_of_a_catalog_becomes_markup() {
    let console = console_over(0, true).await;
    every_page_holds("plain", "x", &console).await;
}

#[tokio::test]
async fn no_field_of_a_form_becomes_markup() {
    for fails in [false, true] {
        let (console, text) = (console_over(0, fails).await, hostile::text(0));
        let fields = encoded(FIELDS.map(|key| (key, text.as_str())));
        let forms = page::PolarisPage::ALL
            .iter()
            .filter(|page| page.takes_form());
        let forms = forms
            .map(|page| page.slug())
            .chain(["grants", "onboard", "offboard"]);
        let forms = forms.flat_map(|page| addresses("/c/x/", page, &text));
        let wizard = ["import", "form", "check", "review", "file"]
            .map(|step| format!("/destination/{step}"));
        for path in forms.chain(wizard) {
            holds(&post(&console, &path, &fields).await, &path);
        }
        for (page, operation) in [("principal", "delete"), ("policy", "attach")] {
            let fields = format!("operation={operation}&{fields}");
            for path in addresses("/c/x/", page, &text) {
                holds(&post(&console, &path, &fields).await, &path);
            }
        }
    }
}

#[tokio::test]
async fn a_title_and_a_text_area_show_the_text_itself() {
    let console = console("");
    let text = ["\n\n &amp; <b>", TEXTS[0], PLANTED].concat();
    let address = format!("/troubleshooting?{}", encoded([("q", text.as_str())]));
    let page = Page::read(&ask(&console, get(&address)).await.body);
    // A parser drops the newline that follows the tag.
    assert_eq!(page.areas, [format!("\n{text}")]);

    let name = ["&amp; <b>", &TEXTS[0][1..], PLANTED].concat();
    let address = format!("/c/none/ns?{}", encoded([("ns", name.as_str())]));
    let page = Page::read(&ask(&console, get(&address)).await.body);
    assert_eq!(page.titles, [format!("Tables · {name} · none · Crowsnest")]);
}
