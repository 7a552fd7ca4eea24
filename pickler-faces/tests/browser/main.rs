//! Pages, tried out in a browser: what is found, what lights up, how it looks in
//! the dark, on paper and on a phone; and that nothing is loaded.

mod contrast;

use std::sync::LazyLock;

use browser::Browser;
use pickler::schema::{Definition, Field, Protocol, Record, Schema, Shape, TypeRef};
use serde_json::{Value, json};

/// A page of 170 messages.
static POKERSOURCE: LazyLock<String> =
    LazyLock::new(|| pickler_faces::html(pokersource::protocol()));

/// What of a list the page shows.
fn shown(browser: &Browser, selector: &str) -> Vec<String> {
    let script = format!(
        "return [...document.querySelectorAll({selector:?})]
            .filter((it) => it.checkVisibility()).map((it) => it.textContent.trim())"
    );
    let found = browser.run(&script);
    let texts = found.as_array().unwrap().iter();
    texts
        .map(|text| text.as_str().unwrap().to_owned())
        .collect()
}

/// Nothing was wrong, and nothing was asked of any network.
fn quiet(browser: &Browser) {
    let messages = browser.log("browser");
    assert!(messages.is_empty(), "{messages:#?}");
    for entry in browser.log("performance") {
        let message: Value = serde_json::from_str(entry["message"].as_str().unwrap()).unwrap();
        let message = &message["message"];
        if message["method"] == "Network.requestWillBeSent" {
            let url = message["params"]["request"]["url"].as_str().unwrap();
            let local = ["file:", "data:", "chrome:", "about:"];
            assert!(
                local.iter().any(|it| url.starts_with(it)),
                "asked for {url}"
            );
        }
    }
}

#[test]
fn messages_are_found_by_name_code_and_field() {
    let Some(browser) = Browser::start("found") else {
        return;
    };
    browser.open("page.html", &POKERSOURCE);
    assert_eq!(
        shown(&browser, "main section").len(),
        shown(&browser, "nav li").len()
    );
    browser.picture("light.png");

    browser.keys("#search", "69");
    assert_eq!(shown(&browser, "nav li"), ["69POKER_RAISE"]);
    assert_eq!(shown(&browser, "main section h3 .name"), ["POKER_RAISE"]);
    assert_eq!(shown(&browser, "nav h2"), ["Both ways 1"]);
    assert!(shown(&browser, "#found")[0].starts_with("1 of "));

    browser.run("document.getElementById('search').select()");
    browser.keys("#search", "Sit_N_Go tourney");
    assert_eq!(
        shown(&browser, "main section h3 .name"),
        ["POKER_TOURNEY", "POKER_TOURNEY_INFO_OLD"]
    );
    browser.picture("found.png");
    // Enter leads to the first, Escape shows all again.
    browser.keys("#search", "\u{E007}");
    assert_eq!(
        browser.run("return location.hash"),
        "#message-POKER_TOURNEY"
    );
    browser.keys("#search", "\u{E00C}");
    assert!(shown(&browser, "nav li").len() > 170);

    // A link to what is filtered away shows it.
    browser.keys("#search", "69");
    browser.run("location.hash = '#message-POKER_FOLD'");
    browser.run("return new Promise((done) => setTimeout(done, 50))");
    assert!(shown(&browser, "main section h3 .name").contains(&"POKER_FOLD".into()));
    let current = shown(&browser, "nav a[aria-current]");
    assert_eq!(current, ["57POKER_FOLD"]);
    quiet(&browser);
}

#[test]
fn a_field_and_its_bytes_light_up_together() {
    let Some(browser) = Browser::start("bytes") else {
        return;
    };
    browser.open("page.html", &POKERSOURCE);
    let lit = |what: &str| shown(&browser, &format!("#message-LOGIN {what}.on"));

    browser.hover("#message-LOGIN .field.c1");
    assert_eq!(lit(".hex .b").concat(), "0007756e6b6e6f776e");
    browser.hover("#theme");
    assert!(lit("").is_empty());

    // A click keeps it lit, wherever the mouse goes.
    browser.click("#message-LOGIN .field.c0");
    browser.hover("#theme");
    assert_eq!(lit(".hex .b").concat(), "0007756e6b6e6f776e");
    assert_eq!(lit("tr .field"), ["name"]);
    assert_eq!(lit(".diagram td"), ["name ..."]);
    assert_eq!(
        lit(".parts button"),
        ["count of name = 7", "name = \"unknown\""]
    );
    browser.picture("lit.png");

    // And back: a byte tells its part and its field.
    browser.click("#message-LOGIN .hex [data-p='5']");
    browser.hover("#theme");
    assert_eq!(lit(".parts button"), ["password = \"unknown\""]);
    assert_eq!(lit("tr .field"), ["password"]);
    assert_eq!(lit(".hex .b").concat(), "756e6b6e6f776e");

    // Keys do as the mouse does.
    browser.keys("body", "\u{E00C}");
    assert!(lit("").is_empty());
    browser.keys("body", "/");
    assert_eq!(browser.run("return document.activeElement.id"), "search");
    browser.keys("#message-LOGIN .parts li:nth-child(3) button", "\u{E007}");
    browser.run("document.activeElement.blur()");
    browser.hover("#theme");
    assert_eq!(lit(".hex .b").concat(), "0007");
    let pressed = shown(&browser, "#message-LOGIN [aria-pressed='true']");
    assert_eq!(pressed, ["count of name = 7"]);
    quiet(&browser);
}

