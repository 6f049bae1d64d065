#!/usr/bin/env python3
"""Writes conformance cases whose expected results are those of the reference implementation.

Usage: cel_differential.py FOLDER [--seed N] [--count N]

Makes expressions from the seed, evaluates each with the reference implementation of the Common Expression Language
(PyPI cel-expr-python, the C++ one), and writes them with its results into files of the form that `cel-conformance`
reads. Left out is what the reference is known to do otherwise than the language definition says: DEVIATIONS, which
docs/cel.md repeats.
"""

import argparse
import base64
import json
import math
import os
import pathlib
import random
import re
import sys

from cel_expr_python import cel
from cel_expr_python.ext import ext_bindings, ext_encoders, ext_math, ext_optional, ext_strings

from cel_expressions import VARIABLES, Expressions, broken



class Deviation:
    """What the reference does otherwise than this implementation, which follows the language definition.

    `text` and `outcome` are regular expressions; a case is left out when its expression and what the reference makes of
    it (a message, or the result in JSON) match those that are given.
    """

    def __init__(self, reason, text=None, outcome=None):
        self.reason = reason
        self.text = re.compile(text or "")
        self.outcome = re.compile(outcome or "")

    def holds(self, case):
        outcome = json.dumps([case.get(key) for key in ("compile_error", "eval_error", "typed_result", "value")])
        return bool(self.text.search(case["expr"]) and self.outcome.search(outcome))


# In the order of docs/cel.md, which says more on each.
DEVIATIONS = [
    Deviation(
        "pads fractions of seconds to 3, 6 or 9 digits in texts of durations and timestamps; here they are as short as can be",
        outcome=r"\.\d*0(s|Z)\b",
    ),
    Deviation("writes `inf` and `nan`, here as format() does: `Infinity`, `NaN`", outcome=r"(?i)\b(inf|nan)\b[^(]*$"),
    Deviation(
        "writes doubles in format() with six digits, some with exponents",
        text=r"(?s)(?=.*%[sd])(?=.*\.format\()(?=.*(math\.|ratio|double|\.\d|\de-?\d|\d{7}))",
    ),
    Deviation(
        "keeps bytes in format() that are not UTF-8",
        text=r"(?s)(?=.*\.format\()(?=.*(octets|xff|377|base64\.decode))",
    ),
    Deviation("writes years before 1000 in format() without their zeros", text=r"(?s)(?=.*\.format\()(?=.*0001-)"),
    Deviation(
        "reads timestamps whose numbers lack digits",
        text=r"'(?!\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)\d+-\d+-\d+",
    ),
    Deviation("skips white space in base64", text=r"base64\.decode", outcome=r"value"),
    Deviation(
        "refuses substring() whose end is the end of the text",
        text=r"\.substring\(",
        outcome=r"<start> or <end> is greater than",
    ),
    Deviation("refuses a raw string that ends with a backslash", text=r"[rR][bB]?(['\"]).*\\\1", outcome=r"must end with"),
    Deviation("cancels `!!` and `--` while parsing, so that their operand can be of any type", text=r"!\s*!|-\s*-"),
    Deviation("does not find `.math.least`", text=r"\.math\.(least|greatest)", outcome=r"reference to '.math'"),
    Deviation("ends at a key that stands twice in a map, also where && or || make up for it", outcome=r"duplicate key"),
    Deviation(
        "selects an optional element of a list by an int alone, though `list[1u]` and `list[1.0]` are its elements",
        outcome=r"_\[\?_\]\(list, (uint64|double)\)",
    ),
    Deviation("has no `in` for keys that no map has; here it is false", outcome=r"overloads found : @in"),
    Deviation(
        "finds no type for an index into a map whose keys have a type that no key has; here they are dyn",
        outcome=r"unsupported map key type",
    ),
    Deviation("has durations up to 10,000 years", text=r"duration\('-?\d{7,}h"),
    Deviation("lets duration() of an int pass the check", outcome=r"overloads found : duration\(int64\)"),
    Deviation("converts a bool of type dyn to an int", text=r"(?s)\bint\(.*(dyn|anything|mixture|record)"),
    Deviation("orders the keys of maps, whose order is not defined, otherwise", text=r"\}\)*\.(filter|map)\("),
    Deviation("has reverse() for strings alone, here also for lists", text=r"\.reverse\(\)", outcome=r"reverse"),
    Deviation(
        "refuses `dyn` where `?` asks for an optional value",
        outcome=r"expected type 'optional_type\(.*but found 'dyn'",
    ),
    Deviation(
        "does not take a value whose type is still open, such as an element of `[]`, as dyn",
        text=r"\[\]|\{\}|optional\.none\(\)|\.value\(\)",
        outcome=r"of type 'dyn' cannot be the range|found no matching overload",
    ),
]

