# shellcheck shell=bash
# Steps of a script. Each runs quietly, prints one line with its duration when it ends, and shows its log only when it failed. Steps may run
# beside each other. What hangs is ended; what is slow is not: a step takes as long as it likes while its log gets new lines.
# The caller sets STEP_FOLDER (for the logs) and calls steps_end from its exit trap.

STEP_FOLDER='' STEPS_FAILED=0 STEP_NOTHING=''
declare -A STEP_PID=() STEP_LOG=() STEP_CODE=() STEP_BEGAN=() STEP_QUIET=() STEP_LINES=() STEP_GREW=()

# Seconds between two looks into a running step's log.
readonly STEP_LOOK=5

# step NAME QUIET_SECONDS COMMAND ...   Begins a step and waits for its end.
step() { step_begin "$@"; step_await "$1"; }

# step_begin NAME QUIET_SECONDS COMMAND ...   The step is ended when its log gets no new line for so long. It always answers 0, so that it is
# called as a plain command: inside `if` or before `||` bash would go on after an error in the COMMAND's middle.
step_begin() {
  local name=$1 quiet=$2; shift 2
  STEP_LOG[$name]=$STEP_FOLDER/${name//[^A-Za-z0-9.]/-}.log
  set -m # a process group of its own, so that whatever the command leaves behind can be ended with it
  ("$@") </dev/null >"${STEP_LOG[$name]}" 2>&1 &
  STEP_PID[$name]=$!
  set +m
  STEP_CODE[$name]='' STEP_QUIET[$name]=$quiet STEP_LINES[$name]=0 STEP_BEGAN[$name]=$SECONDS STEP_GREW[$name]=$SECONDS
}

# step_await NAME   Waits for a step's end, and looks after the others that run.
step_await() {
  local name
  while [[ -n ${STEP_PID[$1]:-} ]]; do
    for name in "${!STEP_PID[@]}"; do
      if [[ -n ${STEP_PID[$name]} ]]; then step_look "$name"; fi
    done
    step_pause
  done
}

# A moment without a process of its own: `sleep` ten times a second takes a noticeable part of what the steps could have.
step_pause() {
  [[ -n $STEP_NOTHING ]] || exec {STEP_NOTHING}<> <(:)
  read -r -t 0.2 -u "$STEP_NOTHING" || true
}

# step_ok NAME   Whether it ended well.
step_ok() { [[ ${STEP_CODE[$1]:-1} == 0 ]]; }

step_look() {
  local name=$1 lines code=0
  if ! kill -0 "${STEP_PID[$name]}" 2>/dev/null; then
    wait "${STEP_PID[$name]}" 2>/dev/null || code=$?
    step_finish "$name" "$code"
    return 0
  fi
  if ((SECONDS % STEP_LOOK != 0 || SECONDS == STEP_GREW[$name])); then return 0; fi
  # What a test runner says of a test that it still waits for is no sign of life.
  lines=$(grep --count --invert-match 'Long Running Test' "${STEP_LOG[$name]}" || true)
  if ((lines != STEP_LINES[$name])); then
    STEP_LINES[$name]=$lines STEP_GREW[$name]=$SECONDS
  elif ((SECONDS - STEP_GREW[$name] > STEP_QUIET[$name])); then
    echo "(ended: it hangs; no new line for ${STEP_QUIET[$name]} s)" >>"${STEP_LOG[$name]}"
    step_finish "$name" 124
  fi
}

# step_finish NAME EXIT_CODE
step_finish() {
  local name=$1 code=$2 took=$((SECONDS - STEP_BEGAN[$1]))
  step_end_group "$name"
  STEP_CODE[$name]=$code
  if ((code == 0)); then
    printf '%-44s %5d s  ok\n' "$name" "$took"
  else
    STEPS_FAILED=$((STEPS_FAILED + 1))
    printf '%-44s %5d s  FAILED (exit code %d)\n' "$name" "$took" "$code"
    step_show_log "$name"
  fi
}

# The end of a log says what went wrong, tests that passed do not; the limits keep a runaway log from burying it.
step_show_log() { { grep --invert-match '^ *Passed ' "${STEP_LOG[$1]}" || true; } | tail -n 300 | cut -c 1-500 | sed 's/^/    | /'; }

# Ends the processes of the steps that run.
steps_end() {
  local name
  for name in "${!STEP_PID[@]}"; do
    if [[ -n ${STEP_PID[$name]} ]]; then step_end_group "$name"; fi
  done
}

# Ends a step's processes, and those that an ended one left: asked first, then forced after 5 s.
step_end_group() {
  local group=${STEP_PID[$1]} deadline=$((SECONDS + 5))
  STEP_PID[$1]=''
  kill -TERM -- "-$group" 2>/dev/null || return 0
  while kill -0 -- "-$group" 2>/dev/null && ((SECONDS < deadline)); do sleep 0.1; done
  kill -KILL -- "-$group" 2>/dev/null || true
  wait "$group" 2>/dev/null || true
}
