//! What every answer carries, and what is refused.
use crate::support::{
    LISTEN, NOT_YET, ask, console, console_at, get, request, sample_console, state_at,
};
use axum::{
    body::Body,
    http::{Request, StatusCode},
};
use model::paths::FROM_A_PAGE;

/// Each kind of answer there is.
const SURFACE: [(&str, u16); 8] = [
    ("/", 200),
    ("/no/such/page", 404),
    ("/api/no_such_function", 404),
    ("/pkg/0000/crowsnest.js", 404),
    ("/healthz", 200),
    // Not on this port.
    ("/metrics", 404),
    ("/c/x/ns?ns=a&__err=e30", 400),
    ("/c/nowhere/t/metadata.json?ns=a&t=b", 404),
];

#[tokio::test]
async fn every_answer_carries_the_security_headers() {
    let console = console("");
    let foreign = request("GET", "/", &[("host", "evil.test")]);
    let forged = request("POST", "/", &[("origin", "https://evil.test")]);
    let long = format!("/{}", "a".repeat(8 * 1024));
    let mut requests = vec![(foreign, 421), (forged, 403), (get(&long), 414)];
    requests.extend(SURFACE.map(|(path, status)| (get(path), status)));
    for (request, status) in requests {
        let what = format!("{} {}", request.method(), request.uri());
        let answer = ask(&console, request).await;
        assert_eq!(answer.status, status, "{what}");
        for (name, value) in [
            ("x-content-type-options", "nosniff"),
            ("referrer-policy", "no-referrer"),
            ("cross-origin-opener-policy", "same-origin"),
            ("cross-origin-resource-policy", "same-origin"),
            ("x-frame-options", "DENY"),
            ("cache-control", "no-store"),
        ] {
            assert_eq!(answer.header(name), value, "{name} of {what}");
        }
        assert!(
            answer.header("permissions-policy").contains("camera=()"),
            "{what}"
        );
        assert!(!answer.header("x-request-id").is_empty(), "{what}");
        assert!(
            !answer.headers.contains_key("access-control-allow-origin"),
            "{what}"
        );
        let policy = answer.header("content-security-policy");
        for directive in [
            "default-src 'none'; script-src 'nonce-",
            "' 'strict-dynamic' 'wasm-unsafe-eval'; style-src 'self';",
            "base-uri 'none'",
            "form-action 'self'",
            "frame-ancestors 'none'",
        ] {
            assert!(
                policy.contains(directive),
                "{directive} of {what}: {policy}"
            );
        }
        assert!(
            !policy.contains("unsafe-inline") && !policy.contains("'unsafe-eval'"),
            "{what}"
        );
    }
}

#[tokio::test]
async fn scripts_of_a_page_bear_the_nonce_of_its_policy_and_of_no_other() {
    let console = console("");
    let mut nonces = Vec::new();
    for _ in 0..2 {
        let page = ask(&console, get("/")).await;
        let policy = page.header("content-security-policy");
        let nonce = policy
            .split("'nonce-")
            .nth(1)
            .and_then(|rest| rest.split('\'').next())
            .unwrap()
            .to_owned();
        // Those that are fetched early too.
        let scripts = page.body.matches("<script").count()
            + page.body.matches("rel=\"modulepreload\"").count();
        assert!(scripts > 1, "{}", page.body);
        assert_eq!(
            page.body.matches(&format!("nonce=\"{nonce}\"")).count(),
            scripts,
            "{}",
            page.body
        );
        assert!(
            !page.body.contains(" style=\""),
            "the policy forbids style attributes"
        );
        nonces.push(nonce);
    }
    assert_ne!(nonces[0], nonces[1]);
}

#[tokio::test]
async fn only_hosts_of_the_console_are_answered() {
    let console = console_at(
        "192.0.2.7:3000",
        "public_url = \"https://console.example.com\"\nallowed_hosts = [\"alias.example.com\"]",
    );
    for host in [
        "localhost:3000",
        "127.0.0.1",
        "[::1]:3000",
        "192.0.2.7:3000",
        "console.example.com",
        "alias.example.com:8080",
    ] {
        let answer = ask(&console, request("GET", "/healthz", &[("host", host)])).await;
        assert_eq!(answer.status, 200, "{host}");
    }
    for (path, status) in SURFACE {
        for host in [
            "evil.test",
            "console.example.com.evil.test",
            "169.254.169.254",
            "",
            "localhost@evil.test",
        ] {
            let answer = ask(&console, request("GET", path, &[("host", host)])).await;
            assert_eq!(answer.status, 421, "{host} for {path} ({status})");
        }
    }
    let absolute = request("GET", "http://evil.test/", &[]);
    assert_eq!(
        ask(&console, absolute).await.status,
        421,
        "the target names another host than the header"
    );
    let twice = request("GET", "/", &[("host", "localhost"), ("host", "evil.test")]);
    assert_eq!(ask(&console, twice).await.status, 421);
    let none = Request::builder().uri("/").body(Body::empty()).unwrap();
    assert_eq!(ask(&console, none).await.status, 421);
}