# Where these are used, the two differ in how far a type is narrowed; the language definition leaves that open. Such
# cases compare values alone.
DYNAMIC = re.compile(r"dyn|anything|mixture|record|optional\.none|orValue|math\.(least|greatest)|\[\]|\{\}")

BINDINGS = {
    "flag": True,
    "number": 5,
    "count": 7,
    "ratio": 2.5,
    "name": "héllo",
    "octets": b"ab\xff",
    "numbers": [3, 1, 2],
    "names": ["a", "abc", ""],
    "table": {"a": 1, "b": -2},
    "codes": {1: "one", 2: "two"},
    "anything": 42,
    "mixture": [1, "a", 2.5, True, None],
    "record": {"a": 1, "b": "text", "c": [1, 2], "inner": {"a": 2.5, "b": False}},
}

SIMPLE = {
    "BOOL": {"primitive": "BOOL"},
    "INT": {"primitive": "INT64"},
    "UINT": {"primitive": "UINT64"},
    "DOUBLE": {"primitive": "DOUBLE"},
    "STRING": {"primitive": "STRING"},
    "BYTES": {"primitive": "BYTES"},
    "TIMESTAMP": {"well_known": "TIMESTAMP"},
    "DURATION": {"well_known": "DURATION"},
    "NULL": {"null": None},
    "DYN": {"dyn": {}},
}

TYPE_NAMES = {
    "BOOL": "bool", "INT": "int", "UINT": "uint", "DOUBLE": "double", "STRING": "string", "BYTES": "bytes",
    "TIMESTAMP": "google.protobuf.Timestamp", "DURATION": "google.protobuf.Duration", "NULL": "null_type",
    "LIST": "list", "MAP": "map", "TYPE": "type",
}


class NotComparable(Exception):
    """The Python interface of the reference does not show the value exactly."""


def declared(type_):
    """A type as the generator writes it, for the reference."""
    constructor, _, rest = type_.partition("(")
    arguments = [declared(argument) for argument in rest[:-1].split(",")] if rest else []
    match constructor:
        case "list":
            return cel.Type.List(*arguments)
        case "map":
            return cel.Type.Map(*arguments)
        case _:
            return getattr(cel.Type, constructor.upper())


def type_json(text):
    """A type as the reference prints it, such as `MAP<STRING, INT>`, in the form of the conformance cases."""
    constructor, _, rest = text.partition("<")
    if not rest:
        if text == "TYPE":
            return {"type": {}}
        if text not in SIMPLE:
            raise NotComparable(text)
        return SIMPLE[text]
    arguments, depth, start, inner = [], 0, 0, rest[:-1]
    for index, character in enumerate(inner):
        depth += {"<": 1, ">": -1}.get(character, 0)
        if character == "," and depth == 0:
            arguments.append(inner[start:index].strip())
            start = index + 1
    arguments.append(inner[start:].strip())
    made = [type_json(argument) for argument in arguments]
    match constructor:
        case "LIST":
            return {"list_type": {"elem_type": made[0]}}
        case "MAP":
            return {"map_type": {"key_type": made[0], "value_type": made[1]}}
        case "TYPE":
            return {"type": made[0]}
    raise NotComparable(text)


def plain_json(value):
    """A value of the bindings in the form of the conformance cases."""
    match value:
        case None:
            return {"null_value": None}
        case bool():
            return {"bool_value": value}
        case int():
            return {"int64_value": str(value)}
        case float():
            return {"double_value": value}
        case str():
            return {"string_value": value}
        case bytes():
            return {"bytes_value": base64.b64encode(value).decode()}
        case list():
            return {"list_value": {"values": [plain_json(element) for element in value]}}
        case dict():
            entries = [{"key": plain_json(key), "value": plain_json(element)} for key, element in value.items()]
            return {"map_value": {"entries": entries}}


def binding_json(name):
    if VARIABLES[name] == "uint":
        return {"value": {"uint64_value": str(BINDINGS[name])}}
    return {"value": plain_json(BINDINGS[name])}


def declaration_json(name):
    return {"name": name, "ident": {"type": type_json(str(declared(VARIABLES[name])))}}


