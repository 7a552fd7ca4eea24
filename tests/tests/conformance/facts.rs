//! The declarations against the facts on the protocol: every code, name, field,
//! wire type, default, direction and constant.

use pickler::Direction;
use pickler::dynamic::json::to_json;
use pickler::dynamic::{self, Value};
use pickler::schema::{Count, Protocol, Record, Schema, Shape, Union, Variant};
use serde_json::{Value as Json, json};

use crate::protocols::{POKERSOURCE, POKERSOURCE3};

/// A version of the protocol, and the facts on it.
struct Version {
    declared: &'static Protocol,
    facts: Json,
    messages: usize,
    /// What the declarations name, with the message that they name it for.
    constants: Vec<(&'static str, &'static str, Json)>,
}

fn versions() -> [Version; 2] {
    let facts = |folder| {
        let text = shared_data::text(&format!("{folder}/messages.json"));
        serde_json::from_str(&text).expect("the facts are JSON")
    };
    // What version 2 names, version 3 does not name anew.
    let mut later = later_constants();
    later.extend(constants());
    [
        Version {
            declared: pokersource::protocol(),
            facts: facts(POKERSOURCE.name),
            messages: 170,
            constants: constants(),
        },
        Version {
            declared: pokersource3::protocol(),
            facts: facts(POKERSOURCE3.name),
            messages: 160,
            constants: later,
        },
    ]
}

impl Version {
    fn schema(&self) -> &'static Schema {
        &self.declared.schema
    }

    fn messages(&self) -> &Vec<Json> {
        messages(&self.facts)
    }

    /// The facts on each message, and its declaration.
    fn pairs(&self) -> impl Iterator<Item = (&Json, &'static Variant)> {
        self.messages().iter().zip(&self.union().variants)
    }

    fn union(&self) -> &'static Union {
        match self.schema().resolve(self.schema().root()) {
            Shape::Union(union) => union,
            other => panic!("not a union: {other:?}"),
        }
    }

    /// The fields of a message; none where it has none.
    fn record(&self, variant: &Variant) -> Option<&'static Record> {
        let variant = self.union().variant(&variant.name);
        let variant = variant.expect("it is one of them");
        match self.schema().resolve(&variant.body) {
            Shape::Record(record) => Some(record),
            Shape::Tuple(items) if items.is_empty() => None,
            other => panic!("{}: no record: {other:?}", variant.name),
        }
    }
}

fn messages(facts: &Json) -> &Vec<Json> {
    facts["messages"].as_array().expect("messages are a list")
}

