//! The resources that a record names.

use super::json::{Form, Raw, Scan, Scanner};

/// An entry of `resources`.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Resource<'a> {
    /// `ARN`, or `ARNPrefix` of those that have only that.
    pub(super) arn: Option<Raw<'a>>,
    pub(super) kind: Option<Raw<'a>>,
    pub(super) account_id: Option<Raw<'a>>,
}

/// Takes an array of objects; a lone object, and texts that stand for ARNs, are taken too.
pub(super) fn read<'a>(scanner: &mut Scanner<'a>, all: &mut Vec<Resource<'a>>) -> Scan<()> {
    all.clear();
    if scanner.peek()? != b'[' {
        all.push(one(scanner)?);
        return Ok(());
    }
    let mut first = true;
    while scanner.item(&mut first)? {
        all.push(one(scanner)?);
    }
    Ok(())
}

fn one<'a>(scanner: &mut Scanner<'a>) -> Scan<Resource<'a>> {
    let mut resource = Resource::default();
    if scanner.peek()? != b'{' {
        resource.arn = scanner.text()?.filter(|it| it.form != Form::Json);
        return Ok(resource);
    }
    let mut prefix = None;
    scanner.object(|scanner, key| {
        let into = match key {
            b"ARN" | b"arn" => &mut resource.arn,
            // Event history has the name only, which may be an ARN.
            b"ARNPrefix" | b"resourceName" | b"ResourceName" => &mut prefix,
            b"type" | b"resourceType" | b"ResourceType" => &mut resource.kind,
            b"accountId" => &mut resource.account_id,
            _ => return scanner.skip(),
        };
        *into = scanner.text()?;
        Ok(())
    })?;
    resource.arn = resource.arn.or(prefix);
    Ok(resource)
}
