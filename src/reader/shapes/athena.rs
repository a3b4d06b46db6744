//! Objects as Athena, Lake and Java print them: `{type=IAMUser, sessioncontext={…}, arn=null}`.
//!
//! The form does not say where a text ends, so a text that holds `, name=` itself is cut there:
//! what can be read is kept. Names are lower case and get CloudTrail's capitals back.

use crate::reader::escape::write_string;

/// Names as CloudTrail spells them, where small letters alone do not.
const SPELLING: &[&str] = &[
    "principalId",
    "accountId",
    "accessKeyId",
    "userName",
    "invokedBy",
    "identityProvider",
    "credentialId",
    "onBehalfOf",
    "userId",
    "identityStoreArn",
    "sessionContext",
    "sessionIssuer",
    "webIdFederationData",
    "federatedProvider",
    "mfaAuthenticated",
    "creationDate",
    "sourceIdentity",
    "ec2RoleDelivery",
    "tlsVersion",
    "cipherSuite",
    "clientProvidedHostHeader",
    "keyExchange",
    "updatedFields",
    "originalRequestID",
    "originalEventID",
    "ARNPrefix",
];

/// Deeper than any object of a record's own.
const DEEPEST: usize = 32;

/// The object or list as JSON; `None` when the text is none.
pub(super) fn to_json(column: &str, text: &[u8]) -> Option<Vec<u8>> {
    let trimmed = text.trim_ascii();
    let mut printed = Printed { text: trimmed, at: 0, resources: column == "resources" };
    let mut json = Vec::with_capacity(trimmed.len() * 2);
    if !matches!(trimmed.first(), Some(b'{' | b'[')) {
        return None;
    }
    printed.value(DEEPEST, &mut json)?;
    (printed.at == trimmed.len()).then_some(json)
}

struct Printed<'a> {
    text: &'a [u8],
    at: usize,
    resources: bool,
}

impl Printed<'_> {
    fn next(&self) -> Option<u8> {
        self.text.get(self.at).copied()
    }

    fn value(&mut self, depth: usize, json: &mut Vec<u8>) -> Option<()> {
        let depth = depth.checked_sub(1)?;
        match self.next()? {
            b'{' => self.object(depth, json),
            b'[' => self.list(depth, json),
            _ => {
                let end = self.end_of_text(true);
                self.text(end, json)
            },
        }
    }

    fn object(&mut self, depth: usize, json: &mut Vec<u8>) -> Option<()> {
        self.at += 1;
        json.push(b'{');
        if self.next()? != b'}' {
            loop {
                let name = name(&self.text[self.at..])?;
                write_string(self.spelling(name).as_bytes(), json);
                json.push(b':');
                self.at += name.len() + 1;
                self.value(depth, json)?;
                if !self.more(json)? {
                    break;
                }
            }
        }
        self.at += 1;
        json.push(b'}');
        Some(())
    }

    fn list(&mut self, depth: usize, json: &mut Vec<u8>) -> Option<()> {
        self.at += 1;
        json.push(b'[');
        if self.next()? != b']' {
            loop {
                match self.next()? {
                    b'{' | b'[' => self.value(depth, json)?,
                    _ => {
                        let end = self.end_of_text(false);
                        self.text(end, json)?;
                    },
                }
                if !self.more(json)? {
                    break;
                }
            }
        }
        self.at += 1;
        json.push(b']');
        Some(())
    }

    /// Whether another member follows; else a bracket is next.
    fn more(&mut self, json: &mut Vec<u8>) -> Option<bool> {
        match self.next()? {
            b',' => {
                self.at += 1;
                while self.next()? == b' ' {
                    self.at += 1;
                }
                json.push(b',');
                Some(true)
            },
            b'}' | b']' => Some(false),
            _ => None,
        }
    }

    /// Where a text ends: before a bracket that closes what is around it, or before a comma; in an
    /// object only before one that a name and `=` follow.
    fn end_of_text(&self, in_object: bool) -> usize {
        let mut at = self.at;
        // Brackets within a text are its own as long as they come in pairs.
        let mut open = 0_usize;
        while let Some(byte) = self.text.get(at) {
            match byte {
                b'{' | b'[' => open += 1,
                b'}' | b']' if open == 0 => break,
                b'}' | b']' => open -= 1,
                b',' if open == 0 && !in_object => break,
                b',' if open == 0 && name(self.text[at + 1..].trim_ascii_start()).is_some() => {
                    break;
                },
                _ => {},
            }
            at += 1;
        }
        at
    }

    fn text(&mut self, end: usize, json: &mut Vec<u8>) -> Option<()> {
        let text = self.text.get(self.at..end)?;
        if text == b"null" {
            json.extend_from_slice(text)
        } else {
            write_string(text, json)
        }
        self.at = end;
        Some(())
    }

    fn spelling<'n>(&self, name: &'n str) -> &'n str {
        if self.resources && name == "arn" {
            return "ARN";
        }
        SPELLING.iter().find(|it| it.eq_ignore_ascii_case(name)).copied().unwrap_or(name)
    }
}

/// The name before an equals sign that the text begins with.
fn name(text: &[u8]) -> Option<&str> {
    let sign = |it: &u8| !(it.is_ascii_alphanumeric() || b"_-.:/$".contains(it));
    let end = text.iter().position(sign)?;
    if end == 0 || text[end] != b'=' {
        return None;
    }
    std::str::from_utf8(&text[..end]).ok()
}
