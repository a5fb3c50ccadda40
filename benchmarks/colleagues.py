"""Colleagues on an ordinary working day, played by locust. Started by load.py; knows nothing of Nabij but its pages.

The day: look at Mijn dag, open residents, search, record contact, "done, next on", save what is being typed, write a worry down, take one up,
look through the triage list and decide, and who leads looks at the board. WEIGHTS says how often of a hundred acts.
"""

import json
import random
import re
import secrets
import sys
import time
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import gevent
from locust import FastHttpUser, between, task
from locust.env import Environment

WEIGHTS = {"day": 26, "resident": 20, "search": 10, "contact": 10, "done": 8, "draft": 10, "capture": 4, "take": 4, "triage": 5, "board": 3}
CSRF = "b" * 32
PLAN = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
WORRIES = ["De gordijnen zijn al dagen dicht.", "Er ligt post op de mat.", "Hij is erg afgevallen.", "De buren horen ruzie."]
quicker: list[str] = []  # acts in which a colleague was first


class Colleague(FastHttpUser):
    """One colleague, logged in."""

    host = f"http://127.0.0.1:{PLAN['port']}"
    wait_time = between(*PLAN["think"])
    network_timeout = connection_timeout = 60.0
    number = 0

    def on_start(self) -> None:
        self.me = PLAN["colleagues"][Colleague.number % len(PLAN["colleagues"])]
        Colleague.number += 1
        self.headers = {"Cookie": f"sessionid={self.me['key']}; csrftoken={CSRF}"}
        self.own: list[str] = list(self.me["open"])

    def look(self, name: str, path: str) -> str:
        """Open a page and return its text; anything but a page is an error."""
        with self.client.get(path, name=name, headers=self.headers, allow_redirects=False, catch_response=True) as answer:
            if answer.status_code != 200:
                answer.failure(f"{name}: {answer.status_code}")
                return ""
            return answer.text or ""

    def send(self, name: str, path: str, good: tuple[int, ...] = (302,), **fields: str) -> int:
        """Send a form, each time with an id of its own, and look at the page it leads to."""
        said = {"csrfmiddlewaretoken": CSRF, "request_id": secrets.token_hex(16), **fields}
        with self.client.post(path, data=said, name=name, headers=self.headers, allow_redirects=False, catch_response=True) as answer:
            status = answer.status_code
            if status in {409, 422} and "already" in name:
                quicker.append(name)
                answer.success()
            elif status not in good:
                answer.failure(f"{name}: {status}")
            where = (answer.headers or {}).get("Location", "") if status == 302 else ""
        if where:
            self.look("after a form", where)
        return int(status)

    @task(WEIGHTS["day"])
    def day(self) -> None:
        self.look("my day", "/")

    @task(WEIGHTS["resident"])
    def resident(self) -> None:
        self.look("resident", f"/residents/{random.choice(self.me['residents'])}")

    @task(WEIGHTS["search"])
    def search(self) -> None:
        self.send("search", "/search", good=(200,), words=random.choice(self.me["names"]))

    @task(WEIGHTS["contact"])
    def contact(self) -> None:
        ref = random.choice(self.me["residents"])
        self.look("contact: form", f"/contacts/new?dossier={ref}")
        said = {f"text_{ref}": "Samen de post gelezen en de afspraak verzet.", f"audience_{ref}": "team"}
        moment = f"{datetime.now():%Y-%m-%dT%H:%M}"
        self.send("contact", f"/contacts/new?dossier={ref}", dossier=ref, medium="phone", reached="yes", happened_at=moment, next_date="keep", **said)

    @task(WEIGHTS["done"])
    def done(self) -> None:
        if not self.own:
            return self.day()
        ref = random.choice(self.own)
        self.look("done, next on: form", f"/done/{ref}")
        day = date.today() + timedelta(days=random.randint(1, 28))
        self.send("done, next on", f"/done/{ref}", medium="phone", words="Gebeld, het gaat beter.", next_on=day.isoformat())
        return None

    @task(WEIGHTS["draft"])
    def draft(self) -> None:
        ref = random.choice(self.me["residents"])
        body = json.dumps({f"text_{ref}": "Vandaag langs geweest. " * random.randint(1, 8)})
        self.send("draft", "/drafts/save", good=(204,), key=f"record-{ref}", body=body)

    @task(WEIGHTS["capture"])
    def capture(self) -> None:
        self.look("worry: form", "/capture")
        who = f"Mevrouw op nummer {random.randint(1, 400)}"
        self.send("worry", "/capture", who=who, words=random.choice(WORRIES), about="person", channel="phone", urgency="2", openness="known")

    @task(WEIGHTS["take"])
    def take(self) -> None:
        free = re.findall(r"/commitments/([2-9a-z]{20})/take", self.look("my day", "/"))
        if free:
            self.send("take", f"/commitments/{random.choice(free)}/take")

    @task(WEIGHTS["triage"])
    def triage(self) -> None:
        refs = re.findall(r'href="/signals/([2-9a-z]{20})"', self.look("triage", "/triage"))
        if not refs:
            return
        ref = random.choice(refs)
        text = self.look("signal", f"/signals/{ref}")
        if random.random() < 0.5 and f"/signals/{ref}/decide" in text:
            told = {"reason": "Uitgelegd waar zij terecht kan.", "asks_support": "no", "feedback": "called", "feedback_text": "Gebeld."}
            self.send("decide, or already decided", f"/signals/{ref}/decide", kind="answer", **told)

    @task(WEIGHTS["board"])
    def board(self) -> None:
        self.look(*(("team board", f"/team/{self.me['team']}") if self.me["team"] else ("my day", "/")))


def figures(environment: Environment, seconds: float) -> dict[str, Any]:
    """Return what was measured; milliseconds from the first byte sent to the last received."""
    total = environment.stats.total
    acts = {
        entry.name: {"requests": entry.num_requests, "errors": entry.num_failures, "p50_ms": entry.median_response_time, "p95_ms": entry.get_response_time_percentile(0.95)}
        for entry in sorted(environment.stats.entries.values(), key=lambda one: one.name)
    }
    return {
        "users": PLAN["users"],
        "seconds": round(seconds),
        "think_seconds": PLAN["think"],
        "requests": total.num_requests,
        "requests_per_second": round(total.num_requests / seconds, 1),
        "errors": total.num_failures,
        "p50_ms": total.median_response_time,
        "p95_ms": total.get_response_time_percentile(0.95),
        "p99_ms": total.get_response_time_percentile(0.99),
        "slowest_ms": round(total.max_response_time),
        "colleague_was_quicker": len(quicker),
        "said": sorted({str(error.error)[:160] for error in environment.stats.errors.values()})[:10],
        "acts": acts,
    }


def main() -> None:
    environment = Environment(user_classes=[Colleague])
    runner = environment.create_local_runner()
    runner.start(PLAN["users"], spawn_rate=max(1, PLAN["users"] / 10))
    gevent.sleep(12)  # everybody comes in, and Python gets warm, before counting begins
    environment.stats.reset_all()
    quicker.clear()
    began = time.monotonic()
    gevent.sleep(PLAN["seconds"])
    seconds = time.monotonic() - began
    measured = figures(environment, seconds)
    runner.quit()
    print(json.dumps(measured))


if __name__ == "__main__":
    main()
