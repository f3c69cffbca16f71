#!/usr/bin/env python3
"""Times `pactum check` as a whole process, beside another engine if one is named, on the same agreements.

    benches/compare.py [--n 10000] [--rounds 9] [--peer COMMAND ...]

All read the same model of the same agreements: pactum as agreements, the peer as JSON (`gen.py` writes
both, and the peers of the shared comparison read just that JSON). COMMAND is run with {dir} for the folder
of JSON files; the Regorus harness is `rego-bench rvm rules/rego/alliance.rego {dir}`, and cfn-guard is
`cfn-guard validate -r rules/cfn-guard/alliance.guard -d {dir}`. Nothing is timed before pactum has found
exactly the violations that were planted, in every agreement.

Below stand single agreements of so many promises, kept or each with a finding: twice as many should take
about twice as long.

Machines are noisy, so a row is a ratio: each run is divided by a run of `ten rules` in the same round, and
the median of the rounds is printed. Milliseconds stand beside it only to say how large things are.
"""

import argparse
import json
import os
import re
import shlex
import statistics
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(HERE)
POLICIES = os.path.join(ROOT, "tests/ground-truth/policies")
CODES = {"truth/exit-terms": "R1", "truth/commitments-quantified": "R2", "truth/notice-long-enough": "R3",
         "truth/joint-assets-owned": "R4", "truth/shares-sum": "R5", "truth/named-owners": "R6", "truth/review-cadence": "R7",
         "model/unknown-party": "R8", "truth/handover-complete": "R9", "truth/metric-count": "R10"}
ALONE = ["--isolated", "--no-standard-rules", "--policy"]


def generate(work, n, form):
    folder = f"{work}/{form}{n}"
    subprocess.run([sys.executable, f"{HERE}/gen.py", "--n", str(n), "--format", form, "--out", folder],
                   check=True, stdout=subprocess.DEVNULL)
    return folder


def five_times(work):
    """The ten rules five times over (the tenth is the model's own), each copy under a name of its own."""
    folder = f"{work}/fifty"
    os.mkdir(folder)
    for name in sorted(os.listdir(POLICIES)):
        text = open(f"{POLICIES}/{name}").read()
        for copy in range(5):
            with open(f"{folder}/{copy}-{name}", "w") as out:
                out.write(re.sub(r"^rule truth/", f"rule truth{copy}/", text, flags=re.M))
    return folder


def differences(pactum, folder):
    """The agreements in which another set of rules fires than was planted."""
    truth = {name: {hit["rule"] for hit in hits} for name, hits in json.load(open(f"{folder}.truth.json")).items()}
    done = subprocess.run([pactum, "check", folder, *ALONE, POLICIES, "--format", "json"], stdout=subprocess.PIPE)
    found = {}
    for file in json.loads(done.stdout)["files"]:
        codes = [finding["rule"] for finding in file["findings"]] + [told["code"] for told in file["diagnostics"]]
        found[os.path.basename(file["path"])] = {CODES.get(code, code) for code in codes}
    return [name for name in truth if truth[name] != found.get(name)]


def promises(work, count, kept):
    """One agreement of so many promises; those that are not kept lack an amount, which is a finding each."""
    path = f"{work}/{count}-{kept}.alliance"
    with open(path, "w") as out:
        out.write('alliance long: supply\n  starts 2026-01-01\n\nparties\n  Alder: "Alder GmbH", DE\n'
                  '  Birch: "Birch Ltd", GB\n\ncommitments\n')
        for n in range(1, count + 1):
            what = f'commits {n} "units" by 2027-06-30' if kept else f'will "support region {n}"'
            out.write(f"  c{n}: Alder {what}\n")
    return path


# What a program may end with besides 0: findings.
FOUND = {"cfn-guard": 19}


