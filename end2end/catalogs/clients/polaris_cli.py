"""Polaris' own command line against the Polaris dialect of the sample catalog: it creates, lists, updates, grants,
revokes and deletes, and reads back what it did."""

import argparse
import json
import tempfile

import polaris
from report import check, finish

parser = argparse.ArgumentParser(description=__doc__)
parser.add_argument("--uri", required=True, help="base address of the Iceberg REST API, ending in /api/catalog")
parser.add_argument("--client-id", required=True)
parser.add_argument("--client-secret", required=True)
args = parser.parse_args()

CATALOG, SERVICE, TEAM, ROLE = "cli_catalog", "cli_service", "cli_team", "cli_role"


def run(*words: str, client_id: str = "", client_secret: str = "") -> tuple[int, str, str]:
    """Runs the command line, as root unless told otherwise."""
    return polaris.run(args.uri, client_id or args.client_id, client_secret or args.client_secret, *words)


def done(*words: str, **identity: str) -> list:
    """What it prints: a JSON value a line. It must succeed."""
    code, out, err = run(*words, **identity)
    assert code == 0, f"{' '.join(words)}: {out}{err}"
    return polaris.printed(out)


def refused(*words: str, **identity: str) -> str:
    """What it says when it fails. It must fail."""
    code, out, err = run(*words, **identity)
    assert code != 0, f"{' '.join(words)} succeeded: {out}"
    return out + err


def names(*words: str) -> list[str]:
    return [each["name"] for each in done(*words)]


def grants() -> set[tuple]:
    listed = done("privileges", "list", "--catalog", CATALOG, "--catalog-role", ROLE)
    return {
        (each["type"], ".".join(each.get("namespace") or []), each.get("tableName") or "", each["privilege"])
        for each in listed
    }


on_role = ("--catalog", CATALOG, "--catalog-role", ROLE)
service: dict[str, str] = {}


@check("a catalog is created, listed and updated")
def _():
    done("catalogs", "create", CATALOG, "--storage-type", "s3", "--default-base-location", "s3://cli/one",
            "--role-arn", "arn:aws:iam::123456789012:role/cli", "--region", "eu-central-1", "--property", "owner=cli")
    assert CATALOG in names("catalogs", "list")
    done("catalogs", "update", CATALOG, "--set-property", "tier=gold", "--remove-property", "owner")
    (catalog,) = done("catalogs", "get", CATALOG)
    assert catalog["properties"] == {"default-base-location": "s3://cli/one", "tier": "gold"}, catalog
    assert (catalog["entityVersion"], catalog["storageConfigInfo"]["region"]) == (2, "eu-central-1"), catalog


@check("a catalog that exists is not created again")
def _():
    said = refused("catalogs", "create", CATALOG, "--storage-type", "file", "--default-base-location", "file:///cli")
    assert "already exists" in said, said


@check("a principal is created with credentials that work, and updated")
def _():
    (credentials,) = done("principals", "create", SERVICE, "--property", "team=cli")
    service.update(client_id=credentials["clientId"], client_secret=credentials["clientSecret"])
    done("principals", "update", SERVICE, "--set-property", "tier=silver")
    (principal,) = done("principals", "get", SERVICE)
    assert principal["properties"] == {"team": "cli", "tier": "silver"}, principal
    said = refused("principals", "list", **service)
    assert "is not authorized for op LIST_PRINCIPALS" in said, said


@check("roles are created, listed and given")
def _():
    done("principal-roles", "create", TEAM)
    done("principal-roles", "grant", TEAM, "--principal", SERVICE)
    assert TEAM in names("principal-roles", "list")
    assert names("principal-roles", "list", "--principal", SERVICE) == [TEAM]
    done("catalog-roles", "create", ROLE, "--catalog", CATALOG, "--property", "for=cli")
    done("catalog-roles", "grant", ROLE, "--catalog", CATALOG, "--principal-role", TEAM)
    assert names("catalog-roles", "list", CATALOG) == ["catalog_admin", ROLE]
    assert names("catalog-roles", "list", CATALOG, "--principal-role", TEAM) == [ROLE]