#[tokio::test]
async fn what_another_origin_sends_is_refused() {
    let console = console("public_url = \"https://console.example.com\"");
    let forged: [&[(&str, &str)]; 9] = [
        &[("sec-fetch-site", "cross-site")],
        &[("sec-fetch-site", "same-site")],
        &[
            ("sec-fetch-site", "cross-site"),
            ("origin", "http://127.0.0.1:3000"),
        ],
        &[("sec-fetch-site", "anything")],
        &[("origin", "https://evil.test")],
        &[("origin", "null")],
        &[("origin", "http://127.0.0.1:4000")],
        &[("origin", "http://127.0.0.1:3000.evil.test")],
        &[("origin", "")],
    ];
    let ours: [&[(&str, &str)]; 5] = [
        &[("sec-fetch-site", "same-origin")],
        &[
            ("sec-fetch-site", "same-origin"),
            ("origin", "http://127.0.0.1:3000"),
        ],
        &[("sec-fetch-site", "none")],
        &[("origin", "http://127.0.0.1:3000")],
        &[
            ("origin", "https://console.example.com"),
            ("sec-fetch-site", "cross-site"),
        ],
    ];
    for (method, path) in [
        ("POST", "/"),
        ("POST", "/api/anything"),
        ("GET", "/api/anything"),
        ("DELETE", "/c/x"),
        ("PUT", "/healthz"),
        ("WHAT", "/"),
    ] {
        for headers in forged {
            let answer = ask(&console, request(method, path, headers)).await;
            assert_eq!(answer.status, 403, "{method} {path} {headers:?}");
        }
        for headers in ours {
            let answer = ask(&console, request(method, path, headers)).await;
            assert_ne!(answer.status, 403, "{method} {path} {headers:?}");
        }
    }
    assert_eq!(
        ask(&console, request("POST", "/", &[])).await.status,
        403,
        "a change that does not say where it comes from"
    );
}

#[tokio::test]
async fn a_server_function_wants_a_header_that_no_page_elsewhere_sends() {
    let console = console("");
    let ours = [("host", LISTEN), ("sec-fetch-site", "same-origin")];
    for (method, header, status) in [
        ("GET", None, 403),
        ("POST", None, 403),
        ("GET", Some((FROM_A_PAGE, "1")), 404),
        ("POST", Some((FROM_A_PAGE, "1")), 404),
        // Of a program: a browser adds it for no page, as it may what a proxy asks for.
        (
            "GET",
            Some(("authorization", "Bearer crowsnest_of-nobody")),
            404,
        ),
        ("GET", Some(("authorization", "Basic YTpi")), 403),
    ] {
        let mut request = Request::builder().method(method).uri("/api/anything");
        for (name, value) in ours.into_iter().chain(header) {
            request = request.header(name, value);
        }
        let answer = ask(&console, request.body(Body::empty()).unwrap()).await;
        assert_eq!(answer.status, status, "{method} {header:?}");
    }
}

#[tokio::test]
async fn from_elsewhere_people_come_by_links_alone() {
    let console = console("");
    let sent = |site, mode, dest| {
        let what = [("sec-fetch-site", site), ("sec-fetch-mode", mode)];
        [&what[..], &[("sec-fetch-dest", dest)]].concat()
    };
    let embedded = [
        ("no-cors", "image"),
        ("no-cors", "script"),
        ("no-cors", "empty"),
        ("cors", "empty"),
        ("navigate", "iframe"),
        ("navigate", "frame"),
        ("navigate", "object"),
        ("navigate", "embed"),
        ("navigate", ""),
        ("websocket", "document"),
    ];
    // What answers our own pages' code is no place to link to.
    let link = sent("cross-site", "navigate", "document");
    let answer = ask(&console, request("GET", "/api/anything", &link)).await;
    assert_eq!(answer.status, 403);
    for path in ["/", "/c/x/ns?ns=a", "/favicon.svg", "/healthz", "/no/such"] {
        for site in ["cross-site", "same-site", "anything"] {
            for (mode, dest) in embedded {
                let headers = sent(site, mode, dest);
                for method in ["GET", "HEAD", "OPTIONS"] {
                    let answer = ask(&console, request(method, path, &headers)).await;
                    assert_eq!(answer.status, 403, "{method} {path} {headers:?}");
                }
            }
            let link = sent(site, "navigate", "document");
            let answer = ask(&console, request("GET", path, &link)).await;
            assert_ne!(answer.status, 403, "{path} {link:?}");
            let guess = [&link[..], &[("sec-purpose", "prefetch")]].concat();
            let answer = ask(&console, request("GET", path, &guess)).await;
            assert_eq!(answer.status, 403, "{path} {guess:?}");
        }
        for site in ["none", "same-origin"] {
            let headers = sent(site, "no-cors", "image");
            let answer = ask(&console, request("GET", path, &headers)).await;
            assert_ne!(answer.status, 403, "{path} {headers:?}");
        }
    }
}

