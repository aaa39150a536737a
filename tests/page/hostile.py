"""Documents that would be markup, scripts, or something else than they seem."""

import json

from stage import open_row, until, wait_for_rows

RUN = "window.hacked = true"
MARKUP = [
    f'<img src=x onerror="{RUN}">',
    f"</script><script>{RUN}</script>",
    f'"><svg onload="{RUN}"><a href="javascript:{RUN}">x</a>',
    f"javascript:{RUN}",
    f"${{{RUN}}} {{{{{RUN}}}}} <!-- --> <style>*{{display:none}}</style>",
    "<iframe src='https://evil.example/'></iframe><base href='https://evil.example/'>",
]
DEEP = '{"message": "deep", "a": ' + '{"a":' * 120 + "1" + "}" * 121


def trace(text):
    line = text.replace("\n", " ")
    return f'Traceback (most recent call last):\n  File "/app/{line}", line 1, in {line}\n    {line}\nshop.Error: {line}'


HOSTILE = [
    *[
        {
            "level": "ERROR", "message": f"{number} {text}", "logger": text, "service": {"name": text},
            "exc_info": trace(text), text: text, "nested": {text: [text]}, "password": text,
        }
        for number, text in enumerate(MARKUP)
    ],
    {"message": "moved \u202egnp.exe\u2066 \u200bhidden\ufeff", "level": "ERROR"},
    {"message": "nul \u0000 and \u001b[31mred\u0007 \u009b"},
    '{"message": "proto", "__proto__": {"polluted": true}, "constructor": {"prototype": {"polluted": true}}}',
    '{"message": "lone \\ud800 surrogate", "level": "ERROR"}',
    DEEP,
    {"message": "long " + "x" * 900_000, "level": "INFO"},
    {"message": "many lines" + "\n" * 100_000},
    MARKUP[0],
    b"\xff\xfe<img src=x onerror=alert(1)>\x00",
    b'{"message": "<b>cut',
]

# What the page itself has none of, or one of.
COUNT = """
() => ({
  foreign: document.querySelectorAll('img, iframe, object, embed, video, style, base, form form, b b, [onerror], [onload], [onclick], body a:not(.skip)').length,
  scripts: document.querySelectorAll('script').length,
  links: document.querySelectorAll('link').length,
  hacked: 'hacked' in window || 'polluted' in {} || 'alerted' in window,
  unseen: (() => {
    const walker = document.createTreeWalker(document.documentElement, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      if (/[\\u0000\\u0007\\u001b\\u009b\\u200b\\u202e\\u2066\\ufeff]/.test(walker.currentNode.data)) return walker.currentNode.data.slice(0, 80);
    }
    return null;
  })(),
  length: document.documentElement.textContent.length,
})
"""


def check(page):
    state = page.evaluate(COUNT)
    length = state.pop("length")
    assert state == {"foreign": 0, "scripts": 1, "links": 2, "hacked": False, "unseen": None}, state
    assert length < 200_000, length


def check_hostile(stage):
    for log in HOSTILE:
        stage.put(log)
    page = stage.open()
    wait_for_rows(page, len(HOSTILE))
    until(page, "document.querySelectorAll('#failures > li').length > 6")
    check(page)
    assert MARKUP[0] in page.locator("#list").inner_text()
    assert MARKUP[0] in page.locator("[name=service]").inner_text()
    for row in page.locator("#list > li").all():
        row.click()
        number = row.get_attribute("data-number")
        until(page, f"document.getElementById('opened').dataset.number === '{number}'")
        check(page)
        # Everything that is folded, too; but texts of a megabyte stay folded.
        page.evaluate("document.querySelectorAll('#opened details').forEach((it) => { it.open = true; })")
        page.wait_for_timeout(50)
        check(page)
    pane = open_row(page, "moved")
    assert "U+202E" in pane.inner_text() and "U+200B" in pane.inner_text()
    pane = open_row(page, "nul")
    assert "\u2400" in pane.inner_text() and "\u241b" in pane.inner_text()
    # A filter from the address is text as well.
    page.goto(stage.url + "/#text=" + json.dumps(MARKUP[0]) + "&rule=<img src=x onerror=alert(1)>&service=" + MARKUP[1])
    page.reload()
    until(page, "document.getElementById('status').textContent.startsWith('None')")
    check(page)
    # Nobody is served under a foreign name.
    answer = page.request.get(stage.url + "/", headers={"Host": "evil.example"})
    assert answer.status == 403, answer.status
