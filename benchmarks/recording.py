"""Keep what a benchmark measured: figures with the machine and the date, one JSON file a question."""

import json
import os
import platform
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

RESULTS = Path(__file__).parent / "results"


def machine() -> dict[str, Any]:
    """Return what the figures were measured on: processor, cores, memory in GB, Python, and how busy it was at that moment."""
    facts = Path("/proc/cpuinfo").read_text(encoding="utf-8") if Path("/proc/cpuinfo").exists() else ""
    names = [line.partition(":")[2].strip() for line in facts.splitlines() if line.startswith("model name")]
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9
    load = round(os.getloadavg()[0], 1)
    return {"processor": (names or [platform.processor()])[0], "cores": os.cpu_count(), "memory": round(memory), "python": platform.python_version(), "load": load}


def keep(name: str, part: str, figures: dict[str, Any]) -> Path:
    """Write figures under `part` (mostly the database) in results/NAME.json, beside the other parts that stand there."""
    RESULTS.mkdir(exist_ok=True)
    file = RESULTS / f"{name}.json"
    kept = json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
    kept[part] = {"measured": datetime.now(UTC).isoformat(timespec="minutes"), "machine": machine(), **figures}
    file.write_text(json.dumps(kept, indent=2, sort_keys=True, ensure_ascii=False) + "\n", encoding="utf-8")
    return file
