#!/usr/bin/env bash
# Scores a run or a model, holds the figures against what they have to be and against the night
# before, and ends with the exit code of `facet eval`: 0 as required, 1 not as required or failed,
# 2 wrong arguments.
#
#   eval/scripts/nightly.sh RESULTS MODEL [FACET_EVAL_ARGUMENT ...]
#
#   RESULTS  folder of results, one folder a night in it; `last` names the newest that was scored
#   MODEL    a run directory or a checkpoint
#
#   eval/scripts/nightly.sh nights runs/faces --require "text_to_image.r1>=0.40" \
#       --require "baseline.text_to_image.r1.difference>=-0.01"
#
# What is required of the difference is asked for from the second night on.
set -euo pipefail

if [[ $# -lt 2 ]]; then
  echo "nightly.sh: RESULTS and MODEL are missing: nightly.sh nights runs/faces --require \"rsum>=300\"" >&2
  exit 2
fi
results=$1 model=$2
shift 2
facet=${FACET:-"$(dirname "$0")/../../bin/facet"}

if [[ -f $model/config.yaml && -d $model/checkpoints ]]; then
  weights=(--run "$model")
else
  weights=(--checkpoint "$model")
fi

mkdir -p "$results"
arguments=()
if compgen -G "$results/last/eval*.json" > /dev/null; then
  arguments=("$@" --baseline "$results/last")
else
  while [[ $# -gt 0 ]]; do
    if [[ $1 == --require && ${2:-} == baseline.* ]]; then
      shift 2
    else
      arguments+=("$1")
      shift
    fi
  done
fi

night=$(date -u +%Y-%m-%dT%H%M%S)
code=0
"$facet" eval "${weights[@]}" --out "$results/$night" ${arguments[@]+"${arguments[@]}"} || code=$?
if compgen -G "$results/$night/eval*.json" > /dev/null; then
  ln -sfn "$night" "$results/last"
fi
exit "$code"
