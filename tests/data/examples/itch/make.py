"""Messages of ITCH 5.0, as itchfeed 1.6.4 packs them, and what it reads in them."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from itch.messages import create_message
from itch.parser import MessageParser
from sample import write

TYPES = {
    b"S": "SYSTEM_EVENT",
    b"R": "STOCK_DIRECTORY",
    b"H": "STOCK_TRADING_ACTION",
    b"Y": "REG_SHO_RESTRICTION",
    b"L": "MARKET_PARTICIPANT_POSITION",
    b"V": "MWCB_DECLINE_LEVEL",
    b"W": "MWCB_STATUS",
    b"K": "IPO_QUOTING_PERIOD_UPDATE",
    b"J": "LULD_AUCTION_COLLAR",
    b"h": "OPERATIONAL_HALT",
    b"A": "ADD_ORDER",
    b"F": "ADD_ORDER_MPID_ATTRIBUTION",
    b"E": "ORDER_EXECUTED",
    b"C": "ORDER_EXECUTED_WITH_PRICE",
    b"X": "ORDER_CANCEL",
    b"D": "ORDER_DELETE",
    b"U": "ORDER_REPLACE",
    b"P": "TRADE",
    b"Q": "CROSS_TRADE",
    b"B": "BROKEN_TRADE",
    b"I": "NET_ORDER_IMBALANCE",
    b"N": "RETAIL_PRICE_IMPROVEMENT",
    b"O": "DIRECT_LISTING_CAPITAL_RAISE",
}
HEADER = ("stock_locate", "tracking_number", "timestamp")
ORDER = ("order_reference_number", "buy_sell_indicator", "shares", "stock", "price")
OTHER_NAMES = {
    "auction_collar_extention": "auction_collar_extension",
    "variation_indicator": "price_variation_indicator",
}
YES_NO = {b"Y": "YES", b"N": "NO", b" ": "NOT_AVAILABLE"}
LETTERS = {
    "event_code": {b"O": "START_OF_MESSAGES", b"Q": "START_OF_MARKET_HOURS", b"C": "END_OF_MESSAGES"},
    "market_category": {b"Q": "NASDAQ_GLOBAL_SELECT_MARKET", b" ": "NOT_AVAILABLE"},
    "financial_status_indicator": {b"N": "NORMAL", b"D": "DEFICIENT"},
    "round_lots_only": YES_NO,
    "authenticity": {b"P": "PRODUCTION"},
    "short_sale_threshold_indicator": YES_NO,
    "ipo_flag": YES_NO,
    "etp_flag": YES_NO,
    "inverse_indicator": YES_NO,
    "trading_state": {b"H": "HALTED", b"T": "TRADING"},
    "reg_sho_action": {b"0": "NO_PRICE_TEST", b"1": "PRICE_DROP"},
    "primary_market_maker": YES_NO,
    "market_maker_mode": {b"N": "NORMAL", b"P": "PASSIVE"},
    "market_participant_state": {b"A": "ACTIVE", b"D": "DELETED"},
    "breached_level": {b"1": "LEVEL_1", b"3": "LEVEL_3"},
    "ipo_release_qualifier": {b"A": "ANTICIPATED", b"C": "CANCELLED"},
    "market_code": {b"Q": "NASDAQ", b"X": "PSX"},
    "operational_halt_action": {b"H": "HALTED", b"T": "RESUMED"},
    "buy_sell_indicator": {b"B": "BUY", b"S": "SELL"},
    "printable": YES_NO,
    "cross_type": {b"O": "OPENING", b"C": "CLOSING"},
    "imbalance_direction": {b"B": "BUY", b"O": "INSUFFICIENT_ORDERS"},
    "interest_flag": {b"A": "BOTH", b"S": "SELL"},
    "open_eligibility_status": YES_NO,
}
# Of one letter, and no padding.
SINGLE = ("issue_classification", "luld_ref", "reserved", "price_variation_indicator")


def shown(name, value, decimals):
    if name in LETTERS:
        return LETTERS[name][value]
    if isinstance(value, bytes):
        text = value.decode("ascii")
        return text if name in SINGLE else text.rstrip(" ")
    if "price" in name or name.endswith("_collar"):
        return f"{value // 10**decimals}.{value % 10**decimals:0{decimals}}"
    return value


def expected(message):
    names = [it for it in message.get_attributes() if it not in vars(type(message).__mro__[-2]) and it not in vars(type(message))]
    values = {OTHER_NAMES.get(name, name): getattr(message, name) for name in names}
    values = {name: shown(name, it, message.price_precision) for name, it in values.items()}
    fields = {"header": {name: values.pop(name) for name in HEADER}}
    if message.message_type in b"AFP":
        fields["order"] = {name: values.pop(name) for name in ORDER}
    assert values or message.message_type == b"D" or "order" in fields, message
    return {"name": TYPES[message.message_type], "fields": fields | values}


def sample(name, *all_of):
    data = b""
    for kind, members in all_of:
        packed = create_message(kind, **members).to_bytes()
        data += len(packed).to_bytes(2) + packed
    messages = list(MessageParser().parse_stream(data))
    assert len(messages) == len(all_of) or messages[-1].event_code == b"C"
    write(__file__, name, data, {"messages": [expected(it) for it in messages]})


def at(time, stock=7, tracking=2):
    return {"stock_locate": stock, "tracking_number": tracking, "timestamp": time}


if __name__ == "__main__":
    day = 86_400_000_000_000
    apple, order = b"AAPL    ", {"order_reference_number": 2**40 + 1, "shares": 300}
    directory = {
        "stock": apple, "market_category": b"Q", "financial_status_indicator": b"N", "round_lot_size": 100,
        "round_lots_only": b"N", "issue_classification": b"C", "issue_sub_type": b"Z ", "authenticity": b"P",
        "short_sale_threshold_indicator": b"N", "ipo_flag": b" ", "luld_ref": b"1", "etp_flag": b"N",
        "etp_leverage_factor": 0, "inverse_indicator": b"N",
    }
    sample(
        "administration",
        (b"S", at(0, 0, 0) | {"event_code": b"O"}),
        (b"R", at(1) | directory),
        (b"R", at(day - 1, 65535) | directory | {"stock": b"ZZZZ.TST", "etp_flag": b"Y", "etp_leverage_factor": 3, "inverse_indicator": b"Y", "luld_ref": b" ", "market_category": b" ", "issue_sub_type": b"EM", "issue_classification": b"Q"}),
        (b"H", at(2) | {"stock": apple, "trading_state": b"H", "reserved": b" ", "reason": b"T1  "}),
        (b"H", at(2) | {"stock": apple, "trading_state": b"T", "reserved": b" ", "reason": b"MWCQ"}),
        (b"Y", at(3) | {"stock": apple, "reg_sho_action": b"1"}),
        (b"L", at(4) | {"mpid": b"GSCO", "stock": apple, "primary_market_maker": b"Y", "market_maker_mode": b"P", "market_participant_state": b"D"}),
        (b"V", at(5, 0) | {"level1_price": 534561230000, "level2_price": 500070800000, "level3_price": 459835800000}),
        (b"W", at(6, 0) | {"breached_level": b"3"}),
        (b"K", at(7) | {"stock": apple, "ipo_release_time": 37_800, "ipo_release_qualifier": b"A", "ipo_price": 425_000}),
        (b"J", at(8) | {"stock": apple, "auction_collar_reference_price": 2_270_000, "upper_auction_collar_price": 2_383_500, "lower_auction_collar_price": 2_156_500, "auction_collar_extention": 1}),
        (b"h", at(9) | {"stock": apple, "market_code": b"X", "operational_halt_action": b"T"}),
        (b"S", at(10, 0) | {"event_code": b"C"}),
    )
    placed = at(34_200_000_000_001) | order | {"buy_sell_indicator": b"B", "stock": apple, "price": 2_275_500}
    sample(
        "orders",
        (b"A", placed),
        (b"F", placed | {"buy_sell_indicator": b"S", "stock": b"A       ", "price": 1_999_999_999, "attribution": b"MSCO"}),
        (b"E", at(1) | {"order_reference_number": 2**64 - 1, "executed_shares": 100, "match_number": 5}),
        (b"C", at(1) | {"order_reference_number": 1, "executed_shares": 100, "match_number": 6, "printable": b"N", "execution_price": 1}),
        (b"X", at(2) | {"order_reference_number": 1, "cancelled_shares": 99}),
        (b"D", at(3) | {"order_reference_number": 1}),
        (b"U", at(4) | {"order_reference_number": 1, "new_order_reference_number": 2, "shares": 2**32 - 1, "price": 10_001}),
    )
    sample(
        "trades",
        (b"P", placed | {"order_reference_number": 0, "match_number": 77}),
        (b"Q", at(1) | {"shares": 2**33, "stock": apple, "cross_price": 2_275_500, "match_number": 78, "cross_type": b"C"}),
        (b"B", at(2) | {"match_number": 77}),
        (b"I", at(3) | {"paired_shares": 1000, "imbalance_shares": 200, "imbalance_direction": b"O", "stock": apple, "far_price": 0, "near_price": 2_275_400, "current_reference_price": 2_275_500, "cross_type": b"O", "variation_indicator": b"L"}),
        (b"N", at(4) | {"stock": apple, "interest_flag": b"A"}),
        (b"O", at(5) | {"stock": apple, "open_eligibility_status": b"Y", "minimum_allowable_price": 100_000, "maximum_allowable_price": 900_000, "near_execution_price": 500_000, "near_execution_time": 34_200_000_000_000, "lower_price_range_collar": 450_000, "upper_price_range_collar": 550_000}),
    )
