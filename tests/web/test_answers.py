"""What every answer carries: headers, cookies, compression, and lines in the log that name nobody."""

import json

import pytest
from flask import request

POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:"


def test_pages_refuse_everything_that_is_not_ours(browser):
    headers = browser.get("/").headers

    assert headers["Content-Security-Policy"].startswith(POLICY)
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cache-Control"] == "private, no-cache"
    assert {"Cookie", "Accept-Language", "Accept-Encoding"} <= {name.strip() for name in headers["Vary"].split(",")}
    assert "Strict-Transport-Security" not in headers


def test_in_production_cookies_travel_by_https_only(toy):
    client = toy(is_production=True).test_client()

    answer = client.get("/?lang=ru", base_url="https://localhost")

    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith("__Host-session=")
    assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"} <= set(cookie.split("; "))
    assert answer.headers["Strict-Transport-Security"].startswith("max-age=31536000")


def test_the_components_are_not_shown_in_production(toy):
    assert toy(is_production=True).test_client().get("/components").status_code == 404


@pytest.mark.parametrize(("accepts", "encoding"), [("gzip, br", "br"), ("gzip", "gzip"), ("identity", None)])
def test_pages_are_compressed_as_the_browser_can_read_them(accepts, encoding, browser):
    assert browser.get("/components", headers={"Accept-Encoding": accepts}).headers.get("Content-Encoding") == encoding


def test_the_proxies_in_front_are_believed_as_far_as_the_settings_say(toy):
    forwarded = {"X-Forwarded-Proto": "https", "X-Forwarded-Host": "oqu.example.kz"}

    direct, behind = toy(), toy(trusted_proxies=1)

    with direct.test_client() as client:
        client.get("/", headers=forwarded)

        assert request.host_url == "http://localhost/"
    with behind.test_client() as client:
        client.get("/", headers=forwarded)

        assert request.host_url == "https://oqu.example.kz/"


@pytest.mark.parametrize(
    ("path", "logged"),
    [
        ("/?iin=880101300017", "/"),
        ("/errors/missing", "/errors/<kind>"),
        ("/sign-in/reset/4HQ7KM2P", "/sign-in/…"),
        ("/4HQ7KM2P", "/…"),
    ],
)
def test_the_log_tells_the_page_but_not_what_may_lead_to_a_person(path, logged, browser, capsys):
    answer = browser.get(path)

    [line] = map(json.loads, capsys.readouterr().err.splitlines())
    assert (line["event"], line["method"], line["path"]) == ("request", "GET", logged)
    assert line["request"] == answer.headers["X-Request-Id"]
    assert isinstance(line["ms"], int)


def test_whole_numbers_stay_in_the_log_so_that_a_fault_can_be_found(browser, capsys):
    browser.get("/attempts/57")

    assert json.loads(capsys.readouterr().err)["path"] == "/attempts/57"


def test_health_and_files_do_not_fill_the_log(browser, capsys):
    for path in ("/healthz", "/readyz", browser.open("/").one("link", rel="stylesheet").get("href")):
        capsys.readouterr()
        assert browser.get(path).status_code == 200
        assert capsys.readouterr().err == ""


def test_search_engines_are_kept_from_personal_pages(browser):
    robots = browser.get("/robots.txt").text

    assert "Disallow: /my\n" in robots
    assert "Disallow: /verify/\n" in robots
