"""botocore, which signs as AWS wants, against the S3 Tables dialect of the sample catalog."""

import argparse
from urllib.parse import quote

import requests
from botocore.auth import S3SigV4Auth, SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

from report import check, finish

parser = argparse.ArgumentParser(description=__doc__)
parser.add_argument("--uri", required=True, help="base address of the Iceberg REST API")
parser.add_argument("--warehouse", required=True)
parser.add_argument("--access-key-id", required=True)
parser.add_argument("--secret-access-key", required=True)
parser.add_argument("--region", required=True)
args = parser.parse_args()

session = requests.Session()
session.trust_env = False


def status(path: str, *, key=None, secret=None, region=None, service="s3tables", signer=SigV4Auth, tamper=None) -> int:
    """Signs `GET path`, optionally with something wrong, and sends it."""
    request = AWSRequest("GET", args.uri + path)
    request.headers["x-amz-content-sha256"] = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    credentials = Credentials(key or args.access_key_id, secret or args.secret_access_key)
    signer(credentials, service, region or args.region).add_auth(request)
    return session.get(args.uri + (tamper or path), headers=dict(request.headers), timeout=30).status_code


CONFIG = f"/v1/config?warehouse={quote(args.warehouse, safe='')}"
# The ARN as prefix needs encoding: here signing the path once or twice makes a difference.
NAMESPACES = f"/v1/{quote(args.warehouse, safe='')}/namespaces"


@check("botocore's signature is accepted for the configuration")
def _():
    assert status(CONFIG) == 200


@check("botocore's signature is accepted for a path that holds an encoded ARN")
def _():
    assert status(NAMESPACES) == 200


for name, wrong in {
    "an unknown key": {"key": "AKIAWRONG"},
    "a wrong secret": {"secret": "wrong"},
    "a wrong region": {"region": "eu-south-9"},
    "a wrong service": {"service": "execute-api"},
    "a path encoded once, as S3 signs it": {"signer": S3SigV4Auth},
    "a signature taken from another path": {"tamper": f"{NAMESPACES}/other"},
}.items():

    @check(f"refused: {name}")
    def _(wrong=wrong):
        answered = status(NAMESPACES, **wrong)
        # A signing name that it does not serve is "not implemented" to some servers.
        assert answered == 403 or (answered == 501 and "service" in wrong), f"answered {answered}"


@check("refused: no signature")
def _():
    answered = session.get(args.uri + NAMESPACES, timeout=30).status_code
    assert answered == 403, f"answered {answered}"


finish()
