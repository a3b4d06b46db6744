//! Who calls: the JSON of `userIdentity` in each of its forms.

use super::dice::mix;
use super::fill::access_key;
use super::text;

/// Somebody with the place they call from. Built once for a session, used for all of its calls.
#[derive(Clone, Debug, Default)]
pub(super) struct Caller {
    /// The object `userIdentity`, as JSON.
    pub(super) identity: Vec<u8>,
    /// What error messages call them.
    pub(super) arn: String,
    /// The account in which the calls are made and recorded: a place in the list of accounts.
    pub(super) account: usize,
    pub(super) address: String,
    pub(super) agent: String,
    /// AWS itself calls, so there is no TLS connection to tell of.
    pub(super) is_service: bool,
    /// The credentials were made by signing in to the console.
    pub(super) from_console: bool,
    /// The calls come through an endpoint inside the VPC.
    pub(super) through_endpoint: bool,
    /// The call is recorded in the caller's account as well.
    pub(super) is_shared: bool,
}

/// A session of a role.
#[derive(Clone, Copy, Debug)]
pub(super) struct RoleSession<'a> {
    pub(super) account: &'a str,
    /// `/` or the folders before the role's name, with a slash at both ends.
    pub(super) path: &'a str,
    pub(super) role: &'a str,
    pub(super) session: &'a str,
    pub(super) since_millis: i64,
    pub(super) with_mfa: bool,
    /// The service that calls by this role, or nothing.
    pub(super) invoked_by: &'a str,
    /// Said for the roles of instances: `2.0`.
    pub(super) delivered: &'a str,
}

impl RoleSession<'_> {
    pub(super) fn arn(&self) -> String {
        format!("arn:aws:sts::{}:assumed-role/{}/{}", self.account, self.role, self.session)
    }

    /// The same session always has the same key.
    pub(super) fn json(&self) -> Vec<u8> {
        let mut json = Writer::new("AssumedRole");
        let role_id = unique_id("AROA", self.account, self.role);
        json.text("principalId", &format!("{role_id}:{}", self.session));
        json.text("arn", &self.arn());
        json.text("accountId", self.account);
        let owner = mix(hash(self.role), hash(self.session));
        json.key(b"ASIA", mix(owner, self.since_millis.unsigned_abs()));
        json.open("sessionContext");
        json.open("sessionIssuer");
        json.text("type", "Role");
        json.text("principalId", &role_id);
        json.text("arn", &format!("arn:aws:iam::{}:role{}{}", self.account, self.path, self.role));
        json.text("accountId", self.account);
        json.text("userName", self.role);
        json.close();
        json.attributes(self.since_millis, self.with_mfa);
        if !self.delivered.is_empty() {
            json.text("ec2RoleDelivery", self.delivered);
        }
        json.close();
        if !self.invoked_by.is_empty() {
            json.text("invokedBy", self.invoked_by);
        }
        json.end()
    }
}

pub(super) fn user_arn(account: &str, user: &str) -> String {
    format!("arn:aws:iam::{account}:user/{user}")
}

/// An IAM user; `key` is the whole access key or nothing; `console_since` when they signed in to
/// the console, or `None` for a long-lived key.
pub(super) fn iam_user(
    account: &str,
    user: &str,
    key: &str,
    console_since: Option<i64>,
) -> Vec<u8> {
    let mut json = Writer::new("IAMUser");
    json.text("principalId", &unique_id("AIDA", account, user));
    json.text("arn", &user_arn(account, user));
    json.text("accountId", account);
    if !key.is_empty() {
        json.text("accessKeyId", key);
    }
    json.text("userName", user);
    if let Some(since_millis) = console_since {
        json.open("sessionContext");
        json.attributes(since_millis, true);
        json.close();
    }
    json.end()
}

/// A sign-in with a user name that does not exist: the name may be a password, so it is hidden.
pub(super) fn hidden_user(account: &str) -> Vec<u8> {
    let mut json = Writer::new("IAMUser");
    json.text("accountId", account);
    json.text("accessKeyId", "");
    json.text("userName", "HIDDEN_DUE_TO_SECURITY_REASONS");
    json.end()
}

/// The root user; `since` when the console session began, or `None` at the sign-in itself.
pub(super) fn root(account: &str, since: Option<i64>) -> Vec<u8> {
    let mut json = Writer::new("Root");
    json.text("principalId", account);
    json.text("arn", &format!("arn:aws:iam::{account}:root"));
    json.text("accountId", account);
    if let Some(since_millis) = since {
        json.key(b"ASIA", mix(hash(account), since_millis.unsigned_abs()));
        json.open("sessionContext");
        json.attributes(since_millis, false);
        json.close();
    } else {
        json.text("accessKeyId", "");
    }
    json.end()
}

