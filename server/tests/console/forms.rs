//! Each form is answered in one way: with a page that tells what came of it, where what was typed is not
//! lost, and no secret is shown.

use axum::{Router, body::Body, http::Request};
use html5gum::{DefaultEmitter, Token, Tokenizer};
use model::{
    form,
    page::{ChangePage, Page, PolarisPage},
    paths::{CANCEL, COLLECT, PROBE},
};

use crate::{
    polaris_support::{Console, POLARIS},
    support::{Answer, LISTEN, ask, console, get, request, sample_console, state_at},
};

const URLENCODED: &str = "application/x-www-form-urlencoded";

/// The addresses of the forms of a connection.
fn of_connection(name: &str) -> Vec<String> {
    let access = Page::from(PolarisPage::Access);
    let forms = PolarisPage::ALL.iter().filter(|page| page.takes_form());
    let forms = forms.chain(&[
        PolarisPage::Grants,
        PolarisPage::Onboard,
        PolarisPage::Offboard,
    ]);
    let changes = ChangePage::ALL.iter().map(|page| Page::from(*page));
    let pages = forms.map(|page| Page::from(*page)).chain(changes);
    let pages = pages.map(|page| page.to_string());
    let buttons = [COLLECT, CANCEL].map(|button| format!("{access}{button}"));
    let all = pages.chain(buttons);
    all.map(|page| format!("/c/{name}{page}")).collect()
}

fn all() -> Vec<String> {
    let wizard = ["file", "check", "import"].map(|step| format!("/destination/{step}"));
    let others = wizard.into_iter().chain([PROBE.to_owned()]);
    of_connection("p").into_iter().chain(others).collect()
}

async fn post(router: &Router, path: &str, kind: &str, body: impl Into<Body>) -> Answer {
    let request = Request::post(path)
        .header("host", LISTEN)
        .header("sec-fetch-site", "same-origin")
        .header("accept", "text/html")
        .header("content-type", kind)
        .body(body.into())
        .unwrap();
    ask(router, request).await
}

/// A page for a person: it has a title and a heading, and leads on.
fn is_a_page(answer: &Answer, status: u16, what: &str) {
    assert_eq!(answer.status, status, "{what}: {}", answer.body);
    let kind = answer.header("content-type");
    assert!(kind.starts_with("text/html"), "{what}: {kind}");
    let body = &answer.body;
    assert_eq!(body.matches("<h1").count(), 1, "{what}: {body}");
    assert!(body.contains("· Crowsnest</title>"), "{what}: {body}");
    assert!(!body.contains("<title> ·"), "{what}: {body}");
    let main = body.split("<main").nth(1).unwrap_or_default();
    assert!(main.contains("href=\"/"), "{what} leads nowhere: {body}");
}

#[tokio::test]
async fn what_is_no_form_or_too_large_is_answered_with_a_page() {
    let console = console("");
    for path in all() {
        let wizard = path.starts_with("/destination");
        let large = if wizard { 32 << 20 } else { (1 << 20) + 1 };
        let large = post(&console, &path, URLENCODED, vec![b'a'; large]).await;
        is_a_page(&large, 413, &path);
        let said = if wizard {
            "10485760 bytes"
        } else {
            "1048576 bytes"
        };
        assert!(large.body.contains(said), "{path}: {}", large.body);
        assert!(large.body.contains("text is still there"), "{path}");
        let json = post(&console, &path, "application/json", "{}").await;
        is_a_page(&json, 415, &path);
        let binary = post(&console, &path, URLENCODED, vec![0xff; 3]).await;
        is_a_page(&binary, 400, &path);
        let many = post(&console, &path, URLENCODED, "a=b&".repeat(2_000)).await;
        is_a_page(&many, 400, &path);
    }
}

#[tokio::test]
async fn a_form_about_no_connection_is_answered_with_a_page() {
    let console = console("");
    for path in of_connection("nowhere") {
        let fields = "name=a&back=%2Fc%2Fnowhere%2Faccess";
        let answer = post(&console, &path, URLENCODED, fields).await;
        is_a_page(&answer, 404, &path);
        assert!(
            answer.body.contains("no connection named “nowhere”"),
            "{path}: {}",
            answer.body
        );
    }
    let file = "file=%7B%22type%22%3A%22ICEBERG%22%2C%22writer%22%3A%7B%22catalog_type%22%3A%22rest%22%7D%7D&connection=nowhere";
    for query in ["", "?catalog=polaris"] {
        let path = format!("/destination/check{query}");
        let answer = post(&console, &path, URLENCODED, file).await;
        is_a_page(&answer, 404, &path);
        assert!(answer.body.contains("no connection named “nowhere”"));
    }
}

#[tokio::test]
async fn a_button_that_does_not_say_where_it_stands_is_answered_with_a_page() {
    let console = sample_console().await;
    for button in [COLLECT, CANCEL] {
        let path = format!("/c/{POLARIS}{}{button}", Page::from(PolarisPage::Access));
        is_a_page(&post(&console, &path, URLENCODED, "").await, 400, &path);
    }
}

