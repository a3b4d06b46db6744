//! Who there is: the accounts, people, workloads and pipelines of Moonjar, a shop that does not
//! exist. Account numbers, addresses and domains are those that are set aside for examples.

use super::api::Api;
use super::catalogue::{
    CONTAINER_READS, CONTAINER_WRITES, COST_READS, DATABASE_READS, DATABASE_WRITES, DEPLOYMENT,
    EC2_READS, EC2_WRITES, IAM_READS, IAM_WRITES, INFRASTRUCTURE, LAMBDA_READS, LAMBDA_WRITES,
    S3_READS, S3_WRITES, SECURITY_READS, STACK, WEBSITE,
};
use super::dice::mix;

pub(super) const ORGANISATION: &str = "o-m00njar7k2";

#[derive(Debug)]
pub(super) struct Account {
    pub(super) id: &'static str,
    pub(super) name: &'static str,
    /// Places in [`REGIONS`].
    pub(super) regions: &'static [usize],
    pub(super) buckets: &'static [&'static str],
    /// The address behind which its servers go out.
    pub(super) gateway: &'static str,
}

pub(super) const PROD: usize = 0;
pub(super) const STAGING: usize = 1;
pub(super) const SECURITY: usize = 2;
pub(super) const SANDBOX: usize = 3;

pub(super) const ACCOUNTS: [Account; 4] = [
    Account {
        id: "111122223333",
        name: "prod",
        regions: &[0, 1, 2],
        buckets: &[
            "moonjar-customer-data",
            "moonjar-orders-events",
            "moonjar-web-assets",
            "moonjar-media",
            "moonjar-reports",
            "moonjar-finance-archive",
        ],
        gateway: "192.0.2.14",
    },
    Account {
        id: "444455556666",
        name: "staging",
        regions: &[0, 2],
        buckets: &["moonjar-staging-artifacts", "moonjar-staging-media"],
        gateway: "192.0.2.30",
    },
    Account {
        id: "777788889999",
        name: "security",
        regions: &[0],
        buckets: &["moonjar-org-trail", "moonjar-access-logs"],
        gateway: "192.0.2.40",
    },
    Account {
        id: "123456789012",
        name: "sandbox",
        regions: &[0, 2, 3],
        buckets: &["moonjar-sandbox-scratch", "moonjar-ml-features"],
        gateway: "192.0.2.50",
    },
];

pub(super) const US_EAST: usize = 0;
pub(super) const EU_WEST: usize = 1;
pub(super) const REGIONS: [&str; 4] = ["us-east-1", "eu-west-1", "ap-northeast-2", "us-west-2"];

/// What the shop is made of; each is a container, a function and a repository of that name.
pub(super) const SERVICES: [&str; 14] = [
    "checkout-api",
    "orders-api",
    "customer-profile-api",
    "payment-worker",
    "search-indexer",
    "image-resizer",
    "notification-sender",
    "catalog-api",
    "session-store",
    "fraud-scoring",
    "invoice-renderer",
    "recommendation-api",
    "webhook-relay",
    "warehouse-sync",
];

#[derive(Debug)]
pub(super) struct Office {
    /// Hours to add to UTC.
    pub(super) offset: u64,
    /// A place in [`REGIONS`].
    pub(super) region: usize,
    pub(super) address: &'static str,
}

pub(super) const OFFICES: [Office; 3] = [
    Office { offset: 9, region: 2, address: "203.0.113.10" },
    Office { offset: 0, region: 1, address: "203.0.113.26" },
    Office { offset: 19, region: 0, address: "203.0.113.42" },
];

/// Work that somebody does: what they look at, and what they change.
#[derive(Clone, Copy, Debug)]
pub(super) struct Interest {
    pub(super) reads: &'static [Api],
    pub(super) writes: &'static [Api],
}

const INTERESTS: [Interest; 8] = [
    Interest { reads: EC2_READS, writes: EC2_WRITES },
    Interest { reads: S3_READS, writes: S3_WRITES },
    Interest { reads: LAMBDA_READS, writes: LAMBDA_WRITES },
    Interest { reads: CONTAINER_READS, writes: CONTAINER_WRITES },
    Interest { reads: DATABASE_READS, writes: DATABASE_WRITES },
    Interest { reads: IAM_READS, writes: IAM_WRITES },
    Interest { reads: SECURITY_READS, writes: &[] },
    Interest { reads: COST_READS, writes: &[] },
];

