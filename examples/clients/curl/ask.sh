#!/bin/sh
# Grappe from a shell: an answer that is fetched again only if the graph has changed, a document that is named by its hash, a
# list as CSV.
#   GRAPPE_URL=http://127.0.0.1:4000 sh ask.sh
set -eu
url="${GRAPPE_URL:-http://127.0.0.1:4000}/graphql"
query='query Members($pole: ID!, $first: Int, $after: String) { pole(id: $pole) { members(first: $first, after: $after) { totalCount nodes { id name } pageInfo { hasNextPage endCursor } } } }'
variables='{"pole":"pole/aerospace-valley","first":5}'

# By GET, with an ETag: the second answer has no body.
get() { curl -sS -G "$url" -H 'Accept: application/json' --data-urlencode "variables=$variables" "$@"; }
tag=$(get -D - -o /dev/null --data-urlencode "query=$query" | sed -n 's/^[Ee][Tt]ag: *\(.*[^[:space:]]\).*$/\1/p')
echo "again: $(get -o /dev/null -w '%{http_code}' -H "If-None-Match: $tag" --data-urlencode "query=$query")"

# By its SHA-256, which the server learns at the first request that has both.
hash=$(printf %s "$query" | sha256sum | cut -d ' ' -f 1)
get -o /dev/null --data-urlencode "query=$query" --data-urlencode "documentId=sha256:$hash"
echo "named: $(get --data-urlencode "documentId=sha256:$hash" | cut -c 1-40)"

# As CSV, for a spreadsheet.
echo "table: $(get --data-urlencode "query=$query" --data-urlencode format=csv | head -n 1)"
