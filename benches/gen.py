#!/usr/bin/env python3
"""Deterministic corpus of business-alliance agreements, with ground truth.

    gen.py --n 1000 --seed 7 --format dsl --out DIR     DIR/agreement-00000.alliance ...
                                                        DIR.truth.json (beside DIR, not in it)

In the truth of `--format dsl` each hit also names the item of the text it must be found at.

The model of a document is a plain python dict (`make_doc`); `to_json` and
`to_dsl` are two writers of that same dict.  Document i depends only on
(seed, i), so a small corpus is always a prefix of a bigger one.

Each of the ten violations below is planted independently in ~15 % of the
documents (so ~20 % of them are clean).  R9 is planted only where R1 is not: an
agreement with no exit terms has no handover list to be incomplete.

  R1  exit terms present                        agreement has `exit`
  R2  commitments quantified                    quantity + unit + (due or period)
  R3  notice periods long enough                every notice.days >= 30
  R4  every joint asset has an IP owner         asset.joint => asset.owner
  R5  shares of each revenue rule sum to 100
  R6  each party has a named owner              party.owner.name non-empty
  R7  review cadence monthly or quarterly
  R8  each commitment's `by` is a declared party
  R9  exit handover covers data, customers and assets
  R10 2..5 success metrics
"""

import argparse
import datetime as dt
import json
import os
import random
import shutil

RULES = ["R1", "R2", "R3", "R4", "R5", "R6", "R7", "R8", "R9", "R10"]
RATE = 0.15

# --- vocabulary -------------------------------------------------------------

STEMS = [
    "Alder", "Borealis", "Cobalt", "Delphi", "Eastgate", "Fairway", "Granite", "Halcyon",
    "Ironbridge", "Juniper", "Kestrel", "Lumen", "Meridian", "Northwind", "Orchard", "Pinnacle",
    "Quarry", "Riverton", "Solstice", "Tamarack", "Umber", "Vantage", "Westmark", "Yarrow", "Zephyr",
]
SECTORS = ["Logistics", "Analytics", "Biotech", "Energy", "Robotics", "Foods", "Payments", "Materials", "Media", "Health"]
FORMS = [("GmbH", "DE"), ("Inc.", "US"), ("Ltd", "GB"), ("S.A.", "FR"), ("B.V.", "NL"), ("AB", "SE"), ("K.K.", "JP")]
FIRST = ["Ana", "Bram", "Chiara", "Dmitri", "Elif", "Farid", "Greta", "Hiro", "Ines", "Jonas", "Kavya", "Liam",
         "Mei", "Noor", "Olga", "Pablo", "Quinn", "Rosa", "Sven", "Tariq"]
LAST = ["Almeida", "Brandt", "Castellano", "Dubois", "Eriksen", "Fontaine", "Grant", "Hoffmann", "Ito", "Jansen",
        "Kowalski", "Lindqvist", "Moreau", "Nakamura", "Okafor", "Petrov", "Quist", "Rossi", "Singh", "Tanaka"]
TITLES = ["VP Alliances", "Head of Partnerships", "Alliance Director", "Chief Commercial Officer", "Director, Strategy"]
KINDS = ["joint-venture", "co-marketing", "distribution", "co-development", "supply", "licensing"]
DEEDS = [
    ("deliver qualified sales leads for the joint offering", "leads", (50, 900)),
    ("fund the joint marketing programme", "EUR", (25_000, 900_000)),
    ("supply calibrated sensor units to the pilot sites", "units", (100, 9_000)),
    ("provide dedicated engineering capacity for integration work", "person-days", (20, 400)),
    ("certify field technicians on the combined platform", "technicians", (5, 120)),
    ("reserve production line capacity at the shared plant", "hours", (80, 2_000)),
    ("publish co-branded reference case studies", "case studies", (2, 12)),
    ("host joint customer workshops in the named territories", "workshops", (2, 24)),
    ("answer priority support tickets within the agreed window", "tickets", (100, 5_000)),
    ("keep minimum safety stock of finished goods", "pallets", (20, 600)),
    ("migrate named accounts to the common order system", "accounts", (10, 300)),
    ("complete security reviews of shared interfaces", "reviews", (1, 8)),
]
PERIODS = ["month", "quarter", "half-year", "year"]
ASSETS = [("integration gateway", "software"), ("demand forecasting model", "model"), ("joint brand mark", "trademark"),
          ("sensor housing design", "design"), ("customer telemetry dataset", "dataset"), ("routing algorithm", "patent"),
          ("training curriculum", "copyright"), ("field service app", "software")]
