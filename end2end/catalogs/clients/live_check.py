"""`crowsnest destination check` on real servers and on the sample catalog in each dialect: well with a right
file, and with the right diagnosis for a wrong one."""

import argparse
import http.server
import json
import re
import socket
import subprocess
import threading

from report import check, finish

options = argparse.ArgumentParser(description=__doc__)
options.add_argument("--crowsnest", required=True)
options.add_argument("--fixture")
options.add_argument("--nessie")
for dialect in ("generic", "lakekeeper", "nessie", "s3-tables", "unity", "polaris"):
    options.add_argument(f"--sample-{dialect}", required=True)
options = options.parse_args()

SECRET = "s3cr3t"
ARN = "arn:aws:s3tables:eu-central-1:111122223333:bucket/lakehouse"


def file(catalog_type: str, url: str, warehouse: str, **more) -> dict:
    return {"catalog_type": catalog_type, "rest_catalog_url": url, "iceberg_s3_path": warehouse, "aws_region": "us-east-1", **more}


def oauth2(url: str, secret: str = SECRET, scope: str = "PRINCIPAL_ROLE:ALL") -> dict:
    return {"rest_auth_type": "oauth2", "oauth2_uri": f"{url}/v1/oauth/tokens", "credential": f"root:{secret}", "scope": scope}


def signed(region: str) -> dict:
    return {
        "rest_signing_v_4": True,
        "rest_signing_name": "s3tables",
        "rest_signing_region": region,
        "aws_region": region,
        "aws_access_key": "AKIAIOSFODNN7EXAMPLE",
        "aws_secret_key": "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
    }


polaris, s3_tables = options.sample_polaris, options.sample_s3_tables
right = {
    "the sample, generic": file("rest", options.sample_generic, "lakehouse"),
    "the sample, lakekeeper": file("rest", options.sample_lakekeeper, "lakehouse"),
    "the sample, nessie": file("rest", options.sample_nessie, "lakehouse"),
    "the sample, s3-tables": file("rest", s3_tables, ARN, **signed("eu-central-1")),
    "the sample, unity": file("rest", options.sample_unity, "lakehouse", token="dapi0", no_identifier_fields=True),
    "the sample, polaris": file("rest", polaris, "lakehouse", **oauth2(polaris)),
}
if options.fixture:
    right["the fixture"] = file("rest", options.fixture, "s3://warehouse")
if options.nessie:
    right["Nessie"] = file("rest", options.nessie, "s3://lakehouse/nessie")


def checked(writer: dict) -> tuple[int, str]:
    text = json.dumps({"type": "ICEBERG", "writer": writer})
    done = subprocess.run([options.crowsnest, "destination", "check", "-"], input=text, capture_output=True, text=True, timeout=120)
    output = done.stdout + done.stderr
    for secret in ("CANARY", SECRET, "wJalrXUtnFEMI"):
        assert secret not in output, f"the output holds a secret: {output}"
    return done.returncode, output


for name, writer in right.items():

    @check(f"{name}: a right file passes the live check")
    def _():
        code, output = checked(writer)
        assert code == 0, output
        assert re.search(r"^ok +Open the warehouse", output, re.M), output


class Html(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(b"<!doctype html><title>Sign in</title>")

    def log_message(self, *_):
        pass


website = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Html)
threading.Thread(target=website.serve_forever, daemon=True).start()
with socket.create_server(("127.0.0.1", 0)) as stopped:
    closed = f"http://127.0.0.1:{stopped.getsockname()[1]}"


def bare(url: str) -> str:
    return "/".join(url.split("/")[:3])


# What is wrong, in which file, what the setting becomes, the stage that fails, and what cause and fix say.
wrong = [
    ("a wrong port or a stopped server", name, {"rest_catalog_url": closed + writer["rest_catalog_url"][len(bare(writer["rest_catalog_url"])) :]}, "Connect|Sign in", "Nothing listens")
    for name, writer in right.items()
] + [
    ("the path of the user interface", "the sample, lakekeeper", {"rest_catalog_url": bare(options.sample_lakekeeper) + "/ui"}, "Open the warehouse", "/catalog"),
    ("the path of the management API", "the sample, lakekeeper", {"rest_catalog_url": bare(options.sample_lakekeeper) + "/management"}, "Open the warehouse", "/catalog"),
    ("the bare host", "the sample, lakekeeper", {"rest_catalog_url": bare(options.sample_lakekeeper)}, "Open the warehouse", "/catalog"),
    ("the bare host", "the sample, polaris", {"rest_catalog_url": bare(polaris)}, "Open the warehouse|Sign in", "/api/catalog"),
    ("a location for a name", "the sample, polaris", {"iceberg_s3_path": "s3://bucket"}, "Open the warehouse", "name of a catalog"),
    ("an unknown warehouse", "the sample, lakekeeper", {"iceberg_s3_path": "nowhere"}, "Open the warehouse", "warehouse"),
    ("a wrong secret", "the sample, polaris", oauth2(polaris, secret="CANARY"), "Sign in", "secret"),
    ("a wrong scope", "the sample, polaris", oauth2(polaris, scope="catalog"), "Sign in", "PRINCIPAL_ROLE:ALL"),
    ("a wrong region", "the sample, s3-tables", signed("us-east-1"), "Open the warehouse|Sign in", "eu-central-1"),
    ("a web page", "the sample, generic", {"rest_catalog_url": f"http://127.0.0.1:{website.server_port}"}, "Open the warehouse", "web page|HTML"),
    ("the path of the user interface", "the fixture", {"rest_catalog_url": f"{options.fixture}/ui"}, "Open the warehouse", "no Iceberg REST catalog"),
    ("the bare host", "Nessie", {"rest_catalog_url": bare(options.nessie or "")}, "Open the warehouse", "/iceberg"),
    ("the native API", "Nessie", {"rest_catalog_url": bare(options.nessie or "") + "/api/v2"}, "Open the warehouse", "/iceberg"),
    ("an unknown warehouse", "Nessie", {"iceberg_s3_path": "s3://nowhere/at-all"}, "Open the warehouse", "warehouse"),
]

for what, name, change, stage, says in wrong:
    if name not in right:
        continue

    @check(f"{name}: {what} is told")
    def _():
        code, output = checked({**right[name], **change})
        assert code == 1, output
        found = re.search(rf"^failed +({stage}): .*\n +cause: .*\n +fix: .*", output, re.M)
        assert found and re.search(says, found[0]), output


finish()
