//! What readers tell of files, in the language of the page.
//!
//! Readers speak English, in whole sentences ([`Problem::message`](crate::model::problem::Problem)):
//! that is what the API gives and what is saved. For a page in another language each sentence that
//! is in the table is said in it; any other stays as it is, and so does text of the log in it.

use std::borrow::Cow;

use super::format::fill;
use crate::state::Language;

/// Names of places whose text is of the reader, and is looked up too. All others hold text of logs
/// and numbers.
const OURS: &[&str] = &["what", "cause", "reason", "choice", "places"];

/// Names of places that hold numbers and nothing else.
const NUMBERS: &[&str] = &["n", "byte"];

/// The message in the language of the page.
pub fn told(message: &str, language: Language) -> Cow<'_, str> {
    match language {
        Language::English => Cow::Borrowed(message),
        Language::Korean => Cow::Owned(in_korean(message)),
    }
}

fn in_korean(message: &str) -> String {
    let (mut said, mut rest) = (String::new(), message);
    while !rest.is_empty() {
        let found =
            KOREAN.iter().find_map(|(english, korean)| Some((places(english, rest)?, korean)));
        let len = match found {
            Some(((len, values), korean)) => {
                let values = values.into_iter().map(|(name, value)| {
                    let ours = OURS.contains(&name);
                    (name, if ours { in_korean(value) } else { value.to_owned() })
                });
                let values: Vec<(&str, String)> = values.collect();
                let values: Vec<(&str, &str)> =
                    values.iter().map(|(name, value)| (*name, value.as_str())).collect();
                said.push_str(&fill(korean, &values));
                len
            },
            None => {
                let len = rest.find(". ").map_or(rest.len(), |it| it + 1);
                said.push_str(&rest[..len]);
                len
            },
        };
        let after = rest[len..].trim_start();
        if !after.is_empty() && after.len() < rest.len() - len {
            said.push(' ');
        }
        rest = after;
    }
    said
}

/// How much of the text a template takes from its beginning, and what stands in its places.
fn places<'a>(
    template: &'static str,
    text: &'a str,
) -> Option<(usize, Vec<(&'static str, &'a str)>)> {
    let mut parts = template.split('{');
    let mut at = text.strip_prefix(parts.next()?).map(|it| text.len() - it.len())?;
    let mut values = Vec::new();
    for part in parts {
        let (name, literal) = part.split_once('}')?;
        let len = if literal.is_empty() { text.len() - at } else { end(&text[at..], literal)? };
        let value = &text[at..at + len];
        let is_number = value.bytes().all(|it| it.is_ascii_digit());
        if NUMBERS.contains(&name) && !is_number || at == 0 && value.contains(". ") {
            return None;
        }
        values.push((name, value));
        at += len + literal.len();
    }
    Some((at, values))
}

/// Where the text goes on with a literal. A point ends a sentence: one in a name does not.
fn end(text: &str, literal: &str) -> Option<usize> {
    let ends = |at: &usize| {
        let rest = &text[at + literal.len()..];
        !literal.ends_with('.') || rest.is_empty() || rest.starts_with(' ')
    };
    text.match_indices(literal).map(|it| it.0).find(ends)
}