#[derive(Clone, Debug)]
pub(super) struct Person {
    /// `minseo.kim`
    pub(super) name: String,
    /// A place in [`OFFICES`].
    pub(super) office: usize,
    /// The role that single sign-on gives; nothing for those who still have an IAM user.
    pub(super) permissions: &'static str,
    pub(super) interests: [Interest; 2],
    pub(super) address: String,
    pub(super) is_security: bool,
}

pub(super) const ADMINS: &str = "AWSReservedSSO_PlatformAdmin_3f9a1c7e5b2d8406";
const DEVELOPERS: &str = "AWSReservedSSO_Developer_8c41e7a09d35b2f6";
pub(super) const ANALYSTS: &str = "AWSReservedSSO_DataAnalyst_52d0b96f1a7ce483";
const AUDITORS: &str = "AWSReservedSSO_SecurityAudit_e06b7d2f94a1c358";

/// Name, office, permissions, and two places in [`INTERESTS`].
type Staff = (&'static str, usize, &'static str, usize, usize);
const STAFF: [Staff; 25] = [
    ("jiho.park", 0, "", 0, 3),
    ("soyeon.lee", 0, ANALYSTS, 1, 4),
    ("minseo.kim", 0, ADMINS, 0, 5),
    ("haneul.choi", 0, DEVELOPERS, 2, 3),
    ("seojun.jung", 0, DEVELOPERS, 3, 2),
    ("yuna.kang", 0, DEVELOPERS, 4, 1),
    ("dohyun.yoon", 0, DEVELOPERS, 3, 0),
    ("jiwoo.han", 0, AUDITORS, 6, 5),
    ("haruto.sato", 0, ADMINS, 3, 0),
    ("aoife.byrne", 1, ADMINS, 5, 0),
    ("conor.walsh", 1, DEVELOPERS, 3, 2),
    ("lena.fischer", 1, DEVELOPERS, 2, 4),
    ("marta.nowak", 1, ANALYSTS, 1, 7),
    ("pierre.dubois", 1, DEVELOPERS, 0, 3),
    ("ines.silva", 1, AUDITORS, 6, 5),
    ("oskar.lind", 1, "", 0, 4),
    ("niamh.kelly", 1, ANALYSTS, 7, 1),
    ("tomas.novak", 1, DEVELOPERS, 3, 1),
    ("daniel.okafor", 2, ADMINS, 0, 3),
    ("grace.miller", 2, DEVELOPERS, 2, 1),
    ("carlos.rivera", 2, DEVELOPERS, 3, 4),
    ("priya.nair", 2, AUDITORS, 6, 0),
    ("ethan.wright", 2, DEVELOPERS, 4, 2),
    ("sofia.ramos", 2, ANALYSTS, 1, 7),
    ("noah.bennett", 2, "", 0, 1),
];
const FIRST: [&str; 20] = [
    "amber", "boris", "chen", "dana", "elif", "felix", "gita", "hugo", "ivana", "jonas", "katya",
    "liam", "mina", "nils", "olga", "pablo", "rosa", "sven", "taeyang", "uma",
];
const LAST: [&str; 24] = [
    "abe", "bae", "costa", "diaz", "evans", "fujita", "green", "hwang", "ito", "jansen", "kumar",
    "lim", "moreau", "nagy", "oh", "petrov", "quinn", "ryu", "shin", "tanaka", "ueda", "vega",
    "wolf", "yang",
];

/// The people of a log of this many events: 25, and more in larger ones.
pub(super) fn people(events: u64) -> Vec<Person> {
    let more = (events / 40_000).min(450) as usize;
    let named = STAFF.iter().map(|(name, office, permissions, one, two)| {
        let interests = [INTERESTS[*one], INTERESTS[*two]];
        ((*name).to_owned(), *office, *permissions, interests)
    });
    let composed = (0..more).map(|at| {
        let name = format!("{}.{}", FIRST[at % 20], LAST[(at / 20 + at) % 24]);
        let interests = [INTERESTS[at % 8], INTERESTS[(at / 3) % 5]];
        (name, at % 3, DEVELOPERS, interests)
    });
    let person = |(at, (name, office, permissions, interests))| Person {
        name,
        office,
        permissions,
        interests,
        address: match at % 4 {
            0 => format!("2001:db8:{office}:{at:x}::17"),
            1 => format!("203.0.113.{}", 64 + at % 180),
            _ => OFFICES[office].address.to_owned(),
        },
        is_security: permissions == AUDITORS,
    };
    named.chain(composed).enumerate().map(person).collect()
}

/// Where a workload runs, which shows in its session, address and agent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Runs {
    Container,
    Instance,
    Function,
}

