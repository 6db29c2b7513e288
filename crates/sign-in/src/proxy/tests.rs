use http::HeaderValue;
use proptest::prelude::*;

use super::*;
use crate::Role;

fn proxy() -> Proxy {
    Proxy {
        user: HeaderName::from_static("x-forwarded-user"),
        groups: Some(HeaderName::from_static("x-forwarded-groups")),
        trusted: ["10.1.0.0/16", "192.0.2.7/32", "2001:db8::/64"]
            .map(|network| network.parse().unwrap())
            .into(),
    }
}

fn roles() -> Table {
    Table {
        admins: vec!["root".to_owned()],
        viewers: vec!["a b".to_owned()],
        ..Table::default()
    }
}

fn headers(pairs: &[(&'static str, &str)]) -> HeaderMap {
    let mut headers = HeaderMap::new();
    for (name, value) in pairs {
        headers.append(*name, HeaderValue::from_bytes(value.as_bytes()).unwrap());
    }
    headers
}

fn address(peer: &str) -> Peer {
    Peer::Address(peer.parse().unwrap())
}

fn ask(peer: &str, pairs: &[(&'static str, &str)]) -> Result<Option<Identity>, Refused> {
    proxy().identity(address(peer), &headers(pairs), &roles())
}

const USER: &str = "x-forwarded-user";
const GROUPS: &str = "x-forwarded-groups";

#[test]
fn a_trusted_proxy_names_the_person() {
    for peer in ["10.1.2.3", "192.0.2.7", "2001:db8::9", "::ffff:10.1.2.3"] {
        let person = ask(peer, &[(USER, " ada "), (GROUPS, "x, a b ,,")])
            .unwrap()
            .unwrap();
        assert_eq!(person.key(), (PROXY, "ada"), "{peer}");
        assert_eq!((&*person.name, person.role), ("ada", Role::Viewer));
    }
    let other = [(USER, "\u{a0}ada"), (GROUPS, "root")];
    let other = ask("10.1.2.3", &other).unwrap().unwrap();
    assert_eq!(other.subject, "\u{a0}ada", "somebody else");
    assert_eq!(ask("10.1.2.3", &[("x-other", "ada")]), Ok(None));
    // Nothing was said, so there is nothing to refuse.
    assert_eq!(ask("203.0.113.1", &[]), Ok(None));
}

#[test]
fn headers_from_elsewhere_are_refused() {
    for peer in [
        "10.2.0.1",
        "192.0.2.8",
        "2001:db8:0:1::1",
        "127.0.0.1",
        "::1",
    ] {
        for pairs in [&[(USER, "ada"), (GROUPS, "root")][..], &[(GROUPS, "root")]] {
            assert!(
                matches!(ask(peer, pairs), Err(Refused::Peer { .. })),
                "{peer}"
            );
        }
    }
    let nobody = Proxy {
        trusted: Vec::new(),
        ..proxy()
    };
    let sent = headers(&[(USER, "ada")]);
    let asked = nobody.identity(address("127.0.0.1"), &sent, &roles());
    assert!(matches!(asked, Err(Refused::Peer { .. })));
}

#[test]
fn headers_that_can_be_read_in_two_ways_are_refused() {
    let (user, groups) = (proxy().user, proxy().groups.unwrap());
    let ada = (USER, "ada");
    let ask = |pairs: &[(&'static str, &str)]| ask("10.1.2.3", pairs);
    assert_eq!(ask(&[ada, ada]), Err(Refused::Twice(user.clone())));
    let twice = [ada, (GROUPS, "a b"), (GROUPS, "root")];
    assert_eq!(ask(&twice), Err(Refused::Twice(groups.clone())));
    assert_eq!(
        ask(&[(GROUPS, "root")]),
        Err(Refused::Alone(groups.clone()))
    );
    for odd in ["", "  ", "a\tb", "a\u{85}b", &"a".repeat(257)] {
        assert_eq!(
            ask(&[(USER, odd)]),
            Err(Refused::Text(user.clone())),
            "{odd:?}"
        );
    }
    assert!(ask(&[(USER, &"a".repeat(256)), (GROUPS, "root")]).is_ok());
    let long = "root,".repeat(2_000);
    assert_eq!(ask(&[ada, (GROUPS, &long)]), Err(Refused::Text(groups)));
    let mut bytes = HeaderMap::new();
    bytes.insert(USER, HeaderValue::from_bytes(b"ad\xff").unwrap());
    let asked = proxy().identity(address("10.1.2.3"), &bytes, &roles());
    assert_eq!(asked, Err(Refused::Text(user)));
}

#[test]
fn who_is_in_no_known_group_has_no_access() {
    for pairs in [&[(USER, "ada")][..], &[(USER, "ada"), (GROUPS, "a,b")]] {
        assert!(matches!(ask("10.1.2.3", pairs), Err(Refused::NoRole(_))));
    }
    // Without a header of groups, and everybody a viewer.
    let everybody = Table {
        viewers: vec!["*".to_owned()],
        ..Table::default()
    };
    let alone = Proxy {
        groups: None,
        ..proxy()
    };
    let sent = headers(&[(USER, "ada"), (GROUPS, "root")]);
    let peer = address("10.1.2.3");
    let person = alone.identity(peer, &sent, &everybody).unwrap().unwrap();
    assert_eq!(person.role, Role::Viewer);
}

#[test]
fn by_the_proxys_own_socket_headers_are_believed() {
    let sent = headers(&[(USER, "ada"), (GROUPS, "root")]);
    let person = proxy().identity(Peer::Socket, &sent, &roles());
    assert_eq!(person.unwrap().unwrap().role, Role::Admin);
    let twice = headers(&[(USER, "ada"), (USER, "bob")]);
    let refused = proxy().identity(Peer::Socket, &twice, &roles());
    assert!(matches!(refused, Err(Refused::Twice(_))));
}

proptest! {
    /// Whatever is sent, only a listed peer names a person, and only one that was named once and in plain text.
    #[test]
    fn whatever_is_sent_names_one_person_or_none(
        peer in any::<[u8; 4]>().prop_map(|mut octets| { octets[0] = 10; octets[1] %= 3; octets }),
        users in proptest::collection::vec(proptest::collection::vec(any::<u8>(), 0..12), 0..3),
        groups in proptest::collection::vec("(root|x|,| ){0,4}", 0..3),
    ) {
        let mut headers = HeaderMap::new();
        for user in &users {
            let Ok(value) = HeaderValue::from_bytes(user) else { continue };
            headers.append(USER, value);
        }
        for groups in &groups {
            headers.append(GROUPS, HeaderValue::from_str(groups).unwrap());
        }
        let found = proxy().identity(Peer::Address(peer.into()), &headers, &roles());
        if let Ok(Some(person)) = found {
            prop_assert_eq!(peer[1], 1);
            prop_assert_eq!(headers.get_all(USER).iter().count(), 1);
            let sent = str::from_utf8(headers[USER].as_bytes()).unwrap();
            prop_assert_eq!(sent.trim_matches(' '), &*person.subject);
            prop_assert!(!person.subject.is_empty() && !sent.contains(char::is_control));
            prop_assert!(groups.len() == 1 && groups[0].split(',').any(|group| group.trim() == "root"));
        } else if peer[1] != 1 && !headers.is_empty() {
            prop_assert!(matches!(found, Err(Refused::Peer { .. })), "{:?}", found);
        }
    }
}
