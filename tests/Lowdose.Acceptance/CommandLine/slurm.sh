#!/usr/bin/env bash
# A Slurm of one node in a folder of its own, on ports of its own: slurm.sh start FOLDER PORT PORT, slurm.sh stop FOLDER.
set -euo pipefail

folder=$2
export SLURM_CONF=$folder/slurm.conf
if [[ $1 == stop ]]; then
    # What still runs ends with its job, then only what was started here, by the ids it wrote down.
    scancel --user="$(id -un)" 2> /dev/null && sleep 2 || true
    for id in "$folder"/*.pid; do
        [[ -s $id ]] && kill -- "$(cat "$id")" 2> /dev/null || true
    done
    exit 0
fi

mkdir -p "$folder/state" "$folder/spool"
head -c 1024 /dev/urandom > "$folder/munge.key"
chmod 400 "$folder/munge.key"
munged --force --key-file="$folder/munge.key" --socket="$folder/munge.socket" --pid-file="$folder/munged.pid" --log-file="$folder/munged.log" --seed-file="$folder/munge.seed" 2> "$folder/munged.err"
cat > "$SLURM_CONF" <<CONF
ClusterName=lowdose
SlurmctldHost=$(hostname -s)(127.0.0.1)
SlurmUser=$(id -un)
SlurmdUser=$(id -un)
AuthType=auth/munge
AuthInfo=socket=$folder/munge.socket
CryptoType=crypto/munge
SlurmctldPort=$3
SlurmdPort=$4
StateSaveLocation=$folder/state
SlurmdSpoolDir=$folder/spool
SlurmctldPidFile=$folder/slurmctld.pid
SlurmdPidFile=$folder/slurmd.pid
SlurmctldLogFile=$folder/slurmctld.log
SlurmdLogFile=$folder/slurmd.log
ProctrackType=proctrack/pgid
TaskPlugin=task/none
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/none
MpiDefault=none
ReturnToService=2
KillWait=2
SchedulerParameters=sched_interval=1,batch_sched_delay=1
NodeName=$(hostname -s) NodeAddr=127.0.0.1 CPUs=2 State=UNKNOWN
PartitionName=all Nodes=ALL Default=YES MaxTime=INFINITE State=UP
CONF
slurmctld -c
slurmd -c
for _ in $(seq 60); do
    [[ $(sinfo -h -o %T 2> /dev/null) == idle ]] && exit 0
    sleep 1
done
echo "slurm did not come up: $(tail -n 3 "$folder/slurmctld.log" "$folder/slurmd.log" 2>&1)" >&2
exit 1
