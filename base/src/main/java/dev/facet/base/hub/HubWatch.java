package dev.facet.base.hub;

/** Is told how fetching goes. */
public interface HubWatch {
  /**
   * Files are about to be fetched.
   *
   * @param name of their repository
   * @param total bytes of all of them; 0 if the Hub does not say it
   * @param there bytes of them that an earlier run has fetched
   */
  Count begin(HubName name, long total, long there);

  /** Something that does not stop the work. */
  void note(String message);

  /** Counts the bytes. */
  interface Count extends AutoCloseable {
    /**
     * Says how far it is.
     *
     * @param done bytes of all files, those of earlier runs included
     */
    void update(long done);

    @Override
    void close();
  }
}
