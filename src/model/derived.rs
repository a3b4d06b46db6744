//! What can be read out of one value of another field. Worked out once for each distinct value.

use std::net::IpAddr;

use super::field::Field;

/// The derived value; `None` where there is nothing to derive.
pub fn derive(field: Field, from: &str) -> Option<&str> {
    let value = match field {
        Field::Service => service(from),
        Field::Verb => verb(from),
        Field::Agent => agent(from),
        Field::IpKind => ip_kind(from),
        _ => return None,
    };
    (!value.is_empty()).then_some(value)
}

/// `s3.amazonaws.com` is `s3`.
pub fn service(event_source: &str) -> &str {
    let cut = event_source.strip_suffix(".amazonaws.com.cn").unwrap_or(event_source);
    cut.strip_suffix(".amazonaws.com").unwrap_or(cut)
}

/// The leading word of an API's name: `CreateAccessKey` is `Create`, `GetBucketAcl` is `Get`.
pub fn verb(event_name: &str) -> &str {
    let end = event_name
        .char_indices()
        .skip(1)
        .find(|(_, c)| c.is_uppercase() || !c.is_alphabetic())
        .map_or(event_name.len(), |(at, _)| at);
    &event_name[..end]
}

/// Leading words of the names of calls that change nothing.
const READS: &[&str] =
    &["Get", "List", "Describe", "Head", "Lookup", "Search", "Select", "Query", "Check"];

/// Whether an API changes nothing, by its name; `readOnly` says it of a single event.
pub fn is_read(event_name: &str) -> bool {
    READS.contains(&verb(event_name))
}

/// Words that name a product wherever they stand in a user agent; first match wins.
const PRODUCTS: &[(&str, &str)] = &[
    ("hashicorp-terraform", "Terraform"),
    ("terraform", "Terraform"),
    ("opentofu", "OpenTofu"),
    ("pulumi", "Pulumi"),
    ("ansible", "Ansible"),
    ("aws-cdk", "AWS CDK"),
    ("pacu", "Pacu"),
    ("kali", "Kali"),
    ("cloudshell", "AWS CloudShell"),
    ("aws-cli", "aws-cli"),
    ("boto3", "Boto3"),
    ("botocore", "Botocore"),
    ("aws-sdk-go", "aws-sdk-go"),
    ("aws-sdk-java", "aws-sdk-java"),
    ("aws-sdk-js", "aws-sdk-js"),
    ("aws-sdk-nodejs", "aws-sdk-js"),
    ("aws-sdk-dotnet", "aws-sdk-dotnet"),
    ("aws-sdk-ruby", "aws-sdk-ruby"),
    ("aws-sdk-rust", "aws-sdk-rust"),
    ("aws-sdk-php", "aws-sdk-php"),
    ("aws-sdk-cpp", "aws-sdk-cpp"),
    ("kubernetes", "Kubernetes"),
    ("console.amazonaws.com", "AWS console"),
    ("console.aws.amazon.com", "AWS console"),
    ("signin.amazonaws.com", "AWS console"),
    ("s3console", "AWS console"),
    ("aws internal", "AWS Internal"),
    ("mozilla/", "Browser"),
];

/// The product behind a user agent: `Boto3/1.34 …` is `Boto3`; a service's name stays itself.
pub fn agent(user_agent: &str) -> &str {
    let text = user_agent.trim_start_matches('[').trim_end_matches(']');
    let lower = text.to_ascii_lowercase();
    if let Some((_, product)) = PRODUCTS.iter().find(|(word, _)| lower.contains(word)) {
        return product;
    }
    let end = text.find(['/', ' ', ',', ';']).unwrap_or(text.len());
    &text[..end]
}

/// What kind of caller an address is: `public`, `private`, `AWS service`, `AWS internal`.
pub fn ip_kind(address: &str) -> &'static str {
    if let Ok(ip) = address.parse::<IpAddr>() {
        // `::ffff:10.0.0.1` is 10.0.0.1.
        let private = match ip.to_canonical() {
            IpAddr::V4(ip) => {
                let shared = ip.octets()[0] == 100 && ip.octets()[1] & 0xc0 == 64;
                ip.is_private() || ip.is_loopback() || ip.is_link_local() || shared
            },
            IpAddr::V6(ip) => {
                ip.is_loopback()
                    || ip.segments()[0] & 0xfe00 == 0xfc00
                    || ip.segments()[0] & 0xffc0 == 0xfe80
            },
        };
        return if private { "private" } else { "public" };
    }
    if address.is_empty() {
        ""
    } else if address.to_ascii_lowercase().starts_with("aws internal") {
        "AWS internal"
    } else if address.contains('.') && address.contains(char::is_alphabetic) {
        "AWS service"
    } else {
        "other"
    }
}

/// The network that an address is taken to be in: `203.0.113.0/24`, `2001:db8:1::/48`; the name of
/// a service stays itself.
pub fn address_block(address: &str) -> String {
    match address.parse::<IpAddr>().map(|it| it.to_canonical()) {
        Ok(IpAddr::V4(ip)) => {
            let [a, b, c, _] = ip.octets();
            format!("{a}.{b}.{c}.0/24")
        },
        Ok(IpAddr::V6(ip)) => {
            let [a, b, c, ..] = ip.segments();
            format!("{}/48", std::net::Ipv6Addr::new(a, b, c, 0, 0, 0, 0, 0))
        },
        Err(_) => address.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_have_networks() {
        assert_eq!(address_block("203.0.113.77"), "203.0.113.0/24");
        assert_eq!(address_block("2001:db8:1:2::9"), "2001:db8:1::/48");
        assert_eq!(address_block("s3.amazonaws.com"), "s3.amazonaws.com");
    }

    #[test]
    fn services_and_verbs() {
        assert_eq!(service("s3.amazonaws.com"), "s3");
        assert_eq!(service("ec2.amazonaws.com.cn"), "ec2");
        assert_eq!(service("custom.example"), "custom.example");
        assert_eq!(verb("CreateAccessKey"), "Create");
        assert_eq!(verb("ListFunctions20150331"), "List");
        assert_eq!(verb("REST.GET.OBJECT"), "R");
        assert_eq!(verb(""), "");
    }

    #[test]
    fn agents() {
        assert_eq!(agent("Boto3/1.26.1 Python/3.9 Linux/5 Botocore/1.29"), "Boto3");
        assert_eq!(agent("[aws-cli/2.1 Python/3]"), "aws-cli");
        assert_eq!(agent("APN/1.0 HashiCorp/1.0 Terraform/1.5 aws-sdk-go/1"), "Terraform");
        assert_eq!(agent("cloudtrail.amazonaws.com"), "cloudtrail.amazonaws.com");
        assert_eq!(agent("curl/8.0"), "curl");
    }

    #[test]
    fn addresses() {
        for (address, kind) in [
            ("96.253.26.224", "public"),
            ("10.1.2.3", "private"),
            ("100.64.0.1", "private"),
            ("2600:1f18::1", "public"),
            ("fd00::1", "private"),
            ("::ffff:10.1.2.3", "private"),
            ("::ffff:203.0.113.7", "public"),
            ("203.0.113.7, 198.51.100.2", "other"),
            ("s3.amazonaws.com", "AWS service"),
            ("AWS Internal/3", "AWS internal"),
            ("", ""),
        ] {
            assert_eq!(ip_kind(address), kind, "{address}");
        }
    }
}
