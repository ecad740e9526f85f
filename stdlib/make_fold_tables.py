#!/usr/bin/env python3
"""Writes fold_tables.inc: one code point → one ideograph, sorted.

Usage: make_fold_tables.py DIRECTORY-OF-UNICODE-DATA > fold_tables.inc   (Debian package unicode-data)

PDFs carry Kangxi and CJK radicals where ideographs are meant. NFKC folds 214 of them and misses 113, so both blocks go by
EquivalentUnifiedIdeograph, and by NFKC where that is silent. Compatibility ideographs go by their single decomposition.
"""
import sys
from pathlib import Path

RADICALS = range(0x2E80, 0x2FE0)
COMPATIBILITY = (range(0xF900, 0xFB00), range(0x2F800, 0x2FA20))


def fields(path):
    for line in path.read_text(encoding="utf-8").splitlines():
        line = line.split("#")[0].strip()
        if line:
            yield [field.strip() for field in line.split(";")]


def code_points(text):
    first, _, last = text.partition("..")
    return range(int(first, 16), int(last or first, 16) + 1)


def main():
    data = Path(sys.argv[1])
    table = {}
    for field in fields(data / "UnicodeData.txt"):
        code, decomposition = int(field[0], 16), field[5].split()
        if decomposition and decomposition[0].startswith("<compat>"):
            decomposition = decomposition[1:]
        wanted = code in RADICALS or any(code in block for block in COMPATIBILITY)
        if wanted and len(decomposition) == 1:
            table[code] = int(decomposition[0], 16)
    for field in fields(data / "EquivalentUnifiedIdeograph.txt"):
        for code in code_points(field[0]):
            if code in RADICALS:
                table[code] = int(field[1], 16)
    for code in table:  # a radical may lead to a compatibility ideograph
        while table[code] in table:
            table[code] = table[table[code]]
    print("// Written by make_fold_tables.py from the Unicode data; do not edit.")
    line = ""
    for code, to in sorted(table.items()):
        item = f"{{0x{code:X}, 0x{to:X}}},"
        if len(line) + len(item) + 1 > 128:
            print(line)
            line = ""
        line += (" " if line else "") + item
    print(line)


main()
