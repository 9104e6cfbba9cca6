"""The tests' own parts: what others rely on in them."""

from __future__ import annotations

import smtplib
from email.message import EmailMessage

import httpx
import psycopg
import pytest

from tests.support.postgres import Cluster, Database
from tests.support.sinks import Answer, HttpSink, MailSink


def test_the_app_role_uses_what_the_owner_made_and_makes_nothing(postgres: Cluster, empty_postgres: Database) -> None:
    statements = ["CREATE TABLE plate (id int PRIMARY KEY)", "CREATE SCHEMA more", "CREATE TABLE more.shot (id serial)"]
    postgres.execute(empty_postgres.name, statements, role="ts_owner")
    with psycopg.connect(empty_postgres.url, autocommit=True) as connection:
        connection.execute("INSERT INTO plate VALUES (1)")
        connection.execute("INSERT INTO more.shot DEFAULT VALUES")
        for refused in (
            "CREATE TABLE mine (id int)",
            "DROP TABLE plate",
            "TRUNCATE plate",
            "ALTER TABLE plate ADD x int",
        ):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute(refused)


def test_a_copy_of_a_database_is_apart_from_it(postgres: Cluster, empty_postgres: Database) -> None:
    postgres.execute(empty_postgres.name, ["CREATE TABLE plate (id int)"], role="ts_owner")
    copy = postgres.create(template=empty_postgres.name)
    with psycopg.connect(copy.url, autocommit=True) as connection:
        connection.execute("INSERT INTO plate VALUES (1)")
    with psycopg.connect(empty_postgres.url) as connection:
        assert connection.execute("SELECT count(*) FROM plate").fetchone() == (0,)
    postgres.drop(copy)


def test_the_web_receiver_answers_in_the_order_told(http_sink: HttpSink) -> None:
    http_sink.answer(Answer(503, {"retry-after": "1"}), Answer(0), Answer(200, body=b"done"))
    first = httpx.post(f"{http_sink.url}/hook", content=b"one", headers={"Idempotency-Key": "k1"})
    assert (first.status_code, first.headers["retry-after"]) == (503, "1")
    with pytest.raises(httpx.RemoteProtocolError):
        httpx.get(http_sink.url)
    assert httpx.get(http_sink.url).text == "done"
    got = http_sink.requests.wait_for(3)
    assert (got[0].method, got[0].path, got[0].body, got[0].headers["idempotency-key"]) == (
        "POST",
        "/hook",
        b"one",
        "k1",
    )


def test_the_mail_receiver_refuses_once_when_told(mail_sink: MailSink) -> None:
    mail_sink.reply("451 try later")
    message = EmailMessage()
    message["Subject"] = "mira-hero is ready"
    with smtplib.SMTP(mail_sink.host, mail_sink.port) as client:
        with pytest.raises(smtplib.SMTPDataError):
            client.send_message(message, "studio@example.org", ["lead@example.org"])
        client.send_message(message, "studio@example.org", ["lead@example.org"])
    (mail,) = mail_sink.messages.wait_for(1)
    assert (mail.recipients, mail.message["subject"]) == (("lead@example.org",), "mira-hero is ready")
