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

# Runs mdc with these arguments. USR1, which the job files ask for before the time limit, has it write a checkpoint and
# puts the job back into the queue, where it goes on later. After TERM (scancel, pre-emption) there is a checkpoint too,
# and what becomes of the job is Slurm's to say.
mdc_or_requeue() {
  local signalled='' child status
  "$mdc_home/mdc" "$@" --threads "${SLURM_CPUS_PER_TASK:-1}" &
  child=$!
  trap 'signalled=yes; kill -TERM "$child" 2>/dev/null' USR1
  trap 'kill -TERM "$child" 2>/dev/null' TERM
  while true; do
    status=0
    wait "$child" || status=$?
    kill -0 "$child" 2>/dev/null || break # else the wait was ended by the signal
  done
  trap - USR1 TERM
  if [[ -n $signalled && $status -ne 0 ]]; then
    echo "job $(job_name): checkpoint written, back into the queue"
    scontrol requeue "$(job_name)"
    sleep 60 # until Slurm ends this part of the job
  fi
  return "$status"
}