/// A wire type in the words of the facts.
fn wire(schema: &Schema, shape: &Shape) -> String {
    match schema.resolve(shape) {
        Shape::Integer {
            bits,
            signed: false,
        } => format!("u{bits}"),
        Shape::Integer { bits, signed: true } => format!("i{bits}"),
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
                ("str16", [(_, Value::Bool(true)), (_, Value::Bool(false))]) => "boolstr16".into(),
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
fn messages_have_the_same_codes_and_names() {
    for version in versions() {
        let expected: Vec<(u64, &str)> = version
            .messages()
            .iter()
            .map(|message| {
                let name = message["name"].as_str().expect("a name is text");
                (message["code"].as_u64().expect("a code is a number"), name)
            })
            .collect();
        let variants = version.union().variants.iter();
        let declared: Vec<(u64, &str)> = variants
            .map(|variant| {
                let code = u64::try_from(variant.tag).expect("a tag is a byte");
                (code, &*variant.name)
            })
            .collect();
        assert_eq!(declared.len(), version.messages);
        assert_eq!(declared, expected);
    }
}

#[test]
fn fields_are_the_same_in_order_and_wire_type() {
    for version in versions() {
        for (message, variant) in version.pairs() {
            let fields = message["fields"].as_array().expect("fields are a list");
            let expected: Vec<(String, String)> = fields
                .iter()
                .filter(|field| field["on_wire"] == true)
                .map(|field| {
                    let text = |name: &str| field[name].as_str().expect("text").to_owned();
                    (text("name"), text("wire").replace("chips_u32", "u32"))
                })
                .collect();
            let declared: Vec<(String, String)> = version
                .record(variant)
                .iter()
                .flat_map(|record| &record.fields)
                .map(|field| (field.name.to_string(), wire(version.schema(), &field.shape)))
                .collect();
            assert_eq!(declared, expected, "{}", variant.name);
        }
    }
}

#[test]
fn defaults_are_the_same() {
    for version in versions() {
        let schema = version.schema();
        for (message, variant) in version.pairs() {
            // A message of which nothing is given is one of all defaults.
            let given = json!({ "name": *variant.name, "fields": {} });
            let value = dynamic::json::from_json(&given, schema).expect("all have defaults");
            let bytes = dynamic::encode(schema, &value)
                .unwrap_or_else(|error| panic!("{}: {error}", variant.name));
            let value = dynamic::decode(schema, &bytes).expect("it was written");
            let shown = to_json(&value, schema);
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
}

#[test]
fn directions_are_the_same() {
    for version in versions() {
        for (message, variant) in version.pairs() {
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
}

#[test]
fn the_handshake_is_the_same() {
    for version in versions() {
        let hex = version.facts["meta"]["handshake"]["bytes_hex"]
            .as_str()
            .expect("hex is text");
        let expected = dynamic::json::from_hex(hex).expect("hex");
        let declared = version.declared.handshake.as_ref();
        let declared = declared.map(|handshake| (&*handshake.client, &*handshake.server));
        assert_eq!(declared, Some((&*expected, &*expected)));
    }
}

#[test]
fn every_message_and_field_says_what_it_is() {
    for version in versions() {
        for definition in version.schema().types() {
            assert!(!definition.doc.is_empty(), "{}", definition.name);
        }
        for variant in &version.union().variants {
            match version.record(variant) {
                None => assert!(!variant.doc.is_empty(), "{}", variant.name),
                Some(record) => {
                    for field in &record.fields {
                        assert!(!field.doc.is_empty(), "{}.{}", variant.name, field.name);
                    }
                }
            }
        }
    }
}

/// What did not change is declared once.
#[test]
fn version_3_shares_what_did_not_change() {
    let [old, new] = versions();
    let layout = |version: &Version, message: &Json| {
        let variant = version.union().variant(message["name"].as_str()?)?;
        let fields = version.record(variant).map(|record| &record.fields);
        let fields = fields.into_iter().flatten();
        let layout = fields.map(|it| format!("{} {}", it.name, wire(version.schema(), &it.shape)));
        Some(layout.collect::<Vec<_>>())
    };
    let unchanged = new.messages().iter().filter(|message| {
        let before = layout(&old, message);
        before.is_some() && before == layout(&new, message)
    });
    assert_eq!(unchanged.count(), 127);
}

macro_rules! constants {
    ($of:ident $($message:literal $type:ident: $($name:ident)*;)*) => {
        vec![$($(($message, stringify!($name), json!($of::$type::$name)),)*)*]
    };
}

fn constants() -> Vec<(&'static str, &'static str, Json)> {
    let mut constants = constants! { pokersource
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

fn later_constants() -> Vec<(&'static str, &'static str, Json)> {
    let mut constants = constants! { pokersource3
        "AUTH" Auth: LOGGED;
        "POKER_STATE_INFORMATION" PokerStateInformation: LOCAL_TABLE_EPHEMERAL REMOTE_CONNECTION_LOST REMOTE_TABLE_EPHEMERAL SHUTTING_DOWN;
        "POKER_GET_TOURNEY_PLAYER_STATS" PokerGetTourneyPlayerStats: DOES_NOT_EXIST NOT_PARTICIPATING;
        "POKER_TOURNEY_REBUY" PokerTourneyRebuy: NOT_ENOUGH_MONEY OTHER_ERROR REBUY_LIMIT_EXEEDED REBUY_TIMEOUT_EXEEDED;
        "POKER_BET_LIMITS" PokerBetLimits: LIMIT NO_LIMIT POT_LIMIT;
        "POKER_UPDATE_MONEY" PokerUpdateMoney: NO_ADMIN NO_TABLE OTHER_ERROR SERIALS_MONEY_MISMATCH;
        "SET_OPTION" SetOption: AUTO_BLIND_ANTE AUTO_FOLD AUTO_MUCK AUTO_MUCK_ALWAYS AUTO_MUCK_LOSE AUTO_MUCK_WIN AUTO_PLAY AUTO_REBUY AUTO_REBUY_BEST AUTO_REBUY_MAX AUTO_REBUY_MIN AUTO_REFILL AUTO_REFILL_BEST AUTO_REFILL_MAX AUTO_REFILL_MIN ERROR_TABLE_NOT_FOUND ERROR_UNKNOWN_NAME ERROR_WRONG_VALUE OFF ON;
        "POKER_TOURNEY_START" PokerTourneyStart: DOES_NOT_EXIST NOT_BAILOR NOT_ENOUGH_USERS WRONG_STATE;
        "POKER_PLAYER_INFO" PokerPlayerInfo: NOT_LOGGED;
        "POKER_CREATE_TOURNEY" PokerCreateTourney: REGISTRATION_FAILED;
    };
    constants.extend([
        (
            "POKER_TABLE_JOIN",
            "DOES_NOT_EXIST",
            json!(pokersource3::POKER_TABLE_JOIN_DOES_NOT_EXIST),
        ),
        (
            "POKER_TABLE_JOIN",
            "NOT_JOINED",
            json!(pokersource3::POKER_TABLE_JOIN_NOT_JOINED),
        ),
        (
            "POKER_MONITOR_EVENT",
            "RANK",
            json!(pokersource3::POKER_MONITOR_EVENT_RANK),
        ),
        (
            "POKER_MONITOR_EVENT",
            "TOURNEY_CANCELED",
            json!(pokersource3::POKER_MONITOR_EVENT_TOURNEY_CANCELED),
        ),
    ]);
    constants
}

/// The constants of each message are declared at it, or at the message that it
/// has them from.
#[test]
fn constants_are_the_same() {
    for version in versions() {
        let of_class = |class: &Json| version.messages().iter().find(|it| it["class"] == *class);
        let declared = &version.constants;
        let mut found = 0;
        for message in version.messages() {
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
}
