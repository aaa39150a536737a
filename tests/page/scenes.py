"""What a person does with the page, scene by scene."""

from contrast import faint_texts
from hostile import HOSTILE, check_hostile
from load import check_load
from stage import open_row, rows, until, wait_for_rows

SCENES = {"hostile": check_hostile, "load": check_load}

# An archive that cannot be read.
BROKEN = b"\x1f\x8b\x08\x00 no gzip"
SECRETS = ["hunter2x9", "ghp_012345678901234567890123456789abcdef", "inner7secret"]
TRACEBACK = """Traceback (most recent call last):
  File "/app/shop/views.py", line 12, in show
    return total(cart, token="ghp_012345678901234567890123456789abcdef")
  File "/usr/lib/python3.11/site-packages/flask/app.py", line 1, in one
    one()
  File "/usr/lib/python3.11/site-packages/flask/app.py", line 2, in two
    two()
  File "/usr/lib/python3.11/site-packages/flask/app.py", line 3, in three
    three()
  File "/app/shop/cart.py", line 31, in total
    raise CartError("no price")
shop.CartError: no price"""
LOGS = [
    {"level": "INFO", "message": "GET /cart 200", "service": {"name": "web"}},
    {"level": "WARN", "message": "slow Query", "service": {"name": "web"}},
    {"level": "ERROR", "message": "cart failed", "service": {"name": "shop"}, "exc_info": TRACEBACK},
    {
        "level": "INFO",
        "message": "login password=hunter2x9",
        "service": {"name": "auth"},
        "db": {"password": "hunter2x9", "port": 5432},
        "inner": '{"pin": "inner7secret"}',
        "exact": 9007199254740993,
    },
]


def scene(function):
    SCENES[function.__name__] = function
    return function


@scene
def records(stage):
    page = stage.open()
    empty = page.locator("#empty").inner_text()
    assert "aws firehose put-record" in empty and stage.url in empty and "boto3" in empty, empty
    stage.put(*LOGS)
    wait_for_rows(page, 4)
    assert page.locator("#empty").is_hidden()
    assert rows(page)[:1] == ["login password=[REDACTED:assigned-secret]"], rows(page)
    stage.call(
        "CreateDeliveryStream",
        {
            "DeliveryStreamName": "other",
            "ElasticsearchDestinationConfiguration": {"IndexName": "else", "BufferingHints": {"IntervalInSeconds": 0}},
        },
    )
    stage.put({"message": "in another index"}, stream="other")
    wait_for_rows(page, 5)

    text = page.get_by_role("searchbox", name="Search the documents")
    for words, found in [("slow query", 1), ("QUERY nothing", 0), ("cart", 2), ("", 5)]:
        text.fill(words)
        wait_for_rows(page, found)
    # A search must not tell whether it guessed a secret.
    for secret in SECRETS:
        text.fill(secret)
        until(page, "document.getElementById('status').textContent.startsWith('None')")
        wait_for_rows(page, 0)
    text.fill("")
    wait_for_rows(page, 5)
    for name, choice, found in [
        ("level", "warn", 2), ("service", "web", 2), ("result", "ProcessingFailed", 0),
    ]:
        control = page.locator(f"select[name={name}]")
        control.select_option(choice)
        wait_for_rows(page, found)
        control.select_option("")
        wait_for_rows(page, 5)
    index = page.locator("select[name=index]")
    until(page, "document.querySelectorAll('[name=index] option').length === 3")
    other = next(name for name in index.locator("option").all_inner_texts() if name.startswith("else"))
    index.select_option(other)
    wait_for_rows(page, 1)
    # What is filtered by stays when the page is loaded again.
    page.reload()
    wait_for_rows(page, 1)
    assert index.input_value() == other
    index.select_option("")
    wait_for_rows(page, 5)

    live = page.locator("#live")
    live.click()
    assert live.inner_text() == "paused" and live.get_attribute("aria-pressed") == "false"
    stage.put({"message": "while paused"})
    page.get_by_role("button", name="1 new").wait_for()
    assert len(rows(page)) == 5
    live.click()
    wait_for_rows(page, 6)
    assert live.inner_text() == "live"


