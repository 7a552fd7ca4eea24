//! `pickler view`, as seen in a browser.

use std::io::{BufRead, BufReader};
use std::process::Child;

use browser::Browser;
use pickler::dynamic::json::to_hex;
use serde_json::{Value, json};

use crate::run::{pickler, start};

/// A page that is served while this is there.
struct Page {
    program: Child,
    address: String,
}

impl Page {
    fn serve(arguments: &[&str]) -> Self {
        let mut program = start(&[&["view"], arguments].concat());
        let output = program.stdout.take().expect("standard output is piped");
        let mut address = String::new();
        let read = BufReader::new(output).read_line(&mut address);
        read.expect("it says where the page is");
        let address = address.trim().to_owned();
        Self { program, address }
    }
}

impl Drop for Page {
    fn drop(&mut self) {
        // What is gone already is no matter.
        let _ = self.program.kill();
        let _ = self.program.wait();
    }
}

const SHOWN: &str =
    "return [...document.querySelectorAll('.message .name')].map(it => it.textContent)";
const LIT: &str = "return [...document.querySelectorAll('.byte.lit')].map(it => +it.dataset.at)";
const PICKED: &str =
    "return document.querySelector('.field[aria-selected=true] .label')?.textContent ?? null";
/// What the keyboards of `WebDriver` have for Ctrl, Enter and arrows.
const CONTROL: char = '\u{E009}';
const ENTER: char = '\u{E007}';
const LEFT: char = '\u{E012}';
const UP: char = '\u{E013}';
const DOWN: char = '\u{E015}';

#[test]
fn bytes_and_fields_light_each_other() {
    let Some(browser) = Browser::start("view") else {
        return;
    };
    let page = Page::serve(&[]);
    browser.go(&page.address);
    browser.wait_for(
        "return document.querySelectorAll('#protocol option').length > 0",
        &json!(true),
    );
    browser.run("document.querySelector('#protocol').value = 'pokersource'");

    // Hex digits are typed, and shown.
    browser.keys("#hex", "050003 4f000c0000000700000001ff 0600050000 0500");
    browser.keys("#hex", &format!("{CONTROL}{ENTER}"));
    browser.wait_for(SHOWN, &json!(["PING", "POKER_SEAT", "SERIAL", "PING"]));
    // What is wrong is shown first, at its place.
    browser.wait_for(PICKED, &json!("serial"));
    let wrong = "return document.querySelector('.field.fault .value').textContent";
    assert_eq!(browser.run(wrong), "needs 4 bytes, 2 bytes left");
    let bytes = "return [...document.querySelectorAll('.byte.fault')].map(it => it.textContent)";
    assert_eq!(browser.run(bytes), json!(["00", "00"]));
    let problems = "return document.querySelector('#problems').textContent";
    let cut = "byte 20: the message is cut short: it takes 3 bytes or more, 2 are there";
    assert_eq!(browser.run(problems), cut);

    // A click on a field lights its bytes, a click on a byte its field.
    browser.click("#message-1");
    browser.wait_for(
        "return document.querySelector('#title').textContent",
        &json!("POKER_SEAT"),
    );
    browser.wait_for(LIT, &json!([0]));
    let labels = "return [...document.querySelectorAll('.field .label')].map(it => it.textContent)";
    assert_eq!(
        browser.run(labels),
        json!(["code", "POKER_SEAT", "length", "serial", "game_id", "seat"])
    );
    browser.click("#field-3");
    assert_eq!(browser.run(LIT), json!([3, 4, 5, 6]));
    browser.click(".byte[data-at='8']");
    assert_eq!(browser.run(PICKED), "game_id");
    assert_eq!(browser.run(LIT), json!([7, 8, 9, 10]));

    // The keyboard does as well.
    browser.keys("#fields", &DOWN.to_string());
    assert_eq!(browser.run(PICKED), "seat");
    browser.keys("#fields", &LEFT.to_string());
    assert_eq!(browser.run(PICKED), "POKER_SEAT");
    browser.keys("#fields", &LEFT.to_string());
    let seen = "return [...document.querySelectorAll('.field')].filter(it => !it.hidden).length";
    assert_eq!(browser.run(seen), 2);
    browser.keys("#messages", &UP.to_string());
    browser.wait_for(
        "return document.querySelector('#title').textContent",
        &json!("PING"),
    );

    a_capture_is_dropped(&browser);
    what_is_shown_is_text(&browser);
    let light = browser.run("return getComputedStyle(document.body).backgroundColor");
    browser.darken();
    let dark = browser.run("return getComputedStyle(document.body).backgroundColor");
    assert_ne!(light, dark);
    let complaints = browser.log("browser");
    assert!(complaints.is_empty(), "{complaints:#?}");
}

