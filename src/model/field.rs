//! Everything about an event that can be filtered, counted, sorted and shown: one table.
//!
//! Names are CloudTrail's own, with its capitals; derived ones are lower case. They match
//! ignoring case, answers use the spelling of this table.

use serde::{Deserialize, Serialize};

/// What the values of a field are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Kind {
    /// Milliseconds since 1970.
    Time,
    /// Text, kept once for each distinct value.
    Text,
    /// `true` or `false`, kept as text.
    Bool,
    /// Text that is nearly always a UUID, different for each event.
    Id,
    /// Any number of texts.
    List,
}

/// Where the values of a field come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Origin {
    /// A column of its own, filled by the readers.
    Column,
    /// A function of another field's value (see [`crate::model::derived`]): worked out once for
    /// each distinct value and stored nowhere.
    Of(Field),
    /// The path of the file that holds the event.
    File,
}

macro_rules! fields {
    ($( $variant:ident $name:literal $kind:ident $origin:expr; )*) => {
        /// A field of an event.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        pub enum Field { $( #[doc = $name] $variant ),* }

        impl Field {
            /// Every field, in the order in which lists of columns show them.
            pub const ALL: &[Field] = &[$( Field::$variant ),*];

            pub fn name(self) -> &'static str {
                match self { $( Field::$variant => $name ),* }
            }

            pub fn kind(self) -> Kind {
                match self { $( Field::$variant => Kind::$kind ),* }
            }

            pub fn origin(self) -> Origin {
                use Origin::*;
                match self { $( Field::$variant => $origin ),* }
            }
        }
    };
}

fields! {
    EventTime "eventTime" Time Column;
    EventName "eventName" Text Column;
    EventSource "eventSource" Text Column;
    Service "service" Text Of(Field::EventSource);
    Verb "verb" Text Of(Field::EventName);
    Principal "principal" Text Column;
    Session "session" Text Column;
    Outcome "outcome" Text Column;
    Category "category" Text Column;
    SourceIpAddress "sourceIPAddress" Text Column;
    IpKind "ipKind" Text Of(Field::SourceIpAddress);
    UserAgent "userAgent" Text Column;
    Agent "agent" Text Of(Field::UserAgent);
    AwsRegion "awsRegion" Text Column;
    RecipientAccountId "recipientAccountId" Text Column;
    ErrorCode "errorCode" Text Column;
    ErrorMessage "errorMessage" Text Column;
    ReadOnly "readOnly" Bool Column;
    ManagementEvent "managementEvent" Bool Column;
    EventType "eventType" Text Column;
    EventCategory "eventCategory" Text Column;
    EventVersion "eventVersion" Text Column;
    ApiVersion "apiVersion" Text Column;
    IdentityType "userIdentity.type" Text Column;
    IdentityArn "userIdentity.arn" Text Column;
    IdentityPrincipalId "userIdentity.principalId" Text Column;
    IdentityAccountId "userIdentity.accountId" Text Column;
    IdentityUserName "userIdentity.userName" Text Column;
    IdentityAccessKeyId "userIdentity.accessKeyId" Text Column;
    IdentityInvokedBy "userIdentity.invokedBy" Text Column;
    IdentityProvider "userIdentity.identityProvider" Text Column;
    IdentityCredentialId "userIdentity.credentialId" Text Column;
    IssuerType "userIdentity.sessionContext.sessionIssuer.type" Text Column;
    IssuerArn "userIdentity.sessionContext.sessionIssuer.arn" Text Column;
    IssuerPrincipalId "userIdentity.sessionContext.sessionIssuer.principalId" Text Column;
    IssuerAccountId "userIdentity.sessionContext.sessionIssuer.accountId" Text Column;
    IssuerUserName "userIdentity.sessionContext.sessionIssuer.userName" Text Column;
    MfaAuthenticated "userIdentity.sessionContext.attributes.mfaAuthenticated" Text Column;
    SessionCreationDate "userIdentity.sessionContext.attributes.creationDate" Text Column;
    SourceIdentity "userIdentity.sessionContext.sourceIdentity" Text Column;
    Ec2RoleDelivery "userIdentity.sessionContext.ec2RoleDelivery" Text Column;
    ResourceArn "resources.ARN" List Column;
    ResourceType "resources.type" List Column;
    ResourceAccountId "resources.accountId" List Column;
    TlsVersion "tlsDetails.tlsVersion" Text Column;
    TlsCipherSuite "tlsDetails.cipherSuite" Text Column;
    TlsHost "tlsDetails.clientProvidedHostHeader" Text Column;
    VpcEndpointId "vpcEndpointId" Text Column;
    VpcEndpointAccountId "vpcEndpointAccountId" Text Column;
    SessionFromConsole "sessionCredentialFromConsole" Text Column;
    AddendumReason "addendum.reason" Text Column;
    SharedEventId "sharedEventID" Text Column;
    RequestId "requestID" Id Column;
    EventId "eventID" Id Column;
    File "file" Text File;
}

