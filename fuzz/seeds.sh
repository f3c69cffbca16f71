#!/bin/sh
# Makes the first texts of every target's corpus from the examples, the rules and the found cases. Short
# ones, as a text of a whole agreement takes so long that little else would be tried in ten minutes.
set -eu
cd "$(dirname "$0")"
mkdir -p corpus/parse_agreement corpus/fmt_round_trip corpus/check
for file in ../examples/*.alliance ../examples/small/*.alliance ../examples/real/*.alliance \
    ../tests/ground-truth/agreements/*00.alliance; do
    [ -f "$file" ] || continue
    # Every section alone, below the header and the parties.
    awk -v RS= -v to="corpus/check/$(basename "$file" .alliance)" '
        /(^|\n)alliance / || /(^|\n)parties/ { above = above $0 "\n\n"; next }
        { out = to "-" ++n; printf "%s%s\n", above, $0 > out; close(out) }' "$file"
done
# What is longer would be cut: the section alone says more than half of it below its header.
find corpus/check -type f -size +4000c -exec rm {} +
cp corpus/check/* corpus/parse_agreement/
cp corpus/check/* corpus/fmt_round_trip/
for target in parse_policy fmt_round_trip; do
    mkdir -p "corpus/$target"
    for file in ../rules/*/*.policy; do
        head -c 1500 "$file" > "corpus/$target/$(basename "$(dirname "$file")")-$(basename "$file")"
    done
done
mkdir -p corpus/deals corpus/settings
for file in ../examples/deals/*; do head -c 2000 "$file" > "corpus/deals/$(basename "$file")"; done
printf '{"deal":"d1","date":"2026-05-05","amount":"100.50","sourced":"N"}\n' > corpus/deals/line.jsonl
printf 'deal,date,amount,sourced\nd1,2026-05-05,100.50,N\nd2,2027-05-05,"1,000",K\n' > corpus/deals/list.csv
printf 'profile = "strict"\nus = "Northwind"\n\n[rules."exit/notice-stated"]\nseverity = "warning"\nparams = { minimum = "60 days" }\n\n[[overrides]]\npaths = ["deals/**"]\n' > corpus/settings/pactum.toml
printf '[[waiver]]\nrule = "exit/notice-stated"\nagreement = "*.alliance"\nreason = "pilot"\napprover = "Lena Ortiz"\nuntil = 2026-12-31\n' > corpus/settings/waivers.toml
for file in ../calendars/*; do [ -f "$file" ] && head -c 2000 "$file" > "corpus/settings/$(basename "$file")"; done
for folder in ../tests/found/*/; do
    target=$(basename "$folder")
    mkdir -p "corpus/$target"
    cp "$folder"* "corpus/$target/"
done
