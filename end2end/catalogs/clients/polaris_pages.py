"""What Polaris' own command line lists, beside what the console's graph of access shows for the same server."""

import argparse
import json
import time
import urllib.request
from html.parser import HTMLParser

import polaris
from report import check, finish

parser = argparse.ArgumentParser(description=__doc__)
parser.add_argument("--uri", required=True, help="base address of the Iceberg REST API, ending in /api/catalog")
parser.add_argument("--client-id", required=True)
parser.add_argument("--client-secret", required=True)
parser.add_argument("--pages", required=True, help="the connection's address in the console, such as http://127.0.0.1:3000/c/polaris")
args = parser.parse_args()


def told(*words: str) -> list:
    """What the command line prints: a JSON value a line."""
    code, out, err = polaris.run(args.uri, args.client_id, args.client_secret, *words)
    assert code == 0, f"{' '.join(words)}: {out}{err}"
    return polaris.printed(out)


def names(*words: str) -> list[str]:
    return [each["name"] for each in told(*words)]


class Connections(HTMLParser):
    """The rows of the table of connections, cell by cell."""

    def __init__(self) -> None:
        super().__init__()
        self.inside, self.rows = False, []

    def handle_starttag(self, tag: str, attrs: list) -> None:
        if tag == "table":
            self.inside = dict(attrs).get("aria-label") == "Connections"
        elif self.inside and tag == "tr":
            self.rows.append([])
        elif self.inside and tag in ("td", "th") and self.rows:
            self.rows[-1].append("")

    def handle_endtag(self, tag: str) -> None:
        self.inside = self.inside and tag != "table"

    def handle_data(self, data: str) -> None:
        if self.inside and self.rows and self.rows[-1]:
            self.rows[-1][-1] += data


def page(path: str) -> str:
    """A page, once the grants are collected."""
    deadline = time.monotonic() + 60
    while True:
        with urllib.request.urlopen(args.pages + path, timeout=30) as answer:
            text = answer.read().decode()
        if "Collecting who may do what" not in text:
            return text
        assert time.monotonic() < deadline, "the collection does not end"


def shown() -> set[tuple]:
    """Every connection of the graph: from, to, and a privilege where it is a grant."""
    found, number = set(), 1
    while True:
        reader = Connections()
        reader.feed(page(f"/graph?page={number}"))
        rows = [[" ".join(cell.split()) for cell in row] for row in reader.rows[1:]]
        before = len(found)
        for start, end, privileges in rows:
            found.update((start, end, privilege) for privilege in privileges.split(", "))
        if len(found) == before:
            return found
        number += 1


def listed() -> set[tuple]:
    edges = set()
    for principal in names("principals", "list"):
        for role in names("principal-roles", "list", "--principal", principal):
            edges.add((f"principal {principal}", f"principal role {role}", ""))
    for catalog in names("catalogs", "list"):
        for role in names("catalog-roles", "list", catalog):
            here = f"catalog role {catalog} › {role}"
            for grant in told("privileges", "list", "--catalog", catalog, "--catalog-role", role):
                leaf = next((grant[key] for key in ("tableName", "viewName", "policyName") if grant.get(key)), None)
                levels = [catalog, *(grant.get("namespace") or []), *([leaf] if leaf else [])]
                edges.add((here, f"{grant['type']} {' › '.join(levels)}", grant["privilege"]))
        for team in names("principal-roles", "list"):
            for role in names("catalog-roles", "list", catalog, "--principal-role", team):
                edges.add((f"principal role {team}", f"catalog role {catalog} › {role}", ""))
    return edges


@check("the graph shows what Polaris' own command line lists")
def _():
    # What service admins hold by themselves is in no list.
    by_birth = {("principal role service_admin", "service the whole service", "SERVICE_MANAGE_ACCESS")}
    pages, command = shown() - by_birth, listed()
    assert len(command) > 20, command
    assert pages == command, f"only in the pages: {pages - command}; only listed: {command - pages}"


@check("every principal has its page")
def _():
    for principal in names("principals", "list"):
        assert principal in page("/principals"), principal


finish()