#[tokio::test]
async fn a_form_says_where_it_comes_from_over_plain_http_too() {
    let console = console("");
    let policy = "<meta name=\"referrer\" content=\"same-origin\"";
    let silent = ask(&console, get("/")).await.body;
    assert!(silent.contains(policy), "{silent}");
    let telling = request("GET", "/", &[("sec-fetch-site", "none")]);
    let telling = ask(&console, telling).await.body;
    assert!(!telling.contains(policy), "{telling}");
}

#[tokio::test]
async fn a_body_has_a_limit() {
    let console = console("");
    let body = Body::from(vec![b'a'; (1 << 20) + 1]);
    let request = Request::post("/api/anything")
        .header("host", crate::support::LISTEN)
        .header("sec-fetch-site", "same-origin")
        .header(FROM_A_PAGE, "1")
        .header("content-length", (1 << 20) + 1)
        .body(body)
        .unwrap();
    assert_eq!(
        ask(&console, request).await.status,
        StatusCode::PAYLOAD_TOO_LARGE
    );
}

#[tokio::test]
async fn operators_see_health_and_counts() {
    let state = state_at(LISTEN, "");
    let (console, operations) = (server::router(&state), server::operations(&state));
    for path in ["/healthz", "/readyz"] {
        let by_address = request("GET", path, &[("host", "10.1.2.3:9464")]);
        assert_eq!(ask(&operations, by_address).await.status, 200, "{path}");
        let renamed = request("GET", path, &[("host", "evil.test:9464")]);
        assert_eq!(ask(&operations, renamed).await.status, 421, "{path}");
    }
    assert_eq!(ask(&operations, get("/")).await.status, 404);
    assert_eq!(ask(&console, get("/healthz")).await.body, "ok\n");
    assert_eq!(ask(&console, get("/readyz")).await.body, "ready\n");
    ask(&console, get("/no/such/page?secret=CANARY")).await;
    ask(
        &console,
        request("BREW", "/coffee", &[("sec-fetch-site", "same-origin")]),
    )
    .await;
    let metrics = ask(&operations, get("/metrics")).await;
    assert!(metrics.header("content-type").starts_with("text/plain"));
    for line in [
        "crowsnest_http_requests_total{method=\"GET\",route=\"/healthz\",status=\"200\"} 1",
        "crowsnest_http_requests_total{method=\"GET\",route=\"other\",status=\"404\"} 1",
        "crowsnest_http_requests_total{method=\"other\",route=\"other\",status=\"404\"} 1",
        "crowsnest_http_request_duration_seconds_count{route=\"/healthz\"} 1",
        "process_resident_memory_bytes ",
        "process_start_time_seconds ",
    ] {
        assert!(metrics.body.contains(line), "{line} in {}", metrics.body);
    }
    assert!(!metrics.body.contains("CANARY"));
}

#[tokio::test]
async fn each_request_has_an_id_of_our_own() {
    let console = console("");
    let forged = request("GET", "/healthz", &[("x-request-id", "forged")]);
    let first = ask(&console, forged)
        .await
        .header("x-request-id")
        .to_owned();
    let second = ask(&console, get("/healthz"))
        .await
        .header("x-request-id")
        .to_owned();
    assert!(first != "forged" && first != second);
}

#[tokio::test]
async fn not_found_is_a_page_with_a_way_back() {
    let page = ask(&console(""), get("/no/such/page")).await;
    assert_eq!(page.status, StatusCode::NOT_FOUND);
    assert!(page.header("content-type").starts_with("text/html"));
    assert!(page.body.contains("href=\"/\""), "{}", page.body);
}

#[tokio::test]
async fn what_takes_longer_than_a_page_waits_is_there_after_a_few_reloads() {
    let console = sample_console().await;
    for tab in ["overview", "raw"] {
        let path = format!("/c/sample-generic/t/{tab}?w=lab&ns=faults&t=err-slow");
        let mut in_vain = 0;
        loop {
            // A browser's reload.
            let reload = request("GET", &path, &[("cache-control", "max-age=0")]);
            let page = ask(&console, reload).await;
            assert_eq!(page.status, 200, "{tab}");
            if !page.body.contains(NOT_YET) {
                assert!(page.body.contains("s3://"), "{tab}: {}", page.body);
                break;
            }
            in_vain += 1;
            assert!(in_vain < 10, "{tab}");
        }
        assert!(in_vain > 0, "{tab} was not slow");
    }
}
