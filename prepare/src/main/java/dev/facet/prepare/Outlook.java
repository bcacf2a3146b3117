package dev.facet.prepare;

import dev.facet.base.FacetException;
import dev.facet.loader.Datasets;
import dev.facet.loader.data.DataSource;
import dev.facet.loader.data.Dataset;
import dev.facet.loader.shard.writing.ShardFileWriter;
import dev.facet.loader.source.Indexing;
import dev.facet.prepare.fetch.address.Addresses;
import dev.facet.prepare.plan.AddressPlan;
import dev.facet.prepare.source.PublishedRow;
import dev.facet.prepare.source.PublishedTables;
import dev.facet.prepare.source.RowSink;
import dev.facet.prepare.source.TableFile;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What can be told of a source before anything is fetched or written.
 *
 * @param files of tables, or splits of data whose pictures are there
 * @param rows of all of these; -1 if only an index tells, which is not made for this
 * @param looked rows at the beginning of the first file that were looked at; 0 where pictures are
 *     there
 * @param usable of these, with an address that can be asked
 * @param captioned of these, with a caption that is not blank
 * @param boxed of these, with something where a face box stands
 * @param unreadable of these
 * @param hosts that their first addresses name
 * @param planBytes that the plan takes on disk, about; the parts of a join for vectors
 */
public record Outlook(
    int files,
    long rows,
    long looked,
    long usable,
    long captioned,
    long boxed,
    long unreadable,
    long hosts,
    long planBytes) {
  private static final int LOOKED = 4096;

  /**
   * Looks at a source.
   *
   * @throws FacetException if it cannot be read, or not with these settings
   */
  public static Outlook of(Path source, PrepareSettings settings) throws InterruptedException {
    return switch (settings.source().kind()) {
      case ADDRESSES -> tables(source, settings.source());
      case EMBEDDINGS -> {
        EmbeddingPreparation.require(settings);
        yield tables(source, settings.source());
      }
      case PICTURES -> pictures(settings.source().pictures(source));
    };
  }

  private static Outlook pictures(DataSource source) {
    Indexing indexing = Datasets.indexing(source);
    if (indexing != null) {
      return new Outlook(0, -1, 0, 0, 0, 0, 0, 0, 0);
    }
    Map<String, Long> splits = Datasets.splits(source);
    long rows = 0;
    for (String split : splits.keySet()) {
      try (Dataset data = Datasets.open(source, split)) {
        rows += data.size();
      }
    }
    return new Outlook(splits.size(), rows, 0, 0, 0, 0, 0, 0, 0);
  }

  private static Outlook tables(Path source, SourceSettings settings) throws InterruptedException {
    PublishedTables tables = PublishedTables.open(source, settings.table());
    Look look = new Look();
    try {
      tables.read(tables.files().getFirst(), look);
    } catch (Enough e) {
      // as wanted
    } catch (IOException e) {
      throw FacetException.run("cannot read " + source + ": " + e.getMessage(), e);
    }
    if (look.columns.size() > 1) {
      ShardFileWriter.requireNames(List.copyOf(look.columns));
    }
    long rows = 0;
    for (TableFile file : tables.files()) {
      rows += tables.count(file);
    }
    return new Outlook(
        tables.files().size(),
        rows,
        look.looked,
        look.usable,
        look.captioned,
        look.boxed,
        look.unreadable,
        look.hosts.size(),
        AddressPlan.estimatedBytes(tables));
  }

  /** Thrown when enough was seen. */
  private static final class Enough extends IOException {
    private static final long serialVersionUID = 1L;
  }

  private static final class Look implements RowSink {
    private final Set<String> columns = new TreeSet<>();
    private final Set<String> hosts = new HashSet<>();
    private long looked;
    private long usable;
    private long captioned;
    private long boxed;
    private long unreadable;

    @Override
    public void row(PublishedRow row) throws IOException {
      looked++;
      columns.addAll(row.captions().keySet());
      List<URI> addresses = Addresses.of(row.urls());
      if (!addresses.isEmpty()) {
        usable++;
        hosts.add(addresses.getFirst().getHost());
      }
      captioned += row.captions().values().stream().anyMatch(Look::saysSomething) ? 1 : 0;
      boxed += saysSomething(row.boxes()) ? 1 : 0;
      stopIfEnough();
    }

    @Override
    public void unreadable(long first, long count, String why) throws IOException {
      looked += count;
      unreadable += count;
      stopIfEnough();
    }

    private void stopIfEnough() throws Enough {
      if (looked >= LOOKED) {
        throw new Enough();
      }
    }

    private static boolean saysSomething(List<String> texts) {
      return texts.stream().anyMatch(text -> !text.isBlank());
    }
  }
}
