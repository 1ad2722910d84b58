#!/usr/bin/env bash
# Installs what is missing and starts the whole stack. Ctrl-C stops it. The process that is started is the stack itself, so
# that a signal to it reaches no one else first.
set -euo pipefail
cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.."
. dev/install.sh
exec node dev/start.ts "$@"
