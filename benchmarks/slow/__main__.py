"""python -m benchmarks.slow: the pages of her first minutes at 400 kbps, 400 ms and a sixth of this processor.

Usable is when the page is drawn and no long task is running any more.
"""

import shutil
from dataclasses import dataclass
from statistics import median

from playwright.sync_api import Browser, sync_playwright

from tests.alone import a_site
from tests.makers.carried import MONDAY
from tests.project.measures import PHONE, listen
from tests.project.town import Town, Viewer, a_town

ROUNDS = 5
USABLE_MS_MAX = 3_500
NETWORK = {"offline": False, "latency": 400, "downloadThroughput": 400_000 / 8, "uploadThroughput": 400_000 / 8}
PROCESSOR = {"rate": 6}
SWITCHES = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]

WATCH = """
window.lastLongTaskEnd = 0; window.longestTask = 0; window.shifted = 0;
new PerformanceObserver(list => list.getEntries().forEach(task => {
  window.lastLongTaskEnd = Math.max(window.lastLongTaskEnd, task.startTime + task.duration);
  window.longestTask = Math.max(window.longestTask, task.duration);
})).observe({type: "longtask", buffered: true});
new PerformanceObserver(list => list.getEntries().forEach(shift => { window.shifted += shift.value; }))
  .observe({type: "layout-shift", buffered: true});
"""
READ = """() => {
  const page = performance.getEntriesByType("navigation")[0];
  const paint = performance.getEntriesByName("first-contentful-paint")[0];
  return {painted: paint ? paint.startTime : 0, loaded: page.loadEventEnd, longest: window.longestTask,
    shifted: window.shifted, usable: Math.max(page.domContentLoadedEventEnd, window.lastLongTaskEnd)};
}"""


@dataclass(frozen=True)
class Visit:
    """One page opened once: milliseconds from the press to each moment, and what it weighed."""

    painted: float
    usable: float
    loaded: float
    longest: float
    shifted: float
    first_bytes: int
    again_bytes: int


def main() -> None:
    with a_site(MONDAY) as site, sync_playwright() as playwright:
        town = a_town()
        chromium = shutil.which("chromium")
        browser = playwright.chromium.launch(executable_path=chromium, args=SWITCHES)
        print("page            painted  usable  loaded  longest task  shift  first view       again")
        for name, (path, viewer) in pages_of(town).items():
            visits = [visit(browser, f"{site}{path}", site, viewer) for _round in range(ROUNDS)]
            print(row(name, visits))
        browser.close()


def pages_of(town: Town) -> dict[str, tuple[str, Viewer]]:
    draft = next(woman for woman in town.women if woman.name.endswith("DRAFT"))
    paid = next(woman for woman in town.women if woman.name.endswith("DISBURSED"))
    assert paid.case is not None
    return {
        "home": ("/", town.nobody),
        "pre-check": ("/check", town.nobody),
        "form, question": ("/apply/person/name", draft),
        "form, amount": ("/apply/amount/sum", draft),
        "form, papers": ("/apply/documents", draft),
        "case": (f"/my/{paid.case.number}", paid),
        "loan": (f"/my/{paid.case.number}/loan", paid),
    }


def visit(browser: Browser, address: str, site: str, viewer: Viewer) -> Visit:
    """With an empty cache, and once more with what the cache has kept."""
    context = browser.new_context(viewport=PHONE, locale="zh-CN")
    context.add_cookies([{"name": name, "value": value, "url": site} for name, value in viewer.cookies.items()])
    page = context.new_page()
    page.add_init_script(WATCH)
    wire = listen(page)
    devtools = context.new_cdp_session(page)
    devtools.send("Network.enable")
    devtools.send("Network.emulateNetworkConditions", NETWORK)
    devtools.send("Emulation.setCPUThrottlingRate", PROCESSOR)
    page.goto(address, timeout=60_000)
    page.wait_for_timeout(500)  # a long task at the end is told a little later
    measured = page.evaluate(READ)
    first_bytes = wire.total
    page.goto(address, timeout=60_000)
    again_bytes = wire.total - first_bytes
    context.close()
    return Visit(**measured, first_bytes=first_bytes, again_bytes=again_bytes)


def row(name: str, visits: list[Visit]) -> str:
    def middle(part: str) -> float:
        return float(median(getattr(one, part) for one in visits))

    seconds = "".join(f"{middle(part) / 1000:6.2f} s" for part in ("painted", "usable", "loaded"))
    weights = "".join(f"{middle(part) / 1024:9.1f} KB" for part in ("first_bytes", "again_bytes"))
    return f"{name:15}{seconds}  {middle('longest'):9.0f} ms  {middle('shifted'):5.3f}{weights}"


if __name__ == "__main__":
    main()