fn a_capture_is_dropped(browser: &Browser) {
    let packed = include_bytes!("../data/poker.pcapng.gz");
    let bytes: Vec<Value> = packed.iter().map(|byte| json!(byte)).collect();
    browser.run_with(
        "new Response(new Blob([Uint8Array.from(arguments[0])]).stream()
            .pipeThrough(new DecompressionStream('gzip'))).blob().then(blob => {
            const dropped = new DataTransfer();
            dropped.items.add(new File([blob], 'poker.pcapng'));
            dispatchEvent(new DragEvent('drop', {dataTransfer: dropped, cancelable: true}));
        })",
        &[bytes.into()],
    );
    browser.wait_for(
        "return document.querySelectorAll('.message').length",
        &json!(688),
    );
    assert_eq!(
        browser.run("return document.querySelector('#port').value"),
        "19381"
    );
    browser.keys("#filter", "login");
    browser.wait_for(
        "return document.querySelectorAll('.message').length",
        &json!(6),
    );
    browser.click("#message-0");
    browser.wait_for(
        "return document.querySelector('#title').textContent",
        &json!("LOGIN"),
    );
    let values = "return [...document.querySelectorAll('.field .value')].map(it => it.textContent)";
    assert_eq!(
        browser.run(values),
        json!(["10 (LOGIN)", "15", "4", "\"bot0\"", "4", "\"bot0\""])
    );
    fields_have_room(browser);
}

/// Each value stands in a line, however wide the window is.
fn fields_have_room(browser: &Browser) {
    for width in [800, 1001, 1200, 1500, 1501, 1600] {
        browser.command(
            "Emulation.setDeviceMetricsOverride",
            &json!({ "width": width, "height": 1000, "deviceScaleFactor": 1, "mobile": false }),
        );
        browser.picture(&format!("view-{width}.png"));
        let size = "return document.querySelector('#fields-panel').clientWidth";
        let size = browser.run(size).as_u64();
        assert!(size >= Some(400), "{size:?} of {width}");
        let broken = "return [...document.querySelectorAll('.field')]
            .filter(it => it.clientHeight > 40).map(it => it.textContent)";
        assert_eq!(browser.run(broken), json!([]), "{width}");
        let outside = "return document.documentElement.scrollWidth > innerWidth";
        assert_eq!(browser.run(outside), false, "{width}");
    }
    browser.command("Emulation.clearDeviceMetricsOverride", &json!({}));
}

/// Nothing that comes from bytes is taken for a part of the page.
fn what_is_shown_is_text(browser: &Browser) {
    let text = "<img src=x onerror=document.title='!'>";
    let hex = to_hex(text.as_bytes());
    let size = text.len();
    let frame = format!("01{:04x}{size:04x}{hex}", size + 5);
    browser.run("document.querySelector('#hex').value = ''");
    browser.keys("#hex", &format!("{frame}{CONTROL}{ENTER}"));
    browser.wait_for(
        "return document.querySelector('#title').textContent",
        &json!("STRING"),
    );
    let value = "return [...document.querySelectorAll('.field .value')].at(-1).textContent";
    assert_eq!(browser.run(value), format!("{text:?}"));
    assert_eq!(
        browser.run("return document.querySelectorAll('img').length"),
        0
    );
}

#[test]
fn where_it_cannot_listen_is_told_in_one_line() {
    let page = Page::serve(&[]);
    let taken = page
        .address
        .trim_start_matches("http://")
        .trim_end_matches('/');
    let run = pickler(&["view", "--listen", taken]);
    assert_eq!(run.code, 2);
    assert!(
        run.err
            .starts_with(&format!("error: cannot listen at {taken}: ")),
        "{}",
        run.err
    );
    assert_eq!(run.err.lines().count(), 1);
    let run = pickler(&["view", "--protocol", "pokersauce"]);
    assert_eq!(
        run.err,
        "error: there is no protocol `pokersauce`; did you mean `pokersource`?\n"
    );
}
