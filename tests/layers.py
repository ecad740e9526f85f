#!/usr/bin/env python3
"""Includes run one way: grammar and stdlib know nothing of ours, interpreter knows both, reports knows interpreter, tools all.

Held here, for every source file of these folders:
- a folder includes only what the table below lets it, and files include each other without cycles, as do the folders inside;
- every include of ours is written from the root and is there;
- only reports/ and tools/ may touch files, clocks, networks, threads of the outside; nobody includes what takes them unawares.
- no two types have one name in one namespace: each file compiles, and the linker takes either one's functions for both.
usage: layers.py        prints what is wrong; nothing when all is well
"""
import collections
import pathlib
import re
import sys

root = pathlib.Path(__file__).resolve().parent.parent
may_include = {
    "grammar": {"grammar"},
    "stdlib": {"stdlib"},
    "interpreter": {"grammar", "stdlib", "interpreter"},
    "reports": {"grammar", "stdlib", "interpreter", "reports"},
    "tools": {"grammar", "stdlib", "interpreter", "reports", "tools"},
    "tests": {"grammar", "stdlib", "interpreter", "reports", "tools", "tests"},
}
# The stages of the interpreter, in the order that data takes; each knows only those before it.
stages = ["merge", "check", "plan", "run", "explain", "compare"]
# Files, clock, network, processes, chance: they come in through reports/ and tools/ as bytes and dates.
world = re.compile(r"^(fstream|filesystem|chrono|ctime|time\.h|cstdio|stdio\.h|iostream|random|thread|future|mutex|condition_variable|"
                   r"source_location|ranges|coroutine|sys/.*|unistd\.h|netinet/.*|fcntl\.h|CLI/.*|simdjson.*|nlohmann/.*|openssl/.*)$")
pure = {"grammar", "stdlib", "interpreter"}
# Heavy headers stay behind one door.
heavy = {re.compile(r"^tao/pegtl"): {"grammar"}}
include = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]', re.MULTILINE)

problems = []


def folder_of(path):
    return path.split("/")[0]


def check_outside(name, what):
    if folder_of(name) in pure and world.match(what):
        problems.append(f"{name}: includes <{what}>; only reports/ and tools/ touch the world")
    for pattern, folders in heavy.items():
        if pattern.match(what) and folder_of(name) not in folders:
            problems.append(f"{name}: includes <{what}>; only {', '.join(sorted(folders))} may")


def check_ours(name, what):
    if not (root / what).is_file() and not (root / (what + ".in")).is_file():  # made by cmake from its .in
        problems.append(f'{name}: "{what}" is not there; includes are written from the root')
        return False
    if folder_of(what) not in may_include[folder_of(name)]:
        problems.append(f'{name}: includes "{what}"; {folder_of(name)}/ may include only {", ".join(sorted(may_include[folder_of(name)]))}')
    here, there = name.split("/"), what.split("/")
    if here[0] == there[0] == "interpreter" and len(here) > 2 and len(there) > 2 and here[1] in stages and there[1] in stages:
        if stages.index(there[1]) > stages.index(here[1]):
            problems.append(f'{name}: includes "{what}"; {there[1]} comes after {here[1]}')
    return True


def read_includes():
    graph = {}
    for folder in may_include:
        for path in sorted((root / folder).rglob("*")):
            if path.suffix not in (".hpp", ".cpp", ".inc"):
                continue
            name = path.relative_to(root).as_posix()
            graph[name] = []
            for bracket, what in include.findall(path.read_text(encoding="utf-8")):
                if bracket == "<":
                    check_outside(name, what)
                elif (root / folder_of(what)).is_dir() and "/" in what:
                    if check_ours(name, what):
                        graph[name].append(what)
                else:
                    problems.append(f'{name}: "{what}" is not written from the root')
    return graph


def cycle_in(graph):
    """A path that comes back to where it began, or nothing."""
    state, path = {}, []

    def visit(name):
        state[name] = "open"
        path.append(name)
        for other in graph.get(name, ()):
            if state.get(other) == "open":
                return path[path.index(other):] + [other]
            if other not in state:
                found = visit(other)
                if found:
                    return found
        path.pop()
        state[name] = "done"
        return None

    for name in graph:
        if name not in state:
            found = visit(name)
            if found:
                return found
    return None


def check_type_names():
    """Types at the beginning of a line, as the formatter sets them; those of unnamed namespaces are a file's own."""
    declared = collections.defaultdict(set)
    for folder in may_include:
        if folder == "tests":
            continue
        for path in sorted((root / folder).rglob("*.?pp")):
            spaces = []
            for line in path.read_text(encoding="utf-8").splitlines():
                if opened := re.match(r"namespace\b ?([\w:]*) ?\{", line):
                    spaces.append(opened[1])
                elif re.match(r"\}  // namespace", line) and spaces:
                    spaces.pop()
                elif found := re.match(r"(?:struct|class|enum class|enum) (\w+)(?: final)? ?(?::[^:].*)?\{", line):
                    if "" not in spaces:
                        declared["::".join(spaces + [found[1]])].add(path.relative_to(root).as_posix())
    for name, places in declared.items():
        if len(places) > 1:
            problems.append(f"{name} is a type in {' and in '.join(sorted(places))}")


sys.setrecursionlimit(10000)
check_type_names()
files = read_includes()
folders = collections.defaultdict(set)
for name, others in files.items():
    for other in others:
        if folder_of(name) != "tests" and folder_of(other) != folder_of(name):
            folders[folder_of(name)].add(folder_of(other))
for graph, of in ((files, "files"), (folders, "folders")):
    cycle = cycle_in(graph)
    if cycle:
        problems.append(f"a cycle of {of}: {' -> '.join(cycle)}")
for problem in problems:
    print(problem)
sys.exit(1 if problems else 0)