STREAMS = ["subscription revenue", "hardware sales", "support contracts", "professional services", "licence fees", "referral fees"]
TRIGGERS = ["material-breach", "insolvency", "change-of-control", "convenience", "regulatory-bar", "missed-milestones"]
METRICS = [("joint pipeline created", "EUR", (500_000, 20_000_000)), ("customer retention", "percent", (80, 99)),
           ("on-time delivery", "percent", (85, 99)), ("net promoter score", "points", (20, 75)),
           ("joint deals closed", "deals", (5, 200)), ("time to first response", "hours", (1, 48)),
           ("defect rate", "ppm", (50, 900)), ("certified staff", "people", (10, 250))]
NOTICE_FOR = ["termination", "renewal", "price-change", "audit", "subcontracting"]
CLAUSES = [
    "Measured on the steering committee's scorecard and reported with the review pack.",
    "Shortfalls carry over once and are then settled under the service credit schedule.",
    "Subject to the change procedure; no unilateral amendment by either party.",
    "Acceptance is deemed given unless rejected in writing within ten business days.",
    "Costs are borne by the performing party unless the budget annex says otherwise.",
]


def _slug(s):
    return s.lower().replace(" ", "-").replace(".", "")


def _person(r):
    first, last = r.choice(FIRST), r.choice(LAST)
    return first, last


def _date(r, year_from, year_to):
    return dt.date(r.randint(year_from, year_to), r.randint(1, 12), r.randint(1, 28))


# --- the model --------------------------------------------------------------

