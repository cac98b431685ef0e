"""A mail server for tests: real SMTP, by Debian's aiosmtpd, that does what it is told at a phase.

    server.py BOX [--at PHASE --do WHAT [--times N]] [--user U --password P] [--tls | --starttls CERT KEY]

Each e-mail that it takes is one line of JSON in BOX. PHASE: connect ehlo auth mail rcpt data body end. WHAT: slow, hang-up,
take-and-hang-up and take-and-wait (at the end alone), or a reply such as "451 4.7.1 later". The port stands on stdout.
"""

import argparse
import asyncio
import json
import os
import socket
import ssl
import sys

from aiosmtpd.smtp import SMTP, AuthResult

parser = argparse.ArgumentParser()
parser.add_argument("box")
parser.add_argument("--at")
parser.add_argument("--do", default="")
parser.add_argument("--times", type=int, default=1_000_000)
parser.add_argument("--mark", action="store_true", help="make BOX.sits, with .sits for its ending, when it comes to PHASE")
parser.add_argument("--user")
parser.add_argument("--password")
parser.add_argument("--tls", nargs=2)
parser.add_argument("--starttls", nargs=2)
said = parser.parse_args()
left = said.times


def take(envelope):
    line = json.dumps({
        "from": envelope.mail_from,
        "to": envelope.rcpt_tos,
        "message": envelope.content.decode("utf-8", "surrogateescape"),
    })
    with open(said.box, "a", encoding="utf-8", errors="surrogateescape") as box:
        box.write(line + "\n")
        box.flush()
        os.fsync(box.fileno())


async def does(server, phase, envelope=None):
    """What it does here; None: as any server does."""
    global left
    if said.at != phase or left <= 0:
        return None
    left -= 1
    if said.do.startswith("take"):
        take(envelope)
    if said.mark:
        open(os.path.splitext(said.box)[0] + ".sits", "w").close()
    if said.do in ("slow", "take-and-wait"):
        await asyncio.sleep(3600)
    if said.do in ("hang-up", "take-and-hang-up"):
        server.transport.abort()
        await asyncio.sleep(3600)
    return said.do


class Server(SMTP):
    async def _handle_client(self):
        reply = await does(self, "connect")
        if reply:
            await self.push(reply)
            self.transport.close()
            return
        await super()._handle_client()

    async def smtp_EHLO(self, hostname):
        reply = await does(self, "ehlo")
        await (self.push(reply) if reply else super().smtp_EHLO(hostname))

    async def smtp_AUTH(self, arg):
        reply = await does(self, "auth")
        await (self.push(reply) if reply else super().smtp_AUTH(arg))

    async def smtp_DATA(self, arg):
        reply = await does(self, "data")
        if said.at == "body":
            await self.push("354 go on")
            await does(self, "body")
        await (self.push(reply) if reply else super().smtp_DATA(arg))


class Box:
    async def handle_MAIL(self, server, session, envelope, address, options):
        reply = await does(server, "mail")
        if reply:
            return reply
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(self, server, session, envelope, address, options):
        reply = await does(server, "rcpt")
        if reply:
            return reply
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        reply = await does(server, "end", envelope)
        if reply:
            return reply
        take(envelope)
        return "250 2.0.0 queued"


def known(server, session, envelope, mechanism, data):
    right = (data.login, data.password) == (said.user.encode(), said.password.encode())
    return AuthResult(success=right, handled=False)


def context(files):
    made = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    made.load_cert_chain(*files)
    return made


def protocol():
    more = {}
    if said.user:
        more = {"authenticator": known, "auth_required": True, "auth_require_tls": False}
    if said.starttls:
        more |= {"tls_context": context(said.starttls), "require_starttls": True}
    return Server(Box(), hostname="mail.test", enable_SMTPUTF8=True, **more)


async def main():
    tls = context(said.tls) if said.tls else None
    here = socket.create_server(("127.0.0.1", 0))
    if said.at == "body":
        # What nobody reads is soon more than the system keeps.
        here.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 8192)
    server = await asyncio.get_running_loop().create_server(protocol, sock=here, ssl=tls)
    print(server.sockets[0].getsockname()[1], flush=True)
    # Gone with whoever started it.
    await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)


asyncio.run(main())
os._exit(0)
