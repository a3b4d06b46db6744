//! Every word of the page, in each of its languages: one line a word.
//!
//! `one|many` are the words for one and for any other number ([`plural`](super::format::plural)).
//! Words with places in braces are templates for [`fill`](super::format::fill). Log text is never
//! translated; names of fields, event names and values are AWS's own in every language.

use crate::state::Language;

/// The words of one language. The page is made anew when the language changes, so that words are
/// plain text everywhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Words {
    /// The language they are of.
    pub(crate) language: Language,
}

macro_rules! words {
    ($( $key:ident: $english:literal, $korean:literal; )*) => {
        impl Words {
            $(
                #[doc = $english]
                pub(crate) fn $key(self) -> &'static str {
                    match self.language {
                        Language::English => $english,
                        Language::Korean => $korean,
                    }
                }
            )*
        }

        #[cfg(test)]
        const ALL: &[(&str, &str, &str)] = &[$( (stringify!($key), $english, $korean) ),*];
    };
}

words! {
    // The bar at the top.
    skip_to_content: "Skip to the content", "본문으로 건너뛰기";
    filter: "Filter", "필터";
    filter_hint: "Filter events, e.g. eventName:Delete* -outcome:success", "이벤트 필터, 예: eventName:Delete* -outcome:success";
    clear_filter: "Clear the filter", "필터 지우기";
    add_data: "Add data", "데이터 추가";
    add_files: "Files…", "파일 선택…";
    add_folder: "Folder…", "폴더 선택…";
    load_sample: "Load sample data", "샘플 데이터 불러오기";
    forget_data: "Forget all data", "모든 데이터 지우기";
    confirm_title: "Forget the data?", "데이터를 지울까요?";
    confirm_sample: "The sample is invented. It is shown instead of your data, not mixed into it. Your files stay as they are; to see them again, drop them again.", "샘플은 가상 데이터입니다. 불러온 데이터와 섞지 않고 대신 보여 줍니다. 파일은 그대로 있으며, 다시 보려면 다시 끌어다 놓거나 선택하세요.";
    confirm_forget: "All that was read is forgotten. Your files stay as they are; to see them again, drop them again.", "읽은 내용을 모두 지웁니다. 파일은 그대로 있으며, 다시 보려면 다시 끌어다 놓거나 선택하세요.";
    sample_instead: "Forget all and load the sample", "모두 지우고 샘플 불러오기";
    keep_data: "Keep my data", "데이터 유지";
    forget: "Forget", "지우기";
    keep: "Keep", "유지";
    export: "Export", "내보내기";
    export_csv: "CSV (columns of the table)", "CSV (표의 열)";
    export_json_lines: "JSON Lines (whole records)", "JSON Lines (레코드 전체)";
    export_what: "{n} event that matches|{n} events that match", "조건에 맞는 이벤트 {n}건";
    exporting: "Writing the file…", "파일을 쓰는 중…";
    exported: "{n} event written to the file|{n} events written to the file", "이벤트 {n}건을 파일로 저장했습니다";
    language: "Language", "언어";
    theme: "Theme", "테마";
    theme_system: "As the system", "시스템 설정";
    theme_light: "Light", "밝게";
    theme_dark: "Dark", "어둡게";
    help: "Help and keys", "도움말과 단축키";
    close: "Close", "닫기";
    more_menu: "Settings", "설정";
    dismiss: "Dismiss", "닫기";

    // The start.
    start_title: "CloudTrail logs in, answers out", "CloudTrail 로그를 넣으면 답이 나옵니다";
    start_lead: "Drop a folder of AWS CloudTrail logs. Filter, count and see what is unusual in seconds, right here in the browser.", "AWS CloudTrail 로그 폴더를 끌어다 놓으세요. 필터링, 집계, 이상 징후 탐지를 브라우저 안에서 몇 초 만에 끝냅니다.";
    drop_here: "Drop folders or files here", "폴더나 파일을 여기에 놓으세요";
    drop_forms: "As they lie in the bucket, in a zip or tar, or as another tool exported them; any number, any depth", "버킷에 저장된 그대로, zip이나 tar로 묶인 것, 다른 도구가 내보낸 것 모두. 개수와 폴더 깊이에 제한이 없습니다";
    drop_release: "Release to add these files", "놓으면 파일이 추가됩니다";
    choose_folder: "Choose a folder", "폴더 선택";
    choose_files: "Choose files", "파일 선택";
    or_try: "No logs at hand? Try a week of an invented organisation:", "로그가 없으신가요? 가상 조직의 일주일을 살펴보세요:";
    point_look_title: "Look", "살펴보기";
    point_look: "A timeline, exact counts for every field, and a table that scrolls through millions of events.", "타임라인, 모든 필드의 정확한 집계, 수백만 건을 넘겨 볼 수 있는 표를 제공합니다.";
    point_unusual_title: "See what is unusual", "이상 징후 보기";
    point_unusual: "Bursts of calls and errors are found against the rest of your own log and told in a sentence.", "호출과 오류의 급증을 나머지 로그와 비교해 찾아내고 한 문장으로 알려 줍니다.";
    point_private_title: "Keep it private", "비공개 유지";
    point_private: "No server, no account, no upload. The page's own policy forbids the browser to send anything anywhere.", "서버도, 계정도, 업로드도 없습니다. 페이지 보안 정책이 외부 전송 자체를 금지합니다.";
    point_verify: "Check it: open the developer tools' network panel, or switch the network off, then drop your logs.", "직접 확인하세요: 개발자 도구의 네트워크 탭을 열거나 네트워크를 끊은 뒤 로그를 놓아 보세요.";
    privacy_line: "Nothing leaves this browser", "데이터는 이 브라우저를 벗어나지 않습니다";
    link_waits_title: "This link holds a view. It needs the logs.", "이 링크에는 보기가 담겨 있습니다. 로그가 필요합니다.";
    link_waits: "Links carry the question, never the data. Drop the same logs again and this view opens.", "링크에는 질문만 담기고 데이터는 담기지 않습니다. 같은 로그를 다시 끌어다 놓거나 선택하면 이 보기가 열립니다.";
    link_range: "Time range", "시간 범위";
    link_event: "Event", "이벤트";
    link_nothing: "all events", "모든 이벤트";
    link_drop_range: "Logs that cover {range} are enough.", "{range} 구간의 로그만 있으면 됩니다.";
    no_events_title: "No events in what you dropped", "놓은 파일에 이벤트가 없습니다";
    cancelled_title: "Cancelled: no event was read", "취소했습니다. 읽은 이벤트가 없습니다";
    cancelled_files: "{n} file was not read. Drop or choose it again to read it.|{n} files were not read. Drop or choose them again to read them.", "파일 {n}개를 읽지 않았습니다. 읽으려면 다시 끌어다 놓거나 선택하세요.";
    cancelled_early: "Nothing was found by then. Drop or choose the files again to read them.", "아직 찾은 파일이 없었습니다. 읽으려면 파일을 다시 끌어다 놓거나 선택하세요.";
    nothing_opened: "No file could be looked at. What was found instead:", "확인할 수 있는 파일이 없었습니다. 확인된 내용:";
    no_events: "{files} file was looked at, and it holds no CloudTrail events. What was found instead:|{files} files were looked at and none holds CloudTrail events. What was found instead:", "파일 {files}개를 확인했지만 CloudTrail 이벤트가 없습니다. 확인된 내용:";

    // Loading and what came of it.
    walking_begun: "Looking through folders…", "폴더를 살펴보는 중…";
    walking: "Looking through folders: {amount} so far", "폴더를 살펴보는 중: {amount}";
    walking_asks: "You choose what is read when all is found", "모두 찾은 뒤 읽을 범위를 선택합니다";
    looking: "Looking into archives: {done} of {total}, files in them so far: {files}", "압축 파일을 살펴보는 중: {total}개 중 {done}개, 그 안의 파일 {files}개";
    about_events: "about {n} event|about {n} events", "이벤트 약 {n}건";
    amount: "{files} file, {bytes}, {events}, about {memory} of memory|{files} files, {bytes}, {events}, about {memory} of memory", "파일 {files}개, {bytes}, {events}, 메모리 약 {memory}";
    sampling: "Making the sample organisation…", "샘플 조직을 만드는 중…";
    progress_files: "{done} of {total} files", "파일 {done} / {total}";
    progress_bytes: "{done} of {total}", "{done} / {total}";
    progress_events: "{n} event|{n} events", "이벤트 {n}건";
    progress_expected: "about {n} to come, {memory} of memory in all", "앞으로 약 {n}건, 메모리 총 {memory}";
    progress_read: "{n} read", "{n}건 읽음";
    progress_rate: "{n} events/s", "초당 {n}건";
    progress_left: "{time} left", "{time} 남음";
    pause: "Pause", "일시 중지";
    resume: "Resume", "계속";
    then_waits: "then: {what}", "다음: {what}";
    more_wait: "1 more drop waits|{n} more drops wait", "대기 중인 항목 {n}개";
    files_n: "1 file|{n} files", "파일 {n}개";
    nothing_in: "The folder holds no files: {names}", "폴더에 파일이 없습니다: {names}";
    nothing_in_it: "The folder holds no files.", "폴더에 파일이 없습니다.";
    paused: "Paused", "일시 중지됨";
    cancel: "Cancel", "취소";
    choose_first: "Choose accounts, regions and days before reading", "읽기 전에 계정, 리전, 날짜 선택";
    choose_rest: "Choose what is read…", "읽을 범위 선택…";
    choice_title: "What is to be read?", "무엇을 읽을까요?";
    choice_lead_first: "Nothing of this file was read yet. What you leave out is named in the report, and is read when you drop it again.|Nothing of these {n} files was read yet. What you leave out is named in the report, and is read when you drop it again.", "이 파일 {n}개는 아직 읽지 않았습니다. 제외한 파일은 보고서에 표시되며, 다시 끌어다 놓거나 선택하면 읽습니다.";
    choice_lead_asked: "Reading waits while you choose. This is what was not read yet.", "선택하는 동안 읽기를 멈춥니다. 다음은 아직 읽지 않은 파일입니다.";
    choice_lead_newest: "This is more than memory holds: {memory} are left. The newest days that fit are chosen for you.", "메모리에 담을 수 있는 양을 넘습니다. 남은 메모리는 {memory}입니다. 담을 수 있는 가장 최근 날짜를 선택해 두었습니다.";
    choice_lead_too_much: "This is more than memory holds: {memory} are left. Choose a part of it.", "메모리에 담을 수 있는 양을 넘습니다. 남은 메모리는 {memory}입니다. 일부만 선택하세요.";
    choice_found: "Found: {amount}.", "발견: {amount}.";
    choice_chosen: "Chosen: {amount}.", "선택: {amount}.";
    choice_warning: "This may be more than the {memory} of memory that are left. Reading stops when memory is full; what was read stays.", "남은 메모리 {memory}보다 많을 수 있습니다. 메모리가 가득 차면 읽기를 멈추고, 읽은 내용은 그대로 둡니다.";
    choice_accounts: "Accounts", "계정";
    choice_regions: "Regions", "리전";
    choice_days: "Days (UTC)", "날짜 (UTC)";
    choice_from: "From", "시작";
    choice_to: "To", "끝";
    choice_days_note: "Files of the hour after the last day are read too, since they hold its last events.", "마지막 날의 이벤트가 들어 있는 다음 한 시간의 파일도 함께 읽습니다.";
    choice_chart: "Events by day, {first} to {last}", "날짜별 이벤트, {first}부터 {last}까지";
    choice_unnamed: "Files whose paths do not name account, region and day", "경로에 계정, 리전, 날짜가 모두 나와 있지 않은 파일";
    choice_count: "{files} file, {events}|{files} files, {events}", "파일 {files}개, {events}";
    choice_search: "Search", "검색";
    choice_all: "All", "모두";
    choice_none: "None", "없음";
    choice_read: "Read these", "선택한 것 읽기";
    choice_stop: "Do not read", "읽지 않기";
    choice_read_all: "Read all", "모두 읽기";
    choice_read_full: "Read until memory is full", "메모리가 찰 때까지 읽기";
    heard_started: "Loading started.", "불러오기를 시작했습니다.";
    heard_paused: "Loading is paused.", "불러오기를 일시 중지했습니다.";
    heard_ended: "Loading ended: {events}, {files}, {problems}.", "불러오기를 마쳤습니다: {events}, {files}, {problems}.";
    heard_events: "{n} event kept|{n} events kept", "보관한 이벤트 {n}건";
    heard_files: "{n} file read|{n} files read", "읽은 파일 {n}개";
    heard_problems: "{n} problem|{n} problems", "문제 {n}건";
    heard_left_out: "{n} file was not read.|{n} files were not read.", "파일 {n}개를 읽지 않았습니다.";
    loading_progress: "Loading progress", "불러오기 진행 상황";
    sum_files: "file read|files read", "읽은 파일";
    sum_kept: "event kept|events kept", "보관한 이벤트";
    sum_duplicates: "duplicate dropped|duplicates dropped", "제거한 중복";
    sum_refused: "unreadable", "읽을 수 없는 레코드";
    sum_problems: "problem|problems", "문제";
    sum_range: "UTC, first to last event", "UTC, 첫 이벤트부터 마지막 이벤트까지";
    summary: "What was loaded", "불러온 데이터";

    // Notices.
    engine_starting: "Starting the engine…", "엔진 시작 중…";
    engine_working: "Working…", "처리 중…";
    engine_ready: "Ready", "준비됨";
    engine_restarted: "The engine stopped while doing this: {doing}. A new one is reading your files again; that question is not repeated.", "다음 작업 중 엔진이 멈췄습니다: {doing}. 새 엔진이 파일을 다시 읽고 있으며, 그 질문은 반복하지 않습니다.";
    engine_read_again: "The engine stopped while doing this: {doing}. A new one has read your files again; that question was not repeated.", "다음 작업 중 엔진이 멈췄습니다: {doing}. 새 엔진이 파일을 다시 읽었으며, 그 질문은 반복하지 않았습니다.";
    engine_failed: "The engine cannot run: {message}", "엔진을 실행할 수 없습니다: {message}";
    engine_stop: "Restart the engine", "엔진 다시 시작";
    data_full: "Memory is full: the events shown are complete as far as they go, and no more files are read. Narrow down what you load.", "메모리가 가득 찼습니다. 지금까지 읽은 이벤트는 온전하며 더 읽지 않습니다. 불러올 범위를 줄여 주세요.";
    update_ready: "A new version is ready.", "새 버전이 준비되었습니다.";
    update_now: "Reload", "새로 고침";
    updating: "Updating…", "갱신 중…";

    // Failures.
    failed_title: "This could not be answered", "답을 구하지 못했습니다";
    failed_bad_argument: "The question does not make sense: {message}", "질문이 올바르지 않습니다: {message}";
    failed_not_found: "There is no such event in the loaded logs: {message}. It may be in files that were not dropped.", "불러온 로그에 그런 이벤트가 없습니다: {message}. 아직 놓지 않은 파일에 있을 수 있습니다.";
    failed_memory: "This needs about {needed} of memory and {free} are left. Narrow the filter or the time range.", "약 {needed}의 메모리가 필요하지만 {free}만 남아 있습니다. 필터나 시간 범위를 좁혀 주세요.";
    failed_engine: "The analysis failed: {message}. The data is untouched; change the question and go on.", "분석에 실패했습니다: {message}. 데이터는 그대로이니 질문을 바꿔 계속하세요.";
    failed_stopped: "The engine stopped over this question. A new one reads the files again by itself.", "이 질문을 처리하다 엔진이 멈췄습니다. 새 엔진이 파일을 자동으로 다시 읽습니다.";
    failed_cancelled: "Cancelled.", "취소했습니다.";
    failed_mismatch: "The page and its engine are of different builds. Reload the page.", "페이지와 엔진의 버전이 다릅니다. 페이지를 새로 고치세요.";

    // What is wrong with a filter.
    filter_error_here: "The last good filter stays in force.", "마지막으로 올바른 필터가 적용된 상태입니다.";
    filter_unknown_field: "There is no field {name}. Did you mean {nearest}? To search for the text itself, put it in quotes.", "{name} 필드는 없습니다. {nearest} 필드를 찾으셨나요? 글자 그대로 찾으려면 따옴표로 감싸세요.";
    filter_json_path: "{name} is not a column. Filter by a column of the table; paths into the JSON are not understood yet.", "{name} 열은 없습니다. 표에 있는 열로 필터링하세요. JSON 경로는 아직 지원하지 않습니다.";
    filter_missing_value: "{field} needs a value right after it, such as {field}:abc, or {field}:* for any value.", "{field} 바로 뒤에 값이 필요합니다. 예: {field}:abc, 아무 값이나: {field}:*";
    filter_bad_time: "{text} is not a time. Write it like 2021-07-30, 2021-07-30T16:05 or 2021-07-30T16:05:09Z.", "'{text}'은(는) 시간 형식이 아닙니다. 2021-07-30, 2021-07-30T16:05, 2021-07-30T16:05:09Z처럼 쓰세요.";
    filter_bad_number: "{text} is not a number. < and > compare numbers, and eventTime with times.", "'{text}'은(는) 숫자가 아닙니다. <와 >는 숫자를 비교하고, eventTime은 시간과 비교합니다.";
    filter_unclosed_quote: "This quote is not closed. Add \" at its end, or write \\\" for the sign itself.", "따옴표가 닫히지 않았습니다. 끝에 \"를 붙이거나, 글자 자체라면 \\\"로 쓰세요.";
    filter_unclosed_parenthesis: "This parenthesis is not closed. Add ) or put the text in quotes.", "괄호가 닫히지 않았습니다. )를 붙이거나 따옴표로 감싸세요.";
    filter_unexpected_parenthesis: "This parenthesis does not belong here. Take it away, or put the text in quotes.", "여기에 괄호가 올 수 없습니다. 지우거나 따옴표로 감싸세요.";
    filter_missing_operand: "{operator} needs a condition to work on. Add one, or put it in quotes to search for the word.", "{operator} 다음에 조건이 필요합니다. 조건을 쓰거나, 단어로 찾으려면 따옴표로 감싸세요.";
    filter_only_or: "Only OR can stand between the values of one field. Give {operator} a condition of its own.", "한 필드의 값 사이에는 OR만 쓸 수 있습니다. {operator} 조건은 따로 쓰세요.";
    filter_not_comparable: "Values of {field} are neither larger nor smaller than others. Write {field}:value instead.", "{field} 값은 크기를 비교할 수 없습니다. {field}:값 형태로 쓰세요.";
    filter_too_deep: "These parentheses are nested too deeply. Write the filter with fewer of them.", "괄호가 너무 깊게 중첩되었습니다. 줄여서 쓰세요.";

    // The timeline.
    timeline: "Events over time", "시간별 이벤트";
    timeline_keys: "Arrow keys move, Shift with arrows selects, Enter zooms in, Backspace zooms out", "화살표로 이동, Shift+화살표로 선택, Enter로 확대, Backspace로 축소";
    timeline_empty: "No matching event has a time", "조건에 맞고 시간이 있는 이벤트가 없습니다";
    timeline_step: "{step} per bar", "막대당 {step}";
    timeline_drag: "Drag to zoom", "끌어서 확대";
    all_time: "All time", "전체 기간";
    zoom_out: "Zoom out", "축소";
    no_outcome: "no outcome", "결과 없음";
    other_values: "other", "기타";
    events_n: "{n} event|{n} events", "이벤트 {n}건";
    of_loaded: "of {n}", "/ {n}";
    matching: "{n}{of} event matches|{n}{of} events match", "{n}{of}건 일치";
    incident_at: "Unusual: {what}", "이상 징후: {what}";

    // Facets.
    facets: "Fields", "필드";
    show_facets: "Fields", "필드";
    no_value: "no value", "값 없음";
    facet_more: "Show more", "더 보기";
    facet_less: "Show fewer", "줄이기";
    facet_distinct: "{n} value|{n} different values", "서로 다른 값 {n}개";
    facet_search: "Search values of {field}", "{field} 값 검색";
    facet_search_short: "Search values", "값 검색";
    facet_empty: "No matching event has this field", "이 필드가 있는 이벤트가 없습니다";
    facet_nothing_found: "No value holds this text", "이 글자가 들어간 값이 없습니다";
    group_by_this: "Group by this", "이 필드로 묶기";
    facet_menu: "More for {field}", "{field} 추가 기능";
    add_column: "Show as a column", "열로 표시";
    value_only: "Selected: only this value", "이 값만 선택됨";
    value_not: "Left out", "제외됨";

    // Tabs.
    tabs: "Views", "보기";
    tab_events: "Events", "이벤트";
    tab_groups: "Groups", "그룹";
    tab_insights: "Insights", "이상 징후";
    tab_files: "Files", "파일";

    // The table.
    table_label: "Matching events", "일치하는 이벤트";
    columns: "Columns", "열";
    columns_default: "Default columns", "기본 열";
    table_empty: "No event matches", "일치하는 이벤트가 없습니다";
    table_empty_hint: "Remove a condition or widen the time range.", "조건을 지우거나 시간 범위를 넓혀 보세요.";
    reset_view: "Show everything", "모두 보기";
    only_this: "Only this", "이 값만";
    not_this: "Not this", "이 값 제외";
    copy: "Copy", "복사";
    copied: "Copied", "복사했습니다";
    resize_column: "Width of {field}", "{field} 열 너비";
    position: "{first}–{last} of {total}", "{first}–{last} / {total}";

    // One event.
    detail: "Event", "이벤트";
    detail_tree: "Fields", "필드";
    detail_raw: "Raw", "원본";
    detail_file: "File", "파일";
    detail_loading: "Reading the record from its file…", "파일에서 레코드를 읽는 중…";
    detail_waiting: "Waits until all files are read…", "모든 파일을 읽을 때까지 기다리는 중…";
    detail_not_json: "This record cannot be shown as a tree. The raw text is complete.", "이 레코드는 트리로 표시할 수 없습니다. 원본 텍스트는 온전합니다.";
    previous_event: "Previous event", "이전 이벤트";
    next_event: "Next event", "다음 이벤트";
    copy_record: "Copy the record", "레코드 복사";
    copy_value: "Copy the value", "값 복사";
    save_record: "Save", "저장";
    expand_all: "Unfold all", "모두 펼치기";
    collapse_all: "Fold all", "모두 접기";
    items_1: "1 item", "항목 1개";
    items_n: "{n} items", "항목 {n}개";
    fields_1: "1 field", "필드 1개";
    fields_n: "{n} fields", "필드 {n}개";
    show_all_lines: "Show all {n} lines", "{n}줄 모두 보기";
    fold: "Fold {name}", "{name} 접기";
    unfold: "Unfold {name}", "{name} 펼치기";

    // Groups.
    group_first: "Group by", "묶을 필드";
    group_second: "then by", "다음 필드";
    group_none: "(no second field)", "(없음)";
    group_count: "Events", "이벤트";
    group_principals: "Principals", "주체";
    group_first_seen: "First", "처음";
    group_last_seen: "Last", "마지막";
    group_errors: "Errors", "오류";
    groups_n: "{n} group|{n} groups", "그룹 {n}개";
    groups_empty: "Nothing to group: no event matches", "묶을 것이 없습니다. 일치하는 이벤트가 없습니다";
    previous_page: "Previous page", "이전 페이지";
    next_page: "Next page", "다음 페이지";
    groups_label: "Groups of events", "이벤트 그룹";

    // Insights.
    insights_title: "What is unusual", "이상 징후";
    insights_tested: "{levels} levels, {series} series, {days} days covered, {missing} missing", "수준 {levels}개, 시계열 {series}개, {days}일 분석, 누락 {missing}일";
    insights_tested_how: "Each series of counts was compared with the rest of itself, before and after.", "각 시계열을 그 앞뒤의 나머지 기간과 비교했습니다.";
    insights_more: "Show {count} less surprising ones", "덜 두드러진 {count}개 더 보기";
    insights_none_title: "Nothing above chance", "우연을 넘는 이상 징후가 없습니다";
    insights_none: "That is not proof that nothing happened: a rare single act is no burst.", "아무 일도 없었다는 증거는 아닙니다. 드문 단일 행위는 급증이 아닙니다.";
    insights_all_muted: "All {n} that were found are muted.", "찾은 {n}개가 모두 숨겨져 있습니다.";
    insights_keys: "j and k move through the incidents, Enter unfolds one.", "j와 k로 이동하고 Enter로 펼칩니다.";
    strip_label: "Incidents over time; a click unfolds one. The list below says the same.", "시간별 이상 징후. 클릭하면 펼쳐집니다. 아래 목록과 같은 내용입니다.";
    strip_others: "{n} other|{n} others", "그 외 {n}개";
    strip_coverage: "Coverage", "로그 범위";
    strip_hole: "No log", "로그 없음";
    cut_label: "How many are listed", "표시할 개수";
    cut_fewer: "Fewer", "적게";
    cut_more: "More", "많이";
    cut_count: "{n} listed, about {rate} a day", "{n}개 표시, 하루 약 {rate}개";
    cut_levels: "Found by", "탐지 기준";
    cut_reads: "Reads", "읽기 호출";
    cut_reads_hint: "Incidents of Get, List, Describe and the like alone", "Get, List, Describe 등 읽기만 있는 이상 징후";
    level_api: "API", "API";
    level_principal_service: "principal × service", "주체 × 서비스";
    level_principal_api: "principal × API", "주체 × API";
    level_api_error: "API × error", "API × 오류";
    insights_wait: "Looking for what is unusual…", "이상 징후를 찾는 중…";
    insights_after_load: "Starts with the first events.", "첫 이벤트가 들어오면 시작합니다.";
    insights_expected: "By chance, about one of {n} logs like this one would show it.", "우연이라면 이런 로그 약 {n}개 중 하나에서나 나타납니다.";
    insights_expected_never: "By chance, less than one of a billion logs like this one would show it.", "우연이라면 이런 로그 10억 개 중 하나에서도 나타나기 어렵습니다.";
    insights_expected_often: "A log like this one may show it by chance.", "이런 로그에서는 우연히 나타날 수도 있습니다.";
    insights_show: "Show these events", "이 이벤트 보기";
    insights_details: "Details", "자세히";
    insights_regions: "{n} region|{n} regions", "리전 {n}개";
    insights_series: "{n} series", "시계열 {n}개";
    sentence_calls: "{who} made {count} {what} calls in {time} ({span}).", "{who}: {time} 동안 {what} 호출 {count}건 ({span}).";
    sentence_errors: "{who}: {count} {what} calls failed in {time} ({span}).", "{who}: {time} 동안 {what} 호출 실패 {count}건 ({span}).";
    sentence_calls_all: "{count} {what} calls were made in {time} ({span}).", "{time} 동안 {what} 호출 {count}건 ({span}).";
    sentence_errors_all: "{count} {what} calls failed in {time} ({span}).", "{time} 동안 {what} 호출 실패 {count}건 ({span}).";
    sentence_gap: "{what} by {who} comes every {period}, and did not come {n} times ({span}).", "{who}의 {what} 호출은 {period}마다 반복되지만 {n}번 없었습니다 ({span}).";
    sentence_late: "{what} by {who} comes every {period}, and was late {n} times ({span}).", "{who}의 {what} 호출은 {period}마다 반복되지만 {n}번 늦었습니다 ({span}).";
    sentence_extra: "{what} by {who} comes every {period}, and came {n} times when it was not due ({span}).", "{who}의 {what} 호출은 {period}마다 반복되지만 예정에 없이 {n}번 있었습니다 ({span}).";
    sentence_silence: "{who} made no {what} calls for {time} ({span}), where about {n} were to be expected.", "{who}: {time} 동안 {what} 호출이 없었습니다 ({span}). 평소라면 약 {n}건입니다.";
    sentence_new: "{who} used {field} {value} for the first time ({span}), after {n} hours with other activity.", "{who}: {field} {value}을(를) 처음 사용했습니다 ({span}). 그전에 활동한 시간은 {n}시간입니다.";
    everyone: "everyone", "모든 주체";
    sentence_rest: "The rest of the log has at most {record} in {step}.", "나머지 로그에서는 {step} 동안 최대 {record}건입니다.";
    sentence_rest_none: "The rest of the log has none.", "나머지 로그에는 없습니다.";
    sentence_outside: "Outside of {span} the log has at most {record} in {step}.", "{span} 밖의 로그에서는 {step} 동안 최대 {record}건입니다.";
    sentence_outside_none: "Outside of {span} the log has none.", "{span} 밖의 로그에는 없습니다.";
    title_burst: "Burst of calls", "호출 급증";
    title_provisioning: "Burst of provisioning", "리소스 생성 급증";
    title_limits: "Running into limits", "한도 초과";
    title_iam: "Burst of IAM changes", "IAM 변경 급증";
    title_probing: "Probing for permissions", "권한 탐색";
    title_errors: "Burst of errors", "오류 급증";
    title_gap: "Gap in a periodic job", "정기 작업 누락";
    title_late: "Periodic job came late", "정기 작업 지연";
    title_extra: "Periodic job came between its times", "정기 작업 추가 실행";
    title_silence: "Silence", "활동 중단";
    title_new: "Never seen before", "처음 보는 활동";
    tier_info: "Info", "참고";
    tier_low: "Low", "낮음";
    tier_medium: "Medium", "보통";
    tier_high: "High", "높음";
    tier_critical: "Critical", "심각";
    measure_calls: "calls", "호출";
    measure_errors: "errors", "오류";
    series_rate: "{count} in {time}, usually {base} an hour", "{time} 동안 {count}건, 평소 시간당 {base}건";
    attribution_new: "NEW", "처음";
    chart_label: "Counts around it; the largest bar has {n}", "전후 건수. 가장 큰 막대는 {n}건";

    chart_said: "Counts from {span}: the largest is {n}, the largest outside of the incident {record}. The table below has all.", "{span} 건수: 최대 {n}건, 이상 징후 밖에서는 최대 {record}건. 아래 표에 전체가 있습니다.";
    chart_incident: "incident", "이상 징후";
    chart_band: "expected (90 in 100)", "예상 범위 (90%)";
    chart_record: "record otherwise: {n}", "그 외 최대: {n}";
    chart_missed: "missed, late or not due", "누락, 지연 또는 예정 외";
    chart_scale: "Scale", "눈금";
    chart_linear: "Linear", "선형";
    chart_log: "Log", "로그";
    chart_as_table: "As a table", "표로 보기";
    chart_time: "Time (UTC)", "시간 (UTC)";
    chart_count: "Count", "건수";
    chart_expected: "Expected", "예상";
    why_title: "Why it is flagged", "탐지 이유";
    why_actual: "Actual", "실제";
    why_typical: "Typical", "평소";
    why_ratio: "Ratio", "배율";
    why_record: "Record", "최대 기록";
    why_record_of: "at most {n} in {time} at other times", "다른 때는 {time} 동안 최대 {n}건";
    why_record_none: "none in {time} at other times", "다른 때는 {time} 동안 없음";
    why_window: "Window", "구간";
    why_season: "compared by hour and weekday", "시간대와 요일 반영";
    why_season_not: "whatever the hour and the day", "시간대와 요일 무관";
    why_in_time: "{n} in {time}", "{time} 동안 {n}건";
    why_failed: "{errors} of {calls} calls failed ({share})", "호출 {calls}건 중 {errors}건 실패 ({share})";
    why_period: "Period", "주기";
    why_moments: "Times", "시각";
    why_last_seen: "Last seen", "마지막 관측";
    why_next_due: "Next due", "다음 예정";
    why_new: "New value", "새 값";
    why_known_for: "Known for", "관측 기간";
    why_active_hours: "{n} hour with activity before|{n} hours with activity before", "이전 활동 {n}시간";
    why_chance: "Model estimate", "모델 추정";
    why_baseline: "Baseline", "기준";
    why_baseline_of: "{n} in {time} before it, {hourly} an hour", "직전 {time} 동안 {n}건, 시간당 {hourly}건";
    contrast_title: "Who, what and where", "누가, 무엇을, 어디서";
    contrast_now: "in the incident", "이상 징후 중";
    contrast_else: "at other times", "다른 때";
    contrast_counts: "{n} in the incident, {m} at other times", "이상 징후 중 {n}건, 다른 때 {m}건";
    contrast_click: "Click: only this. Shift-click: not this.", "클릭: 이 값만. Shift+클릭: 이 값 제외.";
    events_around: "Events ± 1 minute", "전후 1분의 이벤트";
    events_around_hint: "All that the same principal did then, or all of the service", "같은 주체의 모든 이벤트, 주체가 없으면 서비스 전체";
    events_only_api: "Only this API", "이 API만";
    records_title: "As CloudTrail Insights would write it (Start and End)", "CloudTrail Insights 형식 (Start, End)";
    agreement_both: "CloudTrail Insights too", "CloudTrail Insights도 탐지";
    agreement_ours: "not in CloudTrail Insights", "CloudTrail Insights에는 없음";

    mute_title: "Normal? Mute it…", "정상인가요? 숨기기…";
    mute_what: "{what} is not listed any more. It stays in this browser and can be undone below the list.", "{what}을(를) 더 이상 표시하지 않습니다. 이 브라우저에만 저장되며 목록 아래에서 되돌릴 수 있습니다.";
    mute_reason: "Reason", "이유";
    mute_always: "Mute", "숨기기";
    mute_from: "Normal from here on", "이후로는 정상으로 보기";
    mute_said: "Muted", "숨겼습니다";
    mute_since: "from {time} on", "{time} 이후";
    mute_undo: "Undo", "되돌리기";
    mute_count: "Muted: {n} incident is left out|Muted: {n} incidents are left out", "숨김: 이상 징후 {n}개 제외";
    recorded_title: "CloudTrail Insights", "CloudTrail Insights";
    recorded_count: "{n} in these files, {both} of them with an incident above.", "파일에 {n}개, 그중 {both}개는 위의 이상 징후와 일치.";
    recorded_records: "Its records", "원본 레코드";
    recorded_theirs: "only CloudTrail Insights", "CloudTrail Insights만 탐지";
    recorded_below: "found too, but not listed above", "탐지했으나 위 목록에 없음";
    recorded_rates: "{now} a minute, {else} in its baseline", "분당 {now}건, 기준 {else}건";
    export_incidents_csv: "CSV", "CSV";
    export_incidents_json: "JSON", "JSON";
    export_incidents: "Export what is listed", "표시된 목록 내보내기";
    chart_png: "PNG", "PNG";
    insights_so_far: "So far: files are still being read.", "현재까지의 결과입니다. 파일을 아직 읽고 있습니다.";

    // Files.
    files_title: "What was read", "읽은 내용";
    files_found: "Files found", "찾은 파일";
    files_read: "Files read", "읽은 파일";
    files_skipped: "Files skipped", "건너뛴 파일";
    files_failed: "Files failed", "실패한 파일";
    events_read: "Events read", "읽은 이벤트";
    events_kept: "Events kept", "보관한 이벤트";
    events_duplicates: "Duplicates dropped", "제거한 중복";
    events_rejected: "Unreadable records", "읽을 수 없는 레코드";
    bytes_compressed: "Size of the files", "파일 크기";
    bytes_json: "Size unpacked", "압축 해제 크기";
    load_time: "Time to load", "불러온 시간";
    memory_used: "Memory of the engine", "엔진 메모리";
    save_csv: "Save as CSV", "CSV로 저장";
    coverage_title: "What is there, and what is not", "있는 기간과 없는 기간";
    coverage_label: "Events by account, region and day. Arrow keys move, Enter shows the events.", "계정, 리전, 날짜별 이벤트. 화살표로 이동하고 Enter로 이벤트를 봅니다.";
    coverage_lead_days: "One cell is a UTC day. A click shows its events; zoom in to 3 days or less to see hours.", "한 칸은 UTC 하루입니다. 클릭하면 해당 이벤트를 보여 줍니다. 3일 이하로 확대하면 시간별로 표시합니다.";
    coverage_lead_hours: "One cell is an hour (UTC). A click shows its events.", "한 칸은 한 시간(UTC)입니다. 클릭하면 해당 이벤트를 보여 줍니다.";
    coverage_cut: "Only the busiest {n} days are drawn, since some times lie far apart. Zoom in on the timeline for others.", "시간이 멀리 떨어져 있어 가장 활발한 {n}일만 그립니다. 다른 기간은 타임라인에서 확대하세요.";
    coverage_none: "Nothing with a time was loaded.", "시간이 있는 데이터가 없습니다.";
    coverage_files: "{n} file|{n} files", "파일 {n}개";
    coverage_empty: "{n} file without events|{n} files without events", "이벤트 없는 파일 {n}개";
    coverage_left_out: "{n} file that was not read|{n} files that were not read", "읽지 않은 파일 {n}개";
    coverage_failed: "{n} file that could not be read|{n} files that could not be read", "읽지 못한 파일 {n}개";
    coverage_missing: "{n} file that a digest names and that was not given|{n} files that a digest names and that were not given", "다이제스트에는 있으나 없는 파일 {n}개";
    coverage_duplicates: "{n} duplicate|{n} duplicates", "중복 {n}건";
    coverage_hours: "{n} of {of} hours", "{of}시간 중 {n}시간";
    coverage_fewer: "few events", "적음";
    coverage_more: "many", "많음";
    coverage_loaded: "files without events", "이벤트 없는 파일만 있음";
    coverage_silent: "silent: only a digest; checking the chain tells whether it names logs", "무활동: 다이제스트만 있음. 체인을 검사하면 로그 누락 여부를 알 수 있음";
    coverage_quiet: "quiet: nothing, as at other times of this log", "조용함: 다른 시간대에도 있는 공백";
    coverage_outside: "outside of what was loaded", "불러온 범위 밖";
    coverage_hole: "hole: nothing is there, though there should be", "누락 구간: 있어야 할 데이터가 없음";
    coverage_lacking: "incomplete: files failed or are missing", "불완전: 읽지 못했거나 빠진 파일 있음";
    coverage_only_left_out: "left out: not chosen, or not read since a load was stopped", "제외: 선택하지 않았거나 불러오기를 중지해 읽지 않음";
    coverage_rows: "Accounts and regions {first}–{last} of {total}", "계정과 리전 {first}–{last} / {total}";
    holes_title: "{n} hole|{n} holes", "누락 구간 {n}개";
    holes_title_none: "No holes", "누락 구간 없음";
    holes_none: "No gap between the first and the last event is longer than this log usually has.", "첫 이벤트와 마지막 이벤트 사이에 이 로그의 평소 공백보다 긴 공백이 없습니다.";
    holes_none_but_incomplete: "No gap is longer than this log usually has. But files failed, were left out or are missing: see the incomplete cells.", "평소보다 긴 공백은 없지만 읽지 못했거나 제외했거나 빠진 파일이 있습니다. 불완전한 칸을 확인하세요.";
    holes_first: "The {n} longest are listed.", "가장 긴 {n}개를 표시합니다.";
    hole_all_regions: "all regions", "모든 리전";
    hole_account: "nothing of the account is there, for much longer than it is ever silent", "이 계정의 평소 공백보다 훨씬 오래 아무것도 없음";
    hole_region: "nothing of this busy region is there", "활발한 이 리전의 데이터가 없음";
    hole_no_digest: "no file is there, and no digest either, though digests come every hour", "매시간 생기는 다이제스트도 로그 파일도 없음";
    hole_show: "Look at this time", "이 시간대 보기";
    repeats_title: "Duplicates", "중복";
    repeats_lead: "Records that repeat another: {n}, in pairs of files: {pairs}. Each such event counts once; the record in the first file by path is kept.", "다른 레코드와 같은 레코드: {n}개, 파일 쌍: {pairs}개. 이런 이벤트는 한 번만 세며 경로 순으로 첫 파일의 레코드를 보관합니다.";
    repeats_differ: "Records with the eventID and account of another, but different content: {n}. Each of them is kept.", "다른 레코드와 eventID와 계정이 같지만 내용이 다른 레코드: {n}개. 모두 보관했습니다.";
    repeats_label: "Pairs of files that hold the same events", "같은 이벤트가 있는 파일 쌍";
    repeats_first: "Kept in", "보관한 파일";
    repeats_second: "Also in", "중복된 파일";
    repeats_both_first: "In", "파일";
    repeats_both_second: "And in", "다른 파일";
    repeats_same: "Same content", "같은 내용";
    repeats_different: "Different content", "다른 내용";
    repeats_show: "List the events", "이벤트 목록 보기";
    repeats_pairs: "Pairs of files {first}–{last} of {total}", "파일 쌍 {first}–{last} / {total}";
    repeats_events: "Events {first}–{last} of {total}", "이벤트 {first}–{last} / {total}";
    repeats_files: "Files", "파일";
    repeats_compare: "Compare", "비교";
    repeats_find: "Show the events of this ID", "이 ID의 이벤트 보기";
    repeats_equal: "Both records say the same.", "두 레코드의 내용이 같습니다.";
    repeats_field: "Field", "필드";
    chain_title: "Digest chain", "다이제스트 체인";
    chain_offer: "CloudTrail's digest files are here. They tell whether each log is as it was delivered. All files are read once more for it; drop the output of aws cloudtrail list-public-keys too, and signatures are checked as well.", "CloudTrail 다이제스트 파일이 있습니다. 각 로그가 전달된 그대로인지 확인할 수 있습니다. 모든 파일을 한 번 더 읽습니다. aws cloudtrail list-public-keys 출력을 함께 놓으면 서명도 확인합니다.";
    chain_check: "Check the digest chain", "다이제스트 체인 확인";
    chain_again: "Check again", "다시 확인";
    chain_reading: "Hashing: {done} of {total}", "해시 계산 중: {done} / {total}";
    chain_checking: "Checking signatures: {done} of {total}", "서명 확인 중: {done} / {total}";
    chain_progress: "Progress of the check", "확인 진행 상황";
    chain_intact: "The log matches a digest.|All {n} logs match a digest.", "로그 {n}개 모두 다이제스트와 일치합니다.";
    chain_intact_in_part: "{n} of {total} logs match a digest; {unchecked} cannot be checked here.", "로그 {total}개 중 {n}개가 다이제스트와 일치합니다. {unchecked}개는 여기서 확인할 수 없습니다.";
    chain_older: "This is as of before {n} file was added.|This is as of before {n} files were added.", "파일 {n}개를 추가하기 전의 결과입니다.";
    chain_not_intact: "{changed} changed, {missing} missing, {unlisted} in no digest.", "변경 {changed}개, 누락 {missing}개, 어느 다이제스트에도 없음 {unlisted}개.";
    chain_by_signature: "{n} log rests on a digest whose signature fits one of the keys that were dropped.|{n} logs rest on a digest whose signature fits one of the keys that were dropped.", "로그 {n}개는 놓은 공개 키로 서명이 확인된 다이제스트에 근거합니다.";
    chain_by_chain: "{n} log rests on a digest whose hash stands in the next digest.|{n} logs rest on a digest whose hash stands in the next digest.", "로그 {n}개는 다음 다이제스트에 해시가 기록된 다이제스트에 근거합니다.";
    chain_by_digest: "{n} log rests on a digest that cannot be checked itself.|{n} logs rest on a digest that cannot be checked itself.", "로그 {n}개는 그 자체를 확인할 수 없는 다이제스트에 근거합니다.";
    chain_no_keys: "Signatures were not checked: no list of public keys was dropped. Whoever can change logs can change digests too, unless signatures are checked.", "공개 키 목록이 없어 서명은 확인하지 않았습니다. 서명을 확인하지 않으면 로그를 바꿀 수 있는 사람은 다이제스트도 바꿀 수 있습니다.";
    chain_logs: "Logs", "로그";
    chain_digests: "Digests", "다이제스트";
    verdict_intact: "content intact", "내용 온전함";
    verdict_changed: "changed", "변경됨";
    verdict_missing: "missing", "누락";
    verdict_unlisted: "in no digest", "다이제스트에 없음";
    verdict_unchecked: "cannot be checked here", "여기서 확인 불가";
    findings_title: "Findings", "확인 결과";
    finding_log_changed: "Logs that were changed", "변경된 로그";
    finding_digest_changed: "Digests that were changed", "변경된 다이제스트";
    finding_digest_missing: "Digests that are missing", "누락된 다이제스트";
    finding_log_missing: "Logs that are missing", "누락된 로그";
    finding_log_unlisted: "Logs that no digest names", "다이제스트에 없는 로그";
    finding_chain_restarted: "A new chain began", "새로 시작된 체인";
    finding_hours: "Hours without a digest", "다이제스트가 없는 시간";
    finding_digest_unreadable: "Digests that cannot be read", "읽을 수 없는 다이제스트";
    finding_key_missing: "Keys that are missing", "없는 공개 키";
    finding_keys_unreadable: "Lists of keys that cannot be read", "읽을 수 없는 공개 키 목록";
    finding_digest_unchecked: "Digests that cannot be checked here", "여기서 확인할 수 없는 다이제스트";
    finding_log_unchecked: "Logs that cannot be checked here", "여기서 확인할 수 없는 로그";
    finding_starts_earlier: "The chain begins before what was dropped", "놓은 파일 이전부터 이어지는 체인";
    finding_digest_moved: "Digests that lie elsewhere than they say", "기록된 위치와 다른 다이제스트";
    finding_log_moved: "Logs that lie elsewhere than their digest says", "다이제스트 기록과 위치가 다른 로그";
    finding_because: "Cannot be checked here because {why}.", "여기서 확인할 수 없습니다: {why}.";
    reason_newest: "no later digest of its trail is here, and its own signature is kept with the object in S3, not in the file", "이 추적의 다음 다이제스트가 없고, 자체 서명은 파일이 아니라 S3 객체에 보관됩니다";
    reason_last_of_chain: "it is the last digest before a new chain, and its signature is kept with the object in S3, not in the file", "새 체인이 시작되기 전 마지막 다이제스트이며, 서명은 파일이 아니라 S3 객체에 보관됩니다";
    reason_next_missing: "the digest after it is missing", "다음 다이제스트가 없습니다";
    reason_next_unreadable: "the digest after it cannot be read", "다음 다이제스트를 읽을 수 없습니다";
    reason_next_changed: "the digest after it was changed", "다음 다이제스트가 변경되었습니다";
    reason_digest_changed: "the digest of its time was changed", "이 시간대의 다이제스트가 변경되었습니다";
    reason_digest_missing: "the digest of its time is missing", "이 시간대의 다이제스트가 없습니다";
    reason_digest_unreadable: "the digest of its time cannot be read", "이 시간대의 다이제스트를 읽을 수 없습니다";
    reason_between_chains: "it was delivered between two chains of digests, when the trail was not validated", "두 다이제스트 체인 사이, 추적의 무결성 검증이 꺼져 있던 때에 전달되었습니다";
    reason_between_digests: "the digests before and after it leave its time out", "앞뒤 다이제스트가 이 시간을 다루지 않습니다";
    reason_other_hash: "what the digest holds is no SHA-256 hash", "다이제스트에 기록된 값이 SHA-256 해시가 아닙니다";
    reason_no_digests: "no digest of its account and region was dropped", "이 계정과 리전의 다이제스트를 놓지 않았습니다";
    reason_before_first: "it is older than the digests that were dropped", "놓은 다이제스트보다 오래되었습니다";
    reason_after_last: "it is newer than the digests that were dropped", "놓은 다이제스트보다 최근 것입니다";
    reason_no_time: "no digest names it, and its own name tells no account, region or time", "어느 다이제스트에도 없고, 파일 이름에서 계정, 리전, 시간을 알 수 없습니다";
    reason_other_kind: "the digests that were dropped name no files of its kind", "놓은 다이제스트는 이런 종류의 파일을 다루지 않습니다";
    finding_said_missing_1: "Missing: the digest of {from} to {to}, which the next one names.", "누락: {from} ~ {to}의 다이제스트. 다음 다이제스트에 기록되어 있습니다.";
    finding_said_missing_n: "Missing: about {n} digests in a row, of {from} to {to}.", "누락: {from} ~ {to}의 연속된 다이제스트 약 {n}개.";
    finding_said_restarted: "From {from} to {to} nothing can be checked: a new chain of digests begins then. CloudTrail begins one when logging or validation was switched off and on again.", "{from} ~ {to}는 확인할 수 없습니다. 그때 새 다이제스트 체인이 시작됩니다. CloudTrail은 로깅이나 무결성 검증을 껐다 켜면 새 체인을 시작합니다.";
    finding_said_hours: "No digest covers {from} to {to}, though the digests before and after are linked: none was taken out.", "{from} ~ {to}를 다루는 다이제스트가 없지만 앞뒤 다이제스트는 서로 이어집니다. 빠진 것은 없습니다.";
    finding_said_earlier: "What was delivered before {to} cannot be checked here because the digests before this one were not dropped.", "{to} 이전에 전달된 로그는 여기서 확인할 수 없습니다. 이 다이제스트 이전의 다이제스트를 놓지 않았습니다.";
    finding_said_unlisted: "In no digest: those of its time are here, and none names it. It was added, or it is of a trail that is not validated.", "어느 다이제스트에도 없음: 이 시간대의 다이제스트가 있지만 이 로그는 기록되어 있지 않습니다. 나중에 추가되었거나 무결성 검증이 꺼진 추적의 로그입니다.";
    finding_said_log_moved: "Content intact, location not checked: in S3 it lay at {object}.", "내용 온전함, 위치는 확인하지 않음: S3에서의 위치는 {object}입니다.";
    finding_said_digest_moved: "It says that in S3 it lay at {object}; locations are not checked.", "기록된 S3 위치는 {object}입니다. 위치는 확인하지 않습니다.";
    limits_title: "Limits", "한도";
    limits_lead: "What unpacks to more than this is cut off, so that a bomb cannot fill the memory. What you set holds for what is read from then on.", "압축 폭탄이 메모리를 채우지 못하도록 이보다 많이 풀리는 내용은 읽지 않습니다. 바꾼 값은 그 뒤에 읽는 파일부터 적용됩니다.";
    limit_file: "Unpacked size of a file", "파일 하나의 압축 해제 크기";
    limit_ratio: "Unpacked, times the packed size", "압축 크기 대비 배수";
    limit_load: "Unpacked size of a load", "한 번에 불러오는 압축 해제 크기";
    limits_reset: "Back to the defaults", "기본값으로";
    limits_raise: "Raise the limits of a file and read again", "파일 한도를 높여 다시 읽기";
    problems_title: "Problems", "문제";
    problems_none: "No problems: every file that was found was read or holds no events by design.", "문제가 없습니다. 찾은 파일을 모두 읽었거나 원래 이벤트가 없는 파일입니다.";
    notes_title: "Notes", "참고";
    problems_none_yet: "So far no problems.", "아직까지는 문제가 없습니다.";
    problems_more: "Show {n} more", "{n}개 더 보기";
    at_record: "record {n}", "레코드 {n}";
    at_byte: "byte {n}", "바이트 {n}";
    problem_title_empty: "Empty files", "빈 파일";
    problem_title_not_cloudtrail: "Not CloudTrail", "CloudTrail이 아닌 파일";
    problem_title_digest: "Digest files", "다이제스트 파일";
    problem_title_truncated: "Gzip cut short", "잘린 gzip";
    problem_title_corrupt: "Gzip damaged", "손상된 gzip";
    problem_title_bad_json: "JSON broken", "깨진 JSON";
    problem_title_bad_record: "Records that do not fit", "맞지 않는 레코드";
    problem_title_too_large: "Too large", "너무 큰 파일";
    problem_title_unsupported: "Forms that are not read", "지원하지 않는 형식";
    problem_title_unreadable: "The browser gave no bytes", "브라우저가 읽지 못한 파일";
    problem_title_cancelled: "Not read, since you chose so", "선택에 따라 읽지 않은 파일";
    problem_title_memory: "No memory left", "메모리 부족";
    problem_empty: "Nothing to read in them. Nothing need be done.", "읽을 내용이 없습니다. 조치가 필요 없습니다.";
    problem_not_cloudtrail: "Left out. Check whether the right folder was dropped.", "제외했습니다. 올바른 폴더인지 확인하세요.";
    problem_digest: "They hold the hashes of log files and no events. Nothing need be done.", "로그 파일의 해시를 담은 파일로 이벤트가 없습니다. 조치가 필요 없습니다.";
    problem_truncated: "Events before the cut are kept. Download the file again.", "잘리기 전 이벤트는 보관했습니다. 파일을 다시 받으세요.";
    problem_corrupt: "Events before the damage are kept. Download the file again.", "손상 전 이벤트는 보관했습니다. 파일을 다시 받으세요.";
    problem_bad_json: "Events before the break are kept. Check how the file was made.", "그 전의 이벤트는 보관했습니다. 파일이 만들어진 과정을 확인하세요.";
    problem_bad_record: "The other records of the file are kept.", "파일의 나머지 레코드는 보관했습니다.";
    problem_too_large: "Reading stopped at a limit. If it is no bomb, raise the limit below and read it again, or split the file.", "한도에서 읽기를 멈췄습니다. 압축 폭탄이 아니라면 아래 한도를 높여 다시 읽거나 파일을 나누세요.";
    problem_unsupported: "Unpack them, or export them as JSON or CSV.", "압축을 풀거나 JSON 또는 CSV로 내보내세요.";
    problem_unreadable: "Check that the file still exists and may be read.", "파일이 있고 읽기 권한이 있는지 확인하세요.";
    problem_cancelled: "You left them out or stopped the load. Drop the files again to read them.", "제외했거나 불러오기를 멈췄습니다. 읽으려면 다시 끌어다 놓거나 선택하세요.";
    problem_memory: "Drop fewer files, or a shorter time.", "더 적은 파일이나 짧은 기간을 놓으세요.";

    // Help.
    help_title: "Help", "도움말";
    help_filter: "The filter", "필터";
    help_filter_lead: "Conditions side by side must all hold. Case does not matter. A click on any value writes them for you.", "나란히 쓴 조건은 모두 만족해야 합니다. 대소문자는 구분하지 않습니다. 값을 클릭하면 자동으로 작성됩니다.";
    help_keys: "Keys", "단축키";
    help_only: "one value of a field", "필드의 값 하나";
    help_wildcard: "* stands for any text", "*는 임의의 글자";
    help_not: "all but this, also events without the field", "이 값을 제외한 모두, 필드가 없는 이벤트 포함";
    help_any: "any of these values", "이 중 하나";
    help_or: "OR and parentheses", "OR와 괄호";
    help_time: "from this moment on", "이 시각부터";
    help_day: "the whole UTC day", "UTC 하루 전체";
    help_quotes: "quotes keep spaces and signs", "따옴표는 공백과 기호를 그대로 유지";
    help_word: "a bare word is looked for in all text columns", "단어만 쓰면 모든 텍스트 열에서 검색";
    help_exists: "has any value", "값이 있음";
    key_filter: "to the filter", "필터로 이동";
    key_help: "this help", "이 도움말";
    key_down: "next event or incident", "다음 이벤트 또는 이상 징후";
    key_up: "previous event or incident", "이전 이벤트 또는 이상 징후";
    key_open: "open the event, unfold the incident", "이벤트 열기, 이상 징후 펼치기";
    key_escape: "close what is open", "열린 것 닫기";
    key_ends: "first and last event", "처음과 마지막 이벤트";
    key_pages: "a screen down or up", "한 화면 아래나 위로";
    key_tabs: "Events, Groups, Insights, Files", "이벤트, 그룹, 이상 징후, 파일";
    try_it: "Use", "사용";
}

#[cfg(test)]
mod tests {
    use super::ALL;

    fn places(text: &str) -> Vec<&str> {
        let mut names: Vec<&str> =
            text.split('{').skip(1).filter_map(|it| it.split_once('}')).map(|it| it.0).collect();
        names.sort_unstable();
        names.dedup();
        names
    }

    #[test]
    fn every_word_is_there_in_both_languages() {
        for (key, english, korean) in ALL {
            assert!(!english.trim().is_empty() && !korean.trim().is_empty(), "{key}");
            assert_eq!(places(english), places(korean), "{key}");
        }
    }
}
