package dev.facet.model.collective;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Where threads meet, again and again, to look at what the others brought. Nobody leaves while
 * somebody looks, failed meetings included: what was brought may be native memory, which its owner
 * frees next.
 */
final class Meeting {
  /** A meeting that somebody cannot come to any more. */
  private static final class BrokenMeetingException extends IllegalStateException {
    private static final long serialVersionUID = 1;

    BrokenMeetingException(@Nullable Throwable cause) {
      super("another replica has failed", cause);
    }
  }

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final List<@Nullable Object> brought = new ArrayList<>();
  private int arrived;
  private int looking;
  private long round;
  private @Nullable Throwable failure;

  Meeting(int size) {
    for (int i = 0; i < size; i++) {
      brought.add(null);
    }
  }

  int size() {
    return brought.size();
  }

  /**
   * Waits for all, and looks at what they brought.
   *
   * @param own of the same type at all
   * @param look is handed what all brought, in order of ranks; must not meet anybody
   * @throws IllegalStateException if one of the others has failed
   */
  <T, R> R meet(int rank, T own, Function<List<T>, R> look) {
    List<T> all = arrive(rank, own);
    try {
      return look.apply(all);
    } finally {
      leave();
    }
  }

  // All bring the same type to one meeting.
  @SuppressWarnings("unchecked")
  private <T> List<T> arrive(int rank, T own) {
    lock.lock();
    try {
      long mine = round;
      brought.set(rank, own);
      arrived++;
      if (arrived == size()) {
        arrived = 0;
        looking = size();
        round++;
        changed.signalAll();
      }
      while (round == mine && failure == null) {
        changed.awaitUninterruptibly();
      }
      if (round == mine) {
        throw new BrokenMeetingException(failure);
      }
      return (List<T>) List.copyOf(brought);
    } finally {
      lock.unlock();
    }
  }

  private void leave() {
    lock.lock();
    try {
      looking--;
      changed.signalAll();
      while (looking > 0) {
        changed.awaitUninterruptibly();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Ends all meetings, this and later ones. The first failure is the cause of all others. */
  void fail(Throwable cause) {
    lock.lock();
    try {
      failure = failure == null ? cause : failure;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** What was told to {@link #fail} first. */
  @Nullable Throwable failure() {
    lock.lock();
    try {
      return failure;
    } finally {
      lock.unlock();
    }
  }
}
