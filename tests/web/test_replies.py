"""What scripts send and are told."""

import pytest

SCRIPT = {"Accept": "application/json"}


def post(browser, **sent):
    headers = {**SCRIPT, "X-CSRFToken": browser.token()}
    return browser.client.post("/json", headers=headers, **sent)


def test_a_json_object_is_taken(browser):
    assert post(browser, json={"answer": ["a"]}).json == {"answer": ["a"]}


@pytest.mark.parametrize(
    "sent",
    [
        {"json": [1]},
        {"data": "{", "content_type": "application/json"},
        {"data": "x"},
        {"data": '{"answer": "\\ud800"}', "content_type": "application/json"},
    ],
)
def test_anything_else_is_refused_in_one_sentence(sent, browser):
    answer = post(browser, **sent)

    assert answer.status_code == 422
    assert answer.json == {"message": "The request could not be read: it is not a JSON object."}


def test_a_script_needs_a_token_too(browser):
    assert browser.client.post("/json", json={}, headers=SCRIPT).status_code == 400