#[derive(Clone, Debug)]
pub(super) struct Workload {
    pub(super) role: String,
    pub(super) account: usize,
    pub(super) region: usize,
    pub(super) runs: Runs,
    /// What its parameters, secrets and log groups are called after.
    pub(super) target: String,
    pub(super) bucket: &'static str,
    pub(super) folder: &'static str,
}

const FOLDERS: [&str; 6] = ["events/", "incoming/", "thumbnails/", "profiles/", "index/", "batch/"];

/// The workloads of a log of this many events; the first few are always the same.
pub(super) fn workloads(events: u64) -> Vec<Workload> {
    let count = 24 + (events / 12_000).min(4000) as usize;
    let workload = |at: usize| {
        let service = SERVICES[at % SERVICES.len()];
        let round = at / SERVICES.len();
        let account = if round % 3 == 2 { STAGING } else { PROD };
        let regions = ACCOUNTS[account].regions;
        let buckets = ACCOUNTS[account].buckets;
        Workload {
            role: if round == 0 { service.to_owned() } else { format!("{service}-{}", round + 1) },
            account,
            region: regions[(at / 2 + round) % regions.len()],
            runs: [Runs::Container, Runs::Function, Runs::Instance][at % 5 % 3],
            target: format!("{}/{service}", ACCOUNTS[account].name),
            bucket: if at == 2 { buckets[0] } else { buckets[1 + at % 3 % (buckets.len() - 1)] },
            folder: FOLDERS[at % FOLDERS.len()],
        }
    };
    let mut all: Vec<Workload> = (0..count).map(workload).collect();
    // The story's broken deployment happens to this one.
    if let Some(checkout) = all.first_mut() {
        (checkout.region, checkout.runs) = (US_EAST, Runs::Container);
    }
    all
}

#[derive(Clone, Debug)]
pub(super) struct Pipeline {
    pub(super) repository: String,
    pub(super) role: String,
    pub(super) account: usize,
    pub(super) region: usize,
    pub(super) steps: &'static [Api],
    /// Steps are done in order; otherwise in any.
    pub(super) in_order: bool,
    pub(super) target: &'static str,
    pub(super) bucket: &'static str,
    pub(super) agent: &'static str,
}

/// The pipelines of a log of this many events.
pub(super) fn pipelines(events: u64) -> Vec<Pipeline> {
    let count = 9 + (events / 50_000).min(600) as usize;
    let pipeline = |at: usize| {
        let target = SERVICES[(at * 3) % SERVICES.len()];
        let account = if at % 3 == 1 { STAGING } else { PROD };
        let (kind, steps, in_order, bucket, agent) = match at % 4 {
            0 => ("deploy", DEPLOYMENT, true, "moonjar-staging-artifacts", DEPLOY_AGENT),
            1 => ("infra", INFRASTRUCTURE, false, "moonjar-terraform-state", TERRAFORM_AGENT),
            2 => ("stack", STACK, true, "moonjar-staging-artifacts", STACK_AGENT),
            _ => ("web", WEBSITE, false, "moonjar-web-assets", DEPLOY_AGENT),
        };
        let regions = ACCOUNTS[account].regions;
        let round = at / 12;
        let tail = if round == 0 { String::new() } else { format!("-{}", round + 1) };
        Pipeline {
            repository: format!("moonjar/{target}{tail}"),
            role: format!("gha-{kind}-{target}{tail}"),
            account,
            region: regions[(mix(at as u64, 5) % regions.len() as u64) as usize],
            steps,
            in_order,
            target,
            bucket,
            agent,
        }
    };
    (0..count).map(pipeline).collect()
}

const DEPLOY_AGENT: &str = "aws-cli/2.24.11 md/awscrt#0.23.8 ua/2.0 os/linux#6.8.0-1021-azure md/arch#x86_64 lang/python#3.12.9 md/pyimpl#CPython cfg/retry-mode#standard";
const TERRAFORM_AGENT: &str = "APN/1.0 HashiCorp/1.0 Terraform/1.11.2 (+https://www.terraform.io) terraform-provider-aws/5.89.0 (+https://registry.terraform.io/providers/hashicorp/aws) aws-sdk-go-v2/1.36.1 ua/2.1 os/linux lang/go#1.23.6";
const STACK_AGENT: &str = "aws-sdk-js/3.758.0 ua/2.1 os/linux#6.8.0-1021-azure lang/js md/nodejs#22.14.0 api/cloudformation#3.758.0 aws-cdk/2.181.1";
