# A mail server for a test: takes mail on a port of this machine, tells each message as a line of JSON, and ends
# with its input. Its only argument says how it behaves, as JSON.
import asyncio, json, socket, ssl, sys

from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword

how = json.loads(sys.argv[1])


def tell(what):
    print(json.dumps(what), flush=True)


class Handler:
    drops = how["drops"]

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address in how["refused"]:
            return "550 5.1.1 no such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 ok"

    async def handle_DATA(self, server, session, envelope):
        tell({
            "from": envelope.mail_from,
            "to": envelope.rcpt_tos,
            "text": envelope.content.decode("utf-8", "replace"),
            "tls": session.ssl is not None or how["tls"] == "required",
            "user": session.auth_data.login.decode() if session.authenticated else None,
        })
        if self.drops > 0:
            # It was taken, and nobody is told.
            self.drops -= 1
            server.transport.abort()
        return "250 2.0.0 taken"


def log_in(server, session, envelope, mechanism, data):
    known = isinstance(data, LoginPassword) and [data.login.decode(), data.password.decode()] == how["login"]
    return AuthResult(success=known, handled=False, auth_data=data)


async def main():
    context = None
    if how["tls"] != "none":
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(how["certificate"], how["key"])
    options = {"hostname": "localhost", "enable_SMTPUTF8": True}
    if how["tls"] == "starttls":
        options |= {"tls_context": context, "require_starttls": True}
    if how["login"]:
        options |= {"authenticator": log_in, "auth_required": True, "auth_require_tls": how["tls"] == "starttls"}
    sock = socket.socket()
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    sock.bind(("127.0.0.1", how["port"]))
    handler, loop = Handler(), asyncio.get_running_loop()
    wire = context if how["tls"] == "required" else None
    await loop.create_server(lambda: SMTP(handler, loop=loop, **options), sock=sock, ssl=wire)
    tell({"port": sock.getsockname()[1]})
    await loop.run_in_executor(None, sys.stdin.read)


asyncio.run(main())
