//! One API as CloudTrail records it, and the words that fill its templates.

/// Which form a record takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    Call,
    SignIn,
    ServiceEvent,
}

/// An API with the JSON that its records carry. The texts are JSON in which `$x` stands for a word
/// of the call; [`super::fill`] lists the letters.
#[derive(Clone, Copy, Debug)]
pub(super) struct Api {
    /// The event source without `.amazonaws.com`.
    pub(super) service: &'static str,
    pub(super) name: &'static str,
    pub(super) form: Form,
    pub(super) read_only: bool,
    /// A data event, not a management event.
    pub(super) data: bool,
    pub(super) request: &'static str,
    /// `null` for most reads. A failed call answers `null` whatever stands here, and what a service
    /// event answers are its details.
    pub(super) response: &'static str,
    /// The array of resources, or nothing.
    pub(super) resources: &'static str,
    /// The object `additionalEventData`, or nothing. S3's own is written by the record.
    pub(super) additional: &'static str,
}

pub(super) const fn read(service: &'static str, name: &'static str, request: &'static str) -> Api {
    Api {
        service,
        name,
        form: Form::Call,
        read_only: true,
        data: false,
        request,
        response: "null",
        resources: "",
        additional: "",
    }
}

pub(super) const fn write(
    service: &'static str,
    name: &'static str,
    request: &'static str,
    response: &'static str,
) -> Api {
    Api { read_only: false, response, ..read(service, name, request) }
}

impl Api {
    pub(super) const fn on(self, resources: &'static str) -> Api {
        Api { resources, ..self }
    }

    pub(super) const fn data(self) -> Api {
        Api { data: true, ..self }
    }

    pub(super) const fn answers(self, response: &'static str) -> Api {
        Api { response, ..self }
    }

    pub(super) const fn adds(self, additional: &'static str) -> Api {
        Api { additional, ..self }
    }

    pub(super) const fn form(self, form: Form) -> Api {
        Api { form, ..self }
    }

    /// Services that write their records in us-east-1 whatever region the caller works in.
    pub(super) fn is_global(&self) -> bool {
        matches!(self.service, "iam" | "signin" | "organizations" | "route53" | "cloudfront" | "ce")
    }

    /// The version of the record format that the service writes; they do not move together.
    pub(super) fn event_version(&self) -> &'static str {
        match self.service {
            "s3" | "kms" | "iam" | "cloudtrail" | "secretsmanager" => "1.11",
            "ec2" | "lambda" | "ecs" | "rds" => "1.10",
            "ssm" | "logs" | "monitoring" | "ecr" => "1.09",
            _ => "1.08",
        }
    }
}

/// What the templates of one call are filled with.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Words<'a> {
    pub(super) bucket: &'a str,
    /// An object's key; if it ends with `/` or is empty, a name is made up and added.
    pub(super) key: &'a str,
    /// What the call is about: a function, a parameter, a repository, a user.
    pub(super) target: &'a str,
}