#[test]
fn pages_are_readable_in_the_light_and_in_the_dark() {
    let Some(browser) = Browser::start("dark") else {
        return;
    };
    browser.open("page.html", &POKERSOURCE);
    let colour = || browser.run("return getComputedStyle(document.body).backgroundColor");
    let light = colour();
    contrast::check(&browser, "light");

    // The system's wish is followed.
    browser.darken();
    let dark = colour();
    assert_ne!(dark, light);
    contrast::check(&browser, "dark");
    browser.run("location.hash = '#message-POKER_TOURNEY'");
    browser.run("return new Promise((done) => setTimeout(done, 200))");
    browser.picture("dark.png");

    // And the reader's before it, for the next time, too.
    browser.click("#theme");
    assert_eq!(colour(), light);
    browser.run("location.reload()");
    browser.run("return new Promise((done) => setTimeout(done, 500))");
    assert_eq!(colour(), light);
    assert_eq!(
        browser.run("return document.getElementById('theme').ariaLabel"),
        "Use dark colours"
    );
    quiet(&browser);
}

#[test]
fn pages_fit_phones_and_paper_and_need_no_script() {
    let Some(browser) = Browser::start("narrow") else {
        return;
    };
    browser.open("page.html", &POKERSOURCE);
    let phone = json!({"width": 390, "height": 844, "deviceScaleFactor": 1, "mobile": true});
    browser.command("Emulation.setDeviceMetricsOverride", &phone);
    let width = browser.run("return document.documentElement.scrollWidth");
    assert!(width.as_u64().unwrap() <= 390, "{width}");
    browser.picture("narrow.png");
    // The list is folded away, and comes when it is asked for.
    assert!(shown(&browser, "nav li").is_empty());
    browser.click("#menu");
    assert!(shown(&browser, "nav li").len() > 170);
    browser.picture("narrow-list.png");
    browser.run("location.hash = '#message-POKER_TOURNEY'");
    browser.run("return new Promise((done) => setTimeout(done, 200))");
    assert!(shown(&browser, "nav li").is_empty());
    browser.picture("narrow-message.png");
    browser.command("Emulation.clearDeviceMetricsOverride", &json!({}));

    browser.open("paper.html", &pickler_faces::html(openpoker::protocol()));
    let printed = browser.command("Page.printToPDF", &json!({"printBackground": false}));
    assert!(printed["data"].as_str().unwrap().len() > 100_000);
    if let Some(folder) = std::env::var_os("FACES_PICTURES") {
        browser::keep(
            &printed["data"],
            &std::path::Path::new(&folder).join("print.pdf"),
        );
    }

    let off = json!({"value": true});
    browser.command("Emulation.setScriptExecutionDisabled", &off);
    browser.open("plain.html", &POKERSOURCE);
    assert!(shown(&browser, "main section").len() > 170);
    assert!(shown(&browser, "nav li").len() > 170);
    assert!(shown(&browser, "#search, #theme, #menu").is_empty());
    browser.picture("plain.png");
}

#[test]
fn many_messages_stay_quick() {
    let Some(browser) = Browser::start("quick") else {
        return;
    };
    browser.open("page.html", &POKERSOURCE);
    let took = browser.run(
        "const search = document.getElementById('search');
        const start = performance.now();
        for (const text of ['p', 'po', 'poker', 'poker_t', '69', '']) {
            search.value = text;
            search.dispatchEvent(new Event('input'));
            document.body.offsetHeight;
        }
        return performance.now() - start",
    );
    // Six keys; on a machine that does nothing else, a few milliseconds each.
    assert!(took.as_f64().unwrap() < 2000.0, "{took} ms");
    quiet(&browser);
}

#[test]
fn a_strangers_names_and_docstrings_stay_text() {
    let Some(browser) = Browser::start("hostile") else {
        return;
    };
    let attacks = [
        "</script><script>window.attacked = 1</script>",
        "\"><img src=x onerror=\"window.attacked = 1\">",
        "' onmouseover='window.attacked = 1' autofocus onfocus='window.attacked = 1",
        "</style><svg onload=window.attacked=1>",
        "<!--<script>window.attacked = 1</script>-->",
        "[x](javascript:window.attacked=1) `</code><b>`",
    ];
    for attack in attacks {
        browser.open("page.html", &pickler_faces::html(&hostile(attack)));
        browser.run("return new Promise((done) => setTimeout(done, 50))");
        assert_eq!(browser.run("return window.attacked || null"), Value::Null);
        assert_eq!(browser.run("return document.scripts.length"), 1);
        let foreign =
            "return document.querySelectorAll('img, svg, b, [onerror], [onfocus]').length";
        assert_eq!(browser.run(foreign), 0, "{attack}");
        assert_eq!(
            browser.run("return document.title"),
            format!("{attack} {attack}")
        );
        quiet(&browser);
    }
}

/// A protocol whose names and docstrings are all of them attacks.
fn hostile(attack: &str) -> Protocol {
    let byte = Shape::Integer {
        bits: 8,
        signed: false,
    };
    let inner = Shape::Mapped {
        item: Box::new(byte.clone()),
        name: attack.to_owned(),
    };
    let record = Record::new(vec![
        Field::new(attack, attack.to_owned(), byte),
        Field::new("inner", "", Shape::Named(TypeRef::at(1))),
    ]);
    let definition = |shape| Definition {
        name: attack.into(),
        doc: attack.to_owned().into(),
        parameters: Vec::new(),
        shape,
    };
    let types = vec![
        definition(Shape::Record(Box::new(record))),
        definition(inner),
    ];
    let schema = Schema::new(Shape::Named(TypeRef::at(0)), types).unwrap();
    Protocol::new(attack, schema)
        .version(attack)
        .doc(attack.to_owned())
        .keep_alive(attack, 1)
}
