# shellcheck shell=bash
# Installs what a bare Debian machine lacks. Nothing is asked of apt while every command is there.

# The .NET SDK is not in Debian; everything else below is.
require_dotnet() {
  command -v dotnet >/dev/null || { echo 'The .NET SDK 10 is missing: see https://dot.net' >&2; return 1; }
  dotnet --version >/dev/null || { echo 'The .NET SDK that global.json asks for is missing (see above).' >&2; return 1; }
}

# install_missing WHAT ...   WHAT: postgresql | pdf | npm | load (to read a load's results) | proxy
install_missing() {
  local what packages=()
  for what in "$@"; do
    case $what in
      postgresql) [[ -n $(postgres_binaries) ]] || packages+=(postgresql) ;;
      pdf)
        command -v weasyprint >/dev/null || packages+=(weasyprint)
        command -v pdftotext >/dev/null || packages+=(poppler-utils) # tests read the pages back
        [[ -e /usr/share/fonts/truetype/wqy/wqy-microhei.ttc ]] || packages+=(fonts-wqy-microhei) ;;
      npm)
        command -v node >/dev/null || packages+=(nodejs)
        command -v npm >/dev/null || packages+=(npm) ;;
      load)
        local tool
        for tool in jq curl; do command -v "$tool" >/dev/null || packages+=("$tool"); done ;;
      proxy) [[ -n $(haproxy_binary) ]] || packages+=(haproxy) ;;
      *) echo "install_missing: unknown: $what" >&2; return 2 ;;
    esac
  done
  if ((${#packages[@]})); then apt_install "${packages[@]}"; fi
}

# Prints where haproxy is, which only root has in its path; nothing when it is missing.
haproxy_binary() { PATH=$PATH:/usr/sbin command -v haproxy || true; }

apt_install() {
  local sudo=()
  if [[ $(id -u) != 0 ]]; then
    command -v sudo >/dev/null || { echo "Missing: $*. Install them as root: apt-get install $*" >&2; return 1; }
    sudo=(sudo --non-interactive)
  fi
  # Without this, Debian's package would start a server of its own on port 5432.
  "${sudo[@]}" mkdir -p /etc/postgresql-common/createcluster.d
  echo 'create_main_cluster = false' | "${sudo[@]}" tee /etc/postgresql-common/createcluster.d/fuel.conf >/dev/null
  "${sudo[@]}" apt-get update -qq
  "${sudo[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install --yes -qq --no-install-recommends "$@"
}

# npm ci takes most of a minute on a busy machine, so only when the lock file is another than the one installed.
# --ignore-scripts: two packages would run a script at install, one of them to phone home.
install_npm_packages() {
  local folder=$1 installed=$1/node_modules/.installed-lock.json
  if cmp --silent "$folder/package-lock.json" "$installed"; then return 0; fi
  npm ci --prefix "$folder" --ignore-scripts --no-audit --no-fund --loglevel=error
  cp "$folder/package-lock.json" "$installed"
}
