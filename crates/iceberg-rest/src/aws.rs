//! What Amazon's partitions call their hosts.

/// Domains of Amazon's endpoints, those of dual-stack endpoints included.
const DOMAINS: [&str; 10] = [
    "amazonaws.com",
    "amazonaws.com.cn",
    "amazonaws.eu",
    "api.aws",
    "api.amazonwebservices.com.cn",
    "api.amazonwebservices.eu",
    "c2s.ic.gov",
    "sc2s.sgov.gov",
    "csp.hci.ic.gov",
    "cloud.adc-e.uk",
];

/// The domain of the endpoints of a region, as botocore's `partitions.json` has it.
pub fn domain(region: &str) -> &'static str {
    const PARTITIONS: [(&str, &str); 6] = [
        ("cn-", "amazonaws.com.cn"),
        ("eusc-", "amazonaws.eu"),
        ("us-iso-", "c2s.ic.gov"),
        ("us-isob-", "sc2s.sgov.gov"),
        ("us-isof-", "csp.hci.ic.gov"),
        ("eu-isoe-", "cloud.adc-e.uk"),
    ];
    let region = region.to_ascii_lowercase();
    let partition = PARTITIONS
        .iter()
        .find(|(start, _)| region.starts_with(start));
    partition.map_or("amazonaws.com", |(_, domain)| domain)
}

/// Whether a host is an endpoint of this service at Amazon: public, FIPS, dual-stack or PrivateLink.
pub fn is_endpoint(host: &str, service: &str) -> bool {
    let host = host.to_ascii_lowercase();
    let at = DOMAINS
        .iter()
        .find_map(|domain| host.strip_suffix(domain)?.strip_suffix('.'));
    let named = |label: &str| label.strip_suffix("-fips").unwrap_or(label) == service;
    at.is_some_and(|labels| labels.split('.').any(named))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_partition_has_its_domain() {
        for (region, of) in [
            ("eu-central-1", "amazonaws.com"),
            ("us-gov-west-1", "amazonaws.com"),
            ("cn-north-1", "amazonaws.com.cn"),
            ("eusc-de-east-1", "amazonaws.eu"),
            ("us-iso-east-1", "c2s.ic.gov"),
            ("us-isob-east-1", "sc2s.sgov.gov"),
            ("us-isof-south-1", "csp.hci.ic.gov"),
            ("eu-isoe-west-1", "cloud.adc-e.uk"),
        ] {
            assert_eq!(domain(region), of, "{region}");
        }
    }

    #[test]
    fn endpoints_are_known_by_service_and_domain() {
        for host in [
            "s3tables.eu-west-1.amazonaws.com",
            "S3Tables.eusc-de-east-1.amazonaws.eu",
            "s3tables.cn-north-1.amazonaws.com.cn",
            "s3tables-fips.us-gov-west-1.amazonaws.com",
            "s3tables.us-east-1.api.aws",
            "vpce-0a1-b2.s3tables.eu-west-1.vpce.amazonaws.com",
        ] {
            assert!(is_endpoint(host, "s3tables"), "{host}");
            assert!(!is_endpoint(host, "glue"), "{host}");
        }
        for host in [
            "s3tables.example.com",
            "s3tables.evilamazonaws.com",
            "amazonaws.com",
            "",
        ] {
            assert!(!is_endpoint(host, "s3tables"), "{host}");
        }
    }
}
