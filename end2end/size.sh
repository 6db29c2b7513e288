#!/usr/bin/env bash
# Size of each file that the home page's first load fetches, and the budget that the brotli sum must
# keep. Then the same sum for other pages that people land on, with the code that each adds.
set -euo pipefail
cd "$(dirname "$0")/.."
site="${1:-target/site}"
budget=$((256 * 1024))

# Bytes of files of the site after brotli.
brotli() {
    local sum=0 file
    for file in "$@"; do sum=$((sum + $(stat -c %s "$site/$file.br"))); done
    echo "$sum"
}

# Files that the routes with these names in their code add.
added() {
    local file names
    names=$(node -p 'const [, path, ...names] = process.argv;
        const parts = Object.entries(JSON.parse(fs.readFileSync(path)));
        const files = names.flatMap((name) => {
            const found = parts.filter(([key]) => key.startsWith(`__${name}_`));
            if (found.length !== 1) throw new Error(`the site has no code for ${name}`);
            return found[0][1];
        });
        [...new Set(files)].join("\n")' "$site/pkg/__wasm_split_manifest.json" "$@")
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
landing() {
    local page=$1 more
    mapfile -t more < <(added "${@:2}")
    [ "${#more[@]}" -gt 0 ]
    printf 'first load of a %s: %d bytes after brotli, in %d files\n' \
        "$page" "$((total + $(brotli "${more[@]}")))" "$((${#first[@]} + ${#more[@]}))"
}
landing namespace connection_area namespace_route
landing table connection_area table_route
landing "page of Polaris" connection_area polaris_route
landing wizard destination_route
printf 'first load of the home page: %d bytes after brotli, budget %d\n' "$total" "$budget"
[ "$total" -le "$budget" ]
