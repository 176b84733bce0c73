"""The page never makes anything but text out of what people and apps write, and reads mrkdwn as Slack does."""

import pytest
from playwright.sync_api import Page, expect
from slack_sdk import WebClient

from tests.browser.shared import Json, message, mrkdwn, plain, post, switch

IMG = "<img src=x onerror='window.hacked=1'>"
SCRIPT = "<script>window.hacked=1</script>"
HOSTILE = f"{IMG}{SCRIPT}<b>bold</b>"


def assert_harmless(page: Page) -> None:
    assert page.evaluate("window.hacked") is None
    assert page.locator("#main script, #main [onerror], #main iframe").count() == 0
    assert page.locator("#main a[href^='javascript' i]").count() == 0


TEXTS = [
    pytest.param({"text": HOSTILE}, id="text"),
    pytest.param({"text": f"*{IMG}* _{SCRIPT}_ `{IMG}` ```{SCRIPT}```"}, id="styled text"),
    pytest.param({"blocks": [{"type": "header", "text": plain(HOSTILE)}]}, id="header"),
    pytest.param({"blocks": [{"type": "section", "text": mrkdwn(HOSTILE)}]}, id="section"),
    pytest.param({"blocks": [{"type": "section", "fields": [mrkdwn(HOSTILE), plain(HOSTILE)]}]}, id="fields"),
    pytest.param({"blocks": [{"type": "context", "elements": [mrkdwn(HOSTILE)]}]}, id="context"),
    pytest.param({"blocks": [{"type": "markdown", "text": f"# {HOSTILE}\n\n{IMG}\n\n- {SCRIPT}"}]}, id="markdown"),
    pytest.param(
        {
            "blocks": [
                {
                    "type": "rich_text",
                    "elements": [
                        {"type": "rich_text_section", "elements": [{"type": "text", "text": HOSTILE}]},
                        {"type": "rich_text_preformatted", "elements": [{"type": "text", "text": SCRIPT}]},
                    ],
                }
            ]
        },
        id="rich text",
    ),
    pytest.param({"blocks": [{"type": "table", "rows": [[{"type": "raw_text", "text": HOSTILE}]]}]}, id="table"),
    pytest.param(
        {"blocks": [{"type": "actions", "elements": [{"type": "button", "action_id": "a", "text": plain(IMG)}]}]},
        id="button",
    ),
    pytest.param({"text": "", "attachments": [{"text": HOSTILE, "title": HOSTILE, "fallback": "x"}]}, id="attachment"),
]


@pytest.mark.parametrize("sent", TEXTS)
def test_markup_of_others_stays_text(page: Page, client: WebClient, sent: Json) -> None:
    ts = post(client, **{"text": "fallback", **sent})
    expect(message(page, ts)).to_contain_text("window.hacked=1")
    assert_harmless(page)


def test_what_a_person_types_stays_text(page: Page) -> None:
    composer = page.get_by_role("textbox", name="Message #incidents")
    composer.fill(f"{HOSTILE} *loud* @bo")
    composer.press("Enter")
    said = page.locator("article").last
    expect(said).to_contain_text("<b>bold</b>")
    expect(said.locator("strong")).to_have_text("loud")
    expect(said.locator(".mention")).to_have_text("@bo")
    assert_harmless(page)


def test_links_that_run_code_are_not_links(page: Page, client: WebClient) -> None:
    ts = post(
        client,
        text="x",
        blocks=[
            {"type": "section", "text": mrkdwn("<javascript:alert(1)|one> <data:text/html,x|two> <https://example.com|safe>")},
            {"type": "markdown", "text": "[three](javascript:alert(1)) ![four](javascript:alert(1))"},
        ],
    )  # fmt: skip
    expect(message(page, ts).get_by_role("link")).to_have_text(["safe"])
    assert_harmless(page)


MRKDWN = [
    ("*bold* _it_ ~no~ `a*b*`", "<strong>bold</strong> <em>it</em> <s>no</s> <code>a*b*</code>"),
    ("*bold _both_*", "<strong>bold <em>both</em></strong>"),
    ("2*3*4 snake_case_name", "2*3*4 snake_case_name"),
    ("* not bold *", "* not bold *"),
    ("&lt;b&gt; &amp;amp;", "&lt;b&gt; &amp;amp;"),
    ("```a\n *b*```", "<pre>a\n *b*</pre>"),
    ("&gt; one\n&gt; two\nafter", "<blockquote>one<br>two</blockquote>after"),
    ("<@U01ANA>", '<span class="mention mention-me" data-user="U01ANA">@ana</span>'),
    ("<!here>", '<span class="mention mention-me">@here</span>'),
    ("<!subteam^S01PLATFORM>", '<span class="mention">@platform-team</span>'),
    ("<!unknown|said>", "<span>said</span>"),
    ("<broken", "&lt;broken"),
    (":no_such_emoji:", ":no_such_emoji:"),
    ("a_b_ :+1:", 'a_b_ <span class="emoji" role="img" aria-label="+1" title=":+1:">👍</span>'),
]


def test_mrkdwn_reads_as_in_slack(page: Page) -> None:
    render = """async ([texts]) => {
        const { renderMrkdwn } = await import("/page/mrkdwn.js");
        const { workspace } = await import("/page/workspace.js");
        const html = (text) => { const node = document.createElement("div");
            node.append(renderMrkdwn(text, workspace.directory())); return node.innerHTML; };
        return texts.map(html);
    }"""
    shown = page.evaluate(render, [[text for text, _ in MRKDWN]])
    assert dict(zip((text for text, _ in MRKDWN), shown, strict=True)) == dict(MRKDWN)


def test_dates_are_in_the_readers_zone(page: Page, client: WebClient) -> None:
    ts = post(client, text="due <!date^1795221000^{date_num} {time}|later>")
    expect(message(page, ts)).to_contain_text("due 2026-11-21 01:30")
    switch(page, "Cy Okafor")
    expect(message(page, ts)).to_contain_text("due 2026-11-20 19:30")
