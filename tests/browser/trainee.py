"""What tests of a course share: how a trainee goes through it, and how a test knows what is right."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from browser.conftest import until

OPENED = """number => {
  const found = [];
  const keep = playbook.courseTake;
  return new Promise(resolve => {
    playbook.courseTake = (at, groups) => { keep(at, groups); resolve(groups.flat().map(
      one => ({ ...one, ...playbook.courseDigest.open(one) }))); };
    const script = document.createElement("script");
    script.src = `course/check-${number}.js`;
    document.head.append(script);
  });
}"""


def lessons(plan: dict[str, Any], activity: str) -> Iterator[tuple[str, dict[str, Any]]]:
    for m, module in enumerate(plan["modules"], 1):
        for n, lesson in enumerate(module["lessons"], 1):
            if module["taught"] and lesson["activity"] == activity:
                yield f"lesson-{m}-{n}", lesson


def go(page: Any, route: str) -> Any:
    """Opens a place of the course, and the page in it, whatever that warns of."""
    page.evaluate("route => { location.hash = route }", route)
    until(page, "route => location.hash === `#${route}`", route)
    page.wait_for_timeout(50)
    if page.locator(".warning button").is_visible():
        page.locator(".warning button").click()
    return page.frame_locator("iframe[name=pb-course]")


def answer(page: Any, is_right: bool) -> None:
    """Answers the question that is open."""
    scenario = page.locator(".view blockquote:visible").inner_text()
    ask = page.locator(".view:visible h2").inner_text()
    shown = page.locator(".question:visible label span").all_inner_texts()
    known = page.evaluate("window.known")
    fits = [
        one
        for one in known
        if one["ask"] == ask and one["options"] == shown and level(one["scenario"]) == level(scenario)
    ]
    place = fits[0]["right"] if is_right else next(n for n in range(len(shown)) if n != fits[0]["right"])
    page.locator(".question:visible label").nth(place).click()
    page.locator(".question:visible button").click()


def level(text: str) -> str:
    return " ".join(text.split())


def take(page: Any, plan: dict[str, Any], wrong: int = 0) -> None:
    """Takes every check; the first of them with some wrong answers."""
    for route, _ in lessons(plan, "check"):
        number = int(route.split("-")[1])
        page.evaluate(f"async number => {{ window.known = await ({OPENED})(number) }}", number)
        go(page, route)
        for _ in range(plan["modules"][number - 1]["asks"]):
            page.wait_for_selector(".question button")
            is_grave = page.locator(".chip").is_visible()
            answer(page, is_right=is_grave or not wrong)
            wrong -= not is_grave and wrong > 0
            page.locator(".feedback button").click()
        page.wait_for_selector("#check button:has-text('Take it again')")