def make_doc(seed, i):
    """-> (doc: dict, truth: list of {"rule", "path"}), all by (seed, i)."""
    r = random.Random(f"alliance:{seed}:{i}")

    stems = r.sample(STEMS, 3)
    parties = []
    for k in range(2):
        form, country = r.choice(FORMS)
        first, last = _person(r)
        name = f"{stems[k]} {r.choice(SECTORS)} {form}"
        pid = stems[k].lower()
        parties.append({
            "id": pid,
            "name": name,
            "jurisdiction": country,
            "role": "lead" if k == 0 else r.choice(["partner", "supplier", "distributor"]),
            "owner": {
                "name": f"{first} {last}",
                "title": r.choice(TITLES),
                "email": f"{first.lower()}.{last.lower()}@{pid}.example",
            },
        })
    ids = [p["id"] for p in parties]
    stranger = stems[2].lower()

    effective = _date(r, 2023, 2026)
    months = r.choice([12, 18, 24, 36, 48, 60])
    y, m = divmod(effective.year * 12 + effective.month - 1 + months, 12)
    expiry = dt.date(y, m + 1, effective.day)

    commitments = []
    for k in range(r.randint(5, 20)):
        what, unit, (lo, hi) = r.choice(DEEDS)
        c = {
            "id": f"C{k + 1}",
            "by": r.choice(ids),
            "what": what,
            "quantity": r.randint(lo, hi),
            "unit": unit,
        }
        if r.random() < 0.55:
            c["period"] = r.choice(PERIODS)
        else:
            c["due"] = _date(r, effective.year + 1, effective.year + 3).isoformat()
        if r.random() < 0.35:
            c["note"] = r.choice(CLAUSES)
        commitments.append(c)

    assets = []
    for k, (name, typ) in enumerate(r.sample(ASSETS, r.randint(2, 6))):
        a = {
            "id": f"A{k + 1}",
            "name": name,
            "type": typ,
            "joint": k == 0 or r.random() < 0.5,
            "owner": r.choice(ids),
        }
        if not a["joint"] and r.random() < 0.3:
            del a["owner"]  # background IP without a stated owner: allowed, R4 must stay silent
        if r.random() < 0.5:
            a["licence"] = {"to": r.choice(ids), "scope": r.choice(["field-of-use", "territory", "worldwide"]),
                            "exclusive": r.random() < 0.3}
        assets.append(a)

    revenue = []
    for k, stream in enumerate(r.sample(STREAMS, r.randint(1, 4))):
        part = r.choice([30, 35, 40, 45, 50, 52.5, 55, 60, 62.5, 70, 80])
        tiers, at = [], 0
        for _ in range(r.randint(0, 3)):
            tiers.append({"above": at, "currency": "EUR", "bonus_percent": r.choice([0, 1, 1.5, 2, 2.5, 5])})
            at += r.randint(1, 9) * 250_000
        revenue.append({
            "id": f"V{k + 1}",
            "stream": stream,
            "base": r.choice(["net", "gross"]),
            "shares": [{"party": ids[0], "percent": part}, {"party": ids[1], "percent": 100 - part}],
            "tiers": tiers,
            "settle": r.choice(["monthly", "quarterly"]),
        })

    escalation = []
    for lvl in range(1, r.randint(2, 4) + 1):
        first, last = _person(r)
        escalation.append({"level": lvl, "contact": f"{first} {last}", "party": r.choice(ids), "within_days": lvl * r.randint(2, 7)})

    handover = [{"item": x, "to": r.choice(ids), "within_days": r.choice([15, 30, 45, 60, 90])}
                for x in ["data", "customers", "assets"] + r.sample(["staff", "inventory", "documentation"], r.randint(0, 2))]
    r.shuffle(handover)

    metrics = []
    for k, (name, unit, (lo, hi)) in enumerate(r.sample(METRICS, r.randint(2, 5))):
        metrics.append({"id": f"M{k + 1}", "name": name, "unit": unit, "target": r.randint(lo, hi),
                        "by": _date(r, effective.year + 1, effective.year + 3).isoformat()})

    doc = {
        "id": f"AL-{i:05d}",
        "title": f"{stems[0]} and {stems[1]} {r.choice(['alliance', 'partnership', 'cooperation'])} agreement",
        "kind": r.choice(KINDS),
        "version": f"{r.randint(1, 4)}.{r.randint(0, 9)}",
        "effective": effective.isoformat(),
        "expiry": expiry.isoformat(),
        "parties": parties,
        "term": {"months": months, "renewal": {"mode": r.choice(["automatic", "mutual", "none"]), "months": 12}},
        "notice": [{"for": f, "days": r.choice([30, 45, 60, 90, 120, 180])}
                   for f in NOTICE_FOR[:r.randint(2, len(NOTICE_FOR))]],
        "commitments": commitments,
        "assets": assets,
        "revenue": revenue,
        "governance": {
            "chair": r.choice(ids),
            "review": {"cadence": r.choice(["monthly", "quarterly"]), "quorum": 2, "minutes": r.choice(ids)},
            "owners": [{"party": p["id"], "area": r.choice(["commercial", "delivery", "technology", "legal"])} for p in parties],
            "escalation": escalation,
        },
        "exit": {
            "triggers": sorted(r.sample(TRIGGERS, r.randint(2, 4))),
            "wind_down_days": r.choice([60, 90, 120, 180]),
            "handover": handover,
        },
        "metrics": metrics,
    }

    truth = plant(doc, r, stranger)
    return doc, truth


def plant(doc, r, stranger):
    """Plants violations in place; returns where each rule must fire."""
    fire = {rule: r.random() < RATE for rule in RULES}
    out = []

    def hit(rule, path):
        out.append({"rule": rule, "path": path})

    if fire["R1"]:
        del doc["exit"]
        hit("R1", "/")
    elif fire["R9"]:
        gone = r.sample(["data", "customers", "assets"], r.choice([1, 1, 2]))
        doc["exit"]["handover"] = [h for h in doc["exit"]["handover"] if h["item"] not in gone]
        hit("R9", "/exit/handover")
    if fire["R2"]:
        for k in sorted(r.sample(range(len(doc["commitments"])), r.choice([1, 1, 2, 3]))):
            c = doc["commitments"][k]
            how = r.choice(["quantity", "unit", "when"])
            if how == "when":
                c.pop("period", None)
                c.pop("due", None)
            else:
                del c[how]
            hit("R2", f"/commitments/{k}")
    if fire["R3"]:
        k = r.randrange(len(doc["notice"]))
        doc["notice"][k]["days"] = r.choice([5, 7, 10, 14, 21, 29])
        hit("R3", f"/notice/{k}/days")
    if fire["R4"]:
        k = r.choice([k for k, a in enumerate(doc["assets"]) if a["joint"]])
        del doc["assets"][k]["owner"]
        hit("R4", f"/assets/{k}")
    if fire["R5"]:
        k = r.randrange(len(doc["revenue"]))
        s = r.choice(doc["revenue"][k]["shares"])
        s["percent"] += r.choice([-10, -5, -1, -0.5, 0.5, 1, 5, 10])
        hit("R5", f"/revenue/{k}/shares")
    if fire["R6"]:
        k = r.randrange(2)
        p = doc["parties"][k]
        how = r.choice(["none", "noname", "blank"])
        if how == "none":
            del p["owner"]
        elif how == "noname":
            del p["owner"]["name"]
        else:
            p["owner"]["name"] = ""
        hit("R6", f"/parties/{k}")
    if fire["R7"]:
        doc["governance"]["review"]["cadence"] = r.choice(["annual", "semi-annual"])
        hit("R7", "/governance/review/cadence")
    if fire["R8"]:
        k = r.randrange(len(doc["commitments"]))
        doc["commitments"][k]["by"] = stranger
        hit("R8", f"/commitments/{k}/by")
    if fire["R10"]:
        n = r.choice([0, 1, 6, 7])
        base = doc["metrics"]
        name_pool = [m for m in METRICS if m[0] not in {b["name"] for b in base}]
        r.shuffle(name_pool)
        while len(base) < n:
            name, unit, (lo, hi) = name_pool.pop()
            base.append({"id": f"M{len(base) + 1}", "name": name, "unit": unit, "target": r.randint(lo, hi),
                         "by": doc["expiry"]})
        del base[n:]
        hit("R10", "/metrics")
    return sorted(out, key=lambda h: (RULES.index(h["rule"]), h["path"]))


