"""Makes a database as fail2ban does: arguments are its file and the time in seconds."""

import sys

from fail2ban.server.database import Fail2BanDb
from fail2ban.server.ticket import FailTicket
from fail2ban.tests.dummyjail import DummyJail

now = int(sys.argv[2])
database = Fail2BanDb(sys.argv[1])
jail = DummyJail("sshd")
database.addJail(jail)


def ban(identity, since, length, count):
    ticket = FailTicket(identity, since, [])
    ticket.setBanTime(length)
    ticket.setBanCount(count)
    database.addBan(jail, ticket)


ban("192.0.2.1", now - 100, 600, 3)
ban("2001:db8::1", now - 100, -1, 1)
ban("192.0.2.2", now - 1000, 600, 1)
ban("192.0.2.0/28", now - 1, 600, 1)
ban("root@somewhere", now, 600, 1)
