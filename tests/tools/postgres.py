#!/usr/bin/env python3
"""The results store in PostgreSQL: a server of its own in a temporary folder, reached by a socket, and many_reports.py against it.

Runs that write into one store at once come to the same, too. usage: postgres.py HENG ROOT [arguments of many_reports.py]
Exit code 77 (skipped), and loudly so, where the programs of the server are not installed.
"""
import glob
import os
import pathlib
import pwd
import shutil
import subprocess
import sys
import tempfile

heng, root = pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2]).resolve()


def server_programs():
    found = shutil.which("initdb")
    folders = [os.path.dirname(found)] if found else []
    return folders + sorted(glob.glob("/usr/lib/postgresql/*/bin"), reverse=True)


folders = [folder for folder in server_programs() if os.path.exists(folder + "/initdb")]
if not folders:
    print("=" * 80)
    print("POSTGRESQL IS NOT TESTED: its server programs (initdb, postgres) are not here.")
    print("On Debian: apt-get install postgresql   (./dev test installs it)")
    print("=" * 80)
    sys.exit(77)
programs = folders[0]
place = tempfile.mkdtemp(prefix="heng-pg-", dir="/tmp")
# The server does not run as root.
user = None
if os.getuid() == 0:
    names = [entry.pw_name for entry in pwd.getpwall()]
    user = "postgres" if "postgres" in names else "nobody"
    shutil.chown(place, user)
os.chmod(place, 0o755)
data = place + "/data"


def as_server(*command, **more):
    return subprocess.run([f"{programs}/{command[0]}", *command[1:]], user=user, cwd=place, check=True, stdout=subprocess.DEVNULL, **more)


as_server("initdb", "-D", data, "-U", "heng", "-A", "trust", "--locale=C.UTF-8", "-E", "UTF8")
failed = 1
try:
    as_server("pg_ctl", "-D", data, "-w", "-l", place + "/log", "-o",
              f"-k {place} -c listen_addresses='' -c fsync=off", "start")
    address = f"postgresql:///postgres?host={place}&user=heng"
    print("server:", subprocess.run(["psql", "-At", address, "-c", "SELECT version()"], stdout=subprocess.PIPE, text=True, check=True).stdout.strip())
    script = [sys.executable, str(root / "tests/tools/many_reports.py"), str(heng), str(root)]
    failed = subprocess.run([*script, "--store", address, *sys.argv[3:]]).returncode

    # Several at once.
    subprocess.run(["psql", "-q", address, "-c", "CREATE DATABASE together"], check=True)
    subprocess.run(["psql", "-q", address, "-c", "CREATE DATABASE alone"], check=True)
    together, alone = (address.replace("/postgres?", f"/{name}?") for name in ("together", "alone"))
    samples = "rules/samples"
    run = [str(heng), "run", "rules", samples, "--lang", "en", "--store"]
    quiet = {"cwd": root, "stdout": subprocess.DEVNULL, "stderr": subprocess.PIPE}
    subprocess.run([*run, alone], **quiet)
    begun = [subprocess.Popen([*run, together, "--part", f"{i + 1}/3"], **quiet) for i in range(3)]
    begun.append(subprocess.Popen([*run, together], **quiet))  # and one that does it all
    for one in begun:
        _, error = one.communicate()
        if one.returncode not in (0, 1, 3) or b"deadlock" in error:
            failed = 1
            print("WRONG a run beside others:", error.decode()[-400:])
    stores = [subprocess.run([str(heng), "export", store, "--to", "json", "--lang", "en"], cwd=root, stdout=subprocess.PIPE).stdout for store in (alone, together)]
    fine = stores[0] == stores[1] and len(stores[0]) > 1000
    print("ok   four runs at once, one store" if fine else "WRONG four runs at once are not as one")
    failed |= not fine
    if failed:
        print(open(place + "/log").read()[-2000:])
finally:
    as_server("pg_ctl", "-D", data, "-m", "immediate", "stop")
    shutil.rmtree(place, ignore_errors=True)
sys.exit(failed)
