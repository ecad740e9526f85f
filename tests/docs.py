#!/usr/bin/env python3
"""Every path, link, command and example in README.md, CHANGELOG.md and docs/ exists and runs.

What a page may say, and what is held to it:
- [text](page.md#heading)     the page and the heading are there
- `folder/file.hpp`           a path in a code span is there; `*` and `{a,b}` stand for several
- `./dev command`             ./dev has that command
- ```heng NAME.heng           a rule file: all of a page's blocks stand in one folder of its own, which `heng check` must accept.
                              A block without NAME goes on with the file before it, so a long example can be told in pieces.
- ```json NAME.json           any other file for the page's commands; without NAME it is only shown
- ```console                  lines with `$ ` are commands, run in that folder (rules/, docs/ and so on are there, too); the lines
                              below must be in what the command prints, in that order. `…` skips any number of lines, as does a
                              `…` inside a line any text. `[exit 2]` after them: the command ends so (else 0 or 1).
- the table of keywords in docs/language.md has every pair of grammar/keywords.cpp.
Pages printed by the program (docs/library.md, docs/errors.md) are what the program prints now.
"""
import glob
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import unicodedata

root = pathlib.Path(__file__).resolve().parent.parent
heng = root / (sys.argv[1] if len(sys.argv) > 1 else "build/heng")
made_by_building = ("build/", "build-quick/", "build-asan/", "build-debug/")
printed_pages = {"docs/library.md": ["functions", "--format", "markdown"], "docs/errors.md": ["errors", "--format", "markdown"]}
problems = []


def pages():
    return [root / "README.md", root / "CHANGELOG.md", *sorted((root / "docs").rglob("*.md"))]


def name_of(page):
    return str(page.relative_to(root))


def complain(page, line, message):
    problems.append(f"{name_of(page)}:{line}: {message}")


def split(text):
    """Prose as (line number, line), and fenced blocks as (line number, info string, lines)."""
    prose, blocks, block = [], [], None
    for number, line in enumerate(text.splitlines(), 1):
        fence = re.match(r"\s*```(.*)$", line)
        if fence and block is None:
            block = (number, fence[1].strip(), [])
        elif fence:
            blocks.append(block)
            block = None
        elif block is None:
            prose.append((number, line))
        else:
            block[2].append(line)
    return prose, blocks


def slug(heading):
    """The anchor that a heading gets where Markdown is shown as pages."""
    heading = re.sub(r"`|\*", "", heading).strip().lower()
    kept = (c for c in heading if c in " -_" or unicodedata.category(c)[0] in "LN")
    return "".join(kept).replace(" ", "-")


def anchors(page):
    prose, _ = split(page.read_text(encoding="utf-8"))
    return {slug(line.lstrip("#")) for _, line in prose if line.startswith("#")}


def check_link(page, line, target):
    if re.match(r"[a-z]+:", target):
        return
    path, _, anchor = target.partition("#")
    to = (page.parent / path).resolve() if path else page
    if not to.exists():
        complain(page, line, f"the link {target} leads nowhere")
    elif anchor and anchor not in anchors(to):
        complain(page, line, f"{name_of(to)} has no heading for #{anchor}")


def braces(pattern):
    """a/{b,c}.md → a/b.md, a/c.md"""
    found = re.search(r"\{([^{}]*)\}", pattern)
    if not found:
        return [pattern]
    return [p for word in found[1].split(",") for p in braces(pattern[: found.start()] + word + pattern[found.end() :])]


def check_span(page, line, span):
    command = re.match(r"\./dev\s+(\S+)", span)
    if command:
        if command[1] not in dev_commands:
            complain(page, line, f"./dev has no command {command[1]}")
        return
    top = span.split("/")[0]
    if "/" not in span or re.search(r"\s|…|NAME|YEAR|://", span) or not (root / top).is_dir() or span.startswith(made_by_building):
        return
    for pattern in braces(span):
        if not glob.glob(str(root / pattern)):
            complain(page, line, f"there is no {pattern}")


def check_prose(page, prose):
    for number, line in prose:
        for target in re.findall(r"\]\(([^)\s]+)\)", line):
            check_link(page, number, target)
        for span in re.findall(r"`([^`]+)`", line):
            check_span(page, number, span)


def write_files(page, blocks, folder):
    """The files that a page shows; returns the folders that hold rules."""
    rules, rule_folders = None, set()
    for number, info, lines in blocks:
        language, _, name = info.partition(" ")
        file = folder / name if name else rules
        if not name and language != "heng":
            continue
        if file is None:
            complain(page, number, "this block does not say which file it is")
            continue
        file.parent.mkdir(parents=True, exist_ok=True)
        with open(file, "a", encoding="utf-8") as out:
            out.write("\n".join(lines) + "\n\n")
        if language == "heng":
            rules = file
            rule_folders.add(file.parent)
    return rule_folders