@scene
def opening(stage):
    stage.put(*LOGS, BROKEN)
    page = stage.open()
    wait_for_rows(page, 5)
    pane = open_row(page, "login")
    before = pane.get_by_role("region", name="Before")
    marks = before.locator("dd mark").all_inner_texts()
    assert marks == ["[REDACTED:assigned-secret]", "[REDACTED:by-name]", "[REDACTED:by-name]"], marks
    places = before.locator(".secrets").inner_text()
    for place in ["message", "db.password", "inner.pin"]:
        assert place in places, places
    after = pane.get_by_role("region", name="After")
    assert "9007199254740993" in after.inner_text()
    assert after.locator("dd mark").count() == 3
    after.get_by_text("As JSON").click()
    assert '"log": {' in after.locator("pre").inner_text()

    pane = open_row(page, "cart failed")
    trace = pane.get_by_role("region", name="Traceback")
    assert trace.locator("h3").all_inner_texts() == ["shop.CartError"]
    own = trace.locator(".frame.own")
    assert own.all_inner_texts() == [
        '/app/shop/cart.py:31 in total\nraise CartError("no price")',
        '/app/shop/views.py:12 in show\nreturn total(cart, token="[REDACTED:github-token]")',
    ], own.all_inner_texts()
    # Frames of libraries and the text are there when they are asked for.
    assert trace.locator(".frame").count() == 2 and trace.locator("pre").count() == 0
    trace.get_by_text("3 frames of libraries").click()
    until(page, "document.querySelectorAll('#opened .frame').length === 5")
    trace.get_by_text("The whole stack").click()
    assert "Traceback (most recent call last)" in trace.locator("pre").inner_text()

    # What was not transformed says why, and the payload is not shown raw.
    row = page.locator("#list > li").last
    pane = open_row(page, "Lambda.ProcessingFailedStatus")
    assert "no document" in pane.inner_text() and pane.locator(".fault").inner_text() != ""
    assert row.count() == 1
    seen = page.content() + "".join(answer.text() for answer in stage.answers.values())
    assert all(secret not in seen for secret in SECRETS)


@scene
def failures(stage):
    other = TRACEBACK.replace("CartError", "TaxError")
    shop = {"level": "ERROR", "service": {"name": "shop"}, "message": "failed"}
    errors = [{**shop, "exc_info": text} for text in [TRACEBACK] * 3 + [other]]
    refused = [{**shop, "message": f"status {number} from upstream"} for number in (500, 502)]
    stage.put(*errors, *refused, *LOGS[:2], LOGS[3], BROKEN)
    page = stage.open()
    # The overview is drawn at once: all that came is in it, then.
    until(page, "document.getElementById('results').textContent === '9Ok6errors1failed0dropped'")
    shown = {
        tuple(row.inner_text().split("\n")[:3]) for row in page.locator("#failures > li").all()
    }
    assert shown == {
        ("1", "Lambda.ProcessingFailedStatus", "not transformed"),
        ("3", "shop.CartError", "shop/cart.py in total"),
        ("1", "shop.TaxError", "shop/cart.py in total"),
        ("2", "status # from upstream", "no traceback"),
    }, shown
    assert "shop · " in page.locator("#failures").inner_text()
    rules = page.locator("#rules").inner_text().split()
    assert rules == ["4", "github-token", "1", "assigned-secret", "1", "by-name"], rules
    rate = page.locator("#spark svg").get_attribute("aria-label")
    assert "10 in the last minute, 7 bad" in rate, rate
    for text, found in [("shop.CartError", 3), ("from upstream", 2), ("github-token", 4), ("failed", 1)]:
        chosen = page.locator("#overview button").filter(has_text=text).last
        chosen.click()
        wait_for_rows(page, found)
        assert chosen.get_attribute("aria-pressed") == "true"
        chosen.click()
        wait_for_rows(page, 10)


