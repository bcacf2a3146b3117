#!/usr/bin/env bash
# Submits "facet prepare --engine spark" to a cluster: standalone, YARN, Kubernetes, or this machine.
# bin/facet calls it where SPARK_HOME is set; the arguments are the same.
#
#   SPARK_HOME        the folder of Apache Spark 4.2 (Scala 2.13)
#   FACET_SPARK_OPTS  further options of spark-submit, such as "--num-executors 20 --executor-memory 8g"
#   FACET_JAVA_OPTS   further options for the driver's JVM, such as -Xmx8g
#   JAVA_HOME         a JDK 25; what executors run on is spark.executorEnv.JAVA_HOME's matter
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
readonly root lib=$root/cli/target/facet/lib jar=$root/spark/target/facet-spark.jar
say() { printf 'facet: %s\n' "$*" >&2; }

if [[ ! -x ${SPARK_HOME:-}/bin/spark-submit ]]; then
  say "SPARK_HOME (${SPARK_HOME:-not set}) has no bin/spark-submit: set it to the folder of Spark 4.2"
  exit 2
fi
if [[ ! -f $jar || ! -d $lib ]]; then
  say "the engine for Spark is not built: cd '$root' && mvn -q -DskipTests package -Pspark -pl spark -am"
  exit 2
fi

# The cluster is for spark-submit, all else for Facet.
master=() arguments=()
while (( $# )); do
  case $1 in
    --master) master=(--master "${2:?--master needs a URL}"); shift ;;
    --master=*) master=(--master "${1#*=}") ;;
    *) arguments+=("$1") ;;
  esac
  shift
done

# Spark's own versions of these are there first, and its Scala module refuses others of Jackson's.
# Models are for the driver alone.
jars='' models=''
for file in "$lib"/*.jar; do
  case ${file##*/} in
    jackson-* | slf4j-* | hadoop-client-* | snappy-java-* | zstd-jni-*) ;;
    pytorch-*) models+=:$file ;;
    *) jars+=,$file ;;
  esac
done

# shellcheck disable=SC2206 # options are meant to be split at blanks
options=(${FACET_SPARK_OPTS:-})
java="-XX:+UseParallelGC --enable-native-access=ALL-UNNAMED -Djava.awt.headless=true"
java+=" -Dai.djl.offline=true -Dai.djl.pytorch.graph_optimizer=false ${FACET_JAVA_OPTS:-}"
exec "$SPARK_HOME/bin/spark-submit" ${master[@]+"${master[@]}"} \
  --name "facet prepare" \
  --class dev.facet.cli.Main \
  --jars "${jars#,}" \
  --driver-class-path "${models#:}" \
  --driver-java-options "$java" \
  ${options[@]+"${options[@]}"} \
  "$jar" "${arguments[@]}"