pub(super) fn service(name: &str) -> Vec<u8> {
    let mut json = Writer::new("AWSService");
    json.text("invokedBy", name);
    json.end()
}

/// What service events carry: no type at all.
pub(super) fn untyped(account: &str) -> Vec<u8> {
    format!("{{\"accountId\":\"{account}\",\"invokedBy\":\"AWS Internal\"}}").into_bytes()
}

/// A caller from another account.
pub(super) fn foreign(account: &str, session: &str) -> Vec<u8> {
    let mut json = Writer::new("AWSAccount");
    json.text("principalId", &format!("{}:{session}", unique_id("AROA", account, session)));
    json.text("accountId", account);
    json.end()
}

pub(super) fn saml(user: &str) -> Vec<u8> {
    let mut json = Writer::new("SAMLUser");
    json.text("principalId", &format!("{}=:{user}", unique_id("", "saml", "qualifier")));
    json.text("userName", user);
    json.text("identityProvider", "https://sso.moonjar.example/saml");
    json.end()
}

pub(super) fn web_identity(account: &str, subject: &str) -> Vec<u8> {
    let provider =
        format!("arn:aws:iam::{account}:oidc-provider/token.actions.githubusercontent.com");
    let mut json = Writer::new("WebIdentityUser");
    json.text("principalId", &format!("{provider}:sts.amazonaws.com:{subject}"));
    json.text("userName", subject);
    json.text("identityProvider", &provider);
    json.end()
}

/// Somebody who signs in to the portal of Identity Center, before they have any role.
pub(super) fn identity_center(account: &str, user: &str) -> Vec<u8> {
    let store = "d-906EXAMPLE";
    let mut json = Writer::new("IdentityCenterUser");
    json.text("accountId", account);
    json.open("onBehalfOf");
    let (high, low) = (mix(7, hash(user)), mix(8, hash(user)));
    json.text(
        "userId",
        &format!(
            "{:08x}-{:04x}-4{:03x}-8{:03x}-{:012x}",
            high >> 32,
            high & 0xffff,
            low >> 52,
            low & 0xfff,
            low >> 4 & 0xffff_ffff_ffff
        ),
    );
    json.text(
        "identityStoreArn",
        &format!("arn:aws:identitystore::{account}:identitystore/{store}"),
    );
    json.close();
    json.text("credentialId", &format!("{:016x}{:016x}", mix(low, 1), mix(high, 1)));
    json.end()
}

/// The id behind a name: always the same for the same name, 21 capitals and digits.
fn unique_id(prefix: &str, account: &str, name: &str) -> String {
    let mut id = Vec::with_capacity(21);
    access_key(&mut id, prefix.as_bytes(), mix(hash(account), hash(name)));
    id.push(b'0' + (hash(name) % 10) as u8);
    String::from_utf8(id).unwrap_or_default()
}

fn hash(text: &str) -> u64 {
    /// The prime of the FNV hash.
    const PRIME: u64 = 0x0100_0000_01b3;
    let sum = text.bytes().fold(7, |sum: u64, byte| (sum ^ u64::from(byte)).wrapping_mul(PRIME));
    mix(sum, 0)
}

/// Writes an object: knows when a comma is due, and closes what is open.
struct Writer {
    out: Vec<u8>,
}

impl Writer {
    fn new(kind: &str) -> Writer {
        let mut json = Writer { out: Vec::with_capacity(512) };
        json.out.push(b'{');
        json.text("type", kind);
        json
    }

    fn name(&mut self, name: &str) {
        if self.out.last() != Some(&b'{') {
            self.out.push(b',');
        }
        text::quoted(&mut self.out, name);
        self.out.push(b':');
    }

    fn text(&mut self, name: &str, value: &str) {
        self.name(name);
        text::quoted(&mut self.out, value);
    }

    fn key(&mut self, prefix: &[u8], draw: u64) {
        self.name("accessKeyId");
        self.out.push(b'"');
        access_key(&mut self.out, prefix, draw);
        self.out.push(b'"');
    }

    fn attributes(&mut self, since_millis: i64, with_mfa: bool) {
        self.open("attributes");
        self.name("creationDate");
        self.out.push(b'"');
        text::moment(&mut self.out, since_millis);
        self.out.push(b'"');
        self.text("mfaAuthenticated", if with_mfa { "true" } else { "false" });
        self.close();
    }

    fn open(&mut self, name: &str) {
        self.name(name);
        self.out.push(b'{');
    }

    fn close(&mut self) {
        self.out.push(b'}');
    }

    fn end(mut self) -> Vec<u8> {
        self.close();
        self.out
    }
}