/// Of sentences that begin alike the longer one stands first.
#[rustfmt::skip]
const KOREAN: &[(&str, &str)] = &[
    // Whole files.
    ("The file is empty.", "빈 파일입니다."),
    ("The file holds no events: its list of records is empty.", "이벤트가 없습니다. 레코드 목록이 비어 있습니다."),
    ("The file is cut short: {cause}.", "파일이 중간에서 끊겼습니다: {cause}."),
    ("The file is damaged: {cause}.", "파일이 손상되었습니다: {cause}."),
    ("The file was not read to its end: {cause}.", "파일을 끝까지 읽지 않았습니다: {cause}."),
    ("This is no CloudTrail log that can be read: it is {what}.", "읽을 수 있는 CloudTrail 로그가 아닙니다: {what}."),
    ("This looks like {what}, which is not read.", "지원하지 않는 형식입니다: {what}."),
    ("This holds {what}, and no CloudTrail records.", "CloudTrail 레코드가 없습니다. 들어 있는 것: {what}."),
    ("This is a table without CloudTrail events.", "CloudTrail 이벤트가 없는 표입니다."),
    ("This is JSON, but has no list of CloudTrail records.", "JSON이지만 CloudTrail 레코드 목록이 없습니다."),
    ("This is no JSON, or no CloudTrail log.", "JSON이 아니거나 CloudTrail 로그가 아닙니다."),
    ("This is {what}.", "{what}입니다."),
    ("The JSON breaks off at byte {byte}, after {n} records.", "JSON이 바이트 {byte}에서 끊겼습니다(레코드 {n}개 이후)."),
    ("The JSON breaks off at byte {byte}, after {n} record.", "JSON이 바이트 {byte}에서 끊겼습니다(레코드 {n}개 이후)."),
    ("The JSON is wrong at byte {byte}, after {n} records.", "JSON이 바이트 {byte}에서 잘못되었습니다(레코드 {n}개 이후)."),
    ("The JSON is wrong at byte {byte}, after {n} record.", "JSON이 바이트 {byte}에서 잘못되었습니다(레코드 {n}개 이후)."),
    // Archives.
    ("The archive holds no files.", "압축 파일이 비어 있습니다."),
    ("The archive was not read whole: {cause}.", "압축 파일을 끝까지 읽지 못했습니다: {cause}."),
    ("The archive was not read whole, since the load was stopped.", "불러오기를 중단하여 압축 파일을 끝까지 읽지 못했습니다."),
    ("No file in it could be read.", "그 안의 파일을 하나도 읽지 못했습니다."),
    ("One file in it is read.", "그 안의 파일 1개를 읽었습니다."),
    ("It shows {n} files.", "파일 {n}개가 보입니다."),
    ("It shows {n} file.", "파일 {n}개가 보입니다."),
    // Records.
    ("Record {n} was left out: {cause}.", "레코드 {n}을(를) 제외했습니다: {cause}."),
    ("Beside the events there were {n} objects without a CloudTrail record.", "이벤트 외에 CloudTrail 레코드가 없는 객체가 {n}개 있습니다."),
    ("Beside the events there was {n} object without a CloudTrail record.", "이벤트 외에 CloudTrail 레코드가 없는 객체가 {n}개 있습니다."),
    ("The events were kept, with {sign} for what could not be read.", "이벤트는 유지했으며 읽을 수 없는 부분은 {sign}(으)로 표시합니다."),
    ("If another program saved the file, take the one that it was made of.", "다른 프로그램이 저장한 파일이라면 원본 파일을 사용하세요."),
    ("It is kept, but in no span of time and in no chart.", "유지하지만 기간 조건과 차트에는 나타나지 않습니다."),
    ("They are kept, but in no span of time and in no chart.", "유지하지만 기간 조건과 차트에는 나타나지 않습니다."),
    ("A record has the same eventID and account as one in {path}, but different text; both are kept.", "{path}의 레코드와 eventID와 계정은 같지만 내용이 다른 레코드가 있어 둘 다 유지했습니다."),
    // What was kept, and what to do.
    ("No event could be saved.", "건질 수 있는 이벤트가 없습니다."),
    ("The event before that was kept.", "그 앞의 이벤트는 유지했습니다."),
    ("The {n} events before that were kept.", "그 앞의 이벤트 {n}건은 유지했습니다."),
    ("Fetch the file again from where it came.", "원본에서 파일을 다시 받으세요."),
    ("If it is a log, raise the limit in the Files tab and read it again, or split it.", "로그가 맞다면 파일 탭에서 한도를 올려 다시 읽거나 파일을 나누세요."),
    ("Drop the log files of a trail: .json.gz as they lie in the bucket, or .json.", "추적의 로그 파일을 끌어다 놓으세요. 버킷에 있는 그대로의 .json.gz 또는 .json입니다."),
    ("Drop the files of the trail's bucket, or a file with one CloudTrail record a line.", "추적 버킷의 파일이나 한 줄에 CloudTrail 레코드가 하나씩 있는 파일을 끌어다 놓으세요."),
    ("Export the events as JSON or CSV, or drop the files of the trail's bucket.", "이벤트를 JSON이나 CSV로 내보내거나 추적 버킷의 파일을 끌어다 놓으세요."),
    ("Unpack it and drop the files that are in it.", "압축을 풀어 안의 파일을 끌어다 놓으세요."),
    ("Drop it again.", "다시 끌어다 놓으세요."),
    ("Drop the folder again to add the rest.", "나머지를 추가하려면 폴더를 다시 끌어다 놓으세요."),
    ("Drop the files again to read them.", "읽으려면 파일을 다시 끌어다 놓으세요."),
    ("Close the data and drop fewer days or accounts.", "데이터를 닫고 날짜나 계정을 줄여 다시 끌어다 놓으세요."),
    ("Close other tabs and reload the page.", "다른 탭을 닫고 페이지를 새로 고치세요."),
    ("If they are logs, raise it in the Files tab and drop the folder again.", "로그가 맞다면 파일 탭에서 한도를 올리고 폴더를 다시 끌어다 놓으세요."),
    // The browser and the load.
    ("The reader stopped at {path}. Look at the event again; if that does not help, drop the file again.", "{path}에서 리더가 멈췄습니다. 이벤트를 다시 열어 보고, 그래도 안 되면 파일을 다시 끌어다 놓으세요."),
    ("To read {path} again took too long. Look at the event again; if that does not help, drop the file again.", "{path}을(를) 다시 읽는 데 너무 오래 걸렸습니다. 이벤트를 다시 열어 보고, 그래도 안 되면 파일을 다시 끌어다 놓으세요."),
    ("No record is where one was read before: the file has changed since.", "전에 읽은 자리에 레코드가 없습니다. 그 뒤에 파일이 변경되었습니다."),
    ("The browser could not read the file again: {reason}. Drop it again.", "브라우저가 파일을 다시 읽지 못했습니다: {reason}. 다시 끌어다 놓으세요."),
    ("The browser could not read the file: {reason}. Drop it again.", "브라우저가 파일을 읽지 못했습니다: {reason}. 다시 끌어다 놓으세요."),
    ("The browser could not read the file: {reason}. Drop the archive again; if that does not help, unpack it first.", "브라우저가 파일을 읽지 못했습니다: {reason}. 압축 파일을 다시 끌어다 놓으세요. 그래도 안 되면 먼저 압축을 푸세요."),
    ("The browser could not open it ({reason}). Check that it may be read, and drop it again.", "브라우저가 열지 못했습니다({reason}). 읽기 권한을 확인하고 다시 끌어다 놓으세요."),
    ("The reader stopped over this file, twice. Nothing of it was kept; all other files are read. Look whether it is damaged or much too large.", "이 파일에서 리더가 두 번 멈췄습니다. 이 파일은 제외하고 나머지는 모두 읽었습니다. 손상되었거나 너무 큰 파일인지 확인하세요."),
    ("no memory is left for this file's events; load fewer days, regions or accounts at once", "이 파일의 이벤트를 담을 메모리가 없습니다. 한 번에 불러올 날짜, 리전, 계정을 줄이세요"),
    ("Files that were not found yet were not read", "아직 찾지 못한 파일을 읽지 않았습니다"),
    ("1 file was not read", "파일 1개를 읽지 않았습니다"),
    ("1 file, and those that were not found yet, were not read", "파일 1개와 아직 찾지 못한 파일을 읽지 않았습니다"),
    ("1 file was left out, as you chose ({choice}).", "선택에 따라 파일 1개를 제외했습니다({choice})."),
    (", since the load was stopped.", "(불러오기 중단)."),
    (", since the load of {names} was stopped.", "({names} 불러오기 중단)."),
    (": the browser gives no more memory.", ". 브라우저가 메모리를 더 주지 않습니다."),
    (": the files before unpacked to more than the limit of a load.", ". 앞의 파일들이 압축 해제 한도를 넘었습니다."),
    (": the browser could not keep a reader alive.", ". 브라우저가 리더를 유지하지 못했습니다."),
    // Digests.
    ("Changed: its content is not what the digest {digest} recorded.", "변경됨: 내용이 다이제스트 {digest}의 기록과 다릅니다."),
    ("Changed: its content is not what the next digest {digest} recorded.", "변경됨: 내용이 다음 다이제스트 {digest}의 기록과 다릅니다."),
    ("Changed: the signature that the next digest {digest} holds of it does not fit it.", "변경됨: 다음 다이제스트 {digest}에 있는 서명과 맞지 않습니다."),
    ("One of the two was altered.", "둘 중 하나가 변경되었습니다."),
    ("Changed: it is not what the next digest recorded, and cannot be read: {reason}.", "변경됨: 다음 다이제스트의 기록과 다르고 읽을 수도 없습니다: {reason}."),
    ("Missing: the digest {digest} names it, and it is not among the files given.", "누락: 다이제스트 {digest}에 있으나 주어진 파일 중에 없습니다."),
    ("Cannot be checked here because it is no digest: {reason}.", "다이제스트가 아니어서 확인할 수 없습니다: {reason}."),
    ("Cannot be checked here because it could not be read: {reason}.", "읽지 못해 확인할 수 없습니다: {reason}."),
    ("The list of public keys cannot be read: {reason}.", "공개 키 목록을 읽을 수 없습니다: {reason}."),
    ("The signatures of {n} digests cannot be checked here because the public key {key} is not in the list of keys.", "공개 키 {key}이(가) 키 목록에 없어 다이제스트 {n}개의 서명을 확인할 수 없습니다."),
    ("The signatures of {n} digest cannot be checked here because the public key {key} is not in the list of keys.", "공개 키 {key}이(가) 키 목록에 없어 다이제스트 {n}개의 서명을 확인할 수 없습니다."),
    ("Lists are of one region: drop that of {region}.", "키 목록은 리전별입니다. {region}의 목록을 끌어다 놓으세요."),
    // Causes.
    ("its JSON is wrong", "JSON이 잘못됨"),
    ("its line has a quote without an end", "줄에 닫히지 않은 따옴표가 있음"),
    ("the reader stopped over it", "읽는 중에 리더가 멈춤"),
    ("the load was stopped before its end was reached", "끝까지 읽기 전에 불러오기를 중단함"),
    ("the browser has no room for what it unpacks to", "압축을 푼 내용을 담을 공간이 브라우저에 없음"),
    ("it lies in {n} other archives; unpack those first", "다른 압축 파일 {n}겹 안에 있음. 바깥 압축 파일을 먼저 푸세요"),
    ("it ends before its end", "끝나기 전에 데이터가 끊김"),
    ("its bytes are wrong", "데이터가 잘못됨"),
    ("its header is wrong", "헤더가 잘못됨"),
    ("its checksum is wrong, so something in it was changed", "체크섬이 맞지 않음. 내용이 변경됨"),
    ("its checksum is wrong", "체크섬이 맞지 않음"),
    ("something that is no gzip follows its end", "끝 뒤에 gzip이 아닌 데이터가 있음"),
    ("it unpacks to more times its size than any logs would", "로그라고 보기 어려운 압축률"),
    ("it unpacks to more times its size than any log would", "로그라고 보기 어려운 압축률"),
    ("it unpacks to more than the limit for one file", "파일 하나의 압축 해제 한도를 넘음"),
    ("it unpacks to more than the limit for a load", "전체 압축 해제 한도를 넘음"),
    ("it holds more than the limit for one file", "파일 하나의 한도를 넘음"),
    ("it holds more than {n} files", "파일이 {n}개를 넘음"),
    ("it lists more than {n} files", "파일이 {n}개를 넘음"),
    ("there is no memory for it", "메모리가 부족함"),
    ("it is not where the archive says", "압축 파일에 적힌 위치에 없음"),
    ("it is packed in the archive in a way that is not read; unpack the archive", "지원하지 않는 방식으로 압축됨. 먼저 압축을 푸세요"),
    ("the archive breaks off inside it", "압축 파일이 이 파일 안에서 끊김"),
    ("it breaks off inside a header", "헤더 안에서 끊김"),
    ("it breaks off behind its last file, so it may be cut short", "마지막 파일 뒤에서 끊김. 뒷부분이 없을 수 있음"),
    ("it has no mark at its end, so it may be cut short", "끝 표시가 없음. 뒷부분이 없을 수 있음"),
    ("something that is no tar follows its end", "끝 뒤에 tar가 아닌 데이터가 있음"),
    ("where the holes of {path} are is said wrongly", "{path}의 빈 구간 정보가 잘못됨"),
    ("another archive stands before it, whose files are not read; take them apart", "앞에 다른 압축 파일이 붙어 있어 그 안의 파일은 읽지 않음. 두 파일을 나누세요"),
    ("it is damaged ({reason})", "손상됨({reason})"),
    ("something else follows its end", "끝 뒤에 다른 데이터가 있음"),
    ("it breaks off inside its last file", "마지막 파일 안에서 끊김"),
    ("it breaks off, and {cause}", "중간에서 끊겼고 {cause}"),
    ("it breaks off ({reason})", "중간에서 끊김({reason})"),
    ("it breaks off", "중간에서 끊김"),
    ("a header in it is wrong ({reason})", "안의 헤더가 잘못됨({reason})"),
    ("a header in it is wrong", "안의 헤더가 잘못됨"),
    ("the list of its entries, which stands at its end, is missing: it is cut short", "끝에 있어야 할 항목 목록이 없음. 파일이 중간에서 끊김"),
    ("the list of its entries is damaged", "항목 목록이 손상됨"),
    ("it is one part of an archive that was split; put the parts together first", "분할 압축 파일의 한 조각임. 먼저 조각을 합치세요"),
    ("it is no object", "객체가 아님"),
    ("it has nothing that a CloudTrail record has", "CloudTrail 레코드의 필드가 하나도 없음"),
    // What was chosen.
    ("accounts {places}; ", "계정 {places}; "),
    ("accounts {places}", "계정 {places}"),
    ("regions {places}; ", "리전 {places}; "),
    ("regions {places}", "리전 {places}"),
    ("days {from} to {to}; ", "{from} ~ {to}; "),
    ("days {from} to {to}", "{from} ~ {to}"),
    ("only paths that name all of these", "이를 모두 알 수 있는 경로만"),
    ("none", "없음"),
    // Things.
    ("a digest file: it names log files and holds no events", "다이제스트 파일(로그 파일 목록이며 이벤트 없음)"),
    ("a list of public keys: it proves digest files and holds no events", "공개 키 목록(다이제스트 검증용이며 이벤트 없음)"),
    ("the sign file of a query of CloudTrail Lake (result_sign.json): it proves the files of its results and holds no events", "CloudTrail Lake 쿼리의 서명 파일(result_sign.json, 결과 파일 검증용이며 이벤트 없음)"),
    ("events of another system, which share no more than a name with CloudTrail's", "CloudTrail과 필드 이름 하나만 같은 다른 시스템의 이벤트"),
    ("events of another system, such as Okta's", "Okta와 같은 다른 시스템의 이벤트"),
    ("events of Azure's activity log", "Azure 활동 로그의 이벤트"),
    ("notifications of a service, as queues and functions get them", "대기열과 함수가 받는 서비스 알림"),
    ("an event of EventBridge that is none of CloudTrail", "CloudTrail 이벤트가 아닌 EventBridge 이벤트"),
    ("a table with neither the time nor the ID of an event, such as counts by name", "이벤트의 시각도 ID도 없는 표(이름별 집계 등)"),
    ("an event in OCSF, as Security Lake writes them", "OCSF 형식의 이벤트(Security Lake)"),
    ("the output of Athena's get-query-results", "Athena get-query-results의 출력"),
    ("Splunk's rows without the column _raw", "_raw 열이 없는 Splunk 행"),
    ("packed with xz", "xz로 압축된 파일"),
    ("a RAR archive", "RAR 압축 파일"),
    ("a 7-Zip archive", "7-Zip 압축 파일"),
    ("packed more than three times", "세 겹을 넘게 압축된 파일"),
    ("a Parquet file", "Parquet 파일"),
    ("an Avro file", "Avro 파일"),
    ("an ORC file", "ORC 파일"),
    ("a PNG image", "PNG 이미지"),
    ("a JPEG image", "JPEG 이미지"),
    ("a GIF image", "GIF 이미지"),
    ("an image, sound or film", "이미지, 소리 또는 동영상"),
    ("a PDF document", "PDF 문서"),
    ("a SQLite database", "SQLite 데이터베이스"),
    ("a program", "프로그램"),
    ("no text", "텍스트가 아님"),
    ("XML or HTML", "XML 또는 HTML"),
    ("text that is no JSON and no CSV of events", "JSON도 이벤트 CSV도 아닌 텍스트"),
    // Sentences that begin with a number or a name.
    ("{n} more records of this file were left out.", "이 파일의 레코드 {n}개를 더 제외했습니다."),
    ("{n} files in it are read.", "그 안의 파일 {n}개를 읽었습니다."),
    ("{n} files were not read", "파일 {n}개를 읽지 않았습니다"),
    ("{n} files, and those that were not found yet, were not read", "파일 {n}개와 아직 찾지 못한 파일을 읽지 않았습니다"),
    ("{n} files were left out, as you chose ({choice}).", "선택에 따라 파일 {n}개를 제외했습니다({choice})."),
    ("{n} values of this file are no UTF-8.", "이 파일의 값 {n}개가 UTF-8이 아닙니다."),
    ("{n} value of this file is no UTF-8.", "이 파일의 값 {n}개가 UTF-8이 아닙니다."),
    ("{n} events have no readable time.", "이벤트 {n}건의 시간을 읽을 수 없습니다."),
    ("{n} event has no readable time.", "이벤트 {n}건의 시간을 읽을 수 없습니다."),
    ("{n} records have the same eventIDs and accounts as records in {path}, but different text; both are kept.", "{path}의 레코드와 eventID와 계정은 같지만 내용이 다른 레코드가 {n}개 있어 모두 유지했습니다."),
    ("{n} of its files are encrypted; unpack it with its password first", "안의 파일 {n}개가 암호화됨. 먼저 암호로 압축을 푸세요"),
    ("{n} of its files lie over one another, as in a bomb", "안의 파일 {n}개가 서로 겹침(압축 폭탄의 특징)"),
    ("{path} and {n} more in it are larger than the limit for one file, and {cause}", "안의 {path} 외 {n}개가 파일 하나의 한도를 넘음. {cause}"),
    ("{path} and {n} more in it are larger than the limit for one file", "안의 {path} 외 {n}개가 파일 하나의 한도를 넘음"),
    ("{path} in it is larger than the limit for one file, and {cause}", "안의 {path}이(가) 파일 하나의 한도를 넘음. {cause}"),
    ("{path} in it is larger than the limit for one file", "안의 {path}이(가) 파일 하나의 한도를 넘음"),
    ("{list} and {n} more", "{list} 외 {n}"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_sentence_is_found_and_no_other_stands_before_it() {
        for (english, korean) in KOREAN {
            let names: Vec<&str> = english
                .split('{')
                .skip(1)
                .filter_map(|it| it.split_once('}'))
                .map(|it| it.0)
                .collect();
            // Names of files have points.
            let value = |it: &str| if NUMBERS.contains(&it) { "7" } else { "7.json" };
            let values: Vec<(&str, &str)> = names.iter().map(|it| (*it, value(it))).collect();
            let sample = fill(english, &values);
            assert_eq!(in_korean(&sample), fill(korean, &values), "{english}");
        }
    }

    #[test]
    fn what_is_of_the_log_is_not_translated() {
        assert_eq!(
            in_korean(
                "A record has the same eventID and account as one in a program/The file is empty., but different text; both are kept."
            ),
            "a program/The file is empty.의 레코드와 eventID와 계정은 같지만 내용이 다른 레코드가 있어 둘 다 유지했습니다."
        );
        assert_eq!(
            in_korean(
                "7 files were left out, as you chose (accounts 1, 2 and 3 more; regions none; days 2021-07-28 to 2021-07-30). Drop the files again to read them."
            ),
            "선택에 따라 파일 7개를 제외했습니다(계정 1, 2 외 3; 리전 없음; 2021-07-28 ~ 2021-07-30). 읽으려면 파일을 다시 끌어다 놓으세요."
        );
        assert_eq!(in_korean("Unheard of. The file is empty."), "Unheard of. 빈 파일입니다.");
    }
}
