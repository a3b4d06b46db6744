//! Fills the templates of an API with the words of one call.

use super::api::Words;
use super::dice::mix;
use super::text;
use crate::model::time;

/// Everything that a template may ask for.
#[derive(Clone, Copy, Debug)]
pub(super) struct Filling<'a> {
    pub(super) account: &'a str,
    pub(super) region: &'a str,
    pub(super) millis: i64,
    /// One random number a call, so that request, answer and resources name the same things.
    pub(super) draw: u64,
    pub(super) words: Words<'a>,
}

/// Ids of things that live long come from a pool of this many for each account and region.
const POOL: u64 = 48;

/// Writes a template:
///
/// `$A` account, `$R` region, `$b` bucket, `$k` key, `$t` target, `$i` instance, `$v` volume,
/// `$s` snapshot, `$g` security group, `$w` subnet, `$p` VPC, `$m` image, `$q` KMS key (a UUID),
/// `$h` 8 and `$H` 32 random hexadecimal digits, `$n` a number from 1 to 40, `$e` milliseconds,
/// `$c` an American date, `$d` the time of the call, `$x` an hour later, `$a` an access key.
pub(super) fn fill(out: &mut Vec<u8>, template: &str, with: &Filling<'_>) {
    let mut parts = template.split('$');
    out.extend_from_slice(parts.next().unwrap_or_default().as_bytes());
    for part in parts {
        let letter = part.as_bytes().first().copied().unwrap_or_default();
        word(out, letter, with);
        out.extend_from_slice(part.as_bytes().get(1..).unwrap_or_default());
    }
}

fn word(out: &mut Vec<u8>, letter: u8, with: &Filling<'_>) {
    match letter {
        b'A' => out.extend_from_slice(with.account.as_bytes()),
        b'R' => out.extend_from_slice(with.region.as_bytes()),
        b'b' => text::escaped(out, with.words.bucket),
        b'k' => key(out, with),
        b't' => text::escaped(out, with.words.target),
        b'i' => pooled(out, b"i-0", letter, with),
        b'v' => pooled(out, b"vol-0", letter, with),
        b's' => fresh(out, b"snap-0", letter, with),
        b'g' => pooled(out, b"sg-0", letter, with),
        b'w' => pooled(out, b"subnet-0", letter, with),
        b'p' => pooled(out, b"vpc-0", letter, with),
        b'm' => pooled(out, b"ami-0", letter, with),
        b'q' => kms_key(out, with),
        b'h' => text::hex(out, with.draw, 8),
        b'H' => {
            text::hex(out, with.draw, 16);
            text::hex(out, mix(with.draw, 1), 16);
        },
        b'n' => text::decimal(out, 1 + with.draw % 40, 1),
        b'e' => text::decimal(out, with.millis.unsigned_abs(), 1),
        b'c' => text::american(out, with.millis),
        b'd' => text::moment(out, with.millis),
        b'x' => text::american(out, with.millis + time::HOUR),
        b'a' => access_key(out, b"ASIA", with.draw),
        _ => {},
    }
}

/// The part of an account and region that ids are drawn from.
fn place(with: &Filling<'_>) -> u64 {
    let bytes = with.account.bytes().chain(with.region.bytes());
    bytes.fold(0, |sum: u64, byte| sum.wrapping_mul(131).wrapping_add(u64::from(byte)))
}

fn pooled(out: &mut Vec<u8>, prefix: &[u8], letter: u8, with: &Filling<'_>) {
    out.extend_from_slice(prefix);
    let member = with.draw % POOL;
    text::hex(out, mix(place(with) ^ u64::from(letter), member), 16);
}

fn fresh(out: &mut Vec<u8>, prefix: &[u8], letter: u8, with: &Filling<'_>) {
    out.extend_from_slice(prefix);
    text::hex(out, mix(with.draw, u64::from(letter)), 16);
}

/// An account has five customer managed keys in a region.
fn kms_key(out: &mut Vec<u8>, with: &Filling<'_>) {
    let high = mix(place(with), with.draw % 5);
    let low = mix(high, 2);
    text::hex(out, high >> 32, 8);
    for part in [high >> 16 & 0xffff, high & 0xfff | 0x4000, low >> 48 & 0x3fff | 0x8000] {
        out.push(b'-');
        text::hex(out, part, 4);
    }
    out.push(b'-');
    text::hex(out, low, 12);
}

fn key(out: &mut Vec<u8>, with: &Filling<'_>) {
    let key = with.words.key;
    text::escaped(out, key);
    if !key.is_empty() && !key.ends_with('/') {
        return;
    }
    text::date(out, time::civil(with.millis), b"/");
    out.push(b'/');
    text::hex(out, with.draw, 12);
    let endings: [&[u8]; 4] = [b".json", b".parquet", b".csv.gz", b".webp"];
    out.extend_from_slice(endings[key.len() % 4]);
}

/// A key that cannot be mistaken for a real one: it ends with EXAMPLE, as AWS's own manuals do.
pub(super) fn access_key(out: &mut Vec<u8>, prefix: &[u8], draw: u64) {
    const LETTERS: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    out.extend_from_slice(prefix);
    for place in 0..9 {
        out.push(LETTERS[(draw >> (5 * place)) as usize & 31]);
    }
    out.extend_from_slice(b"EXAMPLE");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_template_is_filled_with_the_same_things_wherever_it_names_them() {
        let words = Words { bucket: "a\"b", key: "in/", target: "말" };
        let with = Filling {
            account: "111122223333",
            region: "eu-west-1",
            millis: 1_772_712_000_000,
            draw: 42,
            words,
        };
        let filled = |template: &str| {
            let mut out = Vec::new();
            fill(&mut out, template, &with);
            String::from_utf8(out).unwrap()
        };
        assert_eq!(filled("no words"), "no words");
        assert_eq!(filled("$A:$R:$b:$t"), "111122223333:eu-west-1:a\\\"b:말");
        assert_eq!(filled("$i"), filled("$i"));
        assert_ne!(filled("$i"), filled("$v"));
        assert!(filled("$k").starts_with("in/2026/03/05/"), "{}", filled("$k"));
        assert_eq!(filled("$q").len(), 36);
        assert!(filled("$a").ends_with("EXAMPLE"));
    }
}
