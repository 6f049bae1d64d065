/// Labels and names such as a malicious or careless user could choose: each tries to break out of one of the formats
/// that reports are written in, or to be taken for something else by the person who reads them.
enum HostileTexts {
  static let all = [
    // XML and HTML.
    "</testcase><testcase name=\"all fine\"/>",
    "quote\" apostrophe' <less> & ampersand",
    "ends a section ]]> early",
    "<!DOCTYPE r [<!ENTITY e SYSTEM \"file:///etc/passwd\">]>&e;",
    "<script>alert('label')</script>",
    "<img src=x onerror=alert(1)>",
    // Characters that XML 1.0 has no place for, and controls that terminals obey.
    "null \u{0} and escape \u{1B}[2J\u{1B}[31mred",
    "title \u{1B}]0;owned\u{7} bell, delete \u{7F}, next line \u{85}, CSI \u{9B}31m",
    "noncharacters \u{FFFE}\u{FFFF}",
    "two\r\nlines\nand\ta tab",
    // Markdown.
    "| a | table | row |\n|---|---|---|",
    "[click](javascript:alert(1)) ![image](https://example.com/pixel.png)",
    "`code` **bold** @everyone #1 <!-- hidden",
    "# heading\n- [x] done\n```\nfence",
    // Spreadsheets.
    "=HYPERLINK(\"https://example.com\",\"open\")",
    "+1-1", "-2+3", "@SUM(1)", "\t=1+1",
    "comma, semicolon; \"quotes\"",
    // CI logs.
    "::error file=policy.yaml,line=1::a message of its own",
    "##[error]not an error",
    "%0A::set-output name=verdict::pass",
    // What looks like something else.
    "abc\u{202E}gpj.exe\u{202C}",
    "ad\u{200B}min\u{2060}\u{FEFF}",
    "\u{0430}dministrator",
    "hi\u{E0041}\u{E0042}\u{E007F}",
    "line\u{2028}separator\u{2029}paragraph",
    "e\u{301} is not \u{E9}",
    "Z" + String(repeating: "\u{300}\u{301}", count: 40),
    // Shells, paths, templates, links, lengths.
    "$(id) `id` ; rm -rf / #",
    "../../../etc/passwd",
    "{{ label }} {% raw %} ${label} {token.label}",
    "https://user:password@example.com/?q=<x>",
    "yes: [a, b] # comment",
    String(repeating: "long label ", count: 60),
    "   ",
  ]
}