/// The columns of a table that nobody changed.
pub const DEFAULT_COLUMNS: &[Field] = &[
    Field::EventTime,
    Field::EventName,
    Field::EventSource,
    Field::Principal,
    Field::SourceIpAddress,
    Field::AwsRegion,
    Field::Outcome,
];

/// The facets of the page, most asked for first.
pub const FACETS: &[Field] = &[
    Field::Service,
    Field::EventName,
    Field::Principal,
    Field::Outcome,
    Field::ErrorCode,
    Field::SourceIpAddress,
    Field::AwsRegion,
    Field::RecipientAccountId,
    Field::IdentityType,
    Field::ReadOnly,
    Field::Category,
    Field::UserAgent,
    Field::Agent,
    Field::Session,
    Field::IdentityAccessKeyId,
    Field::ResourceArn,
    Field::Verb,
    Field::IpKind,
];

impl Field {
    /// The field of that name, ignoring case.
    pub fn parse(name: &str) -> Option<Field> {
        Field::ALL.iter().copied().find(|it| it.name().eq_ignore_ascii_case(name))
    }

    /// Whether a word without a field's name is looked for here: in every text column. What is
    /// derived from another text is not searched beside it: a service's name stands in its source,
    /// and nobody who types "public" means two thirds of all addresses.
    pub fn is_searched_by_words(self) -> bool {
        let derived = matches!(self.origin(), Origin::Of(_));
        !derived && !matches!(self.kind(), Kind::Time | Kind::Bool)
    }

    /// The known name that a wrong one was probably meant to be.
    pub fn nearest(name: &str) -> &'static str {
        let wanted = name.to_lowercase();
        let distance = |field: &Field| {
            let known = field.name().to_lowercase();
            let last = known.rsplit('.').next().unwrap_or_default();
            // The last word of a name is what people remember of it: the "region" of awsRegion.
            let word = field.name().rfind(char::is_uppercase).map_or(last, |at| &known[at..]);
            let word = if word.len() < 4 { last } else { word };
            let near = [&known, last, word].into_iter().map(|it| edits(&wanted, it)).min();
            // A name that holds the wrong one whole, or is held by it, is nearer than one of like letters.
            let holds = usize::from(!(known.contains(&wanted) || wanted.contains(last)));
            near.unwrap_or(usize::MAX / 2) + 6 * holds
        };
        Field::ALL.iter().min_by_key(|it| distance(it)).map_or("eventName", |it| it.name())
    }
}

/// How many letters must be added, taken away or changed to make one word of the other.
fn edits(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, y) in b.iter().enumerate() {
            let changed = diagonal + usize::from(x != *y);
            diagonal = row[j + 1];
            row[j + 1] = changed.min(row[j] + 1).min(row[j + 1] + 1);
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_match_ignoring_case_and_answer_in_cloudtrails_spelling() {
        assert_eq!(Field::parse("EVENTNAME").map(Field::name), Some("eventName"));
        assert_eq!(Field::parse("useridentity.accesskeyid"), Some(Field::IdentityAccessKeyId));
        assert_eq!(Field::parse("nope"), None);
    }

    #[test]
    fn a_wrong_name_is_told_the_nearest() {
        assert_eq!(Field::nearest("evntName"), "eventName");
        assert_eq!(Field::nearest("region"), "awsRegion");
        assert_eq!(Field::nearest("regionn"), "awsRegion");
        assert_eq!(Field::nearest("sourceIP"), "sourceIPAddress");
        assert_eq!(Field::nearest("accessKey"), "userIdentity.accessKeyId");
    }

    #[test]
    fn each_name_stands_once() {
        let mut names: Vec<String> = Field::ALL.iter().map(|it| it.name().to_lowercase()).collect();
        names.sort();
        names.dedup();
        assert_eq!(names.len(), Field::ALL.len());
    }
}
