"""Every block and element of Block Kit has a shape on the page; what it does not know is visible."""

from playwright.sync_api import Page, expect

from tests.browser.shared import Json, mrkdwn, plain

OPTION = {"text": plain("One"), "value": "1"}
CHOICES = {"action_id": "c", "options": [OPTION]}
IMAGE = {"type": "image", "image_url": "/page/icon.svg", "alt_text": "bell"}
RICH = {
    "type": "rich_text",
    "elements": [{"type": "rich_text_section", "elements": [{"type": "text", "text": "rich"}]}],
}
TASK = {"type": "task_card", "task_id": "t", "title": "Drain", "status": "in_progress", "details": RICH}
BUTTON = {"type": "button", "action_id": "b", "text": plain("Go")}
CARD = {"type": "card", "title": plain("Card"), "body": mrkdwn("Body"), "actions": [BUTTON]}
POINTS = [{"label": day, "value": value} for day, value in (("Mon", 3), ("Tue", -1.5), ("Wed", 8))]
SERIES = [{"name": name, "data": POINTS} for name in ("eu", "us")]
AXIS = {"categories": ["Mon", "Tue", "Wed"], "x_label": "Day", "y_label": "Errors"}
CHARTS: list[Json] = [
    {"type": "pie", "segments": POINTS},
    *({"type": kind, "series": SERIES, "axis_config": AXIS} for kind in ("line", "bar", "area")),
]
BLOCKS: list[Json] = [
    {"type": "header", "text": plain("Header")},
    {"type": "section", "text": mrkdwn("Section"), "fields": [mrkdwn("Field")], "accessory": BUTTON},
    {"type": "context", "elements": [IMAGE, mrkdwn("Context")]},
    {"type": "divider"},
    {"type": "image", "title": plain("Picture"), **{key: IMAGE[key] for key in ("image_url", "alt_text")}},
    RICH,
    {"type": "markdown", "text": "**markdown**"},
    {"type": "table", "rows": [[{"type": "raw_text", "text": "cell"}], [RICH]]},
    {"type": "data_table", "caption": plain("Data"), "rows": [[{"type": "raw_text", "text": "cell"}]]},
    {"type": "video", "title": plain("Video"), "video_url": "https://v.example/x", "alt_text": "clip"},
    {"type": "file", "external_id": "F1", "source": "remote"},
    {"type": "alert", "level": "warning", "text": mrkdwn("Alert")},
    CARD,
    {"type": "carousel", "elements": [CARD, CARD]},
    {"type": "container", "title": plain("Container"), "is_collapsible": True, "child_blocks": [RICH]},
    TASK,
    {"type": "plan", "title": "Plan", "tasks": [TASK]},
    *({"type": "data_visualization", "title": "Errors", "chart": chart} for chart in CHARTS),
    {
        "type": "context_actions",
        "elements": [
            {
                "type": "feedback_buttons",
                "action_id": "f",
                "positive_button": {"text": plain("Good"), "value": "+"},
                "negative_button": {"text": plain("Bad"), "value": "-"},
            },
            {"type": "icon_button", "action_id": "i", "icon": "trash", "text": plain("Drop")},
        ],
    },
]  # fmt: skip
ELEMENTS: list[Json] = [
    BUTTON,
    {"type": "overflow", **CHOICES},
    *({"type": kind, **CHOICES} for kind in ("static_select", "multi_static_select", "radio_buttons", "checkboxes")),
    *(
        {"type": f"{many}{kind}_select", "action_id": kind}
        for many in ("", "multi_")
        for kind in ("external", "users", "conversations", "channels")
    ),
    *({"type": kind, "action_id": kind} for kind in ("datepicker", "timepicker", "datetimepicker")),
    *(
        {"type": kind, "action_id": kind}
        for kind in (
            *("plain_text_input", "number_input", "email_text_input"),
            *("url_text_input", "rich_text_input", "file_input"),
        )
    ),
]  # fmt: skip

RENDER = """async (blocks) => {
    const { renderBlocks } = await import("/page/blocks.js");
    const { Surface } = await import("/page/surface.js");
    const node = renderBlocks(blocks.map((block, i) => ({ block_id: `b${i}`, ...block })), new Surface("message", {}));
    document.getElementById("main").replaceChildren(node);
    const shows = (block) => block.textContent.trim() !== "" || block.querySelector("hr, input, button") !== null;
    return [...node.children].map(shows);
}"""


def test_every_block_and_element_of_block_kit_shows(page: Page) -> None:
    fields = [
        {"type": "input", "label": plain(f"Field {element['type']}"), "element": element}
        for element in ELEMENTS
        if element["type"] not in ("button", "overflow")
    ]
    shown = page.evaluate(RENDER, [*BLOCKS, {"type": "actions", "elements": ELEMENTS}, *fields])
    assert all(shown)
    expect(page.locator(".unsupported")).to_have_count(0)


def test_a_chart_draws_its_values_and_lists_them(page: Page) -> None:
    page.evaluate(RENDER, [{"type": "data_visualization", "title": "Errors", "chart": chart} for chart in CHARTS])
    pictures = page.locator("figure.chart svg")
    expect(pictures).to_have_count(4)
    assert [pictures.nth(n).locator("rect, .chart-line, path.chart-bar").count() for n in range(4)] == [2, 2, 6, 2]
    assert "NaN" not in page.locator("#main").inner_html()
    expect(page.get_by_role("img", name="Errors, bar chart")).to_be_visible()
    page.get_by_text("Values").nth(1).click()
    expect(page.get_by_role("row", name="Tue -1.5 -1.5").first).to_be_visible()


def test_an_unknown_block_or_element_is_visible(page: Page) -> None:
    strange = {"type": "hologram", "elements": []}
    page.evaluate(RENDER, [strange, {"type": "actions", "elements": [{"type": "lever", "action_id": "x"}]}])
    expect(page.locator(".unsupported")).to_have_text(["Unsupported block hologram", "Unsupported element lever"])
