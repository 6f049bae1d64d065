"""Expressions of the Common Expression Language, made from a seed.

An expression is grown from productions: templates with holes. `<int>` is a hole for an expression of type int, `<int@6>`
for one that binds at least as tightly as precedence 6; `<$T>` names a new variable of type T, and `<!>` brings it into
scope for the holes that follow. T and K stand for types that are drawn when the production is used.
"""

import random
import re

# Precedences, as in the table of the language definition: the higher, the tighter.
CONDITIONAL, OR, AND, RELATION, SUM, PRODUCT, UNARY, MEMBER, PRIMARY = range(1, 10)

# The variables that expressions may use, with the types that they are declared with.
VARIABLES = {
    "flag": "bool",
    "number": "int",
    "count": "uint",
    "ratio": "double",
    "name": "string",
    "octets": "bytes",
    "numbers": "list(int)",
    "names": "list(string)",
    "table": "map(string,int)",
    "codes": "map(int,string)",
    "anything": "dyn",
    "mixture": "dyn",
    "record": "map(string,dyn)",
}

SCALARS = ["bool", "int", "uint", "double", "string", "bytes", "timestamp", "duration"]
TYPES = SCALARS + ["null", "type", "list(int)", "list(string)", "map(string,int)", "list(double)", "optional(int)"]
KEYS = ["int", "uint", "bool", "string"]

LITERALS = {
    "bool": ["true", "false"],
    "int": ["0", "1", "2", "3", "7", "10", "-1", "-5", "0x1F", "-0x10", "9223372036854775807", "-9223372036854775808",
            "1000000", "64", "86400"],
    "uint": ["0u", "1u", "2u", "5u", "0x1Fu", "18446744073709551615u", "63u", "9223372036854775808u"],
    "double": ["0.0", "-0.0", "1.0", "1.5", "-2.5", "0.1", "1e3", "2.5e-3", "1e308", "-1e308", ".5", "3.0",
               "9007199254740993.0", "1e19", "123456.789", "5e-324", "1e21", "1e-7"],
    "string": ["''", "'a'", "'abc'", '"B"', "'a,b,c'", "'héllo'", "'日本語'", "'\\U0001F600x'", "'\\u00e9'", "'e\\u0301'",
               "r'\\d+'", "'''tri'ple'''", '"""two\nlines"""', "'\\n\\t'", "'\\x41\\101'", "'10'", "'-3'", "'1.5'", "'true'",
               "'  padded '", "'AbC'", "'2026-03-01T00:00:00Z'", "'90s'", "'\\\\'", "'\\''", "'a\\\"b'", "'1e3'", "'İß'"],
    "bytes": ["b''", "b'abc'", "b'\\xff'", "b'\\000\\377'", "b'é'", "rb'\\x'", "b'\\u00e9'", "b\"\"\"a\"b\"\"\""],
    "null": ["null"],
    "timestamp": ["timestamp('2009-02-13T23:31:30Z')", "timestamp('2026-03-01T12:00:00.123456789+05:30')", "timestamp(0)",
                  "timestamp('0001-01-01T00:00:00Z')", "timestamp('9999-12-31T23:59:59.999999999Z')",
                  "timestamp('1969-12-31T23:59:59.625Z')", "timestamp('2024-02-29T00:00:00-08:00')",
                  "timestamp('2025-03-30T01:30:00Z')", "timestamp(1234567890)", "timestamp('1900-01-01T00:00:00Z')"],
    "duration": ["duration('0s')", "duration('1s')", "duration('-1.125s')", "duration('1h30m')", "duration('125ms')",
                 "duration('1us')", "duration('1ns')", "duration('-200000h')", "duration('1000000s')", "duration('2160h')",
                 "duration('1.000000001s')", "duration('-0.5h')"],
    "type": ["int", "uint", "double", "bool", "string", "bytes", "list", "map", "null_type", "type",
             "google.protobuf.Timestamp", "google.protobuf.Duration"],
}

