"""Grappe from Python's standard library: pages of a list, a mutation with its problems, changes as they happen.

    GRAPPE_URL=http://127.0.0.1:4000 GRAPPE_TOKEN=grappe_… python3 grappe.py

Reading needs no token. The last part records an organisation and deletes it again, so it needs an ADMIN.
"""

import gzip
import json
import os
import time
import urllib.error
import urllib.request
import uuid

URL = os.environ.get("GRAPPE_URL", "http://127.0.0.1:4000") + "/graphql"
TOKEN = os.environ.get("GRAPPE_TOKEN")


class GraphError(Exception):
    """The errors of an answer. `code` of the first one is for programs: docs/errors.md lists them."""

    def __init__(self, errors):
        super().__init__("; ".join(error["message"] for error in errors))
        self.code = errors[0]["extensions"]["code"]


def send(query, variables=None, accept="application/graphql-response+json"):
    headers = {"Content-Type": "application/json", "Accept": accept, "Accept-Encoding": "gzip"}
    if TOKEN:
        headers["Authorization"] = f"Bearer {TOKEN}"
    body = json.dumps({"query": query, "variables": variables or {}}).encode()
    return urllib.request.urlopen(urllib.request.Request(URL, body, headers))


def ask(query, variables=None):
    """The data of an answer. Waits and sends it again where the server says when to (429, 503)."""
    for _ in range(5):
        try:
            response = send(query, variables)
        except urllib.error.HTTPError as error:
            response = error
            if error.code in (429, 503):
                time.sleep(int(error.headers.get("Retry-After", "1")))
                continue
        text = response.read()
        if response.headers.get("Content-Encoding") == "gzip":
            text = gzip.decompress(text)
        answer = json.loads(text)
        if "errors" in answer:
            raise GraphError(answer["errors"])
        return answer["data"]
    raise TimeoutError("The server had no place for the request.")


MEMBERS = """
query Members($pole: ID!, $after: String) {
  pole(id: $pole) {
    members(first: 20, after: $after) {
      edges { node { id name } since until }
      pageInfo { hasNextPage endCursor }
      totalCount
    }
  }
}
"""


def members(pole):
    """Every member of a pole, page after page."""
    after = None
    while True:
        page = ask(MEMBERS, {"pole": pole, "after": after})["pole"]["members"]
        yield from page["edges"]
        if not page["pageInfo"]["hasNextPage"]:
            return
        after = page["pageInfo"]["endCursor"]


CREATE = """
mutation Create($input: OrganisationCreateInput!) {
  organisationCreate(input: $input) { organisation { id } problems { code message path } }
}
"""
LATEST = "query Latest($id: ID!) { organisation(id: $id) { history(first: 1) { nodes { sequence } } } }"
DELETE = "mutation Delete($id: ID!) { nodeDelete(id: $id) { problems { code message } } }"


def create(values):
    """Sends a mutation until it is answered: with the same idempotencyKey it is done once."""
    values = {**values, "idempotencyKey": str(uuid.uuid4())}
    for _ in range(3):
        try:
            return ask(CREATE, {"input": values})["organisationCreate"]
        except (ConnectionError, urllib.error.URLError):
            time.sleep(1)
    raise ConnectionError("The server does not answer.")


CHANGES = "subscription Changes($after: Int) { graphChanged(after: $after) { sequence action touched } }"


def changes(after=None):
    """Changes of the graph. When the stream ends, it goes on after the last one: none is lost or comes twice."""
    while True:
        try:
            with send(CHANGES, {"after": after}, accept="text/event-stream") as stream:
                for line in stream:
                    if not line.startswith(b"data: {"):
                        continue
                    event = json.loads(line[len(b"data: ") :])
                    if "errors" in event:
                        raise GraphError(event["errors"])
                    change = event["data"]["graphChanged"]
                    after = change["sequence"]
                    yield change
        except (ConnectionError, urllib.error.URLError):
            time.sleep(1)


def main():
    everyone = list(members("pole/aerospace-valley"))
    report = {"members": len(everyone), "first": everyone[0]["node"]["id"], "since": everyone[0]["since"]}
    try:
        ask("query Wrong { pole(id: 1, unknown: true) { id } }")
    except GraphError as error:
        report["error"] = error.code

    if TOKEN:
        # What can be put right comes as problems beside the data, with the place in the input.
        report["problems"] = create({"name": "Essai Python", "kind": "COMPANY", "sources": ["source/nowhere"]})["problems"]
        made = {"name": "Essai Python", "kind": "COMPANY", "sources": ["source/grappe-editorial"]}
        first = create(made)["organisation"]["id"]
        sequence = ask(LATEST, {"id": first})["organisation"]["history"]["nodes"][0]["sequence"]
        # Changes after the last one that was seen come first, also those from before subscribing.
        ask(DELETE, {"id": first})
        change = next(changes(after=sequence))
        report["changed"] = first in change["touched"]
    print(json.dumps(report))


if __name__ == "__main__":
    main()
