# Sourced by the job files: runs mdc so that a time limit or a pre-emption costs nothing.
#
#   MDC_HOME  directory with the launcher mdc (default: where sbatch was called)

mdc_home=${MDC_HOME:-${SLURM_SUBMIT_DIR:-$PWD}}
[[ -x $mdc_home/mdc ]] || {
  echo "$mdc_home has no mdc: call sbatch from its directory, or set MDC_HOME" >&2
  exit 2
}

# The name that requeues this job alone, of an array this task alone.
job_name() {
  if [[ -n ${SLURM_ARRAY_JOB_ID:-} ]]; then
    echo "${SLURM_ARRAY_JOB_ID}_$SLURM_ARRAY_TASK_ID"
  else
    echo "$SLURM_JOB_ID"
  fi
}

# The share k/n of this task of an array, which must be all of the array.
share() {
  local first=${SLURM_ARRAY_TASK_MIN:-none} last=${SLURM_ARRAY_TASK_MAX:-none} count=${SLURM_ARRAY_TASK_COUNT:-none}
  [[ $first == 1 && $last == "$count" ]] || {
    echo "tasks of the array: first $first, last $last, count $count; must be 1 to n without gaps, as by sbatch --array=1-5" >&2
    exit 2
  }
  echo "$SLURM_ARRAY_TASK_ID/$count"
}

# How often a job may have been in the queue again for it to go there once more after it has waited for others in vain.
restarts=20

# How often a directory that is in use is tried, every ten seconds: that of a machine that failed can be taken from another
# one after three minutes.
tries=20

# Whether the directory that the job file names in run_dir, or that of a run of a family in it, is in use.
locked() {
  [[ -n ${run_dir:-} ]] && { [[ -e $run_dir/lock ]] || compgen -G "$run_dir/*/lock" >/dev/null; }
}

# Runs mdc with these arguments, again where it fails (3) while the directory is in use. USR1, which the job files ask for
# before the time limit, has it write a checkpoint and puts the job back into the queue, where it goes on later; so does
# 130 without a signal, by which a shard ends that has waited for others in vain. After TERM (scancel, pre-emption) there
# is a checkpoint too, and what becomes of the job is Slurm's to say.
mdc_or_requeue() {
  local signalled='' child='' status try
  trap 'signalled=requeue; kill -TERM "$child" 2>/dev/null || true' USR1
  trap 'signalled=${signalled:-stop}; kill -TERM "$child" 2>/dev/null || true' TERM
  for ((try = 1; ; try++)); do
    mdc_once "$@"
    [[ $status -eq 3 && -z $signalled && $try -lt $tries ]] && locked || break
    sleep 10
    [[ -z $signalled ]] || break
  done
  trap - USR1 TERM
  if [[ $signalled == requeue && $status -ne 0 ]]; then
    requeue 'checkpoint written'
  elif [[ -z $signalled && $status -eq 130 ]]; then
    if ((${SLURM_RESTART_COUNT:-0} < restarts)); then
      requeue 'waited for others in vain'
    else
      echo "job $(job_name): waited for others in vain, after $restarts restarts; see why they fail, and submit the whole array again"
    fi
  fi
  return "$status"
}

# Puts the job back into the queue, for this reason.
requeue() {
  echo "job $(job_name): $1, back into the queue"
  scontrol requeue "$(job_name)"
  sleep 60 # until Slurm ends this part of the job
}

# Runs mdc until it ends, and sets child and status.
mdc_once() {
  "$mdc_home/mdc" "$@" --threads "${SLURM_CPUS_PER_TASK:-1}" &
  child=$!
  while true; do
    status=0
    wait "$child" || status=$?
    kill -0 "$child" 2>/dev/null || break # else the wait was ended by the signal
  done
}
