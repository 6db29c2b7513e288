"""Polaris' own command line, run in this process: to start it anew for each of its commands takes a second and a half."""

import contextlib
import io
import json

from apache_polaris.cli.polaris_cli import PolarisCli


def run(uri: str, client_id: str, client_secret: str, *words: str) -> tuple[int, str, str]:
    """The code that it ends with, and what it prints on either stream. `uri` ends in /api/catalog."""
    sign_in = ["--client-id", client_id, "--client-secret", client_secret]
    out, err, code = io.StringIO(), io.StringIO(), 0
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            PolarisCli.execute(["--base-url", uri.removesuffix("/api/catalog"), *sign_in, *words])
        except SystemExit as end:
            code = end.code or 0
    return code, out.getvalue(), err.getvalue()


def printed(out: str) -> list:
    """What it printed: a JSON value a line."""
    return [json.loads(line) for line in out.splitlines() if line.startswith(("{", "["))]