ZONES = ["'UTC'", "'America/New_York'", "'Asia/Kathmandu'", "'Europe/Berlin'", "'Australia/Sydney'", "'+05:30'", "'-09:30'",
         "'02:00'", "'Mars/Olympus'"]
TIMESTAMP_ACCESSORS = ["getFullYear", "getMonth", "getDate", "getDayOfMonth", "getDayOfWeek", "getDayOfYear", "getHours",
                       "getMinutes", "getSeconds", "getMilliseconds"]
DURATION_ACCESSORS = ["getHours", "getMinutes", "getSeconds", "getMilliseconds"]
PATTERNS = ["'a+'", "'^[a-z]*$'", "r'\\d+'", "'(a|b)c?'", "'^$'", "'.'", "'(?i)ABC'", "r'\\bpad'", "'é'", "'['", "r'\\p{L}+'",
            "'x{2,3}'"]
FORMATS = ["'%s'", "'%s and %s'", "'%.2f'", "'%e'", "'%x'", "'%X'", "'%o'", "'%b'", "'%%'", "'%5s'", "'%'", "'%.3e'"]


def productions():
    """For each type of result, the templates with their precedences."""
    made = {}

    def add(result, precedence, *templates):
        made.setdefault(result, []).extend((precedence, template) for template in templates)

    ordered = ["bool", "int", "uint", "double", "string", "bytes", "timestamp", "duration"]
    for type_ in ordered:
        for operator in ("<", "<=", ">", ">="):
            add("bool", RELATION, f"<{type_}@4> {operator} <{type_}@5>")
    add("bool", RELATION, "<T@4> == <T@5>", "<T@4> != <T@5>", "<T@4> in <list(T)@5>", "<K@4> in <map(K,T)@5>",
        "<dyn@4> == <dyn@5>", "<dyn@4> != <dyn@5>", "<dyn@4> < <dyn@5>", "<dyn@4> >= <dyn@5>", "<dyn@4> in <dyn@5>")
    for _ in range(3):
        add("bool", AND, "<bool@3> && <bool@4>")
        add("bool", OR, "<bool@2> || <bool@3>")
        add("bool", UNARY, "!<bool@8>")
    add("bool", UNARY, "!(!<bool@7>)")
    for macro in ("all", "exists", "exists_one"):
        add("bool", MEMBER, f"<list(T)@8>.{macro}(<$T>, <!><bool>)", f"<map(K,T)@8>.{macro}(<$K>, <!><bool>)",
            f"<dyn@8>.{macro}(<$dyn>, <!><bool>)")
    add("bool", MEMBER, "has(<map(string,T)@8>.<field>)", "has(table.<field>)", "has(record.<field>)",
        "has(anything.<field>)", "has(record.inner.<field>)")
    for function in ("contains", "startsWith", "endsWith"):
        add("bool", MEMBER, f"<string@8>.{function}(<string>)")
    add("bool", MEMBER, "<string@8>.matches(<pattern>)", "matches(<string>, <pattern>)", "bool(<string>)", "bool(<bool>)",
        "math.isNaN(<double>)", "math.isInf(<double>)", "math.isFinite(<double>)", "<optional(T)@8>.hasValue()")

    for type_ in ("int", "uint"):
        add(type_, SUM, f"<{type_}@5> + <{type_}@6>", f"<{type_}@5> - <{type_}@6>")
        add(type_, PRODUCT, f"<{type_}@6> * <{type_}@7>", f"<{type_}@6> / <{type_}@7>", f"<{type_}@6> % <{type_}@7>")
        add(type_, MEMBER, f"math.bitAnd(<{type_}>, <{type_}>)", f"math.bitOr(<{type_}>, <{type_}>)",
            f"math.bitXor(<{type_}>, <{type_}>)", f"math.bitNot(<{type_}>)", f"math.bitShiftLeft(<{type_}>, <int>)",
            f"math.bitShiftRight(<{type_}>, <int>)")
    add("double", SUM, "<double@5> + <double@6>", "<double@5> - <double@6>")
    add("double", PRODUCT, "<double@6> * <double@7>", "<double@6> / <double@7>")
    for type_ in ("int", "double"):
        add(type_, UNARY, f"-<{type_}@8>", f"-(-<{type_}@7>)")
    for type_ in ("int", "uint", "double"):
        add(type_, MEMBER, f"math.abs(<{type_}>)", f"math.sign(<{type_}>)", f"math.least(<{type_}>, <{type_}>)",
            f"math.greatest(<{type_}>, <{type_}>, <{type_}>)", f"math.greatest(<list({type_})>)", f"math.least([<{type_}>])")
        for source in ("int", "uint", "double", "string", "dyn"):
            add(type_, MEMBER, f"{type_}(<{source}>)")
    for function in ("ceil", "floor", "round", "trunc", "sqrt"):
        add("double", MEMBER, f"math.{function}(<double>)")
    add("dyn", MEMBER, "math.greatest(<int>, <double>, <uint>)", "math.least(<uint>, <int>)", "math.sqrt(<int>)")
    add("int", MEMBER, "int(<timestamp>)", "size(<string>)", "<string@8>.size()", "size(<bytes>)", "size(<list(T)>)",
        "size(<map(K,T)>)", "size(<map(K,int)@8>.map(<$K>, <!><T>))", "<list(T)@8>.size()", "<map(K,T)@8>.size()", "<string@8>.indexOf(<string>)",
        "<string@8>.indexOf(<string>, <index>)", "<string@8>.lastIndexOf(<string>)", "<string@8>.lastIndexOf(<string>, <index>)")
    for accessor in TIMESTAMP_ACCESSORS:
        add("int", MEMBER, f"<timestamp@8>.{accessor}()", f"<timestamp@8>.{accessor}(<zone>)")
    for accessor in DURATION_ACCESSORS:
        add("int", MEMBER, f"<duration@8>.{accessor}()")

    for type_ in ("string", "bytes"):
        add(type_, SUM, f"<{type_}@5> + <{type_}@6>")
    for source in ("bool", "int", "uint", "double", "bytes", "timestamp", "duration", "string", "dyn"):
        add("string", MEMBER, f"string(<{source}>)")
    add("string", MEMBER, "<string@8>.charAt(<index>)", "<string@8>.lowerAscii()", "<string@8>.upperAscii()",
        "<string@8>.trim()", "<string@8>.reverse()", "<string@8>.substring(<index>)", "<string@8>.substring(<index>, <index>)",
        "<string@8>.replace(<string>, <string>)", "<string@8>.replace(<string>, <string>, <index>)",
        "<list(string)@8>.join()", "<list(string)@8>.join(<string>)", "strings.quote(<string>)",
        "base64.encode(<bytes>)", "<format>.format([<T>])", "<format>.format([<int>])", "'%d'.format([<int>])", "'%d'.format([<uint>])", "<format>.format([<double>])",
        "<format>.format([<T>, <T>])", "'%s'.format([<list(T)>])", "'%s'.format([<map(K,T)>])")
    add("bytes", MEMBER, "bytes(<string>)", "bytes(<bytes>)", "base64.decode(<string>)", "base64.decode(base64.encode(<bytes>))")

    add("timestamp", SUM, "<timestamp@5> + <duration@6>", "<duration@5> + <timestamp@6>", "<timestamp@5> - <duration@6>")
    add("timestamp", MEMBER, "timestamp(<int>)", "timestamp(<string>)", "timestamp(string(<timestamp>))", "timestamp(<timestamp>)")
    add("duration", SUM, "<timestamp@5> - <timestamp@6>", "<duration@5> + <duration@6>", "<duration@5> - <duration@6>")
    add("duration", MEMBER, "duration(<string>)", "duration(string(<duration>))", "duration(<duration>)")
    add("type", MEMBER, "type(<T>)", "type(<dyn>)", "type(<type>)")

    add("list(T)", PRIMARY, "[]", "[<T>]", "[<T>, <T>]", "[<T>, <T>, <T>,]", "[?<optional(T)>, <T>]")
    add("list(T)", SUM, "<list(T)@5> + <list(T)@6>")
    add("list(T)", MEMBER, "<list(T)@8>.filter(<$T>, <!><bool>)", "<list(K)@8>.map(<$K>, <!><T>)",
        "<list(K)@8>.map(<$K>, <!><bool>, <T>)")
    add("list(string)", MEMBER, "<string@8>.split(<string>)", "<string@8>.split(<string>, <index>)")
    add("map(K,T)", PRIMARY, "{}", "{<K>: <T>}", "{<K>: <T>, <K>: <T>}", "{?<K>: <optional(T)>}")
    add("dyn", PRIMARY, "[<dyn>, <T>]", "{<K>: <dyn>, <K>: <T>}")
    add("dyn", MEMBER, "dyn(<T>)", "dyn(<T>)", "anything", "mixture", "record.<field>", "<dyn@8>.<field>", "<dyn@8>[<dyn>]",
        "record.inner.<field>")
    add("dyn", SUM, "<dyn@5> + <dyn@6>", "<dyn@5> - <dyn@6>")
    add("dyn", PRODUCT, "<dyn@6> * <dyn@7>", "<dyn@6> / <dyn@7>", "<dyn@6> % <dyn@7>")
    add("optional(T)", MEMBER, "optional.of(<T>)", "optional.none()", "<list(T)@8>[?<index>]", "<map(K,T)@8>[?<K>]",
        "<map(string,T)@8>.?<field>", "<optional(T)@8>.or(<optional(T)>)", "<optional(K)@8>.optMap(<$K>, <!><T>)",
        "<optional(K)@8>.optFlatMap(<$K>, <!><optional(T)>)", "optional.ofNonZeroValue(<T>)")
    # Of every type.
    add("T", CONDITIONAL, "<bool@2> ? <T@2> : <T>", "<bool@2> ? <T@2> : <T>")
    add("T", MEMBER, "<list(T)@8>[<index>]", "<map(K,T)@8>[<K>]", "<map(string,T)@8>.<field>", "cel.bind(<$K>, <K>, <!><T>)",
        "<optional(T)@8>.value()", "<optional(T)@8>.orValue(<T>)")
    return made


