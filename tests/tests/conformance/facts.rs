//! The declarations against the facts on the protocol: every code, name, field,
//! wire type, default, direction and constant.

use pickler::Direction;
use pickler::dynamic::json::to_json;
use pickler::dynamic::{self, Value};
use pickler::schema::{Count, Record, Schema, Shape, Union, Variant};
use pokersource::{HANDSHAKE, schema};
use serde_json::{Value as Json, json};

fn facts() -> Json {
    let text = shared_data::text("pokersource/messages.json");
    serde_json::from_str(&text).expect("the facts are JSON")
}

fn messages(facts: &Json) -> &Vec<Json> {
    facts["messages"].as_array().expect("messages are a list")
}

fn union() -> &'static Union {
    match schema().resolve(schema().root()) {
        Shape::Union(union) => union,
        other => panic!("not a union: {other:?}"),
    }
}

/// The fields of a message; none where it has none.
fn record(variant: &Variant) -> Option<&'static Record> {
    let variant = union().variant(&variant.name).expect("it is one of them");
    match schema().resolve(&variant.body) {
        Shape::Record(record) => Some(record),
        Shape::Tuple(items) if items.is_empty() => None,
        other => panic!("{}: no record: {other:?}", variant.name),
    }
}

/// A wire type in the words of the facts.
fn wire(schema: &Schema, shape: &Shape) -> String {
    match schema.resolve(shape) {
        Shape::Integer {
            bits,
            signed: false,
        } => format!("u{bits}"),
        Shape::Bool { bits: 8 } => "bool8".into(),
        Shape::Bytes {
            count: Count::Prefix(count),
        } if wire(schema, count) == "u16" => "str16".into(),
        Shape::Optional { item, none } => {
            assert_eq!(*none, Value::Unsigned(255));
            assert_eq!(wire(schema, item), "u8");
            "u8_none".into()
        }
        Shape::Shown { item, pairs } => {
            let pairs: Vec<(&Value, &Value)> = pairs.iter().map(|(a, b)| (a, b)).collect();
            match (wire(schema, item).as_str(), pairs.as_slice()) {
                ("u8_none", [(Value::Null, Value::Negative(-1))]) => "u8_minus1".into(),
                ("bool8", [(Value::Bool(false), n), (Value::Bool(true), y)]) => {
                    assert_eq!((*n, *y), (&"n".into(), &"y".into()));
                    "yn8".into()
                }
                ("str16", [(_, Value::Null), (_, Value::Bool(false))]) => "str16_none_false".into(),
                other => panic!("{other:?}"),
            }
        }
        Shape::Json { item } => wire(schema, item).replace("str16", "json16"),
        Shape::List {
            item,
            count: Count::Prefix(count),
        } => {
            let size = wire(schema, count).replace('u', "");
            format!("list{size}<{}>", wire(schema, item))
        }
        Shape::Union(_) => "packet".into(),
        Shape::Record(record) if record.row => {
            let fields: Vec<String> = record
                .fields
                .iter()
                .map(|field| format!("{}:{}", field.name, wire(schema, &field.shape)))
                .collect();
            format!("{{{}}}", fields.join(","))
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn there_are_170_messages_by_the_same_codes_and_names() {
    let facts = facts();
    let expected: Vec<(u64, &str)> = messages(&facts)
        .iter()
        .map(|message| {
            let name = message["name"].as_str().expect("a name is text");
            (message["code"].as_u64().expect("a code is a number"), name)
        })
        .collect();
    let declared: Vec<(u64, &str)> = union()
        .variants
        .iter()
        .map(|variant| {
            let code = u64::try_from(variant.tag).expect("a tag is a byte");
            (code, &*variant.name)
        })
        .collect();
    assert_eq!(declared.len(), 170);
    assert_eq!(declared, expected);
}

#[test]
fn fields_are_the_same_in_order_and_wire_type() {
    let facts = facts();
    for (message, variant) in messages(&facts).iter().zip(&union().variants) {
        let fields = message["fields"].as_array().expect("fields are a list");
        let expected: Vec<(String, String)> = fields
            .iter()
            .filter(|field| field["on_wire"] == true)
            .map(|field| {
                let text = |name: &str| field[name].as_str().expect("text").to_owned();
                (text("name"), text("wire").replace("chips_u32", "u32"))
            })
            .collect();
        let declared: Vec<(String, String)> = record(variant)
            .iter()
            .flat_map(|record| &record.fields)
            .map(|field| (field.name.to_string(), wire(schema(), &field.shape)))
            .collect();
        assert_eq!(declared, expected, "{}", variant.name);
    }
}

#[test]
fn defaults_are_the_same() {
    let facts = facts();
    for (message, variant) in messages(&facts).iter().zip(&union().variants) {
        // A message of which nothing is given is one of all defaults.
        let given = json!({ "name": *variant.name, "fields": {} });
        let value = dynamic::json::from_json(&given, schema()).expect("all have defaults");
        let bytes = dynamic::encode(schema(), &value)
            .unwrap_or_else(|error| panic!("{}: {error}", variant.name));
        let value = dynamic::decode(schema(), &bytes).expect("it was written");
        let shown = to_json(&value, schema());
        let fields = message["fields"].as_array().expect("fields are a list");
        for field in fields.iter().filter(|field| field["on_wire"] == true) {
            let name = field["name"].as_str().expect("text");
            let expected = match &field["default"] {
                Json::Object(default) => json!({ "$json": default, "$text": "{}" }),
                default => default.clone(),
            };
            assert_eq!(shown["fields"][name], expected, "{}.{name}", variant.name);
        }
        let least = message["min_total_bytes"].as_u64().expect("a number");
        assert!(bytes.len() as u64 >= least, "{}", variant.name);
    }
}

#[test]
fn directions_are_the_same() {
    let facts = facts();
    for (message, variant) in messages(&facts).iter().zip(&union().variants) {
        let expected = match message["direction"].as_str() {
            Some("c2s") => Direction::ToServer,
            Some("s2c") => Direction::ToClient,
            Some("both") => Direction::Both,
            Some("internal") => Direction::Internal,
            other => panic!("{other:?}"),
        };
        assert_eq!(variant.direction, Some(expected), "{}", message["name"]);
    }
}

#[test]
fn the_handshake_is_the_same() {
    let facts = facts();
    let hex = facts["meta"]["handshake"]["bytes_hex"]
        .as_str()
        .expect("hex is text");
    assert_eq!(
        dynamic::json::from_hex(hex).as_deref(),
        Ok(HANDSHAKE.as_slice())
    );
}

#[test]
fn every_message_and_field_says_what_it_is() {
    for definition in schema().types() {
        assert!(!definition.doc.is_empty(), "{}", definition.name);
    }
    for variant in &union().variants {
        match record(variant) {
            None => assert!(!variant.doc.is_empty(), "{}", variant.name),
            Some(record) => {
                for field in &record.fields {
                    assert!(!field.doc.is_empty(), "{}.{}", variant.name, field.name);
                }
            }
        }
    }
}

/// What the declarations name, with the message that they name it for.
fn constants() -> Vec<(&'static str, &'static str, Json)> {
    macro_rules! constants {
        ($($message:literal $type:ident: $($name:ident)*;)*) => {
            vec![$($(($message, stringify!($name), json!(pokersource::$type::$name)),)*)*]
        };
    }
    let mut constants = constants! {
        "LOGIN" Login: LOGGED;
        "POKER_TABLE_JOIN" PokerTableJoin: FULL GENERAL_FAILURE;
        "POKER_TABLE" PokerTable: REASON_HAND_REPLAY REASON_NONE REASON_TABLE_CREATE REASON_TABLE_JOIN REASON_TABLE_LIST REASON_TABLE_PICKER REASON_TOURNEY_MOVE REASON_TOURNEY_START;
        "POKER_SEAT" PokerSeat: ROLE_PLAY;
        "POKER_PLAYER_LEAVE" PokerPlayerLeave: TOURNEY;
        "POKER_PLAYER_INFO" PokerPlayerInfo: NOT_LOGGED;
        "POKER_USER_INFO" PokerUserInfo: NOT_LOGGED;
        "POKER_GET_PERSONAL_INFO" PokerGetPersonalInfo: NOT_LOGGED;
        "POKER_TOURNEY_REGISTER" PokerTourneyRegister: ALREADY_REGISTERED DOES_NOT_EXIST NOT_ENOUGH_MONEY REGISTRATION_REFUSED SERVER_ERROR VIA_SATELLITE;
        "POKER_TOURNEY_UNREGISTER" PokerTourneyUnregister: DOES_NOT_EXIST NOT_REGISTERED SERVER_ERROR TOO_LATE;
        "POKER_HAND_HISTORY" PokerHandHistory: FORBIDDEN NOT_FOUND;
        "POKER_SET_ACCOUNT" PokerSetAccount: EMAIL_ALREADY_EXISTS INVALID_EMAIL NAME_ALREADY_EXISTS NAME_MUST_START_WITH_LETTER NAME_NOT_ALNUM NAME_TOO_LONG NAME_TOO_SHORT PASSWORD_NOT_ALNUM PASSWORD_TOO_LONG PASSWORD_TOO_SHORT SERVER_ERROR;
        "POKER_ROLES" PokerRoles: EDIT PLAY ROLES;
        "POKER_SET_ROLE" PokerSetRole: NOT_AVAILABLE UNKNOWN_ROLE;
        "POKER_PROCESSING_HAND" PokerProcessingHand: BUGOUS;
        "POKER_CASH_IN" PokerCashIn: DUPLICATE_CURRENCIES REFUSED RETRY SAFE UNKNOWN;
        "POKER_CASH_OUT" PokerCashOut: BREAK_NOTE EMPTY SAFE;
        "POKER_CASH_OUT_COMMIT" PokerCashOutCommit: INVALID_TRANSACTION;
        "POKER_CASH_QUERY" PokerCashQuery: DOES_NOT_EXIST;
        "POKER_EXPLAIN" PokerExplain: ALL CHIPSTACKS NONE REST;
        "POKER_MONITOR_EVENT" PokerMonitorEvent: BUY_IN HAND LEAVE PRIZE REFILL REGISTER SEAT TOURNEY TOURNEY_START UNREGISTER;
        "POKER_GET_TOURNEY_MANAGER" PokerGetTourneyManager: DOES_NOT_EXIST;
        "POKER_PLAYER_STATS" PokerPlayerStats: NOT_FOUND;
        "POKER_CREATE_TOURNEY" PokerCreateTourney: REGISTRATION_FAILED;
    };
    constants.extend([
        (
            "LOGOUT",
            "NOT_LOGGED_IN",
            json!(pokersource::LOGOUT_NOT_LOGGED_IN),
        ),
        (
            "POKER_GET_PLAYER_INFO",
            "NOT_LOGGED",
            json!(pokersource::POKER_GET_PLAYER_INFO_NOT_LOGGED),
        ),
    ]);
    constants
}

/// The constants of each message are declared at it, or at the message that it
/// has them from.
#[test]
fn constants_are_the_same() {
    let facts = facts();
    let of_class = |class: &Json| messages(&facts).iter().find(|it| it["class"] == *class);
    let declared = constants();
    let mut found = 0;
    for message in messages(&facts) {
        let Some(constants) = message["constants"].as_object() else {
            continue;
        };
        for (name, value) in constants {
            let mut origin = Some(message);
            let constant = loop {
                let Some(it) = origin else { break None };
                let here = |(of, constant, _): &&(&str, &str, Json)| {
                    it["name"] == **of && constant == name
                };
                if let Some(constant) = declared.iter().find(here) {
                    break Some(&constant.2);
                }
                origin = of_class(&it["base"]);
            };
            assert_eq!(constant, Some(value), "{}: {name}", message["name"]);
            found += 1;
        }
    }
    assert!(
        found >= declared.len(),
        "{found} found, {} declared",
        declared.len()
    );
}
