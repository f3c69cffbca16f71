#!/usr/bin/env bash
# Times `pactum check` on 1, 1,000 and 10,000 generated agreements, and gives each time as a ratio to
# what pest alone takes for the same text, on one thread, in memory.
#
#     benches/run.sh [PACTUM-ARGUMENT ...]        such as --policy some/folder
#
# Machines are noisy, and this one may be busy: read the ratios, and compare two programs only when
# they are run in turn. Runs are taken in turn here (1, 1,000, 10,000, then again), the median is
# printed and the best beside it. Findings make `pactum check` end with 1; that is no failure here.
# Uses hyperfine where there is one. SIZES="1 1000" and ROUNDS=5 change what is run.
set -euo pipefail
cd "$(dirname "$0")/.."

sizes=${SIZES:-1 1000 10000}
rounds=${ROUNDS:-9}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

cargo build --release --quiet
target=${CARGO_TARGET_DIR:-target}
pactum=${PACTUM:-$target/release/pactum}

pest_seconds() { # the seconds pest alone takes for a folder
    PACTUM_BENCH_ONLY=pest PACTUM_BENCH_FOLDER=$1 cargo bench --quiet --bench pipeline 2>/dev/null | tail -1
}

check() { # one run, its output thrown away; exit code 2 is a failure
    "$pactum" check "$@" >/dev/null 2>&1 || [ $? -eq 1 ]
}

for n in $sizes; do
    python3 benches/gen.py --n "$n" --seed 7 --format dsl --out "$work/$n" >/dev/null
    check "$work/$n" "$@" || { echo "pactum check failed; try: $pactum check $work/$n $*" >&2; exit 2; }
done

if command -v hyperfine >/dev/null; then
    for n in $sizes; do
        hyperfine --ignore-failure --warmup 2 --min-runs "$rounds" --export-json "$work/$n.json" --shell none \
            "$pactum check $work/$n $*" >/dev/null 2>&1
        python3 -c 'import json, sys; print(*json.load(open(sys.argv[1]))["results"][0]["times"], sep="\n")' "$work/$n.json" >"$work/$n.times"
    done
else
    for _ in $(seq "$rounds"); do
        for n in $sizes; do
            start=$(date +%s%N)
            check "$work/$n" "$@"
            end=$(date +%s%N)
            echo $((end - start)) | awk '{ printf "%.6f\n", $1 / 1e9 }' >>"$work/$n.times"
        done
    done
fi

printf '%10s %10s %10s %14s %12s %18s\n' agreements median best agreements/s "pest alone" "median / pest alone"
for n in $sizes; do
    median=$(sort -n "$work/$n.times" | awk '{ t[NR] = $1 } END { print t[int((NR + 1) / 2)] }')
    best=$(sort -n "$work/$n.times" | head -1)
    pest=$(pest_seconds "$work/$n")
    awk -v n="$n" -v m="$median" -v b="$best" -v p="$pest" \
        'BEGIN { printf "%10d %9.1fms %9.1fms %14.0f %10.1fms %18.2f\n", n, m * 1e3, b * 1e3, n / m, p * 1e3, m / p }'
done
nproc | awk '{ print "(" $1 " cores; pactum uses them all, pest alone one; starting up is in every time)" }'