def value_json(value, static_type):
    """A result of the reference in the form of the conformance cases."""
    kind = value.type().name().partition("<")[0]
    if kind in ("TIMESTAMP", "DURATION", "UNKNOWN"):
        raise NotComparable(kind)
    try:
        plain = value.value()
    except TypeError as error:
        raise NotComparable(str(error)) from error
    match kind:
        case "NULL":
            return {"null_value": None}
        case "BOOL":
            return {"bool_value": plain}
        case "INT":
            return {"int64_value": str(plain)}
        case "UINT":
            return {"uint64_value": str(plain)}
        case "DOUBLE":
            if math.isnan(plain):
                return {"double_value": "NaN"}
            if math.isinf(plain):
                return {"double_value": "Infinity" if plain > 0 else "-Infinity"}
            return {"double_value": plain}
        case "STRING":
            return {"string_value": plain}
        case "BYTES":
            return {"bytes_value": base64.b64encode(bytes(plain)).decode()}
        case "TYPE":
            name = str(plain).partition("<")[0]
            if name not in TYPE_NAMES:
                raise NotComparable(name)
            return {"type_value": TYPE_NAMES[name]}
        case "LIST":
            element = parameters(static_type)[-1:] or [{}]
            return {"list_value": {"values": [value_json(each, element[0]) for each in plain]}}
        case "MAP":
            key_type = (parameters(static_type) or [{}])[0].get("primitive")
            entries = []
            for key, each in plain.items():
                # Python's integers don't say which of the two types they have, nor do its dictionaries keep 1 and true.
                if key_type not in ("BOOL", "INT64", "UINT64", "STRING"):
                    raise NotComparable("a map's keys")
                shown = {"uint64_value": str(key)} if key_type == "UINT64" else plain_json(key)
                entries.append({"key": shown, "value": value_json(each, {})})
            return {"map_value": {"entries": entries}}
    raise NotComparable(kind)


def parameters(static_type):
    inner = static_type.get("list_type") or static_type.get("map_type") or {}
    return list(inner.values())


class Reference:
    """The reference implementation, with the extensions that both have."""

    def __init__(self):
        self.environment = cel.NewEnv(
            variables={name: declared(type_) for name, type_ in VARIABLES.items()},
            extensions=[
                ext_bindings.ExtBindings(), ext_encoders.ExtEncoders(), ext_math.ExtMath(), ext_optional.ExtOptional(),
                ext_strings.ExtStrings(),
            ],
        )

    def case(self, text, checked=True):
        """A conformance case that expects what the reference does.

        Raises NotComparable.
        """
        used = [name for name in VARIABLES if re.search(rf"\b{name}\b", text)]
        case = {"expr": text}
        if used:
            case["type_env"] = [declaration_json(name) for name in used]
            case["bindings"] = {name: binding_json(name) for name in used}
        if not checked:
            case["disable_check"] = True
        try:
            expression = self.environment.compile(text, disable_check=not checked)
        except RuntimeError as error:
            return case | {"compile_error": str(error)}
        static_type = inferred_type(expression) if checked else {}
        result, failure = evaluated(expression, static_type)
        is_typed = checked and not DYNAMIC.search(text)
        if failure is not None:
            case["eval_error"] = {"errors": [{"message": failure}]}
            return case | ({"typed_result": {"deduced_type": static_type}} if is_typed else {})
        if is_typed:
            return case | {"typed_result": {"result": result, "deduced_type": static_type}}
        return case | {"value": result}


def inferred_type(expression):
    """The type that the checker of the reference has found."""
    try:
        return type_json(str(expression.return_type()))
    except RuntimeError as error:  # A type that the language has and the Python interface does not.
        raise NotComparable(str(error)) from error


def evaluated(expression, static_type):
    """The value of an expression, or the message of its error."""
    try:
        value = expression.eval(data=BINDINGS)
    except RuntimeError as error:
        return None, str(error)
    if value.type().name() != "ERROR":
        return value_json(value, static_type), None
    try:
        return None, value.value()
    except TypeError as error:  # An optional value, which the Python interface shows as an error without a message.
        raise NotComparable(str(error)) from error


def shown(text, type_):
    """The expression as one whose value the reference shows exactly."""
    match type_:
        case "timestamp" | "duration":
            return f"string({text})"
        case "optional(int)":
            return f"({text}).hasValue()"
    return text


def generate(seed, count):
    """The cases by the name of their section; a seed gives the same ones each time."""
    reference, expressions, randomness = Reference(), Expressions(seed), random.Random(seed)
    sections = {"checked": [], "unchecked": [], "broken": []}
    seen = set()
    while sum(map(len, sections.values())) < count:
        text = shown(*expressions.make())
        section = randomness.choice(["checked"] * 6 + ["unchecked"] * 2 + ["broken"])
        if section == "broken":
            text = broken(text, randomness)
        if len(text) > 400 or (text, section) in seen:
            continue
        seen.add((text, section))
        try:
            case = reference.case(text, checked=section != "unchecked")
        except NotComparable:
            continue
        if any(deviation.holds(case) for deviation in DEVIATIONS):
            continue
        sections[section].append({"name": f"{section}_{len(sections[section])}", **case})
    return sections


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=4000)
    options = parser.parse_args()
    sections = generate(options.seed, options.count)
    options.folder.mkdir(parents=True, exist_ok=True)
    for name, cases in sections.items():
        document = {
            "name": f"differential_{name}",
            "description": f"Expressions of seed {options.seed} with the results of cel-expr-python.",
            "section": [{"name": name, "test": cases}],
        }
        path = options.folder / f"differential_{name}.json"
        path.write_text(json.dumps(document, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
    # The reference implementation's module miscounts references to None, which ends an orderly exit in an abort.
    sys.stdout.flush()
    os._exit(0)
