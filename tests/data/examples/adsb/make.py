"""Extended squitters that receivers took in (examples of "The 1090 Megahertz Riddle" and of
pyModeS's own tests), and what pyModeS 3.6.1 reads in them."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import pyModeS
from sample import write

EMERGENCY = ["NONE", "GENERAL", "MEDICAL", "MINIMUM_FUEL"]
SURVEILLANCE = ["NO_CONDITION", "PERMANENT_ALERT", "TEMPORARY_ALERT"]
SPEEDS = [None, "GROUND_SPEED", "GROUND_SPEED_SUPERSONIC", "AIRSPEED", "AIRSPEED_SUPERSONIC"]


def position(shown):
    parts = {"latitude": shown["cpr_lat"], "longitude": shown["cpr_lon"]}
    return parts | {"format": ["EVEN", "ODD"][shown["cpr_format"]]}


def altitude(feet):
    """That it is in steps of 25 feet is pyModeS's reading of the bit Q."""
    steps = (feet + 1000) // 25
    return {"high": steps >> 4, "q": True, "low": steps & 15}


def code_of(squawk):
    """Its 13 bits: C1 A1 C2 A2 C4 A4 X B1 D1 B2 D2 B4 D4."""
    a, b, c, d = map(int, squawk)
    order = [(c, 1), (a, 1), (c, 2), (a, 2), (c, 4), (a, 4), (0, 1), (b, 1), (d, 1), (b, 2), (d, 2), (b, 4), (d, 4)]
    return sum(bool(digit & bit) << 12 - at for at, (digit, bit) in enumerate(order))


def signed(value, step):
    """A sign, and the number of steps plus 1; 0 if nothing is known."""
    if value is None:
        return None, 0
    return "DOWN" if value < 0 else "UP", abs(value) // step + 1


def message(shown):
    """What pyModeS shows, under our names."""
    kind = shown["typecode"]
    match kind:
        case 1 | 2 | 3 | 4:
            callsign = list(shown["callsign"].ljust(8))
            return "IDENTIFICATION", {"category": shown["category"], "callsign": callsign}
        case 5 | 6 | 7 | 8:
            return "SURFACE_POSITION", {
                "movement": shown["movement"],
                "ground_track_valid": bool(shown["track_status"]),
                "ground_track": round(shown["track"] * 128 / 360),
                "position": position(shown),
            }
        case 19:
            vertical, rate = signed(shown["vertical_rate"], 64)
            difference, steps = signed(shown["geo_minus_baro"], 25)
            fields = {
                "subtype": SPEEDS[shown["subtype"]],
                "nac_v": shown["nac_v"],
                "vertical_source": {"GNSS": "GNSS", "BARO": "BAROMETER"}[shown["vr_source"]],
                "vertical_rate": rate,
                "altitude_difference": steps,
            }
            if vertical:
                fields["vertical"] = vertical
            if difference:
                fields["difference"] = difference
            if "heading" in shown:
                speed = {
                    "heading_available": True,
                    "heading": round(shown["heading"] * 1024 / 360),
                    "airspeed_type": {"TAS": "TRUE", "IAS": "INDICATED"}[shown["airspeed_type"]],
                    "airspeed": shown["airspeed"] + 1,
                }
                fields["speed"] = {"name": "AIR", "fields": speed}
            else:
                fields["speed"] = {"name": "GROUND"}
            return "VELOCITY", fields
        case 28:
            fields = {
                "state": EMERGENCY[shown["emergency_state"]],
                "mode_a_code": code_of(shown["squawk"]),
            }
            return "AIRCRAFT_STATUS", {"name": "EMERGENCY", "fields": fields}
        case 29:
            fields = {
                "altitude_source": {"MCP/FCU": "MCP_FCU", "FMS": "FMS"}[shown["selected_altitude_source"]],
                "selected_altitude": shown["selected_altitude"] // 32 + 1,
                "barometric_pressure": round((shown["baro_pressure_setting"] - 800) / 0.8) + 1,
                "heading_valid": True,
                "selected_heading": round(shown["selected_heading"] * 512 / 360),
                "nac_p": shown["nac_p"],
                "nic_baro": shown["nic_baro"],
                "sil": shown["sil"],
                "mode_valid": True,
                "autopilot": shown["autopilot"],
                "vnav": shown["vnav_mode"],
                "altitude_hold": shown["altitude_hold_mode"],
                "approach": shown["approach_mode"],
                "lnav": shown["lnav_mode"],
                "tcas_operational": shown["tcas_operational"],
            }
            return "TARGET_STATE", {"name": "VERSION_2", "fields": fields}
        case 31:
            names = "version nic_supplement_a nac_p sil nic_baro capability_class operational_mode sil_supplement"
            fields = {name: shown[name] for name in names.split()}
            fields["magnetic_heading"] = bool(shown["hrd"])
            return "OPERATIONAL_STATUS", {"name": ["AIRBORNE", "SURFACE"][shown["subtype"]], "fields": fields}
        case _:
            above = kind >= 20
            fields = {
                "surveillance_status": SURVEILLANCE[shown["surveillance_status"]],
                "position": position(shown),
            }
            if not above:
                fields["nic_supplement_b"] = shown["nic_b"]
                fields["altitude"] = altitude(shown["altitude"])
            return ("GNSS_POSITION" if above else "AIRBORNE_POSITION"), fields


def sample(name, digits):
    shown = pyModeS.decode(digits)
    assert shown["crc_valid"]
    kind, fields = message(shown)
    formats = {17: "EXTENDED_SQUITTER", 18: "EXTENDED_SQUITTER_NON_TRANSPONDER"}
    expected = {
        "downlink_format": formats[shown["df"]],
        "icao": int(shown["icao"], 16),
        "message": {"name": kind, "code": shown["typecode"], "fields": fields},
    }
    write(__file__, name, bytes.fromhex(digits), expected)


if __name__ == "__main__":
    sample("identification", "8D4840D6202CC371C32CE0576098")
    sample("identification_of_a_jet", "8D406B902015A678D4D220AA4BDA")
    sample("airborne_position_even", "8D40621D58C382D690C8AC2863A7")
    sample("airborne_position_odd", "8D40621D58C386435CC412692AD6")
    sample("surface_position", "8C4841753AAB238733C8CD4020B1")
    sample("ground_speed", "8D485020994409940838175B284F")
    sample("airspeed", "8DA05F219B06B6AF189400CBC33F")
    sample("emergency_status", "8DA2C1B6E112B600000000760759")
    sample("target_state", "8DA05629EA21485CBF3F8CADAEEB")