# --- writers ----------------------------------------------------------------

def to_json(doc):
    return json.dumps(doc, indent=2, ensure_ascii=False) + "\n"


# Words for the grounds to leave that the data knows by one word only.
GROUNDS = {
    "material-breach": "either party if other party breaches",
    "insolvency": "either party if other party is insolvent",
    "change-of-control": "either party if other party changes control",
    "convenience": "either party",
    "regulatory-bar": 'either party if "a regulator bars the alliance"',
    "missed-milestones": 'either party if "milestones are missed"',
}
EACH = {"monthly": "month", "quarterly": "quarter", "semi-annual": "half-year", "annual": "year"}
RENEWS = {"automatic": "automatic", "mutual": "by agreement"}
SCOPES = {"field-of-use": 'for "field of use"', "territory": 'in "territory"', "worldwide": "in world"}
WIDTH = 100


def _quoted(text):
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _amount(quantity, unit):
    """`EUR 25,000`, `85%`, `300 "leads"`; a bare number where no unit is stated, the bare unit
    where no quantity is."""
    if quantity is None:
        return _quoted(unit)
    if unit == "EUR":
        return f"EUR {quantity:,}"
    if unit == "percent":
        return f"{quantity:,}%"
    return f"{quantity:,}" + (f" {_quoted(unit)}" if unit else "")


def _item(ident, *slots):
    """`  id: HEAD; SLOT; ...`, continued on a further line where it gets long."""
    lines, line = [], f"  {ident}: {slots[0]}"
    for slot in slots[1:]:
        if len(line) + 2 + len(slot) > WIDTH:
            lines.append(line + ";")
            line = "      " + slot
        else:
            line += "; " + slot
    return "\n".join([*lines, line])


def _table(rows):
    widths = [max(len(row[k]) for row in rows) for k in range(len(rows[0]))]
    cells = ([cell.ljust(width) for cell, width in zip(row, widths)] for row in rows)
    return "\n".join(f"  | {' | '.join(row)} |" for row in cells)


