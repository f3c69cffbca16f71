#!/usr/bin/env bash
# Times `pactum attribution --deals` on 1,000, 100,000 and 1,000,000 generated deals, and shows how much
# memory it took: the time grows with the list, the memory only with the ids it has to remember.
#
#     benches/deals.sh
#
# SIZES="1000 10000", ROUNDS=3 and FORMATS="human csv json" change what is run; PACTUM=path runs another
# program. The median of the rounds is printed. Memory needs GNU time at /usr/bin/time.
set -euo pipefail
cd "$(dirname "$0")/.."

sizes=${SIZES:-1000 100000 1000000}
rounds=${ROUNDS:-5}
formats=${FORMATS:-human csv json}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

if [ -z "${PACTUM:-}" ]; then
    cargo build --release --quiet
    PACTUM=${CARGO_TARGET_DIR:-target}/release/pactum
fi

memory() { # the most memory a run takes, in MiB
    [ -x /usr/bin/time ] || { echo "-"; return; }
    /usr/bin/time -f '%M' "$PACTUM" "$@" 2>&1 >/dev/null | tail -1 | awk '{ printf "%.0f", $1 / 1024 }'
}

printf '%10s %8s %10s %14s %12s\n' deals format median deals/s "memory MiB"
for n in $sizes; do
    python3 benches/gen_deals.py --n "$n" --seed 7 >"$work/deals.csv"
    for format in $formats; do
        run=(attribution examples/northwind-kestrel.alliance --deals "$work/deals.csv" --format "$format")
        : >"$work/times"
        for _ in $(seq "$rounds"); do
            start=$(date +%s%N)
            "$PACTUM" "${run[@]}" >/dev/null 2>&1
            end=$(date +%s%N)
            echo $((end - start)) >>"$work/times"
        done
        median=$(sort -n "$work/times" | awk '{ t[NR] = $1 } END { print t[int((NR + 1) / 2)] / 1e9 }')
        awk -v n="$n" -v f="$format" -v m="$median" -v k="$(memory "${run[@]}")" \
            'BEGIN { printf "%10d %8s %9.3fs %14.0f %12s\n", n, f, m, n / m, k }'
    done
done
