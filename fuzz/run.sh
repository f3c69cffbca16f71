#!/bin/sh
# Runs every target, one after the other: `fuzz/run.sh SECONDS [TARGET...]`. Fails on the first text
# that breaks one; it is then in fuzz/artifacts/TARGET.
set -eu
cd "$(dirname "$0")"
seconds=${1:?how many seconds for each target}
shift
[ $# -gt 0 ] || set -- parse_agreement parse_policy fmt_round_trip check deals settings
./seeds.sh
for target in "$@"; do
    mute=0
    [ "$target" != settings ] || mute=1
    echo "== $target, $seconds seconds"
    # No sanitizer: the code forbids `unsafe`, so that a panic, a spent stack, a hang (a text that
    # takes over 20 seconds) or memory without end is what can go wrong.
    cargo +nightly fuzz run --sanitizer none "$target" -- -max_total_time="$seconds" \
        -max_len=4096 -timeout=20 -rss_limit_mb=2048 -close_fd_mask=$mute -print_final_stats=1 \
        -dict=words.dict
done
rm -rf "${TMPDIR:-/tmp}"/pactum-fuzz-*
