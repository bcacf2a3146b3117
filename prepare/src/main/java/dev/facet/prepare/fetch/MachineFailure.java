package dev.facet.prepare.fetch;

import java.io.IOException;

/** This machine gives no connection; no address is to blame. */
final class MachineFailure extends IOException {
  private static final long serialVersionUID = 1L;

  MachineFailure(IOException cause) {
    super(cause.getMessage(), cause);
  }
}
