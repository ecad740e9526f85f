#!/usr/bin/env python3
"""What people are told about wrong files, whole, in both languages: each file of bad/rules and bad/reports has one mistake.

usage: messages.py HENG ROOT [PART OF A PATH]   (HENG_REWRITE=1: write the answers down anew; review the difference like code)

The name of a file begins with the code that it is answered with. In a rule file `#! E301` marks the line; a report whose name begins
with "verdict" is read, and weighed with the finding that is written down. bad/rules has a folder for each kind of declaration; of all
codes and kinds a matrix is printed, and where a code has no file in a kind, CANNOT says why. Each folder has the answers of its
files in messages.txt: what `heng check FILE` (`heng test FILE`, `heng run ../rules.heng FILE`) prints, and the exit code.
"""
import concurrent.futures
import difflib
import os
import pathlib
import re
import subprocess
import sys

heng, root = (pathlib.Path(argument).resolve() for argument in sys.argv[1:3])
wanted = sys.argv[3] if len(sys.argv) > 3 else ""
bad = root / "tests" / "programs" / "bad"
plain = {key: value for key, value in os.environ.items()
         if key not in ("HENG_LANG", "LANG", "LC_ALL", "LC_MESSAGES", "NO_COLOR", "TERM")}

# Every kind of declaration; "overlay" are the words that change another set's rules.
KINDS = ("ruleset forms layout report record form phrases printed choice unit parameter function formulas check require let score bands tier test "
         "overlay").split()
OF_FORMS = ("report", "record", "form", "phrases", "printed", "choice", "unit")
OF_RULES = ("function", "check", "require", "let", "score", "bands", "test")  # a formula or a condition stands in each
WRITTEN_OUT = ("parameter", "tier")  # a value stands in each that holds for the whole of a run


def all_but(*kinds):
    return tuple(kind for kind in KINDS if kind not in kinds)