def run(command, env=None):
    """Seconds from start to exit, and seconds of processor."""
    with open(os.devnull, "w") as sink:
        start = time.perf_counter()
        child = subprocess.Popen(command, stdout=sink, stderr=sink, env={**os.environ, **(env or {})})
        _, status, used = os.wait4(child.pid, 0)
        wall = time.perf_counter() - start
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode not in (0, FOUND.get(os.path.basename(command[0]), 1)):
        sys.exit(f"{shlex.join(command)} ended with {child.returncode}")
    return wall, used.ru_utime + used.ru_stime


def peak(command, env=None):
    """The peak of memory in MiB, in a run that is not timed: what `wait4` tells includes this very program."""
    most = 0
    with open(os.devnull, "w") as sink:
        child = subprocess.Popen(command, stdout=sink, stderr=sink, env={**os.environ, **(env or {})})
        while child.poll() is None:
            with open(f"/proc/{child.pid}/status") as status:
                told = re.search(r"VmHWM:\s*(\d+)", status.read())
            most = max(most, int(told[1]) if told else 0)
            time.sleep(0.001)
    return most / 1024


def main():
    ap = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    ap.add_argument("--n", type=int, default=10_000)
    ap.add_argument("--rounds", type=int, default=9)
    ap.add_argument("--pactum", default=os.path.join(os.environ.get("CARGO_TARGET_DIR", f"{ROOT}/target"), "release/pactum"))
    ap.add_argument("--peer", action="append", default=[],
                    help="a command that reads the same agreements as JSON, with {dir} for their folder")
    a = ap.parse_args()
    with tempfile.TemporaryDirectory() as work:
        agreements, half, one = (generate(work, n, "dsl") for n in (a.n, a.n // 2, 1))
        wrong = differences(a.pactum, agreements)
        if wrong:
            sys.exit(f"not what was planted, in {len(wrong)} agreements: {wrong[:5]}")
        print(f"{a.n} agreements: exactly what was planted, in every one")
        ten, fifty = [*ALONE, POLICIES], [*ALONE, five_times(work)]
        alone = {"RAYON_NUM_THREADS": "1"}
        cases = [("ten rules", [a.pactum, "check", agreements, *ten], None),
                 ("ten rules, half as many", [a.pactum, "check", half, *ten], None),
                 ("ten rules, one thread", [a.pactum, "check", agreements, *ten], alone),
                 ("ten rules, as JSON", [a.pactum, "check", agreements, *ten, "--format", "json"], None),
                 ("fifty rules", [a.pactum, "check", agreements, *fifty], None),
                 ("the essential profile", [a.pactum, "check", agreements, "--isolated"], None),
                 ("one agreement, essential", [a.pactum, "check", one, "--isolated"], None)]
        documents = generate(work, a.n, "json") if a.peer else ""
        for peer in a.peer:
            command = shlex.split(peer.replace("{dir}", documents))
            cases.append((f"peer {os.path.basename(command[0])}", command, None))
        for kept in (True, False):
            for count in (4000, 8000):
                what = f"{count} promises" if kept else f"{count} findings"
                cases.append((what, [a.pactum, "check", promises(work, count, kept), *ten], None))
        runs = {name: [] for name, *_ in cases}
        for _ in range(a.rounds):
            for name, command, env in cases:
                runs[name].append(run(command, env))
        print(f"{'':28}{'ratio':>8}{'wall ms':>10}{'cpu ms':>10}{'cpu/wall':>10}{'peak MiB':>10}")
        base = [wall for wall, _ in runs["ten rules"]]
        memory = {name: peak(command, env) for name, command, env in cases}
        for name, times in runs.items():
            ratio = statistics.median(wall / other for (wall, _), other in zip(times, base))
            wall, cpu = (statistics.median(each) * 1000 for each in zip(*times))
            print(f"{name:28}{ratio:8.2f}{wall:10.1f}{cpu:10.1f}{cpu / wall:10.2f}{memory[name]:10.1f}")


if __name__ == "__main__":
    main()
