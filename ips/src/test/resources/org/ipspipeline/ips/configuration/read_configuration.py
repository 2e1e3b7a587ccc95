"""Prints as JSON what the installed fail2ban reads from a configuration directory: all filters, and all jails."""

import json
import logging
import os
import sys

from fail2ban.client.filterreader import FilterReader
from fail2ban.client.jailreader import JailReader

logging.disable(logging.CRITICAL)
directory = sys.argv[1]


def fields(stream):
    result = {}
    for command in stream:
        if command[0] == "multi-set":
            result.setdefault(command[2], []).extend(command[3] if command[2] != "action" else [])
        elif command[0] == "set" and command[2] != "action":
            result.setdefault(command[2], []).append(command[3:])
    return result


def read_filter(name):
    reader = FilterReader(name, "jail", {}, basedir=directory)
    reader.read()
    reader.applyAutoOptions("")
    reader.getOptions({})
    return fields(reader.convert())


def read_jail(name, reader):
    jail = JailReader(name, force_enable=True, basedir=directory)
    jail.read()
    if not jail.getOptions():
        return {"error": jail.options["config-error"]}
    result = fields(jail.convert(allow_no_files=True))
    result["options"] = jail.options
    return result


filters = sorted(
    name[:-5]
    for name in os.listdir(os.path.join(directory, "filter.d"))
    if name.endswith(".conf") and not name.endswith("common.conf")
)
jails = JailReader("DEFAULT", basedir=directory)
jails.sections()
try:
    jails.read()
except ValueError:
    pass  # there is no jail of that name; the file is read all the same
names = [name for name in jails.sections() if name != "INCLUDES"]
print(
    json.dumps(
        {
            "filters": {name: read_filter(name) for name in filters},
            "jails": {name: read_jail(name, jails) for name in names},
        }
    )
)
