"""Has fail2ban judge lines. Arguments: the configuration directory, a file of JSON objects {"filter", "lines"}, one a line.

Prints for each object one JSON array: for each line null, or [regex, identity, time, user] of the first
failure, or a text where fail2ban fails on the line; null for a filter that it refuses."""

import json
import sys

from fail2ban.client.filterreader import FilterReader
from fail2ban.server.filter import Filter
from fail2ban.server.mytime import MyTime

MyTime.setTime(1124013600)
MyTime.setAlternateNow(1124013600)


def read(directory, name):
    judge = Filter(None)
    judge.returnRawHost = True
    judge.checkFindTime = False
    judge.active = True
    reader = FilterReader(name, "jail", {}, basedir=directory)
    reader.read()
    reader.getOptions({})
    for option in reader.convert():
        for value in option[3] if option[0] == "multi-set" else [option[3]]:
            if option[2] == "prefregex":
                judge.prefRegex = value
            elif option[2] == "addfailregex":
                judge.addFailRegex(value)
            elif option[2] == "addignoreregex":
                judge.addIgnoreRegex(value)
            elif option[2] == "maxlines":
                judge.setMaxLines(value)
            elif option[2] == "datepattern":
                judge.setDatePattern(value)
    return judge


def verdict(judge, line):
    try:
        found = judge.processLine(line)
    except Exception as problem:
        return "fails: " + str(problem)
    for regex, identity, time, failure in found:
        if identity is not None and not failure.get("nofail"):
            user = failure.get("user")
            return [regex, None if identity is None else str(identity), time, user]
    return None


for text in open(sys.argv[2], encoding="utf-8"):
    given = json.loads(text)
    try:
        judge = read(sys.argv[1], given["filter"])
    except Exception:
        print("null")
        continue
    print(json.dumps([verdict(judge, line) for line in given["lines"]]))
