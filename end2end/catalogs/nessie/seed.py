"""What only Nessie can hold: other references, and names with dots and slashes."""

from urllib.parse import urljoin

import shapes
from rest import Rest, arguments, connect

ODD_NAMES = ("north.west", "a/b c"), "q1/2026 näher.dran"


def branch(rest: Rest, native: str, kind: str, name: str) -> None:
    head = rest.call("GET", f"{native}/trees/main")["reference"]
    rest.call("POST", f"{native}/trees?name={name}&type={kind}", head)


def main() -> None:
    args = arguments(__doc__).parse_args()
    main_branch, rest = connect(args), Rest(args.uri)
    above, table = ODD_NAMES
    for depth in range(1, len(above) + 1):
        main_branch.create_namespace(above[:depth])
    main_branch.create_table((*above, table), shapes.READINGS)

    native = urljoin(args.uri, "/api/v2")
    branch(rest, native, "TAG", "release-1")
    branch(rest, native, "BRANCH", "experiment")
    args.uri += "/experiment"
    experiment = connect(args)
    experiment.create_table(("iot", "forecast"), shapes.READINGS, properties={"comment": "On this branch alone"})
    experiment.drop_table(("iot", "readings_v3"))
    print(f"Seeded the branch experiment and the tag release-1 at {native}")


if __name__ == "__main__":
    main()
