#!/usr/bin/env bash
# Installs what is missing and starts the whole stack. Ctrl-C stops it. The process that is started is the stack itself, so
# that a signal to it reaches no one else first.
set -euo pipefail
cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.."
. dev/install.sh
# Without limits V8 collects late and keeps twice the memory that is needed. It starts with spaces so small that, growing them, it
# spends a fourth of all time on collecting: they begin at the size that a load needs, and grow by a half before they are collected again.
exec node --heap-growing-percent=50 --max-old-space-size=256 --initial-old-space-size=64 --max-semi-space-size=16 --min-semi-space-size=16 dev/start.ts "$@"
