"""Cuts OpenAI's own description of its API down to what is called here: POST /chat/completions.

    python3 extract.py openapi.json > chat-completions.json

The input is openapi.json of github.com/openai/openai-openapi (MIT licence). Left out are other paths, what only they refer to,
and the samples and notes for the website (`x-oaiMeta`). Nothing else changes: every schema is as it is published.
"""

import json
import sys

PATH = "/chat/completions"


def without_notes(value):
    if isinstance(value, dict):
        return {name: without_notes(part) for name, part in value.items() if name != "x-oaiMeta"}
    if isinstance(value, list):
        return [without_notes(part) for part in value]
    return value


def references(value):
    if isinstance(value, dict):
        for name, part in value.items():
            if name == "$ref" and isinstance(part, str):
                yield part
            else:
                yield from references(part)
    elif isinstance(value, list):
        for part in value:
            yield from references(part)


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        whole = json.load(file)
    post = without_notes(whole["paths"][PATH]["post"])
    kept = {}
    waiting = list(references(post))
    while waiting:
        _, kind, name = waiting.pop().removeprefix("#").rsplit("/", 2)
        if name not in kept.setdefault(kind, {}):
            kept[kind][name] = without_notes(whole["components"][kind][name])
            waiting.extend(references(kept[kind][name]))
    kept["securitySchemes"] = whole["components"]["securitySchemes"]
    cut = {
        "openapi": whole["openapi"],
        "info": whole["info"],
        "servers": whole["servers"],
        "security": whole["security"],
        "paths": {PATH: {"post": post}},
        "components": {kind: dict(sorted(kept[kind].items())) for kind in sorted(kept)},
    }
    json.dump(cut, sys.stdout, ensure_ascii=False, indent=1)
    sys.stdout.write("\n")


main()
