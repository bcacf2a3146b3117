package dev.facet.prepare.part;

import dev.facet.prepare.fetch.Download;
import dev.facet.prepare.fetch.Hosts;
import dev.facet.prepare.fetch.Trail;
import java.io.IOException;

/** Where pictures come from. Any number of threads may ask at once. */
interface Downloads {
  /**
   * Asks for what a trail leads to, as far as it stays with some hosts. Close the result when its
   * bytes have been used.
   *
   * @throws dev.facet.base.FacetException if the run cannot go on
   */
  Download fetch(Trail trail, Hosts hosts) throws IOException, InterruptedException;
}