#[tokio::test]
async fn people_are_turned_away_with_a_page_and_programs_in_short() {
    let console = console("");
    let foreign = [("sec-fetch-site", "cross-site")];
    let renamed = [("host", "evil.test"), ("sec-fetch-site", "same-origin")];
    for path in all() {
        is_a_page(
            &ask(&console, request("POST", &path, &foreign)).await,
            403,
            &path,
        );
        is_a_page(
            &ask(&console, request("POST", &path, &renamed)).await,
            421,
            &path,
        );
    }
    for path in ["/api/anything", "/healthz"] {
        for (headers, status) in [(&foreign[..], 403), (&renamed, 421)] {
            let answer = ask(&console, request("POST", path, headers)).await;
            assert_eq!(answer.status, status, "{path}");
            assert!(
                answer.header("content-type").starts_with("text/plain"),
                "{path}"
            );
            assert!(answer.body.len() < 300, "{path}: {}", answer.body);
        }
    }
}

#[tokio::test]
async fn what_takes_no_form_or_is_nowhere_says_so_with_a_page() {
    let console = console("");
    let ours = [("sec-fetch-site", "same-origin")];
    for (path, status) in [("/no/such/page", 404), ("/c/x/ns", 405), ("/", 405)] {
        is_a_page(
            &ask(&console, request("POST", path, &ours)).await,
            status,
            path,
        );
    }
    for path in [
        "/c/nowhere/t/metadata.json?ns=a&t=b",
        "/destination/docker-compose.yml?catalog=unity",
    ] {
        is_a_page(&ask(&console, get(path)).await, 404, path);
    }
    let crowded = server::crowded(&state_at(LISTEN, ""));
    is_a_page(&ask(&crowded, get("/")).await, 503, "busy");
}

/// What is typed into, with what stands there.
#[derive(Debug)]
pub struct Input {
    pub name: String,
    pub kind: String,
    pub value: String,
    pub on: bool,
}

#[derive(Debug, Default)]
pub struct Form {
    pub action: String,
    pub inputs: Vec<Input>,
}

/// The forms of a page that change something, as a browser reads them.
pub fn forms(body: &str) -> Vec<Form> {
    let mut emitter = DefaultEmitter::default();
    emitter.naively_switch_states(true);
    let (mut forms, mut form, mut area) = (Vec::new(), None::<Form>, false);
    for Ok(token) in Tokenizer::new_with_emitter(body, emitter) {
        match token {
            Token::StartTag(tag) => {
                let says = |name: &str| {
                    let value = tag
                        .attributes
                        .iter()
                        .find(|(key, _)| key.as_slice() == name.as_bytes());
                    value.map(|(_, value)| String::from_utf8_lossy(&value.value).into_owned())
                };
                let text = |name| says(name).unwrap_or_default();
                let tag_name = String::from_utf8_lossy(&tag.name).into_owned();
                match (tag_name.as_str(), &mut form) {
                    ("form", form) if text("method") == "post" => {
                        *form = Some(Form {
                            action: text("action"),
                            ..Form::default()
                        });
                    }
                    ("option", Some(form)) => {
                        if let Some(select) =
                            form.inputs.last_mut().filter(|it| it.kind == "select")
                            && (select.value.is_empty() || !select.on)
                        {
                            select.value = text("value");
                            select.on = says("selected").is_some();
                        }
                    }
                    ("button", Some(form)) if !text("name").is_empty() => form.inputs.push(Input {
                        name: text("name"),
                        kind: "button".into(),
                        value: text("value"),
                        on: false,
                    }),
                    (input @ ("input" | "textarea" | "select"), Some(form)) => {
                        area = input == "textarea";
                        let kind = match input {
                            "input" => says("type").unwrap_or_else(|| "text".into()),
                            other => other.into(),
                        };
                        form.inputs.push(Input {
                            name: text("name"),
                            kind,
                            value: text("value"),
                            on: says("checked").is_some(),
                        });
                    }
                    _ => {}
                }
            }
            Token::String(text) if area => {
                if let Some(input) = form.as_mut().and_then(|form| form.inputs.last_mut()) {
                    input.value += &String::from_utf8_lossy(&text.value);
                }
            }
            Token::EndTag(tag) => {
                area = false;
                if tag.name.as_slice() == b"form" {
                    forms.extend(form.take());
                }
            }
            _ => {}
        }
    }
    forms
}