def run(command, folder):
    environment = dict(os.environ, PATH=f"{heng.parent}:{os.environ['PATH']}", HENG_LANG="zh", NO_COLOR="1")
    done = subprocess.run(command, shell=True, cwd=folder, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, timeout=120, executable="/bin/bash")
    return done.returncode, done.stdout.decode("utf-8", "replace")


def matches(shown, printed):
    pattern = ".*".join(re.escape(part) for part in re.sub(r"\s+", " ", shown.strip()).split("…"))
    return re.fullmatch(pattern, re.sub(r"\s+", " ", printed.strip()))


def missing_line(shown, printed):
    """The first shown line that is not in what was printed, after the ones before it."""
    at, skipping = 0, True
    for line in shown:
        if not line.strip():
            continue
        if line.strip() == "…":
            skipping = True
            continue
        while at < len(printed) and not printed[at].strip():
            at += 1
        while skipping and at < len(printed) and not matches(line, printed[at]):
            at += 1
        if at == len(printed) or not matches(line, printed[at]):
            return line
        at, skipping = at + 1, False
    return None


def check_command(page, number, command, shown, folder):
    if command.startswith("./dev"):
        check_span(page, number, command)
        return
    wanted = None
    if shown and (found := re.fullmatch(r"\[exit (\d+)\]", shown[-1].strip())):
        wanted, shown = int(found[1]), shown[:-1]
    code, printed = run(command, folder)
    if code not in ((0, 1) if wanted is None else (wanted,)):
        complain(page, number, f"`{command}` ends with {code}:\n{printed}")
    elif (line := missing_line(shown, printed.splitlines())) is not None:
        complain(page, number, f"`{command}` does not print\n   {line}\nbut\n{printed}")


def check_console(page, blocks, folder):
    for number, info, lines in blocks:
        if info.split(" ")[0] != "console":
            continue
        command, shown = None, []
        for line in [*lines, "$ "]:
            if not line.startswith("$ "):
                shown.append(line)
                continue
            if command:
                check_command(page, number, command, shown, folder)
            command, shown = line[2:].strip(), []


def check_page(page):
    prose, blocks = split(page.read_text(encoding="utf-8"))
    check_prose(page, prose)
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        for top in root.iterdir():
            if not top.name.startswith("."):
                (folder / top.name).symlink_to(top)
        for rules in sorted(write_files(page, blocks, folder)):
            code, printed = run(f"heng check '{rules.relative_to(folder)}'", folder)
            if code != 0:
                complain(page, 1, f"its rules do not compile:\n{printed}")
        check_console(page, blocks, folder)


def check_printed(name, command):
    page = root / name
    printed = subprocess.run([heng, *command], stdout=subprocess.PIPE, check=True).stdout.decode()
    if not page.exists() or page.read_text(encoding="utf-8") != printed:
        problems.append(f"{name}: is not what `heng {' '.join(command)}` prints: run ./dev docs")


def check_keywords():
    rows = re.findall(r'\{Word::\w+, "([^"]+)", "([^"]+)", \{([^}]*)\}, (\w+)', (root / "grammar/keywords.cpp").read_text(encoding="utf-8"))
    page = (root / "docs/language.md").read_text(encoding="utf-8")
    for english, chinese, synonyms, role in rows:
        others = " ".join(re.findall(r'"([^"]+)"', synonyms))
        row = f"| {chinese} | {english} | {others} |"
        if row not in page:
            problems.append(f"docs/language.md: the table of keywords lacks `{row}`")


def check_reachable():
    """A reader who starts at README.md gets to every page."""
    seen, ahead = set(), [root / "README.md"]
    while ahead:
        page = ahead.pop()
        if page in seen or page.suffix != ".md" or not page.exists():
            continue
        seen.add(page)
        for target in re.findall(r"\]\(([^)\s#]+)", page.read_text(encoding="utf-8")):
            ahead.append((page.parent / target).resolve())
    for page in pages():
        if page not in seen:
            problems.append(f"{name_of(page)}: no link leads here from README.md")


def commands_of_dev():
    text = subprocess.run([root / "dev", "help"], stdout=subprocess.PIPE, check=True).stdout.decode()
    return set(re.findall(r"^\./dev (\w+)", text, re.M)) | {"help"}


dev_commands = commands_of_dev()


def main():
    if not heng.exists():
        sys.exit("build/heng is not there: run ./dev build first")
    for page in pages():
        if name_of(page) not in printed_pages:
            check_page(page)
    for name, command in printed_pages.items():
        check_printed(name, command)
    check_keywords()
    check_reachable()
    for problem in problems:
        print(problem)
    print(f"{len(pages())} pages, {len(problems)} problems")
    sys.exit(1 if problems else 0)


main()
