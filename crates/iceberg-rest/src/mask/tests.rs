use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use proptest::prelude::*;

use super::*;

fn mask(secret: &str) -> Mask {
    Mask::of(&[SecretString::from(secret)])
}

fn masked(secret: &str, text: &str) -> String {
    mask(secret).text(text).unwrap_or_else(|| text.to_owned())
}

/// A secret as something on the way may write it.
fn encoded(secret: &str, how: usize) -> String {
    let percent = || utf8_percent_encode(secret, NON_ALPHANUMERIC).to_string();
    let form = || url::form_urlencoded::byte_serialize(secret.as_bytes()).collect::<String>();
    match how {
        0 => secret.to_owned(),
        1 => percent(),
        2 => percent().to_lowercase(),
        3 => percent().replace('%', "%25"),
        4 => form(),
        5 => STANDARD.encode(secret),
        6 => STANDARD.encode(format!("id:{secret}")),
        7 => STANDARD.encode(format!("id2:{}", form())),
        8 => STANDARD
            .encode(format!("{{\"s\":\"{secret}\"}}"))
            .replace('+', "-")
            .replace('/', "_"),
        9 => STANDARD
            .encode(secret)
            .trim_end_matches('=')
            .replace('+', "%2B")
            .replace('/', "%2f"),
        10 => secret.bytes().map(|byte| format!("{byte:02x}")).collect(),
        11 => secret.bytes().map(|byte| format!("{byte:02X}")).collect(),
        12 => serde_json::to_string(secret)
            .unwrap()
            .trim_matches('"')
            .to_owned(),
        13 => secret
            .chars()
            .map(|c| format!("\\u{:04x}", u32::from(c)))
            .collect(),
        14 => secret
            .chars()
            .map(|c| format!("&#{};", u32::from(c)))
            .collect(),
        15 => secret
            .replace('&', "&amp;")
            .replace('"', "&quot;")
            .replace('<', "&lt;"),
        16 => secret.to_uppercase(),
        _ => {
            let encoded = STANDARD.encode(secret.repeat(2));
            let lines = encoded.as_bytes().chunks(19);
            lines
                .map(|line| format!("{}\r\n", String::from_utf8_lossy(line)))
                .collect()
        }
    }
}

proptest! {
    #[test]
    fn a_secret_is_found_in_every_encoding_and_place(
        secret in "[A-Za-z0-9+/=&%\\\\\"_.~!-]{4}[a-z0-9]{10}[ -~]{0,24}",
        how in 0_usize..18,
        before in "\\PC{0,40}",
        after in "\\PC{0,40}",
    ) {
        let echoed = encoded(&secret, how);
        let text = masked(&secret, &format!("{before}{echoed}{after}"));
        prop_assert!(text.contains(MASKED), "{text}");
        prop_assert!(!text.contains(&echoed) && !text.contains(&secret), "{text}");
        // No piece of it either, be it at an end.
        let piece = |piece: &[char]| text.contains(&piece.iter().collect::<String>());
        let letters: Vec<char> = echoed.chars().collect();
        let left = letters.windows(40).any(piece);
        prop_assert!(!left, "{text}");
    }

    #[test]
    fn a_secret_that_was_cut_is_found(secret in "[a-zA-Z0-9]{12,40}", how in 0_usize..12, kept in 24_usize..60) {
        let cut: String = encoded(&secret, how).chars().take(kept).collect();
        let text = masked(&secret, &format!("Unknown token {cut}"));
        prop_assert!(text.contains(MASKED), "{text}");
    }

    #[test]
    fn json_stays_json(
        secret in "[ -~]{16,40}",
        how in 0_usize..18,
        text in "\\PC{0,20}",
    ) {
        let value = format!("{text}{}{text}", encoded(&secret, how));
        let json = serde_json::json!({"properties": {"a": value, &value: [1, value]}, "b\"": secret});
        let mut body = json.to_string().into_bytes();
        mask(&secret).body(&mut body);
        let read: serde_json::Value = serde_json::from_slice(&body).expect("JSON");
        prop_assert!(!read.to_string().contains(&secret), "{read}");
        prop_assert_eq!(read.as_object().map(serde_json::Map::len), Some(2));
    }

    #[test]
    fn other_text_is_left_as_it_is(text in "\\PC{0,200}") {
        let secret = "7c9e6679f4a84d0bb1c3d5e7a9f20416";
        prop_assert_eq!(mask(secret).text(&text), None);
    }
}

