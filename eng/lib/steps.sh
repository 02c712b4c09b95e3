# shellcheck shell=bash
# Steps of a script: each runs quietly with a limit in time, prints one line with its duration, and shows its log only when it failed.
# The caller sets STEP_FOLDER (for the logs) and calls steps_end from its exit trap.

STEP_FOLDER='' STEP_PID='' STEP_LOG='' STEP_OK=true STEPS_FAILED=0

# step NAME LIMIT_SECONDS COMMAND ...   sets STEP_OK, and counts a failure. It always answers 0, so that it is called as a plain
# command: inside `if` or before `||` bash would go on after an error in the COMMAND's middle.
step() {
  local name=$1 limit=$2 start=$SECONDS code=0; shift 2
  STEP_LOG=$STEP_FOLDER/${name//[^A-Za-z0-9.]/-}.log
  set -m # a process group of its own, so that whatever the command leaves behind can be ended with it
  ("$@") </dev/null >"$STEP_LOG" 2>&1 &
  STEP_PID=$!
  set +m
  while kill -0 "$STEP_PID" 2>/dev/null && ((SECONDS - start <= limit)); do sleep 0.1; done
  if kill -0 "$STEP_PID" 2>/dev/null; then echo "(ended: over its limit of $limit s)" >>"$STEP_LOG"; kill -TERM -- "-$STEP_PID"; fi
  wait "$STEP_PID" 2>/dev/null || code=$?
  steps_end
  if ((code == 0)); then
    STEP_OK=true
    printf '%-44s %5d s  ok\n' "$name" $((SECONDS - start))
  else
    STEP_OK=false
    STEPS_FAILED=$((STEPS_FAILED + 1))
    printf '%-44s %5d s  FAILED (exit code %d)\n' "$name" $((SECONDS - start)) "$code"
    step_show_log
  fi
}

# The end of a log says what went wrong; the limits keep a runaway log from burying it.
step_show_log() { tail -n 300 "$STEP_LOG" | cut -c 1-500 | sed 's/^/    | /'; }

# Ends the processes of the running step, and those that an ended one left: asked first, then forced after 5 s.
steps_end() {
  [[ -n $STEP_PID ]] || return 0
  local group=$STEP_PID deadline=$((SECONDS + 5))
  STEP_PID=''
  kill -TERM -- "-$group" 2>/dev/null || return 0
  while kill -0 -- "-$group" 2>/dev/null && ((SECONDS < deadline)); do sleep 0.1; done
  kill -KILL -- "-$group" 2>/dev/null || true
  wait "$group" 2>/dev/null || true
}
