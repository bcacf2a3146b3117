package dev.facet.prepare.fetch;

import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import javax.net.ssl.SSLException;

/** What it means that a connection that was open failed. */
final class Blame {
  private Blame() {}

  /**
   * The failure to count.
   *
   * @param atEnd the reason where the connection merely ended
   */
  static FetchFailure of(IOException e, TimeLimit limit, String atEnd) {
    if (limit.isOver()) {
      return limit.failure();
    }
    return switch (e) {
      case FetchFailure already -> already;
      case EOFException _ -> failure(atEnd, e);
      case SSLException _ when !(e.getCause() instanceof SocketException) ->
          FetchFailure.lasting(Reason.TLS_FAILURE, detail(e));
      default -> failure(Reason.CONNECTION_RESET, e);
    };
  }

  private static FetchFailure failure(String reason, IOException e) {
    return FetchFailure.passing(reason, detail(e));
  }

  private static String detail(IOException e) {
    return "the connection failed: " + e.getMessage();
  }
}
