//! Names of AWS' hosts.

/// What names of services end in, by partition; the second of each answers on IPv6 too.
const DOMAINS: [&str; 6] = [
    ".amazonaws.com",
    ".api.aws",
    ".amazonaws.com.cn",
    ".api.amazonwebservices.com.cn",
    ".amazonaws.eu",
    ".api.amazonwebservices.eu",
];

/// Service and region in the name of one of AWS' hosts: public, FIPS, dual-stack, or a VPC endpoint.
pub(crate) fn endpoint(host: &str) -> Option<(&str, &str)> {
    let labels = DOMAINS
        .iter()
        .find_map(|domain| host.strip_suffix(domain))?;
    let labels = labels.strip_suffix(".vpce").unwrap_or(labels);
    let (before, region) = labels.rsplit_once('.')?;
    let service = before.rsplit('.').next()?;
    let service = service.strip_suffix("-fips").unwrap_or(service);
    is_region(region).then_some((service, region))
}

/// The address of a service's Iceberg REST API in a region.
pub(crate) fn iceberg_url(service: &str, region: &str) -> String {
    let domain = match region {
        _ if region.starts_with("cn-") => "amazonaws.com.cn",
        _ if region.starts_with("eusc-") => "amazonaws.eu",
        _ => "amazonaws.com",
    };
    format!("https://{service}.{region}.{domain}/iceberg")
}

/// The region in the ARN of a table bucket.
pub(crate) fn region_of_table_bucket(arn: &str) -> Option<&str> {
    let mut parts = arn.split(':');
    let (arn, _, service, region) = (parts.next()?, parts.next()?, parts.next()?, parts.next()?);
    (arn == "arn" && service == "s3tables" && is_region(region)).then_some(region)
}

/// A region such as `eu-central-1` or `us-gov-west-1`.
pub(crate) fn is_region(text: &str) -> bool {
    let number = text.rsplit('-').next().unwrap_or_default();
    let is_word = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_lowercase());
    (3..=5).contains(&text.split('-').count())
        && !number.is_empty()
        && number.bytes().all(|b| b.is_ascii_digit())
        && text.rsplit('-').skip(1).all(is_word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn service_and_region_stand_in_the_name_of_a_host() {
        for (host, found) in [
            ("glue.eu-west-1.amazonaws.com", Some(("glue", "eu-west-1"))),
            (
                "glue-fips.us-gov-west-1.amazonaws.com",
                Some(("glue", "us-gov-west-1")),
            ),
            (
                "s3tables.cn-north-1.amazonaws.com.cn",
                Some(("s3tables", "cn-north-1")),
            ),
            (
                "vpce-1.glue.us-east-1.vpce.amazonaws.com",
                Some(("glue", "us-east-1")),
            ),
            ("glue.eu-west-1.example.com", None),
            ("glue.lake.amazonaws.com", None),
        ] {
            assert_eq!(endpoint(host), found, "{host}");
        }
        assert_eq!(
            iceberg_url("glue", "cn-north-1"),
            "https://glue.cn-north-1.amazonaws.com.cn/iceberg"
        );
    }
}
