use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use proptest::prelude::*;

use super::{is_refused, is_refused_name};

#[test]
fn refuses_what_no_catalog_lives_at() {
    for address in [
        "0.0.0.0",
        "0.1.2.3",
        "169.254.169.254",
        "169.254.0.1",
        "224.0.0.1",
        "239.255.255.255",
        "255.255.255.255",
        "100.100.100.200",
        "192.0.0.192",
        "192.0.0.8",
        "168.63.129.16",
        "240.0.0.1",
        "::",
        "::0.0.0.2",
        "::ffff:0.0.0.1",
        "fe80::1",
        "febf::1",
        "fec0::1",
        "feff::1",
        "ff02::1",
        "100::1",
        "fd00:ec2::254",
        "fd20:ce::254",
        "fd00:c1::a9fe:a9fe",
        "fd00:42::42",
        "::ffff:169.254.169.254",
        "::169.254.169.254",
        "::ffff:0:a9fe:a9fe",
        "64:ff9b::a9fe:a9fe",
        "64:ff9b::a83f:8110",
        "64:ff9b:1::a01:203",
        "2002:a9fe:a9fe::1",
        "2001:0:1:2:3:4:5601:5601",
        "2001:0:a9fe:a9fe::1",
        "2001:db8::5efe:a9fe:a9fe",
        "2001:db8::200:5efe:a9fe:a9fe",
        "2001:db8:64::a9fe:a9fe",
        "2001:db8:a9fe:a9fe::",
        "2001:db8:1a9:fea9:fe::",
        "2001:db8:1:a9fe:a9:fe00::",
        "2001:db8:1:1a9:fe:a9fe::",
        "2001:db8:1:1:a9:fea9:fe00:0",
    ] {
        assert!(is_refused(address.parse().unwrap()), "{address} passed");
    }
}

#[test]
fn passes_private_and_public_addresses() {
    for address in [
        "127.0.0.1",
        "10.1.2.3",
        "192.168.0.1",
        "172.16.0.1",
        "100.64.0.1",
        "93.184.216.34",
        "192.0.1.1",
        "::1",
        "::ffff:127.0.0.1",
        "64:ff9b::5db8:d822",
        "fd00::1",
        "fd12:3456:789a::e000:1",
        "2606:4700::1111",
        "2600:1f18::ffff:ffff",
    ] {
        assert!(
            !is_refused(address.parse().unwrap()),
            "{address} was refused"
        );
    }
}

#[test]
fn metadata_services_are_refused_by_name() {
    assert!(is_refused_name("metadata.google.internal"));
    assert!(is_refused_name("metadata.google.internal."));
    assert!(!is_refused_name("metadata.example.com"));
}

/// The ways to write an IPv4 address as an IPv6 one.
fn forms(address: Ipv4Addr) -> Vec<Ipv6Addr> {
    let [a, b, c, d] = address.octets().map(u16::from);
    let (high, low) = (a << 8 | b, c << 8 | d);
    [
        [0, 0, 0, 0, 0, 0, high, low],
        [0, 0, 0, 0, 0, 0xffff, high, low],
        [0, 0, 0, 0, 0xffff, 0, high, low],
        [0x64, 0xff9b, 0, 0, 0, 0, high, low],
        [0x64, 0xff9b, 1, 0, 0, 0, high, low],
        [0x2002, high, low, 0, 0, 0, 0, 1],
        [0x2001, 0, high, low, 0, 0, 0, 1],
        [0x2001, 0, 0x0808, 0x0808, 0, 0, !high, !low],
        [0x2606, 0x4700, 0, 0, 0, 0x5efe, high, low],
        [0x2606, 0x4700, 0, 0, 0x200, 0x5efe, high, low],
        [0xfe80, 0, 0, 0, 0, 0x5efe, high, low],
    ]
    .map(Ipv6Addr::from)
    .into()
}

fn refused_v4() -> impl Strategy<Value = Ipv4Addr> {
    let anywhere = any::<u32>().prop_map(Ipv4Addr::from);
    let link_local = any::<u16>().prop_map(|end| Ipv4Addr::from(0xa9fe_0000 | u32::from(end)));
    prop_oneof![
        anywhere,
        link_local,
        Just(Ipv4Addr::new(100, 100, 100, 200)),
        Just(Ipv4Addr::new(168, 63, 129, 16)),
        Just(Ipv4Addr::new(192, 0, 0, 192)),
    ]
    .prop_filter("refused", |address| is_refused(IpAddr::V4(*address)))
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_form_of_a_refused_address_passes(address in refused_v4()) {
        for form in forms(address) {
            prop_assert!(form == Ipv6Addr::LOCALHOST || is_refused(form.into()), "{form} passed");
        }
    }

    #[test]
    fn a_mapped_address_is_judged_as_itself(bits in any::<u32>()) {
        let address = Ipv4Addr::from(bits);
        prop_assert_eq!(is_refused(address.into()), is_refused(address.to_ipv6_mapped().into()));
    }
}