def to_dsl(doc):
    """The same dict as text in the agreement language. Every datum of it is there. Where the
    language has no form of its own for one, this stands in for it:

    - what a quantified commitment does         `for "..."`
    - a note on a commitment                    a clause of category `other`, `c1-note`
    - who else is asked when issues rise        the party within the quotes: `then "Ana Ito of Kestrel"`
    - the wind-down                             `continue "open work" during 90 days`
    - a licence of an asset without an owner    `all parties license ...`
    - a metric that is neither of four kinds    `total`
    - the length of a renewal there is not      a comment
    """
    name = {p["id"]: p["id"].capitalize() for p in doc["parties"]}

    def who(party):
        return name.get(party, party.capitalize())  # a stranger stays named

    out = [f"alliance {doc['id'].lower()}, version {doc['version']}: {doc['kind']}",
           f"  title {_quoted(doc['title'])}; starts {doc['effective']}; currency EUR"]

    def section(heading, items):
        if items:
            out.extend(["", heading, *items])

    areas = {o["party"]: o["area"] for o in doc["governance"]["owners"]}
    parties = []
    for p in doc["parties"]:
        slots = [f"{_quoted(p['name'])}, {p['jurisdiction']}, {p['role']}"]
        o = p.get("owner")
        if o and "name" in o:
            slots.append("owner " + ", ".join(_quoted(o[k]) for k in ("name", "title", "email")))
        elif o:  # a post and an address, and nobody named
            slots.append("contact " + ", ".join(_quoted(o[k]) for k in ("title", "email")))
        slots.append(f"answers for {_quoted(areas[p['id']])}")
        parties.append(_item(name[p["id"]], *slots))
    section("parties", parties)

    section("dates", [_item("expiry", f"on {doc['expiry']}")])

    renewal = doc["term"]["renewal"]
    months = f"{renewal['months']} months"
    mode = RENEWS.get(renewal["mode"])
    section("term", [_item("initial", f"{doc['term']['months']} months from start"),
                     _item("renewal", f"{mode}, {months}" if mode else f"none  # {months}")])

    commitments, notes = [], []
    for c in doc["commitments"]:
        head = f"{who(c['by'])} commits {_amount(c.get('quantity'), c.get('unit'))}"
        if "period" in c:
            head += f" per {c['period']}"
        elif "due" in c:
            head += f" by {c['due']}"
        commitments.append(_item(c["id"].lower(), head, f"for {_quoted(c['what'])}"))
        if "note" in c:
            notes.append(_item(f"{c['id'].lower()}-note", f"other, {_quoted(c['note'])}"))
    section("commitments", commitments)

    section("metrics", [_item(m["id"].lower(), f"total, to {_amount(m['target'], m['unit'])} by {m['by']}",
                              f"counting {_quoted(m['name'])}") for m in doc["metrics"]])

    g = doc["governance"]
    review = _item("review", f"owners meet every {EACH[g['review']['cadence']]}", f"chair {who(g['chair'])}",
                   f"quorum {g['review']['quorum']}", f"minutes by {who(g['review']['minutes'])}")
    steps = sorted(g["escalation"], key=lambda e: e["level"])
    first, rest = steps[0], steps[1:]
    ladder = _item("concerns", f"issues go to {_quoted(first['contact'])} of {who(first['party'])}",
                   f"within {first['within_days']} days",
                   *(f"then {_quoted(e['contact'] + ' of ' + who(e['party']))} within {e['within_days']} days" for e in rest))
    section("governance", [review, ladder])

    assets = []
    for a in doc["assets"]:
        ident = a["id"].lower()
        head = f"{'joint' if a['joint'] else 'background'} {_quoted(a['name'])}, {_quoted(a['type'])}"
        assets.append(_item(ident, head + (f", owned by {who(a['owner'])}" if "owner" in a else "")))
        if "licence" in a:
            lic = a["licence"]
            giver = f"{who(a['owner'])} licenses" if "owner" in a else "all parties license"
            assets.append(_item(f"{ident}-licence", f"{giver} {who(lic['to'])} ip/{ident} {SCOPES[lic['scope']]}",
                                "exclusive" if lic["exclusive"] else "non-exclusive"))
    section("ip", assets)

    tables = []
    for v in doc["revenue"]:
        slots = [f"{_quoted(v['stream'])} in EUR", f"basis {v['base']}", f"settled each {EACH[v['settle']]}"]
        if v["tiers"]:
            slots.append("bonus " + ", ".join(
                f"{t['bonus_percent']}% above {_amount(t['above'], t['currency'])}" for t in v["tiers"]))
        tables.append(_item(v["id"].lower(), *slots))
        tables.append(_table([["rule", *(who(s["party"]) for s in v["shares"])],
                              ["else", *(f"{s['percent']}%" for s in v["shares"])]]))
    section("attribution", tables)

    section("notices", [_item(n["for"], f"{n['days']} days notice") for n in doc["notice"]])

    if "exit" in doc:
        e = doc["exit"]
        section("exit", [*(_item(t, GROUNDS[t]) for t in e["triggers"]),
                         _item("wind-down", f"continue \"open work\" during {e['wind_down_days']} days"),
                         *(_item(h["item"], f"handover {_quoted(h['item'])} to {who(h['to'])} within {h['within_days']} days")
                           for h in e["handover"])])

    section("clauses", notes)
    return "\n".join(out) + "\n"