/// Pages with forms, and what makes each of their forms be refused.
const REFUSED: [(&str, &[(&str, &str)]); 22] = [
    ("namespace-new", &[("name", "a/b")]),
    ("table-new?ns=sales", &[("name", "..")]),
    ("table-register?ns=sales", &[("name", "..")]),
    ("table-rename?ns=sales&t=orders", &[("name", "..")]),
    ("schema-edit?ns=sales&t=orders", &[]),
    ("spec-edit?ns=sales&t=orders", &[]),
    ("view-new?ns=sales", &[("name", "..")]),
    ("tables-change?ns=sales", &[]),
    ("catalog-new", &[("default-base-location", "")]),
    ("catalog-edit?w=lakehouse", &[("version", "99")]),
    ("principal-new", &[("name", "system$x")]),
    ("principal-role-new", &[("name", "system$x")]),
    ("catalog-role-new?w=lakehouse", &[("name", "system$x")]),
    ("principal?name=spark_etl", &[("version", "99")]),
    ("principal-role?name=analysts", &[("version", "99")]),
    ("catalog-role?w=lakehouse&name=reader", &[("version", "99")]),
    ("principal-credentials?name=spark_etl", &[]),
    ("policy-new?w=lakehouse&ns=sales", &[]),
    ("policy?w=lakehouse&ns=sales&name=compact_orders", &[]),
    ("generic-table-new?w=lakehouse&ns=sales", &[("name", " ")]),
    (
        "grants?role=catalog_admin&w=lab&revoke=CATALOG_MANAGE_ACCESS",
        &[],
    ),
    ("generic-table-new?w=lakehouse&ns=sales", &[("format", "")]),
];

#[tokio::test]
async fn what_was_typed_into_a_form_that_is_refused_comes_back_without_its_secrets() {
    let console = Console::start().await;
    let (mut typed, mut secrets) = (0, 0);
    for (page, wrong) in REFUSED {
        let shown = console.page(page).await;
        assert_eq!(shown.status, 200, "{page}");
        let all = forms(&shown.body);
        for (at, form) in all.iter().enumerate() {
            let own = form.action.is_empty() || form.action.contains("/grants?");
            // A choice among what there is, or a button alone, is not refused.
            let kinds = ["text", "textarea", "checkbox", "password"];
            let typed_into = |it: &Input| kinds.contains(&it.kind.as_str());
            if !own || !form.inputs.iter().any(typed_into) {
                continue;
            }
            let mut fields = Vec::new();
            for (number, input) in form.inputs.iter().enumerate() {
                let wrong = wrong.iter().find(|(name, _)| *name == input.name);
                let value = match (input.kind.as_str(), wrong) {
                    (_, Some((_, wrong))) => (*wrong).to_owned(),
                    ("hidden" | "checkbox" | "select" | "button", _) => input.value.clone(),
                    _ => format!("typed-{number}-"),
                };
                // What was checked is unchecked, and the reverse.
                if !(input.kind == "checkbox" && input.on) {
                    fields.push((input.name.clone(), value));
                }
            }
            fields.push(("undeclared".into(), "CANARY".into()));
            let sent: Vec<_> = fields
                .iter()
                .map(|(name, value)| (&**name, &**value))
                .collect();
            let answer = console.submit(page, &sent).await;
            let is_refusal = answer.body.contains("role=\"alert\"");
            assert!(is_refusal, "{page} {sent:?}: {}", answer.body);
            assert!(!answer.body.contains("CANARY"), "{page}");
            let answered = forms(&answer.body);
            let answered = &answered[at];
            let mut came = answered.inputs.iter();
            for (number, input) in form.inputs.iter().enumerate() {
                let value = format!("typed-{number}-");
                match input.kind.as_str() {
                    "password" => {
                        secrets += 1;
                        assert!(!answer.body.contains(&value), "{page}: {}", input.name);
                    }
                    "text" | "textarea" => {
                        typed += 1;
                        let wrong = wrong.iter().find(|(name, _)| *name == input.name);
                        let value = wrong.map_or(value.as_str(), |(_, wrong)| wrong);
                        let back = came.find(|it| it.name == input.name);
                        let back = back.unwrap_or_else(|| panic!("{page}: {} is gone", input.name));
                        assert_eq!(
                            back.value.trim_start_matches('\n'),
                            value,
                            "{page}: {}",
                            input.name
                        );
                    }
                    "checkbox" => {
                        let same = |it: &&Input| it.name == input.name && it.value == input.value;
                        let back = answered.inputs.iter().find(same);
                        assert_ne!(
                            back.map(|it| it.on),
                            Some(input.on),
                            "{page}: {}",
                            input.name
                        );
                    }
                    _ => {}
                }
            }
        }
    }
    assert!(typed > 60 && secrets == 3, "{typed} {secrets}");
}

#[tokio::test]
async fn a_secret_of_a_page_is_declared_as_one() {
    let console = Console::start().await;
    let wizard = "/destination/check?catalog=polaris&auth=oauth2".to_owned();
    let pages = REFUSED.map(|(page, _)| format!("/c/{POLARIS}/{page}"));
    let mut secrets = 0;
    for page in pages.into_iter().chain([wizard]) {
        for form in forms(&console.get(&page).await.body) {
            for input in form.inputs.iter().filter(|it| it.kind == "password") {
                secrets += 1;
                assert!(!form::comes_back(&input.name, ""), "{page}: {}", input.name);
            }
        }
    }
    assert!(secrets > 3, "{secrets}");
}