@scene
def keyboard(stage):
    stage.put(*LOGS)
    page = stage.open()
    wait_for_rows(page, 4)
    selected = page.locator("#list > [aria-selected=true]")
    number = lambda: selected.get_attribute("data-number")
    for key, expected in [("j", "4"), ("j", "3"), ("ArrowDown", "3"), ("k", "4"), ("k", "4"), ("j", "3")]:
        page.keyboard.press(key)
        assert number() == expected, (key, number())
    stage.put({"message": "later"})
    page.get_by_role("button", name="1 new").wait_for()
    assert number() == "3" and len(rows(page)) == 4
    pane = page.locator("#opened")
    page.keyboard.press("Enter")
    pane.get_by_text("shop.CartError").first.wait_for()
    page.keyboard.press("j")
    pane.get_by_text("slow Query").first.wait_for()
    page.keyboard.press("Escape")
    assert pane.is_hidden() and number() == "2"
    # In the list the arrows move, as the role promises.
    page.keyboard.press("ArrowUp")
    assert number() == "3"
    page.keyboard.press("Escape")
    wait_for_rows(page, 5)
    assert selected.count() == 0
    page.keyboard.press("/")
    page.keyboard.type("jkp/ slow")
    assert page.evaluate("document.activeElement.id") == "text"
    assert page.locator("#text").input_value() == "jkp/ slow"
    wait_for_rows(page, 0)
    page.keyboard.press("Escape")
    wait_for_rows(page, 5)
    assert page.locator("#text").input_value() == ""
    page.keyboard.press("p")
    assert page.locator("#live").inner_text() == "paused"


@scene
def accessibility(stage):
    stage.put(*LOGS, BROKEN, HOSTILE[0])
    for scheme in ["light", "dark"]:
        for width in [1440, 390]:
            page = stage.open(width=width, color_scheme=scheme)
            wait_for_rows(page, 6)
            until(page, "document.querySelectorAll('#rules > li').length > 1")
            assert faint_texts(page) == [], (scheme, width)
            is_wide = page.evaluate("document.documentElement.scrollWidth > innerWidth")
            assert not is_wide, f"scrolls sideways at {width}"
            for role in ["banner", "main", "search", "complementary"]:
                assert page.get_by_role(role).count() == 1, role
            open_row(page, "cart failed")
            assert faint_texts(page) == [], (scheme, width)
            nameless = page.evaluate(
                "Array.from(document.querySelectorAll('button, input, select')).filter((control) =>"
                " !control.textContent.trim() && !control.getAttribute('aria-label') && !control.labels?.length).length"
            )
            assert nameless == 0
            page.get_by_role("button", name="Close").click()
            assert page.evaluate("document.activeElement.id") == "list"
    page.close()


@scene
def revealed(stage):
    stage.put(*LOGS)
    page = stage.open()
    wait_for_rows(page, 4)
    before = open_row(page, "login").get_by_role("region", name="Before")
    marks = before.locator("dd mark").all_inner_texts()
    assert marks == ["hunter2x9", "hunter2x9", "inner7secret"], marks
    rules = before.locator("dd .rule").all_inner_texts()
    assert rules == ["assigned-secret", "by-name", "by-name"], rules
    after = page.get_by_role("region", name="After").inner_text()
    assert "hunter2x9" not in after


@scene
def leaks(stage):
    """A stream without a function delivers secrets: the page says so, and does not show them."""
    stage.call(
        "CreateDeliveryStream",
        {
            "DeliveryStreamName": "raw",
            "S3DestinationConfiguration": {"BufferingHints": {"IntervalInSeconds": 0}},
        },
    )
    stage.put(LOGS[3], "login password=hunter2x9", stream="raw")
    page = stage.open()
    wait_for_rows(page, 2)
    assert page.get_by_text("secrets delivered").count() >= 1
    pane = open_row(page, "login")
    assert "It was delivered with its secrets" in pane.inner_text()
    seen = page.content() + "".join(answer.text() for answer in stage.answers.values())
    assert all(secret not in seen for secret in SECRETS)
