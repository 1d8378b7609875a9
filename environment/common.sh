# Shared by the scripts beside it (sourced, bash 3.2 or later): finds the tools, sets up on first use, starts Java.

ENVIRONMENT="$(cd -P "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
ROOT="$(dirname "$ENVIRONMENT")"
STATE="$ROOT/.kindred"

fail() {
  printf 'kindred: %s\n' "$*" >&2
  exit 2
}

find_java() {
  if [ -n "${JAVA_HOME:-}" ]; then
    JAVA="$JAVA_HOME/bin/java"
    [ -x "$JAVA" ] || fail "JAVA_HOME is $JAVA_HOME, but there is no bin/java in it; set it to a JDK 17 or later"
  else
    JAVA="$(command -v java)" || fail "no java found; install a JDK 17 or later (https://adoptium.net) or set JAVA_HOME"
  fi
}

find_python() {
  local name
  for name in "${KINDRED_PYTHON:-}" python3 python; do
    if [ -n "$name" ] && "$name" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 10))' 2>/dev/null; then
      PYTHON="$name"
      return
    fi
  done
  fail "no Python 3.10 or later with venv found; install python3 and python3-venv, or set KINDRED_PYTHON"
}

# Runs a command that is sent on what signals this script gets: bash by itself would end and leave it behind.
with_signals() {
  "$@" &
  local child=$! status=0
  trap 'kill -s TERM "$child" 2>/dev/null' INT TERM HUP
  wait "$child" || status=$?
  while kill -0 "$child" 2>/dev/null; do
    status=0
    wait "$child" || status=$?
  done
  trap - INT TERM HUP
  return "$status"
}

# Whether every jar of the class path is still there: Maven's repository may have been cleaned since.
has_libraries() {
  local path jar jars separator=:
  path="$(cat "$STATE/build/$(cat "$STATE/current")/library.classpath")" || return 1
  case "$path" in *";"*) separator=";" ;; esac
  IFS="$separator" read -r -a jars <<<"$path"
  for jar in "${jars[@]}"; do
    [ -f "$jar" ] || return 1
  done
}

# Sets up what is missing or out of date. A set-up that is current costs one 'find': sources newer than the stamp count.
# Argument: what is needed, 'library' (the command line), 'lab' or 'test'.
set_up() {
  find_java
  local stamp="$STATE/ready-$1"
  if [ ! -f "$stamp" ] || [ "$(cat "$stamp")" != "$JAVA" ] || [ ! -f "$STATE/current" ] || ! has_libraries ||
    [ -n "$(find "$ROOT/pom.xml" "$ROOT/lib/kindred/pom.xml" "$ROOT/lib/kernel/pom.xml" "$ROOT/lib/kindred/src/main" \
      "$ROOT/lib/kernel/src/main" "$ENVIRONMENT" -newer "$stamp" -print -quit)" ]; then
    find_python
    PYTHONPATH='' PYTHONHOME='' with_signals "$PYTHON" -s -B "$ENVIRONMENT/tools/setup.py" --java "$JAVA" --need "$1" || exit $?
  fi
  BUILD="$STATE/build/$(cat "$STATE/current")"
  VENV_BIN="$STATE/venv/bin"
  [ -d "$VENV_BIN" ] || VENV_BIN="$STATE/venv/Scripts"
}

# Environment and options of every Java process. Sets JAVA_COMMAND; argument: share of the memory for the heap, in percent.
prepare_java() {
  local feature cpus
  feature="$(cat "$BUILD/java-feature")"
  export OPT_OUT_TRACKING=true DJL_OFFLINE=true
  export KINDRED_HOME="$ROOT"
  # OpenBLAS falls back to kernels without AVX-512, at half the speed, on processors newer than itself.
  if [ -z "${OPENBLAS_CORETYPE:-}" ] && [ -r /proc/cpuinfo ]; then
    local flags
    flags=" $(grep -m1 '^flags' /proc/cpuinfo) "
    case "$flags" in *" avx512f "*)
      case "$flags" in *" avx512bw "*)
        case "$flags" in *" avx512vl "*)
          case "$flags" in *" avx512dq "*) export OPENBLAS_CORETYPE=SkylakeX ;; esac ;;
        esac ;;
      esac ;;
    esac
  fi
  # In the C locale, Java could not name files beyond ASCII.
  case "${LC_ALL:-}" in C | POSIX) export LC_ALL=C.UTF-8 ;; esac
  case "${LC_ALL:-${LC_CTYPE:-${LANG:-C}}}" in C | POSIX) export LC_CTYPE=C.UTF-8 ;; esac
  [ -d "$STATE/logs" ] || mkdir -p "$STATE/logs" 2>/dev/null || true
  cpus="$(getconf _NPROCESSORS_ONLN 2>/dev/null || echo 2)"
  export OMP_NUM_THREADS="${OMP_NUM_THREADS:-$cpus}"
  # JDK 24 and later complain of class archives (cds) beside --enable-native-access, though they use them.
  JAVA_COMMAND=("$JAVA" "-XX:MaxRAMPercentage=$1" -Djava.awt.headless=true -Dfile.encoding=UTF-8 -Dai.djl.offline=true
    -Dorg.bytedeco.javacpp.maxBytes=0 -Dorg.bytedeco.javacpp.maxPhysicalBytes=0
    -Dorg.slf4j.simpleLogger.defaultLogLevel=warn -Dorg.slf4j.simpleLogger.showThreadName=false
    "-XX:ErrorFile=$STATE/logs/hs_err_pid%p.log" -XX:-CreateCoredumpOnCrash
    -Xlog:disable -Xlog:all=error:stderr '-Xlog:cds*=off:stderr')
  if [ "$feature" -ge 24 ]; then
    JAVA_COMMAND+=(--sun-misc-unsafe-memory-access=allow)
  fi
  if [ "$feature" -ge 22 ]; then
    JAVA_COMMAND+=(--enable-native-access=ALL-UNNAMED)
  fi
}
