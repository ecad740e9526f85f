#!/usr/bin/env python3
"""Writes unicode_tables.inc: which code points are letters, digits, marks, and how wide they are on a terminal.

Usage: python3 grammar/make_unicode_tables.py > grammar/unicode_tables.inc
Reads Debian's package unicode-data.
"""
import os
import sys

FOLDER = sys.argv[1] if len(sys.argv) > 1 else "/usr/share/unicode"


def categories():
    found, first = {}, None
    for line in open(os.path.join(FOLDER, "UnicodeData.txt"), encoding="ascii"):
        fields = line.split(";")
        code, name, category = int(fields[0], 16), fields[1], fields[2]
        if name.endswith(", First>"):
            first = code
        elif name.endswith(", Last>"):
            for each in range(first, code + 1):
                found[each] = category
        else:
            found[code] = category
    return found


def wide():
    found = set()
    for line in open(os.path.join(FOLDER, "EastAsianWidth.txt"), encoding="utf-8"):
        line = line.split("#")[0].strip()
        if not line:
            continue
        codes, width = [part.strip() for part in line.split(";")]
        if width not in ("W", "F"):
            continue
        first, _, last = codes.partition("..")
        found.update(range(int(first, 16), int(last or first, 16) + 1))
    return found


def ranges(codes):
    result = []
    for code in sorted(codes):
        if result and result[-1][1] == code - 1:
            result[-1][1] = code
        else:
            result.append([code, code])
    return result


def write(name, says, codes):
    print(f"// {says}")
    print(f"constexpr Range {name}[] = {{")
    row = "  "
    for first, last in ranges(codes):
        item = f" {{0x{first:X}, 0x{last:X}}},"
        if len(row) + len(item) > 130:
            print(row)
            row = "  "
        row += item
    print(row)
    print("};")


def main():
    category = categories()
    radicals = {code for code in range(0x2E80, 0x2FD6) if code in category}
    letters = {code for code, kind in category.items() if kind[0] == "L" or kind == "Nl"} | radicals
    print("// Written by make_unicode_tables.py from Debian's unicode-data. Not edited by hand.")
    write("letters", "Letters (L*, Nl), and the CJK radicals that PDFs put in their place.", letters)
    write("digits", "Decimal digits (Nd).", {code for code, kind in category.items() if kind == "Nd"})
    write("marks", "Marks that stand on the letter before them (M*).", {code for code, kind in category.items() if kind[0] == "M"})
    write("wide", "Two columns on a terminal (East Asian wide and full-width).", wide() & (set(category) | set(range(0x3400, 0x9FFF + 1)) | set(range(0x20000, 0x3FFFD + 1))))
    write("no_width", "No column of their own: marks without width and format characters.",
          {code for code, kind in category.items() if kind in ("Mn", "Me", "Cf")} - {0xAD})


main()
