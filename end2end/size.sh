#!/usr/bin/env bash
# Size of each file that the home page's first load fetches, and the budget that the brotli sum must
# keep. Then the same sum for other pages that people land on, with the code that each adds.
set -euo pipefail
cd "$(dirname "$0")/.."
site="${1:-target/site}"
budget=$((300 * 1024))

# Bytes of files of the site after brotli.
brotli() {
    local sum=0 file
    for file in "$@"; do sum=$((sum + $(stat -c %s "$site/$file.br"))); done
    echo "$sum"
}

# Files that the route with this name in its code adds.
added() {
    local file names
    names=$(node -p 'const [, path, name] = process.argv;
        const found = Object.entries(JSON.parse(fs.readFileSync(path))).filter(([key]) => key.startsWith(`__${name}_`));
        if (found.length !== 1) throw new Error(`the site has no code for ${name}`);
        found[0][1].join("\n")' "$site/pkg/__wasm_split_manifest.json" "$1")
    for file in $names; do echo "pkg/$file.wasm"; done
}

# crowsnest.js imports the code that fetches pages' code: under a name that has no hash.
first=(pkg/crowsnest.js "pkg/$(basename "$site"/pkg/__wasm_split.*.js)" pkg/crowsnest.wasm pkg/crowsnest.css favicon.svg)
printf '%-20s %10s %10s %10s\n' file raw gzip brotli
for file in "${first[@]}"; do
    name=$(basename "$file")
    printf '%-20s %10d %10d %10d\n' "${name/____*____./...}" "$(stat -c %s "$site/$file")" "$(stat -c %s "$site/$file.gz")" "$(brotli "$file")"
done
total=$(brotli "${first[@]}")
for page in namespace:namespace_route table:table_route wizard:destination_route; do
    mapfile -t more < <(added "${page#*:}")
    [ "${#more[@]}" -gt 0 ]
    printf 'first load of a %s: %d bytes after brotli, in %d files\n' \
        "${page%:*}" "$((total + $(brotli "${more[@]}")))" "$((${#first[@]} + ${#more[@]}))"
done
printf 'first load of the home page: %d bytes after brotli, budget %d\n' "$total" "$budget"
[ "$total" -le "$budget" ]
