"""The browser, the producer, and what is written down of both."""

import base64
import json
import time
import urllib.request
from urllib.parse import urlsplit

from playwright.sync_api import sync_playwright

CSP = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:"
# How long to wait for anything, in seconds.
PATIENCE = 20


class Stage:
    def __init__(self, url, browser):
        self.url = url
        self.path_to_browser = browser
        self.faults = []
        self.answers = {}

    def __enter__(self):
        self.playwright = sync_playwright().start()
        # Chromium's own sandbox cannot be had by root in a container; nothing foreign is opened.
        self.browser = self.playwright.chromium.launch(
            executable_path=self.path_to_browser, args=["--no-sandbox"]
        )
        return self

    def __exit__(self, *_):
        self.browser.close()
        self.playwright.stop()

    def open(self, width=1440, height=900, path="/", **context):
        """A page on which everything is written down."""
        page = self.browser.new_context(
            viewport={"width": width, "height": height}, **context
        ).new_page()
        page.set_default_timeout(PATIENCE * 1000)
        page.on("console", lambda message: self.note("console", message.text))
        page.on("pageerror", lambda error: self.note("error", str(error)))
        page.on("dialog", self.refuse)
        page.on("request", self.watch)
        page.on("response", self.keep)
        page.goto(self.url + path)
        # The first answer has been drawn.
        until(page, "document.getElementById('status').textContent !== ''")
        return page

    def note(self, kind, text):
        self.faults.append(f"{kind}: {text[:300]}")

    def refuse(self, dialog):
        self.note("dialog", dialog.message)
        dialog.dismiss()

    def watch(self, request):
        origin = f"{urlsplit(request.url).scheme}://{urlsplit(request.url).netloc}"
        if origin != self.url and not request.url.startswith("data:"):
            self.note("foreign request", request.url)

    def keep(self, response):
        if response.url.startswith("data:"):
            return
        if not response.headers.get("content-security-policy", "").startswith(CSP):
            self.note("no policy", response.url)
        self.answers.setdefault(response.url, response)

    def check_conduct(self):
        assert not self.faults, self.faults

    def call(self, operation, body):
        request = urllib.request.Request(
            self.url + "/",
            json.dumps(body).encode(),
            {
                "X-Amz-Target": f"Firehose_20150804.{operation}",
                "Content-Type": "application/x-amz-json-1.1",
            },
        )
        with urllib.request.urlopen(request, timeout=30) as answer:
            return json.load(answer)

    def put(self, *logs, stream="logs"):
        """Puts each log as a record; what is not bytes or text, as JSON."""
        records = []
        for log in logs:
            if isinstance(log, dict):
                log = json.dumps(log)
            if isinstance(log, str):
                log = log.encode("utf-8", "surrogatepass")
            records.append({"Data": base64.b64encode(log).decode()})
        answer = self.call(
            "PutRecordBatch", {"DeliveryStreamName": stream, "Records": records}
        )
        assert answer["FailedPutCount"] == 0, answer

    def get(self, path):
        with urllib.request.urlopen(self.url + path, timeout=30) as answer:
            return json.load(answer)


def until(page, condition):
    """Waits until a condition holds. Playwright's own way runs it as the page's code, which the
    content security policy forbids."""
    deadline = time.monotonic() + PATIENCE
    while not page.evaluate(condition):
        if time.monotonic() > deadline:
            status = page.locator("#status").inner_text()
            raise AssertionError(f"not within {PATIENCE} s: {condition} (status: {status})")
        page.wait_for_timeout(20)


def wait_for_rows(page, count):
    until(page, 
        f"document.querySelectorAll('#list > li').length === {count}"
    )


def rows(page):
    """The texts of the rows, the newest first."""
    return page.locator("#list > li .what").all_inner_texts()


def open_row(page, text):
    """Opens the newest row with this text, and returns the pane."""
    page.locator("#list > li").filter(has_text=text).first.click()
    until(page, 
        "document.getElementById('opened').dataset.number === "
        "document.querySelector('#list > [aria-selected=true]').dataset.number"
    )
    return page.locator("#opened")
