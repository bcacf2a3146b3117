package dev.facet.loader.storage;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Error numbers of the system: the few that one file may be to blame for, and of all others, which
 * are never a file's fault, those whose cure is known.
 */
public enum SystemError {
  EPERM(1, 1, "Operation not permitted", Cure.FILE),
  ENOENT(2, 2, "No such file or directory", Cure.FILE),
  EIO(5, 5, "Input/output error", Cure.DISK),
  ENXIO(6, 6, "No such device or address", Cure.FILE),
  EAGAIN(11, 35, "Resource temporarily unavailable", Cure.DISK),
  ENOMEM(12, 12, "Cannot allocate memory", Cure.MEMORY),
  EACCES(13, 13, "Permission denied", Cure.FILE),
  ENODEV(19, 19, "No such device", Cure.MOUNT),
  ENOTDIR(20, 20, "Not a directory", Cure.FILE),
  EISDIR(21, 21, "Is a directory", Cure.FILE),
  ENFILE(23, 23, "Too many open files in system", Cure.OPEN_FILES_OF_ALL),
  EMFILE(24, 24, "Too many open files", Cure.OPEN_FILES),
  ENAMETOOLONG(36, 63, "File name too long", Cure.FILE),
  ELOOP(40, 62, "Too many levels of symbolic links", Cure.FILE),
  EBADMSG(74, 94, "Bad message", Cure.DISK),
  ENOBUFS(105, 55, "No buffer space available", Cure.MEMORY),
  ENOTCONN(107, 57, "Transport endpoint is not connected", Cure.MOUNT),
  ESHUTDOWN(108, 58, "Cannot send after transport endpoint shutdown", Cure.MOUNT),
  ETIMEDOUT(110, 60, "Connection timed out", Cure.MOUNT),
  EHOSTDOWN(112, 64, "Host is down", Cure.MOUNT),
  EHOSTUNREACH(113, 65, "No route to host", Cure.MOUNT),
  ESTALE(116, 70, "Stale file handle", Cure.MOUNT),
  EREMOTEIO(121, -1, "Remote I/O error", Cure.MOUNT);

  /** What helps. */
  private enum Cure {
    FILE(""),
    DISK("check the disk, or the network that it is reached by"),
    MEMORY("the machine has no memory left: end other programs, or lower data.threads"),
    MOUNT("the disk or network folder is gone: mount it again"),
    OPEN_FILES("raise the limit of open files (ulimit -n), or lower data.window and data.threads"),
    OPEN_FILES_OF_ALL("all programs of the machine together hold too many files open: end some");

    private final String text;

    Cure(String text) {
      this.text = text;
    }
  }

  private static final boolean MAC =
      System.getProperty("os.name", "").toLowerCase(Locale.ROOT).contains("mac");
  private static final Map<Integer, SystemError> BY_NUMBER = new HashMap<>();

  static {
    for (SystemError error : values()) {
      BY_NUMBER.put(MAC ? error.onMac : error.onLinux, error);
    }
  }

  private final int onLinux;
  private final int onMac;
  private final String text;
  private final Cure cure;

  SystemError(int onLinux, int onMac, String text, Cure cure) {
    this.onLinux = onLinux;
    this.onMac = onMac;
    this.text = text;
    this.cure = cure;
  }

  /** The error of a number; null for one that is not listed here, which no file is to blame for. */
  public static @Nullable SystemError of(int number) {
    return BY_NUMBER.get(number);
  }

  /** The error that an exception of the JDK tells of, in the words of the C library. */
  static @Nullable SystemError of(String words) {
    for (SystemError error : values()) {
      // Longer where the JDK adds words of its own.
      if (words.equals(error.text) || (error == ELOOP && words.startsWith(error.text))) {
        return error;
      }
    }
    return null;
  }

  /** Whether one file may be to blame, while all others can be read. */
  public boolean isOfFile() {
    return cure == Cure.FILE;
  }

  /** {@code EMFILE, too many open files: raise the limit ...}. */
  String described() {
    String words = name() + ", " + text.toLowerCase(Locale.ROOT);
    return isOfFile() ? words : words + "; " + cure.text;
  }

  /** What to say of an error that is not listed. */
  static String described(String words) {
    return words + "; " + Cure.DISK.text;
  }
}
