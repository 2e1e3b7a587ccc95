"""Searches texts with Python's re: one JSON object a line in the file named, one JSON value a line out.

In: {"regex", "text", "multiline"}. Out: "error", "slow" for more than a second, null for no match, or the spans of all groups and the
names of groups."""

import json
import re
import signal
import sys
import warnings

warnings.simplefilter("ignore")


def interrupt(number, frame):
    raise TimeoutError


signal.signal(signal.SIGALRM, interrupt)


def search(case):
    try:
        regex = re.compile(case["regex"], re.MULTILINE if case["multiline"] else 0)
    except (re.error, OverflowError, RecursionError):
        return "error"
    signal.setitimer(signal.ITIMER_REAL, 1)
    try:
        match = regex.search(case["text"])
    except TimeoutError:
        return "slow"
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
    if match is None:
        return None
    # Positions in UTF-16, as Java counts them.
    utf16 = [0]
    for character in case["text"]:
        utf16.append(utf16[-1] + (2 if ord(character) > 0xFFFF else 1))
    place = lambda position: -1 if position < 0 else utf16[position]
    spans = [[place(match.start(i)), place(match.end(i))] for i in range(regex.groups + 1)]
    return {"spans": spans, "groups": dict(regex.groupindex)}


with open(sys.argv[1], encoding="utf-8") as cases:
    for line in cases:
        print(json.dumps(search(json.loads(line))))
