package dev.facet.model.collective;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import dev.facet.model.ops.Ops;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Replicas within one process, on one device or several: each reads the others' arrays where they
 * are.
 *
 * <p>An array is summed by one replica, the next one by the next, and copied by the others, so the
 * bits are the same everywhere, and from run to run.
 */
public final class LocalReplicas {
  private final Meeting meeting;

  public LocalReplicas(int size) {
    this.meeting = new Meeting(size);
  }

  /** What the replica of that rank meets the others through. */
  public Collective of(int rank) {
    return new Member(rank);
  }

  /** To be called for a replica that will not come to a meeting any more. */
  public void fail(Throwable cause) {
    meeting.fail(cause);
  }

  /** Why the first one failed; null while none has. */
  public @Nullable Throwable failure() {
    return meeting.failure();
  }

  private final class Member implements Collective {
    private final int rank;

    Member(int rank) {
      this.rank = rank;
    }

    @Override
    public int rank() {
      return rank;
    }

    @Override
    public int size() {
      return meeting.size();
    }

    @Override
    public NDArray gather(NDManager scope, NDArray rows) {
      return look(rows, all -> joined(scope, all));
    }

    @Override
    public void sum(List<NDArray> arrays) {
      look(
          arrays,
          all -> {
            for (int i = rank; i < arrays.size(); i += size()) {
              addOthers(all, i);
            }
            return rank;
          });
      copy(arrays, i -> i % size());
    }

    /**
     * Takes over what others have.
     *
     * @param owner of each array
     */
    private void copy(List<NDArray> arrays, IntUnaryOperator owner) {
      look(
          arrays,
          all -> {
            for (int i = 0; i < arrays.size(); i++) {
              int from = owner.applyAsInt(i);
              if (from != rank) {
                Ops.get().assign(arrays.get(i), all.get(from).get(i));
              }
            }
            return rank;
          });
    }

    private void addOthers(List<List<NDArray>> all, int i) {
      NDArray own = all.get(rank).get(i);
      for (int other = 0; other < size(); other++) {
        if (other != rank) {
          try (NDManager scope = own.getManager().newSubManager()) {
            own.addi(on(own.getDevice(), scope, all.get(other).get(i)));
          }
        }
      }
    }

    @Override
    public double[] sum(double... numbers) {
      return look(
          numbers,
          all -> {
            double[] sums = new double[numbers.length];
            for (double[] each : all) {
              for (int i = 0; i < sums.length; i++) {
                sums[i] += each[i];
              }
            }
            return sums;
          });
    }

    @Override
    public void copyFirst(List<NDArray> arrays) {
      copy(arrays, i -> 0);
    }

    private <T, R> R look(T own, Function<List<T>, R> at) {
      return meeting.meet(rank, own, all -> Ops.inference(() -> at.apply(all)));
    }
  }

  private static NDArray joined(NDManager scope, List<NDArray> all) {
    try (NDManager copies = scope.newSubManager()) {
      NDList here = new NDList();
      for (NDArray rows : all) {
        if (rows.size() > 0) {
          here.add(on(scope.getDevice(), copies, rows));
        }
      }
      NDArray joined = NDArrays.concat(here);
      joined.attach(scope);
      return joined;
    }
  }

  private static NDArray on(Device device, NDManager scope, NDArray array) {
    if (array.getDevice().equals(device)) {
      return array;
    }
    NDArray copy = array.toDevice(device, true);
    copy.attach(scope);
    return copy;
  }
}
