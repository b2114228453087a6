"""A second provider of single sign-on as others write it, for the tests: Canaille, with its data in memory.

Called with the address to come back to; says its issuer in its first line. It has two people, whose passwords are the
same.
"""

import datetime
import socket
import sys

from canaille import create_app
from canaille.app import models
from canaille.backends import Backend
from joserfc.jwk import RSAKey
from werkzeug.serving import make_server

PASSWORD = "hasło z testu"
KEY = RSAKey.generate_key(2048, parameters={"use": "sig"}, private=True)
[back] = sys.argv[1:]
place = socket.create_server(("127.0.0.1", 0))
host = f"127.0.0.1:{place.getsockname()[1]}"
issuer = f"http://{host}"
app = create_app(
    {
        "SECRET_KEY": "of a test",
        "SERVER_NAME": host,
        "PREFERRED_URL_SCHEME": "http",
        "CANAILLE": {"DATABASE": "memory", "SMTP": None, "TIMEZONE": "UTC"},
        # The consent of the person is asked for.
        "CANAILLE_OIDC": {
            "TRUSTED_DOMAINS": [],
            "ACTIVE_JWKS": [KEY.as_dict(private=True)],
        },
    }
)
with app.app_context():
    people = [
        models.User(
            user_name=name,
            formatted_name="Anna Nowa",
            family_name="Nowa",
            display_name="anna.nowa",
            emails=[f"{name}@firma.example"],
            password=PASSWORD,
        )
        for name in ("pracownik-7", "ktos-inny")
    ]
    client = models.Client(
        client_id="klucznik",
        client_secret="sekret: klienta/1",
        client_name="Klucznik",
        client_uri="https://crm.firma.example",
        redirect_uris=[back],
        grant_types=["authorization_code"],
        response_types=["code"],
        scope=["openid", "profile", "email"],
        token_endpoint_auth_method="client_secret_basic",
        client_id_issued_at=datetime.datetime.now(datetime.timezone.utc),
    )
    for made in (*people, client):
        Backend.instance.save(made)
    # Tokens are meant for it.
    client.audience = [client]
    Backend.instance.save(client)
server = make_server("127.0.0.1", 0, app, threaded=True, fd=place.fileno())
print(f"issuer {issuer}", flush=True)
server.serve_forever()
