#!/usr/bin/env bash
# Installs what is missing and runs every check and test. Arguments go to the last step, the system tests.
set -euo pipefail
cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.."
. dev/install.sh
exec npm test -- "$@"