INDICES = ["0", "0", "0", "1", "1", "2", "3", "-1", "number"]
HOLE = re.compile(r"<(\$?)([a-zTK][^<>@]*)(?:@(\d))?>|<(!)>")
FIELDS = ["a", "a", "a", "b", "c", "inner", "missing"]
WORDS = {"field": FIELDS, "zone": ZONES, "pattern": PATTERNS, "format": FORMATS, "index": INDICES}


class Expressions:
    """A source of expressions that a seed determines."""

    def __init__(self, seed):
        self.random = random.Random(seed)
        self.productions = productions()
        self.scope = dict(VARIABLES)
        self.mistakes = 0.0
        self.redundancy = 0.0

    def make(self):
        """An expression with the type that it is meant to have; one of ten is likely to have a mistake in its types."""
        self.mistakes = self.random.choice([0.1] + [0.0] * 9)
        self.redundancy = self.random.choice([0.0, 0.1, 1.0])
        type_ = self.random.choice(TYPES)
        depth = self.random.choice([1, 2, 2, 3, 3, 4, 5])
        return self.expression(type_, CONDITIONAL, depth), type_

    def expression(self, type_, precedence, depth):
        if type_ in WORDS:
            return self.random.choice(WORDS[type_])
        if self.random.random() < self.mistakes:
            type_ = self.random.choice(TYPES)
        elif type_ != "dyn" and self.random.random() < 0.04:
            type_ = "dyn"
        own, text = self.grow(type_, depth)
        if own < precedence or self.random.random() < self.redundancy * 0.3:
            return f"({text})"
        return text

    def grow(self, type_, depth):
        """A text of the type, with its precedence."""
        if depth <= 0 or self.random.random() < 0.1:
            return self.leaf(type_)
        constructor, arguments = parse(type_)
        generic = {"list": "list(T)", "map": "map(K,T)", "optional": "optional(T)"}.get(constructor)
        choices = self.productions.get(type_, []) + self.productions.get(generic, [])
        # What every type has is no more likely than the rest.
        everything = self.productions["T"]
        own_share = len(choices) / (len(choices) + len(everything) / 2) if choices else 0
        is_own = self.random.random() < own_share
        precedence, template = self.random.choice(choices if is_own else everything)
        types = {"T": self.random.choice(TYPES), "K": self.random.choice(KEYS)}
        if not is_own:
            types["T"] = type_
        elif generic and (precedence, template) in self.productions[generic]:
            types["T"] = arguments[-1]
            if constructor == "map":
                types["K"] = arguments[0]
        return precedence, self.fill(template, types, depth)

    def fill(self, template, types, depth):
        outer, named = self.scope, []
        self.scope = dict(outer)

        def hole(match):
            variable, type_, precedence, activation = match.groups()
            if activation:
                self.scope.update(named)
                return ""
            type_ = re.sub(r"\b[TK]\b", lambda letter: types[letter.group()], type_)
            if variable:
                name = self.random.choice(["x", "y", "z", "it", "number"])
                named.append((name, type_))
                return name
            return self.expression(type_, int(precedence or CONDITIONAL), depth - 1)

        text = HOLE.sub(hole, template)
        self.scope = outer
        return text

    def leaf(self, type_):
        variables = [name for name, declared in self.scope.items() if declared == type_]
        if variables and self.random.random() < 0.5:
            return PRIMARY, self.random.choice(variables)
        if type_ in LITERALS:
            text = self.random.choice(LITERALS[type_])
            return (UNARY if text.startswith("-") else MEMBER), text
        constructor, arguments = parse(type_)
        if type_ == "dyn":
            return MEMBER, f"dyn({self.leaf(self.random.choice(SCALARS))[1]})"
        if constructor == "optional":
            return MEMBER, self.random.choice(["optional.none()", f"optional.of({self.leaf(arguments[0])[1]})"])
        if constructor == "list":
            count = self.random.choice([0, 1, 2, 3])
            return PRIMARY, "[" + ", ".join(self.leaf(arguments[0])[1] for _ in range(count)) + "]"
        key, value = (self.leaf(argument)[1] for argument in arguments)
        if arguments[0] == "string" and self.random.random() < 0.7:
            key = "'" + self.random.choice(FIELDS) + "'"
        return PRIMARY, "{" + key + ": " + value + "}"


