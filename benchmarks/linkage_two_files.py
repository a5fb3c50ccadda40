"""Two files of made-up persons, the second noisy, half of it strangers, with other columns in another order: does `nabij link` find the pairs?

    .venv/bin/python benchmarks/linkage_two_files.py --size 5000 --seeds 5 6 8 [--folder /tmp/linkage]

Prints precision, recall and F1 against the truth, the time, the work of all processes together, and the memory they hold between them.
"""

import argparse
import csv
import os
import random
import resource
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

from linkage_file import ROOT, machine, make_persons, rows_of

LEFT = ("nummer", "voornaam", "tussenvoegsel", "achternaam", "geboortedatum", "straat", "huisnummer", "postcode", "woonplaats")
RIGHT = ("rec_id", "town", "zip", "dob", "address", "house_number", "prefix", "family_name", "first_name")


def write(people: Path, seed: int) -> tuple[Path, Path, set[tuple[str, str]]]:
    """Write both files, shuffled, and return them with the true pairs."""
    left, right, true = people / "left.csv", people / "right.csv", set()
    draw = random.Random(seed)
    mine, yours = list(rows_of(people / "persons.csv")), list(rows_of(people / "queries.csv"))
    draw.shuffle(mine)
    draw.shuffle(yours)
    with left.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file)
        out.writerow(LEFT)
        for row in mine:
            born = "-".join(reversed(row["dob"].split("-")))
            out.writerow([f"L{row['id']}", row["given"], row["infix"], row["surname"], born, row["street"], row["nr"], row["postcode"], row["place"]])
    with right.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file)
        out.writerow(RIGHT)
        for row in yours:
            name = f"R{row['qid']}"
            out.writerow([name, row["place"], row["postcode"], row["dob"].replace("-", ""), row["street"], row["nr"], row["infix"], row["surname"], row["given"]])
            if row["true_id"] != "-1":
                true.add((f"L{row['true_id']}", name))
    return left, right, true


def held(pid: int) -> int:
    """Return the bytes that a process and its children hold, what they share counted once."""
    found = 0
    for one in [pid, *_children(pid)]:
        try:
            rollup = Path(f"/proc/{one}/smaps_rollup").read_text()
        except OSError:
            continue
        found += next((int(line.split()[1]) * 1024 for line in rollup.splitlines() if line.startswith("Pss:")), 0)
    return found


def _children(pid: int) -> list[int]:
    try:
        return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except OSError:
        return []


def run(people: Path, left: Path, right: Path, processes: int) -> dict[str, Any]:
    """Link both files by the command itself, in a process of its own."""
    out, most, before = people / "pairs.csv", [0], resource.getrusage(resource.RUSAGE_CHILDREN)
    order = [sys.executable, "-m", "nabij", "link", str(left), str(right), "--out", str(out), "--processes", str(processes)]
    began = time.monotonic()
    process = subprocess.Popen(order, cwd=ROOT, env={**os.environ, "NABIJ_DATA": str(people)}, stdout=subprocess.DEVNULL)

    def watch() -> None:
        while process.poll() is None:
            most[0] = max(most[0], held(process.pid))
            time.sleep(0.5)

    watcher = threading.Thread(target=watch)
    watcher.start()
    if process.wait():
        sys.exit("NOT MEASURED: nabij link failed")
    watcher.join()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    worked = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return {"out": out, "seconds": time.monotonic() - began, "worked": worked, "memory": most[0]}


def main() -> None:
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("--size", type=int, default=5000)
    words.add_argument("--seeds", type=int, nargs="+", default=[5, 6, 8])
    words.add_argument("--processes", type=int, default=2)
    words.add_argument("--folder", type=Path, default=Path("/tmp/nabij-linkage"))  # noqa: S108 - scratch
    asked = words.parse_args()
    print(f"## Two files of {asked.size:,}\n\n{machine()}\n")
    print("| seed | pairs | said | precision | recall | F1 | seconds | seconds of work | MB held |\n|---:|---:|---:|---:|---:|---:|---:|---:|---:|")
    for seed in asked.seeds:
        people = make_persons(asked.folder / "two", asked.size, seed=seed, queries=asked.size)
        left, right, true = write(people, seed)
        took = run(people, left, right, asked.processes)
        said = {(row["left_id"], row["right_id"]) for row in rows_of(took["out"])}
        good = len(said & true)
        precision, recall, f1 = good / max(1, len(said)), good / len(true), 2 * good / (len(said) + len(true))
        told = f"{precision:.4f} | {recall:.4f} | {f1:.4f} | {took['seconds']:.0f} | {took['worked']:.0f} | {took['memory'] / 1e6:.0f}"
        print(f"| {seed} | {len(true)} | {len(said)} | {told} |", flush=True)


if __name__ == "__main__":
    main()
