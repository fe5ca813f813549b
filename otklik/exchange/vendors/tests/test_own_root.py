"""A root certificate is trusted by the client that names it and by no other."""

from __future__ import annotations

import ssl
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from ipaddress import ip_address
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from otklik.exchange.vendors.http import BadCertificate, HttpSettings, exchange, http_client
from otklik.exchange.vendors.max.client import max_bot

HOST = "127.0.0.1"


class Answering(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b'{"user_id": 1}')

    def log_message(self, *args: object) -> None:
        pass


def certified(
    name: str, root: tuple[x509.Certificate, ec.EllipticCurvePrivateKey] | None
) -> tuple[x509.Certificate, ec.EllipticCurvePrivateKey]:
    """A certificate signed by the root, or a root of its own."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = datetime.now(UTC)
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(root[0].subject if root else subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.BasicConstraints(ca=root is None, path_length=None), critical=True)
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ip_address(HOST))]), critical=False
        )
    )
    return builder.sign(root[1] if root else key, hashes.SHA256()), key


def as_pem(certificate: x509.Certificate) -> bytes:
    return certificate.public_bytes(serialization.Encoding.PEM)


@pytest.fixture
def root_file(tmp_path: Path) -> Path:
    return tmp_path / "root.pem"


@pytest.fixture
def address(tmp_path: Path, root_file: Path) -> Iterator[str]:
    root = certified("Проверочный корень", None)
    certificate, key = certified(HOST, root)
    root_file.write_bytes(as_pem(root[0]))
    chain = tmp_path / "server.pem"
    private = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    chain.write_bytes(as_pem(certificate) + private)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(chain)
    server = HTTPServer((HOST, 0), Answering)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    yield f"https://{HOST}:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


def test_only_the_client_that_names_a_root_trusts_it(address: str, root_file: Path) -> None:
    with max_bot("token", HttpSettings(address, ca_file=str(root_file))) as bot:
        assert bot.me() == {"user_id": 1}
    with (
        http_client(HttpSettings(address)) as client,
        pytest.raises(BadCertificate, match="корневого сертификата"),
    ):
        exchange(client, client.build_request("GET", "/me"))