HEADERS = ("ruleset", "forms", "layout")
NO_FORMULA = (*HEADERS, *OF_FORMS, "overlay")
# Where a code cannot be met, and why.
CANNOT = [
    ("E102", ("unit", "overlay"), "has no brackets and no quotes"),
    ("E103", (*HEADERS, *OF_FORMS, "overlay"), "holds no numbers with units"),
    ("E103", ("formulas",), "a number in a printed formula is E115 where it is none"),
    ("E104 E105 E106 E111 E112", NO_FORMULA, "no formula stands in it"),
    ("E104 E105 E106 E111 E112", ("formulas",), "printed formulas have a notation of their own: E115"),
    ("E107", ("printed", "choice", "unit", "overlay"), "takes no clauses"),
    ("E108", ("overlay",), "left out whole by E113"),
    ("E109", NO_FORMULA, "brackets are nested in formulas only; what is too large as a whole (8 MB, 200,000 fields) is no file to keep"),
    ("E109", ("formulas",), "printed formulas are one line each: E115"),
    ("E110", ("choice", "unit", "function"), "may stand in forms and in rule sets"),
    ("E110", ("check", "require", "let", "score", "bands", "test", "overlay"),
     "said of the first rule that stands among forms, whichever it is: see parameter, tier, formulas"),
    ("E116 E212 E213 E214 E420 E421", all_but("overlay"), "said of rule sets that are laid over others"),
    ("E215", all_but("ruleset"), "said of places, which stand beside rule sets"),
    ("E114", all_but("score"), "only scores lose marks by steps"),
    ("E115", all_but("formulas"), "only printed formulas have this notation"),
    ("E201", (*HEADERS, "choice", "unit", "overlay"), "names nothing but forms, which are E206"),
    ("E202", NO_FORMULA, "no formula stands in it"),
    ("E202", ("formulas",), "names lines and columns, and forms stand nowhere twice"),
    ("E202", ("parameter",), "a value is made before there are lets that could share a name"),
    ("E203", ("unit", "overlay"), "a unit may be declared again, it means the same"),
    ("E203", ("layout", "printed"), "what is said again about paper is one more spelling"),
    ("E204", (*NO_FORMULA, "formulas"), "calls no functions"),
    ("E205", (*HEADERS, "printed", "choice", "overlay"), "has no units"),
    ("E205", ("unit",), "declares them"),
    ("E205", ("formulas",), "a unit in a printed formula is E115"),
    ("E206", ("forms", "report", "record", "form", "phrases", "printed", "choice", "unit", "parameter", "function", "tier", "overlay"),
     "names no form and no list; an unknown record is E201"),
    ("E206", ("test",), "an unknown list in given is E207"),
    ("E206", ("layout",), "a layout of forms that take no part is left aside"),
    ("E207", ("ruleset", "forms", "report", "record", "form", "choice", "unit", "overlay"), "picks no part of anything"),
    ("E207", ("printed",), "an unknown line, column or field of the forms is E201"),
    ("E208", NO_FORMULA, "picks no line"),
    ("E209", (*HEADERS, "form", "phrases", "printed", "choice", "unit", "parameter", "formulas", "check", "require", "tier", "test",
              "overlay"), "nothing can be made from it, or it holds no records"),
    ("E209", ("report",), "a record that holds itself is said where it is declared"),
    ("E210", all_but("score"), "judgement is part of scores; elsewhere full marks are E406"),
    ("E211", (*NO_FORMULA, "formulas"), "asks for no choice"),
    ("E301", (*HEADERS, "form", "printed", "choice", "unit", "overlay", "formulas"),
     "compares nothing; the figures of one form are all of one unit"),
    ("E302", (*HEADERS, "report", "record", "form", "printed", "choice", "unit", "overlay", "formulas"),
     "works on figures and types that are written out"),
    ("E303 E304", (*NO_FORMULA, "formulas"), "has no calls and no conditions"),
    ("E305", (*NO_FORMULA, "formulas"), "no formula stands in it; a printed formula names whole lines and columns"),
    ("E306", (*NO_FORMULA, "formulas", *WRITTEN_OUT, "function"), "stands in no rows"),
    ("E307 E308 E309", (*NO_FORMULA, "formulas"), "no ≈ and no sum is written in it; printed sums name their lines"),
    ("E310", (*NO_FORMULA, "formulas"), "no formula stands in it, or only lines that are named"),
    ("E311", (*NO_FORMULA, "formulas"), "no percents meet in it"),
    ("E401 E402", all_but("bands", "tier"), "only bands and tiers divide a range"),
    ("E403", all_but("parameter"), "only parameters have years"),
    ("E404", (*NO_FORMULA, "formulas"), "reads no parameter"),
    ("E405", all_but("ruleset"), "said of a rule set, or of a test outside one (ruleset/)"),
    ("E406", (*NO_FORMULA, "formulas"), "full marks are part of formulas"),
    ("E407", (*NO_FORMULA, "formulas"), "holds no long numbers"),
    ("E408 E410", all_but("test"), "only tests expect something"),
    ("E409", KINDS, "said of --set, not of a file: tests/tools/sessions"),
    ("E411", (*HEADERS, *OF_FORMS, "formulas", "overlay"), "has no ranges that could be written the wrong way round"),
    ("E412", all_but("score"), "only scores have parts and items with weights"),
    ("E413", all_but("parameter"), "said of parameters only"),
    ("E414", (*HEADERS, *OF_FORMS, "overlay"), "has no conditions"),
    ("E414 E415", ("function",), "its conditions depend on what it is given: looked at where it is called"),
    ("E414 E415", (*WRITTEN_OUT, "test"), "what is written out holds for the whole of a run"),
    ("E415", (*HEADERS, *OF_FORMS, "overlay"), "has no conditions"),
    ("E415", ("bands",), "a band that takes all or nothing is E401 or E414"),
    ("E416 E417", all_but("score"), "only scores have arms and must give marks whatever the figures are"),
    ("E418 E422", (*HEADERS, *OF_FORMS, "formulas", *WRITTEN_OUT, "test", "overlay"), "divides nothing"),
    ("E419", (*HEADERS, "printed", "formulas", "test", "overlay"), "gives no names that rules use"),
    ("E419", ("choice", "unit", "function", "tier"), "its names stand in one list, where a wrong one is E205, E204, E211"),
    ("E509", all_but("test"), "what a test gives is read like a report"),
]


beside = ".说明.csv"  # explanations: their own faults are told beside the report's


def kinds_without(code):
    """kind -> why no file of it can have this code"""
    return {kind: why for codes, kinds, why in CANNOT if code in codes.split() for kind in kinds}


def run(command, folder, language):
    made = subprocess.run([str(heng), *command, "--lang", language], cwd=folder, env=plain, capture_output=True, timeout=120)
    text = (made.stdout + made.stderr).decode("utf-8", "backslashreplace")
    return "\n".join(line.rstrip() for line in text.rstrip("\n").split("\n")) + "\n[%d]\n" % made.returncode


def command_for(file):
    if "reports" in file.parts:
        return ["run", "../rules.heng", file.name]
    by_test = file.parent.name == "test" and file.name[:4] in ("E408", "E410", "E509")
    return ["test" if by_test else "check", file.name]


def answer(file):
    return {language: run(command_for(file), file.parent, language) for language in ("zh", "en")}


def said_in_rules(text):
    """(line, code) of every message"""
    return [(int(line), code) for line, code in re.findall(r"^\S+?:(\d+):\d+: (?:\S+ )?(E\d+):? ", text, re.M)]


