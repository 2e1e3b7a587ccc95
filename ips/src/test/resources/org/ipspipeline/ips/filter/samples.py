"""Prints as JSON the annotated sample logs of fail2ban's tests, with the conditions in them evaluated.

One object a line: {"name", "filters": [{"key", "options"}], "lines": [{"file", "line", "expected", "texts": [[filter, text,
dated]]}]}, where "dated" says that the line's time is known from the journal. Arguments: the directory of logs, names."""

import datetime
import json
import os
import re
import sys
import time

# What conditions and constraints may refer to, beside the names of the moment.
MODULES = {"datetime": datetime, "json": json, "os": os, "re": re, "sys": sys, "time": time}

ANNOTATION = re.compile(r"^#+ ?(failJSON|(?:file|filter)Options|addFILE):(.+)$")


def read(directory, name):
    filters, lines, keys = [], [], {}

    def use(key, options):
        if key not in keys:
            keys[key] = len(filters)
            filters.append({"key": key, "options": {k: v for k, v in options.items() if not k.startswith("test.")}})
        return keys[key], options

    common, active = {}, None
    files = [name]
    for file in files:
        blocked, expected = False, None
        path = os.path.join(directory, file)
        with open(path, encoding="utf-8", errors="replace", newline="\n") as log:
            for number, text in enumerate(log, 1):
                text = text.rstrip("\r\n")
                annotation = ANNOTATION.match(text) if expected is None else None
                if annotation:
                    kind, value = annotation.group(1), json.loads(annotation.group(2))
                    if kind == "fileOptions":
                        common = value
                    elif kind == "addFILE":
                        files.append(value)
                    elif kind == "filterOptions":
                        active, blocked = [], False
                        for given in value if isinstance(value, list) else [value]:
                            opts = {**common, **given}
                            condition = opts.get("test.condition")
                            if condition:
                                blocked = not eval(condition, {**MODULES, "name": name, "opts": opts, "line": text})
                            if not blocked:
                                plain = {k: v for k, v in opts.items() if not k.startswith("test.")}
                                key = opts.get("test.filter-name") or (str(plain) if plain else "")
                                active.append(use(key, opts))
                    else:
                        expected = value
                        if "match" in expected:
                            expected["match"] = bool(expected["match"])
                    continue
                if expected is None and (blocked or text.startswith("#") or not text.strip()):
                    continue
                annotated, expected = expected, None
                if blocked:
                    continue
                if not active:
                    active = [use("", {})]
                texts = []
                for index, opts in active:
                    constraint = (annotated or {}).get("constraint")
                    moment = {**MODULES, "name": name, "opts": opts, "line": text, "faildata": annotated}
                    if constraint and not eval(constraint, moment):
                        continue
                    dated = opts.get("logtype") == "journal"
                    if dated and opts.get("test.prefix-line"):
                        text = opts["test.prefix-line"] + text
                    texts.append([index, text, dated])
                lines.append({"file": file, "line": number, "expected": annotated, "texts": texts})
    return {"name": name, "filters": filters, "lines": lines}


for name in sys.argv[2:]:
    if os.path.isfile(os.path.join(sys.argv[1], name)):
        print(json.dumps(read(sys.argv[1], name)))
    else:
        print(json.dumps({"name": name, "filters": [], "lines": []}))