@check("nested namespaces are created and listed")
def _():
    done("namespaces", "create", "raw", "--catalog", CATALOG)
    done("namespaces", "create", "raw.eu", "--catalog", CATALOG)
    code, out, err = run("namespaces", "list", "--catalog", CATALOG, "--parent", "raw")
    assert code == 0 and "raw.eu" in out, out + err


@check("privileges are granted on a catalog and a namespace, and enforced at once")
def _():
    listing = ("namespaces", "list", "--catalog", CATALOG)
    assert "is not authorized for op LIST_NAMESPACES" in refused(*listing, **service)
    done("privileges", "catalog", "grant", "NAMESPACE_LIST", *on_role)
    done("privileges", "namespace", "grant", "TABLE_READ_DATA", "--namespace", "raw.eu", *on_role)
    assert grants() == {("catalog", "", "", "NAMESPACE_LIST"), ("namespace", "raw.eu", "", "TABLE_READ_DATA")}, grants()
    done(*listing, **service)
    creation = ("namespaces", "create", "other", "--catalog", CATALOG)
    assert "is not authorized for op CREATE_NAMESPACE" in refused(*creation, **service)


@check("a privilege is refused where there is no such object")
def _():
    said = refused("privileges", "table", "grant", "TABLE_READ_DATA", "--namespace", "raw", "--table", "nope", *on_role)
    assert "Table does not exist" in said, said


@check("a policy is created, attached, found, and dropped")
def _():
    here = ("--catalog", CATALOG, "--namespace", "raw")
    with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
        json.dump({"version": "2025-02-03", "enable": True, "config": {}}, file)
        file.flush()
        done("policies", "create", "compact", "--policy-file", file.name, "--policy-type", "system.data-compaction", *here)
    done("policies", "attach", "compact", "--attachment-type", "namespace", "--attachment-path", "raw", *here)
    code, out, err = run("policies", "list", "--applicable", "--catalog", CATALOG, "--namespace", "raw.eu")
    assert code == 0 and "compact" in out, out + err
    assert "still attached" in refused("policies", "delete", "compact", *here)
    done("policies", "delete", "compact", "--detach-all", *here)


@check("credentials are reset, and the old ones end")
def _():
    (credentials,) = done("principals", "reset", SERVICE)
    refused("namespaces", "list", "--catalog", CATALOG, **service)
    service.update(client_id=credentials["clientId"], client_secret=credentials["clientSecret"])
    done("namespaces", "list", "--catalog", CATALOG, **service)


@check("a privilege that is revoked is gone, once")
def _():
    revoke = ("privileges", "catalog", "revoke", "NAMESPACE_LIST", *on_role)
    done(*revoke)
    assert grants() == {("namespace", "raw.eu", "", "TABLE_READ_DATA")}, grants()
    refused("namespaces", "list", "--catalog", CATALOG, **service)
    assert "GRANT_NOT_FOUND" in refused(*revoke)


@check("what is not empty or was born with the server stays")
def _():
    assert "not empty" in refused("catalogs", "delete", CATALOG)
    assert "cannot be dropped" in refused("catalog-roles", "delete", "catalog_admin", "--catalog", CATALOG)
    assert "cannot be dropped" in refused("principal-roles", "delete", "service_admin")


@check("everything is taken back and deleted")
def _():
    done("catalog-roles", "revoke", ROLE, "--catalog", CATALOG, "--principal-role", TEAM)
    done("principal-roles", "revoke", TEAM, "--principal", SERVICE)
    done("catalog-roles", "delete", ROLE, "--catalog", CATALOG)
    done("principal-roles", "delete", TEAM)
    done("principals", "delete", SERVICE)
    for namespace in ("raw.eu", "raw"):
        done("namespaces", "delete", namespace, "--catalog", CATALOG)
    done("catalogs", "delete", CATALOG)
    for kind, name in (("catalogs", CATALOG), ("principals", SERVICE), ("principal-roles", TEAM)):
        assert name not in names(kind, "list"), kind


finish()
