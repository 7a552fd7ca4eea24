//! What is asked for, and asked for wrongly.

use expect_test::expect;

use crate::run::pickler;

#[test]
fn list_counts_the_messages_of_each_protocol() {
    expect![[r#"
        pokersource   170 messages
        pokersource3  160 messages
        openpoker     47 messages
        pokerth       81 messages
        cluster       16 messages
        --- 0 ---
    "#]]
    .assert_eq(&pickler(&["list"]).all());
    expect![[r#"
        [{"protocol":"pokersource","messages":170},{"protocol":"pokersource3","messages":160},{"protocol":"openpoker","messages":47},{"protocol":"pokerth","messages":81},{"protocol":"cluster","messages":16}]
        --- 0 ---
    "#]]
    .assert_eq(&pickler(&["list", "--json"]).all());
}

#[test]
fn list_shows_the_messages_of_one_protocol() {
    let run = pickler(&["list", "--protocol", "pokersource"]);
    assert_eq!(run.code, 0, "{run:?}");
    assert_eq!(run.out.lines().count(), 170);
    assert!(
        run.out
            .contains("\n  69  POKER_RAISE  serial game_id amount\n")
    );
    let run = pickler(&["list", "--protocol", "pokersource", "--json"]);
    assert!(
        run.out
            .contains(r#"{"name":"SERIAL","code":6,"fields":["serial"]}"#)
    );
}

#[test]
fn every_help_has_an_example() {
    for arguments in [
        &["--help"][..],
        &["list", "--help"],
        &["decode", "--help"],
        &["encode", "--help"],
        &["pcap", "--help"],
        &["view", "--help"],
        &["vectors", "check", "--help"],
    ] {
        let run = pickler(arguments);
        assert_eq!(run.code, 0, "{arguments:?}");
        assert!(run.out.contains("Example"), "{arguments:?}: {}", run.out);
    }
}

#[test]
fn wrong_use_is_told_in_one_line() {
    let mut told = String::new();
    for arguments in [
        &["decode", "--protocol"][..],
        &["decode", "050003"],
        &["dekode"],
        &["vectors", "check", "--protocol", "pokersource"],
        &["list", "--jsno"],
        &["decode", "--protocol", "pokersauce", "050003"],
        &["decode", "--protocol", "http", "050003"],
        &["decode", "--protocol", "./poker.spec", "050003"],
        &[
            "decode",
            "--protocol",
            "pokersource",
            "--message",
            "POKER_RAIS",
            "050003",
        ],
        &[
            "decode",
            "--protocol",
            "pokersource",
            "--message",
            "x",
            "050003",
        ],
    ] {
        let run = pickler(arguments);
        assert_eq!(
            (run.code, run.out.as_str()),
            (2, ""),
            "{arguments:?}: {run:?}"
        );
        assert_eq!(run.err.lines().count(), 1, "{arguments:?}: {}", run.err);
        told += &run.err;
    }
    expect![[r#"
        error: a value is required for '--protocol <PROTOCOL>' but none was supplied; see `pickler --help`
        error: the following required arguments were not provided: --protocol <PROTOCOL>; see `pickler --help`
        error: unrecognized subcommand 'dekode'; tip: some similar subcommands exist: 'encode', 'decode'; see `pickler --help`
        error: the following required arguments were not provided: <FILE>...; see `pickler --help`
        error: unexpected argument '--jsno' found; tip: a similar argument exists: '--json'; see `pickler --help`
        error: there is no protocol `pokersauce`; did you mean `pokersource`?
        error: there is no protocol `http`; the built-in ones are pokersource, pokersource3, openpoker, pokerth, cluster, and the path of a spec is one, too
        error: cannot read ./poker.spec: No such file or directory (os error 2)
        error: there is no message `POKER_RAIS`; did you mean `POKER_RAISE`?
        error: there is no message `x` in `pokersource`; `pickler list --protocol pokersource` shows all
    "#]].assert_eq(&told);
}

#[test]
fn no_command_shows_the_help_and_fails() {
    let run = pickler(&[]);
    assert_eq!(run.code, 2);
    assert!(
        run.err.contains("Usage: pickler [OPTIONS] <COMMAND>"),
        "{run:?}"
    );
}

#[test]
fn help_shows_quotes_as_they_are() {
    for command in ["list", "decode", "encode", "pcap", "export"] {
        let run = pickler(&[command, "--help"]);
        assert_eq!(run.code, 0, "{command}");
        assert!(!run.out.contains("\\\""), "{command}: {}", run.out);
    }
}