def marked(file):
    text = file.read_bytes().decode("utf-8", "replace")
    return [(number, code) for number, line in enumerate(text.split("\n"), 1) for code in re.findall(r"#! (E\d+)", line)]


def faults_of_rules(file, answers):
    expected = marked(file)
    if [code for _, code in expected] != [file.name[:4]]:
        yield "one line is marked with the code of its name, these are: %s" % expected
    for language, way_out in (("zh", "怎么办"), ("en", "help:")):
        said = said_in_rules(answers[language])
        if said != expected:
            yield "%s: marked %s, said %s" % (language, expected, said)
        if way_out not in answers[language]:
            yield "%s: no way out" % language


def faults_of_report(file, answers):
    code = "" if file.name.startswith("verdict") else file.name[:4]
    for language in ("zh", "en"):
        problems = answers[language].split("未能判定的报告")[0].split("Reports that could not")[0]
        said = re.findall(r"^  \[(E\d+)\]", problems, re.M)
        said += re.findall(r"^%s:\d+:\d+: (E\d+): " % re.escape(file.name + beside), answers[language], re.M)
        if said != ([code] if code else []):
            yield "%s: said %s" % (language, said)
        if not code and answers[language].endswith("[0]\n"):
            yield "%s: nothing is found in it" % language


def golden(folder, answers):
    parts = []
    for file in sorted(answers, key=lambda one: one.name):
        parts.append("### %s\n\n%s\n%s" % (file.name, answers[file]["zh"], answers[file]["en"]))
    told, path = "\n".join(parts), folder / "messages.txt"
    expected = path.read_text(encoding="utf-8") if path.exists() else ""
    if told == expected:
        return 0
    if os.environ.get("HENG_REWRITE"):
        path.write_text(told, encoding="utf-8")
        return 0
    sys.stdout.writelines(difflib.unified_diff(expected.splitlines(True), told.splitlines(True), str(path), "now"))
    return 1


def print_matrix(codes, files):
    """How many files a code has in each kind; "-" where it cannot be met. The cells that lack both are faults."""
    lacking = []
    width = max(map(len, KINDS))
    print("\n" + " " * width + "  " + " ".join(code[1:] for code in codes))
    for kind in KINDS:
        cells = []
        for code in codes:
            count = sum(1 for file in files if file.parent.name == kind and file.name.startswith(code))
            cannot = kind in kinds_without(code)
            if not count and not cannot:
                lacking.append("%s has no file with %s, and CANNOT does not say why" % (kind, code))
            if count and cannot:
                lacking.append("%s has a file with %s, and CANNOT says that it cannot" % (kind, code))
            cells.append(str(count) if count else "-" if cannot else "?")
        print(kind.ljust(width) + "  " + " ".join(cell.rjust(3) for cell in cells))
    return lacking


table = subprocess.run([str(heng), "errors", "--lang", "en"], env=plain, capture_output=True, check=True).stdout.decode()
all_codes = re.findall(r"^(E\d+)", table, re.M)
rules = [file for file in sorted((bad / "rules").glob("*/*.heng")) if file.name != "forms.heng" and wanted in str(file)]
reports = [file for file in sorted((bad / "reports").glob("*/*"))
           if file.name != "messages.txt" and not file.name.endswith(beside) and wanted in str(file)]

with concurrent.futures.ThreadPoolExecutor(max_workers=2) as pool:
    answers = dict(zip(rules + reports, pool.map(answer, rules + reports)))
wrong = 0
for file, said in answers.items():
    for fault in (faults_of_rules if file in rules else faults_of_report)(file, said):
        print("%s: %s" % (file.relative_to(root), fault))
        print("".join("    " + line + "\n" for line in said["zh"].split("\n")) if wanted else "", end="")
        wrong += 1
if not wanted:
    for folder in sorted({file.parent for file in answers}):
        wrong += golden(folder, {file: said for file, said in answers.items() if file.parent == folder})
    lacking = print_matrix([code for code in all_codes if code < "E500" or code == "E509"], rules)
    lacking += ["no report with %s" % code for code in all_codes
                if "E500" < code < "E600" and not any(file.name.startswith(code) for file in reports)]
    told = "".join(file.read_text(encoding="utf-8") for file in (root / "tests" / "tools" / "sessions").glob("*.txt"))
    lacking += ["no session of tests/tools/sessions has %s" % code for code in ("E409", "E601", "E602") if code not in told]
    if len(rules) < 150 or len(reports) < 60:
        lacking.append("at least 150 rule files and 60 reports are wanted")
    for fault in lacking:
        print(fault)
    wrong += len(lacking)
print("%d rule files, %d reports, %d faults" % (len(rules), len(reports), wrong))
sys.exit(1 if wrong else 0)