#[test]
fn a_beginning_with_signs_that_are_left_aside_is_found_in_an_answer() {
    let secret = "Qz7kXw9vJ4+/Qz7kXw9vJ4=&Qz7kXw9vJ4";
    let mut body = format!(r#"{{"a": "{} | b"}}"#, &secret[..16]).into_bytes();
    mask(secret).body(&mut body);
    assert_eq!(body, br#"{"a": "[masked] | b"}"#);
}

#[test]
fn names_survive_secrets_that_are_words() {
    for (secret, body) in [
        (
            "polaris",
            r#"{"identifiers": [{"namespace": ["polaris"], "name": "t"}]}"#,
        ),
        ("admin", r#"{"admin": "admin"}"#),
        (
            "warehouse-admin-2024-x",
            r#"{"warehouse-admin": "warehouse admin"}"#,
        ),
    ] {
        let mut read = body.as_bytes().to_vec();
        mask(secret).body(&mut read);
        assert_eq!(String::from_utf8(read).unwrap(), body);
    }
    assert_eq!(
        masked("admin", "wrong password admin"),
        "wrong password [masked]"
    );
}

#[test]
fn the_last_tokens_are_remembered_and_no_more() {
    let mask = Mask::new([]);
    let token = |number: usize| format!("token-of-this-server-{number:04}");
    for number in 0..=TOKENS {
        mask.learn(&token(number).into());
        mask.learn(&token(number).into());
    }
    let learnt = mask.learnt.read().unwrap();
    assert_eq!(learnt.tokens.len(), TOKENS);
    drop(learnt);
    assert_eq!(mask.text(&token(TOKENS)).as_deref(), Some(MASKED));
}

#[test]
fn headers_hide_their_parts_and_a_tenant_only_in_messages() {
    let mut headers = HeaderMap::new();
    headers.insert(
        "authorization",
        "Basic aWQ6aHVudGVyMmh1bnRlcjI=".parse().unwrap(),
    );
    headers.insert(
        "cookie",
        "lang=en; session=0123456789abcdefghij".parse().unwrap(),
    );
    headers.insert("x-goog-user-project", "lake-project-42".parse().unwrap());
    let mask = Mask::new(of_headers(&headers));
    for echoed in [
        "aWQ6aHVudGVyMmh1bnRlcjI=",
        "hunter2hunter2",
        "0123456789abcdefghij",
        "lake-project-42",
    ] {
        let text = mask.text(echoed).unwrap_or_default();
        assert!(text.starts_with(MASKED), "{echoed}: {text}");
    }
    let mut body = br#"{"location": "gs://lake-project-42/db"}"#.to_vec();
    mask.body(&mut body);
    assert!(String::from_utf8(body).unwrap().contains("lake-project-42"));
}

#[test]
fn a_secret_is_found_wherever_an_answer_is_cut() {
    let secret = SecretString::from("a-secret-of-the-connection-that-is-long");
    let mask = Mask::of([&secret]);
    let body = format!(
        "{}{}{}",
        "x ".repeat(HELD),
        secret.expose_secret(),
        " y".repeat(HELD)
    );
    for size in [1, 7, 1000, HELD, 2 * HELD + 5, 2 * HELD + 30, body.len()] {
        // Only cuts near the secret matter.
        let (before, rest) = body.as_bytes().split_at(2 * HELD - 50);
        let (mut held, mut out) = (Vec::new(), Vec::new());
        for piece in [before]
            .into_iter()
            .chain(rest[..200].chunks(size))
            .chain([&rest[200..]])
        {
            held.extend_from_slice(piece);
            out.extend(mask.piece(&mut held, false));
        }
        out.extend(mask.piece(&mut held, true));
        let expected = body.replace(secret.expose_secret(), MASKED);
        assert!(out == expected.as_bytes(), "{size}");
    }
}
