"""Tries a running API by its own OpenAPI document.

First the document is held against OpenAPI's own schema. Then schemathesis makes up requests from it, right ones and wrong ones,
one by one and in chains that feed answers into later requests; as a rep, a manager and a super admin, each for a bounded time.
It fails on a 5xx, on an answer that the document doesn't tell of, and on all else that schemathesis can check.

`cargo xtask test --only schema` runs it: BASE_URL is the running Worker with demo data, REPORTS a folder for what was found.
"""

import json
import os
import subprocess
import sys
import urllib.request
from pathlib import Path

from openapi_spec_validator import OpenAPIV31SpecValidator

BASE_URL = os.environ["BASE_URL"]
PASSWORD = os.environ["DEMO_PASSWORD"]
REPORTS = Path(os.environ["REPORTS"]).absolute()
HERE = Path(__file__).parent.absolute()

# Mailbox and seconds. Whoever may delete the most comes last.
ROLES = {
    "rep": ("rep@salescaptain.test", 20),
    "manager": ("manager@salescaptain.test", 30),
    "super admin": ("admin@salescaptain.test", 30),
}


def call(path, body=None):
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(BASE_URL + path, data=data, headers={"content-type": "application/json"})
    with urllib.request.urlopen(request, timeout=20) as answer:
        return json.load(answer)


def try_as(role, email, seconds):
    """Runs schemathesis as somebody; whether it found nothing."""
    token = call("/api/auth/login", {"email": email, "password": PASSWORD})["accessToken"]
    report = REPORTS / f"{role.replace(' ', '-')}.json"
    command = [
        sys.executable, "-m", "schemathesis.cli", "--config-file", str(HERE / "schemathesis.toml"),
        "run", f"{BASE_URL}/api/openapi.json", "--max-time", str(seconds), "--no-color",
        "--warnings", "off", "--report", "json", "--report-json-path", str(report),
    ]
    environment = {**os.environ, "ACCESS_TOKEN": token, "SCHEMATHESIS_HOOKS": str(HERE / "hooks.py")}
    # It leaves notes where it runs.
    ran = subprocess.run(command, env=environment, cwd=REPORTS, capture_output=True, text=True)
    passed = ran.returncode == 0
    if not passed:
        print(ran.stdout, ran.stderr, sep="\n")
    counted = next((line.strip() for line in ran.stdout.splitlines() if " generated" in line), "")
    print(f"as {role}: {counted}" + ("" if passed else ": see above"), flush=True)
    return passed


def main():
    REPORTS.mkdir(parents=True, exist_ok=True)
    faults = [error.message for error in OpenAPIV31SpecValidator(call("/api/openapi.json")).iter_errors()]
    print(f"the document is OpenAPI 3.1: {'; '.join(faults) or 'yes'}", flush=True)
    passed = [try_as(role, email, seconds) for role, (email, seconds) in ROLES.items()]
    return 0 if not faults and all(passed) else 1


if __name__ == "__main__":
    sys.exit(main())
