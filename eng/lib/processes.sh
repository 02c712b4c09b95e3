# shellcheck shell=bash
# What processes used, from /proc. Sourced by eng/bench.sh.

# cpu_ticks PID   Prints the processor time that the process used so far, in clock ticks.
cpu_ticks() {
  local fields
  read -ra fields < <(stat_fields "$1")
  echo $((fields[11] + fields[12])) # utime, stime
}

# cpu_ticks_of_family PID   The same with its children, living and gone: PostgreSQL's server processes come and go.
# A child that ends while we add up moves from one sum to the other; so we add up again until none did.
cpu_ticks_of_family() {
  local pid=$1 fields of_child total gone child
  while :; do
    read -ra fields < <(stat_fields "$pid")
    gone=$((fields[13] + fields[14])) # cutime, cstime: of those that ended and were waited for
    total=$((fields[11] + fields[12] + gone))
    for child in $(<"/proc/$pid/task/$pid/children"); do
      read -ra of_child < <(stat_fields "$child") || continue
      total=$((total + of_child[11] + of_child[12]))
    done
    read -ra fields < <(stat_fields "$pid")
    if ((fields[13] + fields[14] == gone)); then break; fi
  done
  echo "$total"
}

# Prints the fields of /proc/PID/stat after the name, which may hold spaces; nothing when the process is gone.
stat_fields() {
  local stat
  { stat=$(<"/proc/$1/stat"); } 2>/dev/null || return 0
  echo "${stat##*) }"
}

# ticks_as_microseconds TICKS
ticks_as_microseconds() { echo $(($1 * 1000000 / $(getconf CLK_TCK))); }
