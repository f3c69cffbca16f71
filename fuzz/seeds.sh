#!/bin/sh
# Makes the first texts of every target's corpus from the examples, the rules and the found cases.
set -eu
cd "$(dirname "$0")"
for target in parse_agreement fmt_round_trip check; do
    mkdir -p "corpus/$target"
    for file in ../examples/*.alliance ../examples/small/*.alliance ../tests/ground-truth/agreements/*0.alliance; do
        [ -f "$file" ] && head -c 8000 "$file" > "corpus/$target/$(basename "$file")"
    done
done
for target in parse_policy fmt_round_trip; do
    mkdir -p "corpus/$target"
    for file in ../rules/*/*.policy; do
        head -c 8000 "$file" > "corpus/$target/$(basename "$(dirname "$file")")-$(basename "$file")"
    done
done
mkdir -p corpus/deals corpus/settings
for file in ../examples/deals/*; do head -c 4000 "$file" > "corpus/deals/$(basename "$file")"; done
printf '{"deal":"d1","date":"2026-05-05","amount":"100.50","sourced":"N"}\n' > corpus/deals/line.jsonl
printf 'deal,date,amount,sourced\nd1,2026-05-05,100.50,N\nd2,2027-05-05,"1,000",K\n' > corpus/deals/list.csv
printf 'profile = "strict"\nus = "Northwind"\n\n[rules."exit/notice-stated"]\nseverity = "warning"\nparams = { minimum = "60 days" }\n\n[[overrides]]\npaths = ["deals/**"]\n' > corpus/settings/pactum.toml
printf '[[waiver]]\nrule = "exit/notice-stated"\nagreement = "*.alliance"\nreason = "pilot"\napprover = "Lena Ortiz"\nuntil = 2026-12-31\n' > corpus/settings/waivers.toml
for file in ../calendars/*; do [ -f "$file" ] && head -c 4000 "$file" > "corpus/settings/$(basename "$file")"; done
for folder in ../tests/found/*/; do
    target=$(basename "$folder")
    mkdir -p "corpus/$target"
    cp "$folder"* "corpus/$target/"
done
