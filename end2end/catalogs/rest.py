"""Reaching a catalog: PyIceberg for what it can do, raw HTTP for what it cannot."""

import argparse
from collections.abc import Iterator
from urllib.parse import quote

import requests
from pyiceberg.catalog import Catalog, load_catalog


def arguments(description: str) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--uri", required=True, help="base address of the Iceberg REST API")
    parser.add_argument("-p", "--property", action="append", default=[], metavar="KEY=VALUE", help="PyIceberg property")
    return parser


def connect(args: argparse.Namespace) -> Catalog:
    properties = dict(pair.split("=", 1) for pair in args.property)
    defaults = {
        "py-io-impl": "pyiceberg.io.pyarrow.PyArrowFileIO",
        "view-endpoints-supported": "true",  # asked of servers that do not list their endpoints, such as Nessie
    }
    return load_catalog("real", type="rest", uri=args.uri, **{**defaults, **properties})


def walk(catalog: Catalog, above: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Every namespace, depth first.

    PyIceberg encodes `parent` twice, so below a name that needs encoding it would find nothing: not asked.
    """
    for namespace in catalog.list_namespaces(above):
        yield namespace
        if all(quote(level, safe="") == level for level in namespace):
            yield from walk(catalog, namespace)


class Rest:
    """The same API by hand, below the prefix that the server asks for."""

    def __init__(self, uri: str):
        self.session = requests.Session()
        self.session.trust_env = False  # loopback only: no proxy of the environment
        config = self.call("GET", f"{uri}/v1/config")
        prefix = {**config["defaults"], **config["overrides"]}.get("prefix", "")
        self.base = f"{uri}/v1/{prefix}/" if prefix else f"{uri}/v1/"

    def call(self, method: str, url: str, body: object = None):
        answer = self.session.request(method, url, json=body, timeout=30)
        if not answer.ok:
            raise RuntimeError(f"{method} {url}: {answer.status_code} {answer.text[:300]}")
        return answer.json() if answer.content else None

    def post(self, namespace: tuple[str, ...], rest: str, body: object):
        path = "%1F".join(quote(level, safe="") for level in namespace)
        return self.call("POST", f"{self.base}namespaces/{path}/{rest}", body)
