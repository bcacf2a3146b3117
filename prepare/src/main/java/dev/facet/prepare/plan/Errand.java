package dev.facet.prepare.plan;

import dev.facet.prepare.fetch.Trail;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is asked next for rows of one first address.
 *
 * @param part that holds the rows
 * @param number of the address among those of each row
 * @param trail of that address; null where rows have none at all
 */
public record Errand(int part, List<PlannedRow> rows, int number, @Nullable Trail trail) {
  public Errand {
    rows = List.copyOf(rows);
  }

  /**
   * The first one for some rows.
   *
   * @param rows with the same first address, or one without any
   */
  public static Errand first(int part, List<PlannedRow> rows) {
    List<URI> addresses = rows.getFirst().addresses();
    return new Errand(part, rows, 0, addresses.isEmpty() ? null : Trail.to(addresses.getFirst()));
  }

  /** The same for fewer rows. */
  public Errand of(List<PlannedRow> some) {
    return new Errand(part, some, number, trail);
  }

  /** The same from another place of its trail. */
  public Errand from(Trail further) {
    return new Errand(part, rows, number, further);
  }
}
