# shellcheck shell=bash
# A PC/SC service (pcscd) of one's own with two virtual readers, gone when the script that started it ends. Sourced by eng/test.sh.
# After `pcsc_start FOLDER`:
#   PCSC_TEST   FOLDER; tests that need the service look at this variable and are skipped without it. In it:
#     pid          the service's process while it runs
#     hold         while this file is there, a service that ended is not started again (a test makes and removes it)
#     agent-tests  while this file is there, tests of another project leave the service alone
#     readers/     the readers' configuration; `pcscd --hotplug` reads it again
#     pcscd.log
# A machine has one pcscd: its socket's name is fixed, and so are the ports of the virtual readers (35963 and 35964). So this waits for
# another run on the machine, and answers 1 where a pcscd runs that is not ours.

readonly PCSC_LOCK_FILE=/run/lock/fuel-pcsc.lock PCSC_LOCK_SECONDS=600
PCSC_PID='' PCSC_LOCK=''

pcsc_binaries_are_there() {
  command -v pcscd >/dev/null && command -v opensc-tool >/dev/null && [[ -e $(pcsc_driver) ]]
}

pcsc_driver() { echo /usr/lib/pcsc/drivers/serial/libifdvpcd.so; }

# Installs what is missing, as root on a machine with apt; elsewhere says what to install and answers 1.
pcsc_install() {
  if pcsc_binaries_are_there; then return 0; fi
  local packages=(pcscd vsmartcard-vpcd opensc)
  if [[ $(id -u) != 0 ]] || ! command -v apt-get >/dev/null; then
    echo "pcsc: missing; install as root: apt-get install ${packages[*]}" >&2
    return 1
  fi
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install --yes -qq --no-install-recommends "${packages[@]}"
  pcsc_binaries_are_there
}

# pcsc_start FOLDER   installs, starts and exports PCSC_TEST; FOLDER must not exist yet.
pcsc_start() {
  local folder=$1 deadline=$((SECONDS + 30))
  [[ $(id -u) == 0 ]] || { echo 'pcsc: pcscd is started as root only; its tests are skipped' >&2; return 1; }
  pcsc_install || return 1
  exec {PCSC_LOCK}>"$PCSC_LOCK_FILE"
  flock --wait "$PCSC_LOCK_SECONDS" "$PCSC_LOCK" || { echo 'pcsc: another run keeps the readers' >&2; return 1; }
  if pcsc_is_running; then echo 'pcsc: a pcscd that is not ours runs on this machine; stop it' >&2; return 1; fi
  mkdir -p "$folder/readers" /run/pcscd
  pcsc_write_readers "$folder/readers/virtual"
  # Ends with the script that started it, however that ends.
  setpriv --pdeathsig=TERM -- bash "${BASH_SOURCE[0]}" "$folder" </dev/null >"$folder/pcscd.log" 2>&1 &
  PCSC_PID=$!
  export PCSC_TEST=$folder
  until [[ -S /run/pcscd/pcscd.comm && -s $folder/pid ]] && pcsc_lists_readers; do
    if ! kill -0 "$PCSC_PID" 2>/dev/null || ((SECONDS > deadline)); then
      echo 'pcsc: the service did not start; its log ends:' >&2
      tail -n 20 "$folder/pcscd.log" >&2
      pcsc_stop
      return 1
    fi
    sleep 0.1
  done
}

# Stops the service and lets the next run have the readers. Its folder is the caller's to remove.
pcsc_stop() {
  unset PCSC_TEST
  if [[ -n $PCSC_PID ]]; then
    kill -TERM "$PCSC_PID" 2>/dev/null || true
    wait "$PCSC_PID" 2>/dev/null || true
    PCSC_PID=''
  fi
  # Unlocked and not only closed: what was started meanwhile and lives on holds the file open, too.
  if [[ -n $PCSC_LOCK ]]; then flock --unlock "$PCSC_LOCK"; exec {PCSC_LOCK}>&-; PCSC_LOCK=''; fi
}

# The file is there as long as the service runs; what a killed one left names a process that is gone or another program by now.
pcsc_is_running() {
  local pid
  pid=$(cat /run/pcscd/pcscd.pid 2>/dev/null) && [[ $(cat "/proc/${pid:-0}/comm" 2>/dev/null) == pcscd ]]
}

pcsc_lists_readers() { opensc-tool --list-readers 2>/dev/null | grep -q 'Virtual PCD 00 01'; }

pcsc_write_readers() {
  cat >"$1" <<READERS
FRIENDLYNAME "Virtual PCD"
DEVICENAME   /dev/null:0x8C7B
LIBPATH      $(pcsc_driver)
CHANNELID    0x8C7B
READERS
}

# Runs pcscd in the folder until this is ended, and starts it anew when it was killed, but not while a test holds it.
pcsc_supervise() {
  local folder=$1 pid=''
  trap 'if [[ -n $pid ]]; then kill -TERM "$pid" 2>/dev/null; wait "$pid"; fi; exit 0' TERM INT
  while :; do
    until [[ ! -e $folder/hold ]]; do sleep 0.1; done
    rm -f /run/pcscd/pcscd.comm /run/pcscd/pcscd.pid # what a killed one left
    setpriv --pdeathsig=TERM -- pcscd --foreground --config "$folder/readers" &
    pid=$!
    echo "$pid" >"$folder/pid.new"; mv "$folder/pid.new" "$folder/pid"
    wait "$pid" || true
    rm -f "$folder/pid"
  done
}

if [[ ${BASH_SOURCE[0]} == "$0" ]]; then pcsc_supervise "$1"; fi
