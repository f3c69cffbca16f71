#!/usr/bin/env python3
"""Deals for examples/northwind-kestrel.alliance, the same for the same seed.

    gen_deals.py --n 1000000 --seed 7 > deals.csv
    gen_deals.py --n 1000000 --seed 7 --format jsonl > deals.jsonl
    gen_deals.py --n 1000 --wrong 0.01        one in a hundred has something wrong with it

The deals are in the order of their days, from 2026-04-01 to 2028-03-31.
"""

import argparse
import datetime as dt
import json
import random
import sys

PARTIES = ["Northwind", "Kestrel"]
COLUMNS = ["deal", "date", "amount", "sourced", "closed", "deal size"]


def deals(n, seed, wrong):
    rng = random.Random(seed)
    first, days = dt.date(2026, 4, 1), 730
    for i in range(n):
        cents = rng.randrange(1, 20_000_000)
        amount = f"{cents // 100}.{cents % 100:02}"
        day = first + dt.timedelta(days=i * days // n)
        deal = [f"D-{i:07}", day.isoformat(), amount, rng.choice(PARTIES), rng.choice(PARTIES), amount]
        if wrong and rng.random() < wrong:
            column, text = rng.choice([(1, "2025-01-01"), (2, "12,34"), (2, "1.005"), (3, "Kestral"), (5, "")])
            deal[column] = text
        yield deal


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--n", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--wrong", type=float, default=0.0)
    parser.add_argument("--format", choices=["csv", "jsonl"], default="csv")
    args = parser.parse_args()
    out = sys.stdout
    if args.format == "csv":
        out.write(",".join(COLUMNS) + "\n")
        for deal in deals(args.n, args.seed, args.wrong):
            out.write(",".join(f'"{cell}"' if "," in cell else cell for cell in deal) + "\n")
    else:
        for deal in deals(args.n, args.seed, args.wrong):
            out.write(json.dumps(dict(zip(COLUMNS, deal))) + "\n")


if __name__ == "__main__":
    main()