def parse(type_):
    """The constructor and the arguments of a type: `map(string,int)` is `map` of `string` and `int`."""
    constructor, _, rest = type_.partition("(")
    if not rest:
        return constructor, []
    arguments, depth, start, inner = [], 0, 0, rest[:-1]
    for index, character in enumerate(inner):
        depth += {"(": 1, ")": -1}.get(character, 0)
        if character == "," and depth == 0:
            arguments.append(inner[start:index])
            start = index + 1
    return constructor, arguments + [inner[start:]]


# Texts that stand between the tokens of an expression, or break it.
FRAGMENTS = ["(", ")", "[", "]", "{", "}", ".", ",", "?", ":", "!", "-", "'", '"', "\\", "u", "0x", "e", "&&", "||", "==", "in",
             " ", "\n", "// note\n", "1", "a", "null", "true", "_", "%", "<", "&", "|", "=", "`", "for", "..", "[?", ".?"]


def broken(text, random):
    """The text after one to three edits, most of which break its syntax."""
    for _ in range(random.choice([1, 1, 2, 3])):
        at = random.randrange(len(text) + 1)
        match random.choice(["insert", "delete", "swap"]):
            case "insert":
                text = text[:at] + random.choice(FRAGMENTS) + text[at:]
            case "delete":
                text = text[:at] + text[at + random.choice([1, 1, 2, 4]):]
            case "swap":
                text = text[:at] + text[at + 1:at + 2] + text[at:at + 1] + text[at + 2:]
    return text
