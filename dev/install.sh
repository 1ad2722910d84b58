# Sourced by start.sh and test.sh from the root of the repository: installs what is missing. Needs Node 20 and npm; the
# Node 24 that everything runs on is itself a package of the lock file.

if ! command -v node >/dev/null || ! command -v npm >/dev/null; then
  echo 'This needs Node.js 20 or newer with npm: https://nodejs.org/en/download' >&2
  exit 1
fi
if [ "$(node -p 'Number(process.versions.node.split(".")[0]) >= 20')" != true ]; then
  echo "This needs Node.js 20 or newer; here is $(node --version): https://nodejs.org/en/download" >&2
  exit 1
fi
if ! node dev/is-installed.mjs; then
  echo 'Installing what is missing ...'
  # Not `npm ci`: it refuses a lock file that lacks some other platform's optional packages. The versions are the lock file's.
  npm install --no-save --loglevel=error
fi
export PATH="$PWD/node_modules/.bin:$PATH"
case "$(node --version)" in
  v24.*) ;;
  *)
    echo "node_modules/.bin/node is $(node --version), not v24: remove node_modules and run this again" >&2
    exit 1
    ;;
esac
