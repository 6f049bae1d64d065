#!/usr/bin/env python3
"""Reads the reports of one audit with other people's programs, and compares what they understood.

Usage: reports.py REPORTS SCHEMAS OUR_SCHEMAS

REPORTS holds one report of each format, named by the format. Needs the packages of reports-requirements.txt, xmllint,
and, where they are installed, Ant with junitreport and the parser of Maven's Surefire report. Ends with 1 and a list when anything is refused or differs.
"""

import collections
import csv
import json
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

import cmarkgfm
import jsonschema
import junitparser
import lxml.html
from py_ocsf_models.events.findings.compliance_finding import ComplianceFinding

problems = []


def check(condition, text):
    if not condition:
        problems.append(text)


def run(*arguments, cwd=None):
    result = subprocess.run(arguments, capture_output=True, text=True, cwd=cwd)
    check(result.returncode == 0, f"{arguments[0]}: {(result.stderr or result.stdout).strip()[:800]}")
    return result.stdout


class Reports:
    def __init__(self, folder, schemas, own):
        self.folder, self.schemas, self.own = folder, schemas, own
        self.json = json.loads((folder / "json").read_text(encoding="utf-8"))
        self.truth = {
            (f["ruleId"], f["resource"]["kind"], f["resource"]["id"], f["disposition"]) for f in self.json["findings"]
        }

    def text(self, name):
        # Line ends as they are.
        return (self.folder / name).read_bytes().decode("utf-8")

    def same(self, name, told):
        told = list(told)
        check(len(told) == len(self.json["findings"]), f"{name}: {len(told)} findings, JSON has {len(self.truth)}")
        check(set(told) == self.truth, f"{name}: tells of other findings: {sorted(set(told) ^ self.truth)[:3]}")

    def judge_json(self):
        schema = json.loads((self.own / "report-1.schema.json").read_text())
        jsonschema.Draft202012Validator.check_schema(schema)
        validator = jsonschema.Draft202012Validator(
            schema, format_checker=jsonschema.Draft202012Validator.FORMAT_CHECKER)
        for error in list(validator.iter_errors(self.json))[:5]:
            problems.append(f"json: {error.json_path}: {error.message[:200]}")
        lines = [json.loads(line) for line in self.text("jsonl").splitlines()]
        self.same("jsonl", (
            (f["ruleId"], f["resource"]["kind"], f["resource"]["id"], f["disposition"])
            for f in lines if f["kind"] == "finding"))
        check(lines[0]["verdict"] == self.json["verdict"], "jsonl: another verdict")

    def judge_junit(self):
        path = self.folder / "junit"
        for schema in ["junit-10.xsd", "windyroad-JUnit.xsd"]:
            run("xmllint", "--noout", "--schema", str(self.schemas / schema), str(path))
        check(path.stat().st_size < 30_000_000, "junit: larger than GitLab takes")
        suite = junitparser.JUnitXml.fromfile(str(path))
        if isinstance(suite, junitparser.JUnitXml):
            suite = next(iter(suite))
        cases = list(suite)
        results = [case.result for case in cases]
        for name, kind in [("failures", junitparser.Failure), ("errors", junitparser.Error),
                           ("skipped", junitparser.Skipped)]:
            count = sum(any(isinstance(r, kind) for r in result) for result in results)
            check(getattr(suite, name) == count, f"junit: {name} says {getattr(suite, name)}, has {count}")
        check(suite.tests == len(cases) > 0, f"junit: tests says {suite.tests}, has {len(cases)}")
        check(all(len(result) <= 1 for result in results), "junit: a case with several results")
        names = [(case.classname, case.name) for case in cases]
        check(len(set(names)) == len(names), "junit: two cases of one name")
        red = any(isinstance(r, (junitparser.Failure, junitparser.Error)) for result in results for r in result)
        check(red == (self.json["verdict"] != "pass"), f"junit: red is {red}, the verdict {self.json['verdict']}")
        findings = [name for name in names if re.match(r"(api-token|api-key|policy|owner|organization|waiver|coverage) ", name[1])]
        check(len(findings) == len(self.truth), f"junit: {len(findings)} cases, {len(self.truth)} findings")
        with tempfile.TemporaryDirectory() as folder:
            if len(cases) < 5000:
                run(str(pathlib.Path(sys.executable).parent / "junit2html"), str(path), f"{folder}/junit.html")
                check("onerror=alert(1)>" not in pathlib.Path(f"{folder}/junit.html").read_text(),
                      "junit2html: markup from data")
            self.judge_with_ant(path, folder, len(cases))
        self.judge_with_surefire(path, suite)

    def judge_with_ant(self, path, folder, count):
        if not shutil.which("ant") or count > 5000:
            return
        build = pathlib.Path(folder) / "build.xml"
        build.write_text(
            '<project default="r"><target name="r"><junitreport todir="out"><fileset dir="in" includes="*.xml"/>'
            '<report format="noframes" todir="out"/></junitreport></target></project>')
        for name in ["in", "out"]:
            (pathlib.Path(folder) / name).mkdir()
        shutil.copy(path, pathlib.Path(folder) / "in/TEST-tokenreeve.xml")
        output = run("ant", "-q", "-f", str(build))
        check("not a valid testsuite" not in output, "ant: no valid test suite")
        page = lxml.html.parse(str(pathlib.Path(folder) / "out/junit-noframes.html"))
        cells = [cell.text_content().strip() for cell in page.iterfind(".//td")]
        check(str(count) in cells, f"ant: the number of cases, {count}, is not on its page")

    def judge_with_surefire(self, path, suite):
        library = pathlib.Path("/usr/share/java")
        if not (library / "surefire-report-parser.jar").exists() or not shutil.which("javac"):
            return
        jars = ["surefire-report-parser", "surefire-logger-api", "maven-shared-utils"]
        source = pathlib.Path(__file__).with_name("SurefireReport.java")
        output = run("java", "-cp", ":".join(str(library / f"{jar}.jar") for jar in jars), str(source), str(path))
        told = collections.Counter(line.split("\t", 1)[0] for line in output.split("\n") if line)
        for name, result in [("failures", "failure"), ("errors", "error"), ("skipped", "skipped")]:
            check(told[result] == getattr(suite, name), f"surefire: {told[result]} {name}, the suite says otherwise")
        check(told.total() == suite.tests, f"surefire: {told.total()} cases, the suite has {suite.tests}")

    def judge_sarif(self):
        log = json.loads(self.text("sarif"))
        schema = json.loads((self.schemas / "sarif-schema-2.1.0.json").read_text())
        for error in list(jsonschema.Draft4Validator(schema).iter_errors(log))[:5]:
            problems.append(f"sarif: {error.json_path}: {error.message[:200]}")
        result_run = log["runs"][0]
        rules = [rule["id"] for rule in result_run["tool"]["driver"]["rules"]]
        check(len(set(rules)) == len(rules), "sarif: two rules of one id")
        told = []
        for result in result_run["results"]:
            check(rules[result["ruleIndex"]] == result["ruleId"], "sarif: ruleIndex names another rule")
            kind, _, identifier = result["locations"][0]["logicalLocations"][0]["fullyQualifiedName"].partition("/")
            reasons = [suppression["justification"] for suppression in result["suppressions"]]
            accepted = "baselined" if any(reason.startswith("baselined:") for reason in reasons) else "waived"
            told.append((result["ruleId"], kind, identifier, accepted if reasons else "open"))
        self.same("sarif", told)
        if len(told) < 5000:
            run(str(pathlib.Path(sys.executable).parent / "sarif"), "summary", self.copy("sarif", "report.sarif"))

    def copy(self, name, target):
        """sarif-tools goes by the ending of the file's name."""
        path = self.folder / "copies" / target
        path.parent.mkdir(exist_ok=True)
        shutil.copy(self.folder / name, path)
        return str(path)

    def judge_csv(self):
        for name in ["csv", "plan-csv"]:
            with open(self.folder / name, newline="", encoding="utf-8") as file:
                rows = list(csv.reader(file, strict=True))
            check({len(row) for row in rows} == {len(rows[0])}, f"{name}: rows of different lengths")
            for row in rows:
                for field in row:
                    check(not re.match(r"\s*[=+\-@\uff1d\uff0b\uff0d\uff20]", field), f"{name}: a formula: {field[:80]}")
            if name == "csv":
                rows = [dict(zip(rows[0], row)) for row in rows[1:]]
                findings = [row for row in rows if row["disposition"] in ("open", "waived", "baselined")]
                check(len(findings) == len(self.truth), f"csv: {len(findings)} findings, JSON has {len(self.truth)}")
                told = {(row["fingerprint"], row["disposition"]) for row in findings}
                check(told == {(f["fingerprint"], f["disposition"]) for f in self.json["findings"]},
                      "csv: other findings or dispositions")

    def judge_markdown(self):
        allowed = {"h1", "h2", "h3", "h4", "p", "ul", "li", "strong", "code", "table", "thead", "tbody", "tr", "th",
                   "td", "div"}
        for name in ["markdown", "plan-markdown"]:
            source = self.text(name)
            html = cmarkgfm.github_flavored_markdown_to_html(source)
            page = lxml.html.fromstring(f"<div>{html}</div>")
            tags = {element.tag for element in page.iter()}
            check(tags <= allowed, f"{name}: markup that is not ours: {tags - allowed}")
            for table in page.iter("table"):
                head = len(table.findall("thead/tr/th"))
                for row in table.iter("tr"):
                    check(len(row) == head, f"{name}: a row of {len(row)} cells below {head} headings")
            rows = sum(line.startswith("| ") for line in source.splitlines())
            rendered = sum(1 for _ in page.iter("tr"))
            separators = len(re.findall(r"(?m)^\| ---", source))
            check(rows - separators == rendered, f"{name}: {rows - separators} rows written, {rendered} rendered")
        source = self.text("markdown")
        cut = re.search(r"\*\*([0-9]+) more findings? left out here", source)
        if cut:
            check(len(source) <= 65_536, "markdown: longer than a comment can be")
        else:
            page = lxml.html.fromstring(f"<div>{cmarkgfm.github_flavored_markdown_to_html(source)}</div>")
            codes = {code.text_content().strip() for code in page.iter("code")}
            for label in {f["resource"]["label"] for f in self.json["findings"]} - {None}:
                # Plain ASCII is shown as it is; what becomes of the rest is for the unit tests.
                if re.fullmatch(r"[ -~]{1,100}", label) and label.strip() and "##" not in label:
                    check(label.strip() in codes, f"markdown: a label is not shown: {label}")

    def judge_ocsf(self):
        told = []
        for line in self.text("ocsf").splitlines():
            event = json.loads(line)
            ComplianceFinding(**event)
            if event.get("resources"):
                resource = event["resources"][0]
                told.append((event["compliance"]["control"], resource["type"], resource["uid"],
                             event["unmapped"]["disposition"] if event["status_id"] == 3 else "open"))
        self.same("ocsf", told)

    def judge_lines(self):
        """What is printed into a CI log holds nothing that acts there, but for our own annotations."""
        for name in ["text", "github", "markdown", "junit"]:
            for line in self.text(name).split("\n"):
                check(not re.search(r"##(\[|vso\[|teamcity\[)", line, re.I), f"{name}: a command: {line[:100]}")
                check(not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u200b]", line),
                      f"{name}: a control character: {line[:100]!r}")
                if name != "github":
                    check(not line.lstrip().startswith("::"), f"{name}: a command: {line[:100]}")
        for line in self.text("github").splitlines():
            check(re.match(r"::(error|warning|notice) title=[^:,]*::|tokenreeve: [0-9]+ more", line),
                  f"github: {line[:100]}")


def main():
    reports = Reports(*map(pathlib.Path, sys.argv[1:4]))
    for name in [name for name in dir(Reports) if name.startswith("judge_") and not name.startswith("judge_with_")]:
        try:
            getattr(reports, name)()
        except Exception as error:  # A reader that gives up is a finding like any other.
            problems.append(f"{name}: {type(error).__name__}: {str(error)[:500]}")
    for problem in problems[:30]:
        print(f"  {problem}", file=sys.stderr)
    sys.exit(1 if problems else 0)


if __name__ == "__main__":
    main()