def item_of(doc, path):
    """The item of the text that a place of the data is written in; the section where it is a whole one."""
    parts = path.strip("/").split("/")
    at = {"notice": ("notices", "for"), "commitments": ("commitments", "id"), "assets": ("ip", "id"),
          "revenue": ("attribution", "id"), "parties": ("parties", "id")}.get(parts[0])
    if at:
        ident = doc[parts[0]][int(parts[1])][at[1]]
        return f"{at[0]}/{ident.capitalize() if at[0] == 'parties' else ident.lower()}"
    if parts[0] == "metrics" and len(doc["metrics"]) > 5:
        return "metrics/m6"  # the first that is too many
    return {"": "exit", "exit": "exit", "governance": "governance/review", "metrics": "metrics"}[parts[0]]


WRITERS = {"json": (to_json, "json"), "dsl": (to_dsl, "alliance")}


# --- 1,000 small python files, for the linter-UX yardstick -------------------

def make_py(seed, i):
    """A small module of about the size of one agreement, some lints planted."""
    r = random.Random(f"py:{seed}:{i}")
    doc, _ = make_doc(seed, i)
    lines = ['"""%s."""' % doc["title"], "", "import dataclasses", "import datetime"]
    if r.random() < RATE:
        lines.append("import os")                       # F401
    lines += ["", "", "@dataclasses.dataclass", "class Commitment:", '    """One quantified duty."""', "",
              "    by: str", "    what: str", "    quantity: float", "    unit: str", "    due: datetime.date", "", ""]
    for c in doc["commitments"]:
        fn = f"check_{c['id'].lower()}"
        lines += [f"def {fn}(items, today):", f'    """{c["what"].capitalize()}."""', "    total = 0",
                  "    for item in items:", f'        if item.by == "{c["by"]}" and item.due >= today:',
                  "            total += item.quantity",
                  "        elif item.due < today:",
                  f'            total -= min(item.quantity, {r.randint(1, 40)})  # carried over once',
                  f'    label = "{c["id"]} {c.get("unit", "units")} by {c["by"]}"',
                  "    if total < 0:",
                  '        raise ValueError(f"{label}: shortfall of {-total} is past settlement")']
        if r.random() < 0.05:
            lines.append("    unused = len(items)")      # F841
        if r.random() < 0.03:
            lines.append("    if total == None:")        # E711
            lines.append("        return False")
        lines += [f"    return total >= {c.get('quantity', 1)}", "", ""]
    lines += ["def run(items, today):", "    results = {}"]
    for c in doc["commitments"]:
        lines.append(f'    results["{c["id"]}"] = check_{c["id"].lower()}(items, today)')
    lines += ["    return results", ""]
    return "\n".join(lines)


def main():
    ap = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    ap.add_argument("--n", type=int, required=True)
    ap.add_argument("--seed", type=int, default=7)
    ap.add_argument("--out", required=True)
    ap.add_argument("--truth", help="where to write the truth (default: OUT.truth.json)")
    ap.add_argument("--format", choices=[*WRITERS, "py"], default="json")
    a = ap.parse_args()

    shutil.rmtree(a.out, ignore_errors=True)
    os.makedirs(a.out)
    size, truth = 0, {}
    for i in range(a.n):
        if a.format == "py":
            name, text = f"module_{i:05d}.py", make_py(a.seed, i)
        else:
            write, ext = WRITERS[a.format]
            doc, hits = make_doc(a.seed, i)
            name, text = f"agreement-{i:05d}.{ext}", write(doc)
            if a.format == "dsl":
                hits = [{**hit, "item": item_of(doc, hit["path"])} for hit in hits]
            truth[name] = hits
        data = text.encode()
        size += len(data)
        with open(os.path.join(a.out, name), "wb") as f:
            f.write(data)
    if a.format != "py":
        with open(a.truth or a.out.rstrip("/") + ".truth.json", "w") as f:
            json.dump(truth, f, indent=0)
    per = {x: sum(any(h["rule"] == x for h in v) for v in truth.values()) for x in RULES}
    print(json.dumps({"out": a.out, "files": a.n, "bytes": size, "mean_bytes": round(size / a.n),
                      "docs_per_rule": per, "clean": sum(not v for v in truth.values())}))


if __name__ == "__main__":
    main()
