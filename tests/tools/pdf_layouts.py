#!/usr/bin/env python3
"""Reports are printed to PDF by Chromium in many layouts, taken apart by heng-pdf-boxes, and read: every table is what it was.

The pages are made by tests/reports/document/make_layouts.py. Where Chromium or heng-pdf-boxes is not there, this says so and passes:
tests/reports/document/layouts/ holds what they gave once, and is read by the ordinary tests.
usage: pdf_layouts.py PROGRAM ROOT            HENG_REWRITE=1 writes the files of layouts/ anew
"""
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

heng, root = pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2]).resolve()
boxes, tests = heng.parent / "heng-pdf-boxes", heng.parent / "heng_reports_tests"
browser = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
rewrite = bool(os.environ.get("HENG_REWRITE"))
if not browser or not boxes.exists():
    print(f"skipped: {'heng-pdf-boxes' if browser else 'chromium'} is not there")
    sys.exit(0)


def run(*words, **more):
    return subprocess.run([str(word) for word in words], check=True, timeout=300, **more)


with tempfile.TemporaryDirectory() as name:
    folder = pathlib.Path(name)
    run(sys.executable, root / "tests/reports/document/make_layouts.py", folder)
    for html in sorted(folder.glob("*.html")):
        pdf = html.with_suffix(".pdf")
        run(browser, "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={folder}/browser", "--no-pdf-header-footer",
            f"--print-to-pdf={pdf}", html.as_uri(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        with open(html.with_suffix(".json"), "wb") as out:
            run(boxes, pdf, stdout=out)
        # Cut short or overwritten, it is said to be damaged, or what is left is read; never a crash.
        whole = pdf.read_bytes()
        for part in (whole[:len(whole) // 2], whole[:300], b"%PDF-1.7\n", whole.replace(b"endobj", b"endobx"), whole.replace(b"/Page", b"/Pag3")):
            answer = run(boxes, "-", input=part, capture_output=True).stdout
            assert answer.startswith(b'{"heng":"pdf-boxes/1"') and answer.endswith(b"}\n"), answer[:200]
    if rewrite:
        for made in folder.glob("*.json"):
            shutil.copy(made, root / "tests/reports/document/layouts" / made.name)
    environment = {**os.environ, **({} if rewrite else {"HENG_LAYOUTS": name})}
    run(tests, "--gtest_filter=PdfDocument.LayoutsThatDepartmentsPrint", cwd=root, env=environment)
